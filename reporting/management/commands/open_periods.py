"""Open the periods and obligations of a day, as the scheduler does every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reporting import actions
from reporting.command_line import a_day


class Command(BaseCommand):
    help = "Open every reporting period whose day has come. Safe to repeat, for any day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=a_day, default=None, help="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        for period in actions.open_periods(today=options["today"] or timezone.localdate()):
            self.stdout.write(
                f"{period.regime.code} {period.year}/{period.number}: {period.obligations.count()}"
            )
