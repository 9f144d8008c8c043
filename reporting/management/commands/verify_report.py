"""Whether a file is a document that this portal gave out, unchanged."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.command_line import why_not_read
from reporting.documents.verifying import verdict_on


class Command(BaseCommand):
    help = "Exit 0 for a genuine file, 1 otherwise; one sentence says which and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the file: PDF, XLSX, DOCX, CSV or JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["path"].read_bytes()
        except OSError as fault:
            raise CommandError(why_not_read(options["path"], fault)) from fault
        verdict = verdict_on(data)
        self.stdout.write(verdict.sentence)
        if not verdict.is_genuine:
            sys.exit(1)
