"""Load the units of the register alone: 86 of them, with names, regions, events and heirs."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from provinces.facts import load_units


class Command(BaseCommand):
    help = "Load the 63 and the 34 units (86 rows) from the data files. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            counts = load_units()
        for kind, count in counts.items():
            self.stdout.write(f"{count:6d} {kind}")
