"""The pictures of a target as files: what stands on the page, with all that makes its numbers true."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.takeaways import Swatch, framed
from provinces.map_looks import PRINT, Key

from . import showing, showing_units
from .figures import Figure
from .progress import Measure, Progress

FORMATS = ("svg", "png")


@dataclass(frozen=True)
class Drawn:
    picture: str
    shows: str
    keys: tuple[Swatch, ...] = ()
    note: str = ""


def addresses(slug: str, query: str) -> dict[str, dict[str, str]]:
    """Where each picture of a target is, by its name and then its format."""
    return {
        name: {
            kind: f"{reverse('reporting:target_picture', args=[slug, name, kind])}?{query}"
            for kind in FORMATS
        }
        for name in _DRAWINGS
    }


def picture(progress: Progress, measure: Measure, name: str) -> str | None:
    """“years”, “regions” or “map” as one SVG; nothing where no value is approved, or of another name."""
    figure, draw = measure.newest, _DRAWINGS.get(name)
    if figure is None or draw is None:
        return None
    drawn = draw(progress, measure, figure)
    demo = f" · {_('Example data')}" if progress.is_demo else ""
    return framed(
        drawn.picture,
        title=str(measure.indicator.name),
        subtitle=drawn.shows + demo,
        keys=drawn.keys,
        under=[*([drawn.note] if drawn.note else []), *_under(progress, measure, figure)],
    )


def _years(progress: Progress, measure: Measure, figure: Figure) -> Drawn:
    note = " ".join(
        [
            _("Under each year: units that reported over units that had to."),
            _("An open circle: not all units. A year that is not closed stands beside the line."),
            showing.years_star(progress, measure),
        ]
    )
    return Drawn(showing.years_chart(progress, measure).paper, _("Year by year"), note=note)


def _regions(progress: Progress, measure: Measure, figure: Figure) -> Drawn:
    chart = showing.regions_chart(progress, measure, figure)
    note = _("At the right: units that reported over units that had to.")
    return Drawn(chart.paper, f"{_('By region')}, {figure.year}", note=note)


def _map(progress: Progress, measure: Measure, figure: Figure) -> Drawn:
    found = showing_units.map_of(progress, measure, figure)
    return Drawn(
        found.print,
        f"{_('By province and city')}, {figure.year}",
        tuple(_swatch(key) for key in found.keys),
        note=f"{_('Boundaries:')} {found.source}" if found.source else "",
    )


def _swatch(key: Key) -> Swatch:
    fill = "url(#khong-bao-cao)" if key.level is None else PRINT.fills[key.level]
    return Swatch(fill, key.words if key.count is None else f"{key.words} ({key.count})")


_DRAWINGS: dict[str, Callable[[Progress, Measure, Figure], Drawn]] = {
    "years": _years,
    "regions": _regions,
    "map": _map,
}


def _under(progress: Progress, measure: Measure, figure: Figure) -> list[str]:
    row = showing.target_row(progress, measure)
    covered = _("%(counted)s/%(expected)s units, %(year)s") % {
        "counted": figure.counted,
        "expected": figure.expected,
        "year": figure.year,
    }
    map_words = showing_units.map_words(progress, progress.map_day(figure.year))
    return [
        f"{row.newest} · {covered}. {row.sentence}",
        f"{map_words}. {_('Lens')}: {progress.lens.words()}.",
        _("Source: portal of the programme, Ministry of Industry and Trade, %(address)s")
        % {"address": f"{settings.SITE_ADDRESS}{row.url}"},
    ]
