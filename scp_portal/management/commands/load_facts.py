"""Load the real data of every room; a second run changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from scp_portal.loading import load_facts


class Command(BaseCommand):
    help = "Load the programme's real records from the rooms' data files. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, count in load_facts().items():
            self.stdout.write(f"{count:6d} {kind}")
