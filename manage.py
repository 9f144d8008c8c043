#!/usr/bin/env python
"""The portal's command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scp_portal.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(str(fault))
    except OperationalError as fault:
        sys.exit(f"The database could not be used: {str(fault).splitlines()[0]}. See DATABASE_URL.")
