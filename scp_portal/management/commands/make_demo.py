"""Make the demo data: one seed, the same rows, each marked as demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reporting.command_line import a_day
from scp_portal.loading import make_demo


class Command(BaseCommand):
    help = "Make demo records beside the real ones, each marked as demo. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=889)
        parser.add_argument("--today", type=a_day, default=None, help="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        today = options["today"] or timezone.localdate()
        for kind, count in make_demo(seed=options["seed"], today=today).items():
            self.stdout.write(f"{count:6d} {kind} (demo)")
