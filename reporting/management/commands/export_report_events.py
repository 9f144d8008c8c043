"""The record of every step of every report, for the ministry's own files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from foundation import sheets
from provinces.models import Province
from reporting.command_line import a_day, why_not_written
from reporting.event_rows import event_rows


class Command(BaseCommand):
    help = (
        "Export each step of the reports the ministry may read, with the extensions of deadlines. "
        "A draft that was never submitted is its province's own and is left out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["csv"], default="csv")
        parser.add_argument("--since", type=a_day, default=None, help="YYYY-MM-DD, first day")
        parser.add_argument("--unit", default="", help="code of a unit")
        parser.add_argument("--out", type=Path, default=None, help="a file instead of the screen")

    def handle(self, *args: Any, **options: Any) -> None:
        unit, out = options["unit"], options["out"]
        if unit and not Province.objects.filter(code=unit).exists():
            raise CommandError(_("No unit ever had the code %(code)s.") % {"code": unit})
        data = sheets.as_csv(event_rows(since=options["since"], unit=unit))
        if out is None:
            self.stdout.write(data.decode("utf-8-sig"), ending="")
            return
        try:
            out.write_bytes(data)
        except OSError as fault:
            raise CommandError(why_not_written(out, fault)) from None
