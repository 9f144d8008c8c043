"""Plan and send the reminders of a day, as the scheduler does every morning."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reporting import actions
from reporting.command_line import a_day


class Command(BaseCommand):
    help = "Plan and queue the reminders of a day, one mail a person. Safe to repeat, for any day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=a_day, default=None, help="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        today = options["today"] or timezone.localdate()
        done = actions.send_reminders(today=today, at=timezone.now())
        self.stdout.write(
            f"planned {done.planned}, dropped {done.dropped}, sent {done.sent} in {done.mails} mails"
        )
