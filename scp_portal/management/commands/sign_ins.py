"""Print the demo sign-ins, each with the post it holds; nothing where there is no demo."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.models import Occupancy


class Command(BaseCommand):
    help = "Print the demo sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO or not find_spec("accounts.demo"):
            return
        held = Occupancy.objects.filter(user__is_demo=True, user__is_active=True).select_related(
            "user", "post__province"
        )
        for occupancy in held.order_by("post__role", "user__email"):
            self.stdout.write(f"  {occupancy.user.email:32} {occupancy.post.get_role_display()}")
        if password := getattr(import_module("accounts.demo"), "PASSWORD", ""):
            self.stdout.write(f"  Password of all: {password}")
