"""Compile whatever the schedule owes, as the nightly task does; twice on one day is once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reporting.command_line import a_day
from reporting.documents.scheduling import compile_due


class Command(BaseCommand):
    help = "Compile the scheduled documents of the newest period whose day has come, each once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=a_day, default=None, help="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = compile_due(today=options["today"] or timezone.localdate(), at=timezone.now())
        for one in outcomes:
            self.stdout.write(f"{one.due.words}: {one.sentence}")
        self.stdout.write(f"compiled={sum(one.is_new for one in outcomes)}")
