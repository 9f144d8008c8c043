"""The one door to the ministry's boundary maps: load, show, stop showing; and which one draws a day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused, write_down
from foundation.dates import day_words
from foundation.editions import Kept, asked_once, edition
from foundation.files import clean_name, store_bytes

from .models import BoundaryMap
from .outlines import Outlines, outlines_from
from .register import Register

LOAD, SHOW = "provinces.prepare_boundarymap", "provinces.confirm_boundarymap"
GEOJSON = "application/geo+json"
MOST_BYTES = 20 * 1024 * 1024


class Unfit(ActionRefused):
    """The file cannot be drawn; ``sentences`` say all that has to be mended in it."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


def load_map(
    data: bytes, *, name: str, units_of: date, source_vi: str, source_en: str = "", by: Any, at: datetime
) -> BoundaryMap:
    """Keep a file and what is drawn of it. Nothing is shown yet; nothing is kept of a file that is unfit."""
    _may(by, LOAD)
    shapes = _read(data, units_of)
    with transaction.atomic():
        stored = store_bytes(data, name=clean_name(name), media_type=GEOJSON, by=by, at=at)
        made = BoundaryMap(
            units_of=units_of,
            source_vi=source_vi.strip(),
            source_en=source_en.strip(),
            file=stored,
            shapes=shapes,
            loaded_by=by,
            loaded_at=at,
        )
        _keep(made, by=by)
        write_down("load boundary map", made, by=by, at=at, detail={"sha256": stored.sha256})
    return made


def _read(data: bytes, units_of: date) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise Unfit([_("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1024 // 1024}])
    # slow import: shapely and numpy add 0.2 s and 30 MB to a process, which only loading a file needs.
    from . import boundary_files, boundary_shapes  # noqa: PLC0415 -- slow import

    register = Register.load()
    names = {unit.code: str(unit.name_on(units_of)) for unit in register.in_force(units_of)}
    if not names:
        raise ActionRefused(_("The register has no units on %(day)s.") % {"day": day_words(units_of)})
    others = {unit.code: str(unit) for unit in register.units.values() if unit.code not in names}
    try:
        return boundary_shapes.shapes_of(boundary_files.read_boundaries(data, names, others))
    except boundary_files.Unfit as refusal:
        raise Unfit(refusal.sentences) from refusal


@transaction.atomic
def show_map(map_id: int, *, by: Any, at: datetime) -> BoundaryMap:
    """Draw the pages of its days with it, from the next reader on."""
    found = _locked(map_id, by)
    if found.is_shown:
        raise ActionRefused(_("This map is shown already."))
    if found.loaded_by_id == by.pk:
        raise ActionRefused(_("You loaded this map. Another person shows it."))
    if not fits(outlines_of(found), Register.load()):
        raise ActionRefused(
            _("The register has other units on %(day)s than the file. Load a file with those units.")
            % {"day": day_words(found.units_of)}
        )
    return _turn(found, "show boundary map", is_shown=True, by=by, at=at)


@transaction.atomic
def stop_showing(map_id: int, *, by: Any, at: datetime) -> BoundaryMap:
    """Back to an older shown map, or to the tiles. The file and the map stay."""
    found = _locked(map_id, by)
    if not found.is_shown:
        raise ActionRefused(_("This map is not shown."))
    return _turn(found, "stop showing boundary map", is_shown=False, by=by, at=at)


def _locked(map_id: int, by: Any) -> BoundaryMap:
    _may(by, SHOW)
    return BoundaryMap.objects.select_for_update().get(pk=map_id)


def _turn(found: BoundaryMap, verb: str, *, is_shown: bool, by: Any, at: datetime) -> BoundaryMap:
    found.is_shown = is_shown
    _keep(found, by=by)
    write_down(verb, found, by=by, at=at)
    return found


def _keep(found: BoundaryMap, *, by: Any) -> None:
    found._history_user = by  # type: ignore[attr-defined]  # the history names who did it, without a request too
    found.save()


def _may(by: Any, right: str) -> None:
    if not by.has_perm(right):
        sentences = {
            LOAD: _("Only those who keep the ministry's records load a boundary map."),
            SHOW: _("Only those who approve for the ministry show a boundary map or stop showing it."),
        }
        raise ActionRefused(sentences[right])


# --- Which map draws a day -----------------------------------------------------------------


def shown_on(day: date) -> Outlines | None:
    """The shown map that draws the units of that day as they were; none: tiles.

    One small query, none within ``asked_once``.
    """
    with asked_once():
        if not edition(BoundaryMap):  # nobody ever loaded one
            return None
        register = Register.load()
        return next((one for one in _shown() if draws(one, day, register)), None)


def draws(outlines: Outlines, day: date, register: Register) -> bool:
    first, end = register.lineage.unchanged_around(outlines.units_of)
    return first <= day and (end is None or day < end) and fits(outlines, register)


def fits(outlines: Outlines, register: Register) -> bool:
    """Whether the register still has the file's units on its day: an event may be entered afterwards."""
    return set(outlines.by_code) == {unit.code for unit in register.in_force(outlines.units_of)}


def outlines_of(found: BoundaryMap) -> Outlines:
    by_code = outlines_from(found.shapes)
    return Outlines(found.pk, found.units_of, found.source_vi, found.source_en, by_code)


def frozen(map_id: int | None) -> Outlines | None:
    """The map a document was composed with, shown or not; what it draws never changes."""
    return outlines_of(BoundaryMap.objects.get(pk=map_id)) if map_id else None


def _read_shown() -> tuple[Outlines, ...]:
    return tuple(outlines_of(found) for found in BoundaryMap.objects.filter(is_shown=True))


_shown = Kept(_read_shown, (BoundaryMap,))
