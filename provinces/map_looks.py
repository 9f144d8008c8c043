"""What every map of the units shares: what a unit shows, its colours on screen and on paper, its link."""

from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Tile:
    """What one unit shows. ``word`` is read aloud and stands in the table; ``value`` is drawn."""

    code: str
    label: str
    value: str = ""
    word: str = ""
    level: int | None = 0
    url: str = ""
    inherited: bool = False

    @property
    def spoken(self) -> str:
        """Đồng Nai, 79%, đạt mốc 2025."""
        return ", ".join(part for part in (self.label, self.value, self.word) if part)

    @property
    def swatch(self) -> str:
        """The class of its colour in legends and tables."""
        if self.inherited:
            return "inherited"
        return "none" if self.level is None else f"seq-{self.level}" if self.level else ""


@dataclass(frozen=True)
class Key:
    """One line of the legend."""

    level: int | None
    words: str
    count: int | None = None
    inherited: bool = False

    @property
    def swatch(self) -> str:
        return Tile("", "", level=self.level, inherited=self.inherited).swatch


@dataclass(frozen=True)
class Look:
    """How units are coloured: by the sheet's classes, or by hex values where no sheet reaches."""

    classes: str = "cartogram wide"
    font: float = 11
    by_hex: bool = False
    fills: tuple[str, ...] = field(default=())
    inks: tuple[str, ...] = field(default=())


WEB = Look()
NARROW = Look(classes="cartogram narrow", font=9.3)
PRINT = Look(
    by_hex=True,
    fills=("#FFFFFF", "#E1EDE9", "#AFD0C8", "#74AA9F", "#37807A", "#0B4F4A"),
    inks=("#1A2321", "#1A2321", "#1A2321", "#1A2321", "#FFFFFF", "#FFFFFF"),
)
PRINT_PATTERN = mark_safe(
    '<defs><pattern id="khong-bao-cao" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#FFFFFF"/>'
    '<path d="M0 0v6" stroke="#D9D2C2" stroke-width="1.2"/></pattern></defs>'
)


def archipelago_words(name: str) -> str:
    """Its name in the reader's language; data and files name it in Vietnamese."""
    return {"Hoàng Sa": _("Hoàng Sa Islands"), "Trường Sa": _("Trường Sa Islands")}.get(name, name)


def svg_of(
    body: list[SafeString], width: float, height: float, *, look: Look, classes: str, role: str, title: str
) -> SafeString:
    face = mark_safe(' font-family="Liberation Sans"') if look.by_hex else ""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="{}" role="{}" aria-label="{}" viewBox="0 0 {} {}"'
        ' width="{}" height="{}"{}>{}</svg>',
        classes, role, title, number(width), number(height), number(width), number(height), face,
        mark_safe("".join(body)),  # noqa: S308 -- made by format_html
    )  # fmt: skip


def number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def bold(is_value: bool, look: Look) -> SafeString:
    if not is_value:
        return mark_safe("")
    return mark_safe(' font-weight="600"') if look.by_hex else mark_safe(' class="value"')


def ink(tile: Tile, look: Look) -> SafeString:
    if not look.by_hex:
        return mark_safe("")
    return format_html(
        ' font-size="{}" text-anchor="middle" fill="{}"', look.font, look.inks[tile.level or 0]
    )


def linked(tile: Tile, spoken: str, inner: SafeString, look: Look, *, group: str = "") -> SafeString:
    """A link where the unit has a page and the reader a screen; else a picture with its name."""
    if tile.url and not look.by_hex:
        return format_html('<a href="{}" aria-label="{}" class="{}">{}</a>', tile.url, spoken, group, inner)
    return format_html('<g role="img" aria-label="{}" class="{}">{}</g>', spoken, group, inner)


def group_of(tile: Tile, look: Look) -> str:
    """The class that gives words on the unit's colour their own."""
    return "" if look.by_hex or not tile.level else f"on-{tile.level}"


def dashes(look: Look) -> SafeString:
    if look.by_hex:
        return mark_safe('fill="none" stroke="#756F61" stroke-dasharray="3 3"')
    return mark_safe('class="frame-line"')


def sea(x: float, y: float, look: Look) -> SafeString:
    paint = (
        mark_safe('font-style="italic" font-size="15" text-anchor="middle" fill="#44504D"')
        if look.by_hex
        else mark_safe('class="sea"')
    )
    return format_html('<text x="{}" y="{}" {}>{}</text>', number(x), number(y), paint, _("East Sea"))
