"""Print the demo sign-ins, each with the post it holds; nothing where there is no demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.demo import sign_ins


class Command(BaseCommand):
    help = "Print the demo sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        for line in sign_ins() if settings.DEMO else []:
            self.stdout.write(f"  {line}")
