"""Load facts, and demo data where DEMO is on, into a database that has none yet."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.models import User
from provinces.models import Province
from scp_portal.start import make_folders


class Command(BaseCommand):
    help = "Fill an empty database; leave one that holds anything as it is, with all that people changed."

    def handle(self, *args: Any, **options: Any) -> None:
        make_folders()  # the demo keeps files and queues jobs
        if not Province.objects.exists():
            self.stdout.write("Loading the programme's records …")
            call_command("load_facts", stdout=self.stdout)
        if settings.DEMO and not User.objects.exists():
            self.stdout.write("Making the demo data …")
            call_command("make_demo", stdout=self.stdout)
