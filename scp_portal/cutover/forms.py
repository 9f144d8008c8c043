"""Entering an event: one form, with the fields of its kind. Whether it can be is the door's to say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.plain_text import PlainTextField, plain_text
from foundation.text import whole_number
from provinces.models import BoundaryEvent, Cutover, CutoverUnit, Kind, Province, Region
from provinces.proposals import Draft, Fault, Proposal
from provinces.redrawing import address_of

from .door import Paper, Pick
from .dry_run import DryRun

EventKind = BoundaryEvent.Kind
MOST_HEIRS = 4
PAPER = (
    "instrument_number", "instrument_issuer_vi", "instrument_issuer_en", "instrument_date",
    "instrument_url", "note_vi", "note_en",
)  # fmt: skip


class Units(forms.ModelChoiceField):
    def label_from_instance(self, unit: Any) -> str:
        return _("%(name)s, code %(code)s") % {"name": unit, "code": unit.code}


class ManyUnits(forms.ModelMultipleChoiceField):
    """Boxes to tick: the units in force, and whichever was ticked before."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, unit: Any) -> str:
        return _("%(name)s, code %(code)s") % {"name": unit, "code": unit.code}


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


class EventForm(forms.Form):
    """``kind`` decides which fields there are; all of it works without a script."""

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = EventKind(kind)
        self.fields["effective_on"] = day_field(
            gettext_lazy("In effect from"), help_text=gettext_lazy("The first day of the new map.")
        )
        self._add_units()
        for number in range(1, self.heir_count + 1):
            self._add_heir(number)
        self._add_paper()

    @property
    def heir_count(self) -> int:
        return {EventKind.SPLIT: MOST_HEIRS, EventKind.PART_TRANSFER: 0}.get(self.kind, 1)

    def _add_units(self) -> None:
        every = Province.objects.order_by("name_vi", "valid_from")
        labels = {
            EventKind.MERGER: gettext_lazy("Units that merge"),
            EventKind.SPLIT: gettext_lazy("Unit that is split"),
            EventKind.PART_TRANSFER: gettext_lazy("Unit that gives a part"),
        }
        label = labels.get(self.kind, gettext_lazy("Unit"))
        if self.kind == EventKind.MERGER:
            field: forms.Field = ManyUnits(every, label=label)
            field.choices = self._units_to_tick(field)  # type: ignore[attr-defined]
        else:
            field = Units(every, label=label)
        field.error_messages["required"] = gettext_lazy("Choose the unit that the event changes.")
        self.fields["predecessors"] = field
        if self.kind == EventKind.PART_TRANSFER:
            self.fields["receiver"] = Units(every, label=gettext_lazy("Unit that takes the part"))

    def _units_to_tick(self, field: Any) -> list[tuple[Any, str]]:
        asked = set(self.data.getlist("predecessors")) if hasattr(self.data, "getlist") else set()
        return [
            (unit.pk, field.label_from_instance(unit))
            for unit in field.queryset
            if unit.valid_to is None or str(unit.pk) in asked
        ]

    def _add_heir(self, number: int) -> None:
        """Name, code, type, region and address; of a kept unit its name or its type alone."""
        must = number <= (2 if self.kind == EventKind.SPLIT else 1)
        start, fields = f"heir{number}_", self.fields
        if self.kind != EventKind.TYPE_CHANGE:
            sentence = (
                gettext_lazy("Write the new name.")
                if self.kind == EventKind.RENAMING
                else gettext_lazy("Write the name of the new unit.")
            )
            if number == 2 and self.kind == EventKind.SPLIT:
                sentence = gettext_lazy("A split has at least two heirs. Describe the second one.")
            fields[f"{start}name_vi"] = PlainTextField(
                label=gettext_lazy("Name (Vietnamese)"), max_length=120, required=must,
                error_messages={"required": sentence},
            )  # fmt: skip
            fields[f"{start}name_en"] = PlainTextField(
                label=gettext_lazy("Name (English)"), max_length=120, required=False
            )
        if self.kind != EventKind.RENAMING:
            fields[f"{start}kind"] = forms.ChoiceField(
                label=gettext_lazy("Type"), choices=Kind.choices, required=must, widget=forms.RadioSelect
            )
        if self.kind in (EventKind.MERGER, EventKind.SPLIT):
            self._add_new_unit(start, must=must)

    def _add_new_unit(self, start: str, *, must: bool) -> None:
        regions = Region.objects.filter(valid_to=None)
        self.fields[f"{start}code"] = PlainTextField(
            label=gettext_lazy("Code"), max_length=2, required=must,
            help_text=gettext_lazy("Two digits. The code of a unit that ends with this event is free."),
        )  # fmt: skip
        self.fields[f"{start}region"] = forms.ModelChoiceField(
            regions, label=gettext_lazy("Region"), required=must
        )
        self.fields[f"{start}slug"] = forms.SlugField(
            label=gettext_lazy("Address of its page"), max_length=80, required=False,
            help_text=gettext_lazy("Empty: made from the name, such as can-tho."),
        )  # fmt: skip

    def _add_paper(self) -> None:
        names = Cutover._meta.get_field
        for name in PAPER:
            column: Any = names(name)
            label = capfirst(str(column.verbose_name))  # made anew for each page, in its language
            if name == "instrument_date":
                self.fields[name] = day_field(label)
            elif name == "instrument_url":
                self.fields[name] = forms.URLField(label=label, required=False, assume_scheme="https")
            elif name.startswith("note"):
                area = forms.Textarea({"rows": 2})
                self.fields[name] = PlainTextField(label=label, required=False, widget=area)
            else:
                self.fields[name] = PlainTextField(
                    label=label, max_length=column.max_length, required=not column.blank
                )

    # --- For the template ---

    def groups(self) -> list[dict[str, Any]]:
        """The fields as the page stacks them."""
        heirs = [
            {"title": self._heir_title(number), "fields": self._bound(f"heir{number}_")}
            for number in range(1, self.heir_count + 1)
        ]
        what = [self[name] for name in ("effective_on", "predecessors", "receiver") if name in self.fields]
        return [
            {"title": _("The event"), "fields": what},
            *heirs,
            {"title": _("Legal instrument"), "fields": [self[name] for name in PAPER]},
        ]

    def _bound(self, start: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(start)]

    def _heir_title(self, number: int) -> str:
        if self.kind == EventKind.SPLIT:
            form = _("Heir %(number)s") if number < 3 else _("Heir %(number)s, if there is one")
            return form % {"number": number}
        titles = {
            EventKind.RENAMING: _("The new name"),
            EventKind.TYPE_CHANGE: _("The new type"),
        }
        return titles.get(self.kind, _("The new unit"))

    # --- For the door ---

    def proposal(self) -> Proposal:
        given = self.cleaned_data["predecessors"]
        units = given if self.kind == EventKind.MERGER else [given]
        receiver = self.cleaned_data.get("receiver")
        return Proposal(
            kind=self.kind.value,
            on=self.cleaned_data["effective_on"],
            predecessors=tuple(unit.pk for unit in units),
            receiver=receiver.pk if receiver else None,
            heirs=tuple(self._drafts().values()),
        )

    def _drafts(self) -> dict[int, Draft]:
        """The heirs that somebody described, by the number of their fields: one between may be blank."""
        drafts = {number: self._draft(number) for number in range(1, self.heir_count + 1)}
        return {number: draft for number, draft in drafts.items() if draft != Draft()}

    def _draft(self, number: int) -> Draft:
        def part(name: str) -> Any:
            return self.cleaned_data.get(f"heir{number}_{name}") or ""

        region, ends = part("region"), self.kind in (EventKind.MERGER, EventKind.SPLIT)
        return Draft(
            code=part("code"),
            name_vi=part("name_vi"),
            name_en=part("name_en"),
            kind=part("kind"),
            region=region.pk if region else None,
            slug=(part("slug") or address_of(part("name_vi"))) if ends else "",
        )

    def paper(self) -> Paper:
        return Paper(**{name: self.cleaned_data[name] for name in PAPER})

    def take(self, faults: Iterable[Fault]) -> None:
        """Each sentence at its field. The door counts the heirs there are, the form their places."""
        places = {f"heir{count}": f"heir{number}" for count, number in enumerate(self._drafts(), 1)}
        for fault in faults:
            heir, _under, part = fault.field.partition("_")
            field = f"{places[heir]}_{part}" if heir in places else fault.field
            self.add_error(field if field in self.fields else None, fault.sentence)


class ReasonForm(forms.Form):
    reason = PlainTextField(label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea({"rows": 3}))


def initial_of(cutover: Cutover) -> dict[str, Any]:
    """A draft as the form shows it again."""
    initial: dict[str, Any] = {name: getattr(cutover, name) for name in ("effective_on", *PAPER)}
    rows = list(cutover.units.order_by("pk"))
    before = [row.unit_id for row in rows if row.role == CutoverUnit.Role.PREDECESSOR]
    initial["predecessors"] = before if cutover.kind == EventKind.MERGER else before[0]
    initial["receiver"] = next((row.unit_id for row in rows if row.role == CutoverUnit.Role.RECEIVER), None)
    for heir in cutover.heirs.all():
        for name in ("code", "name_vi", "name_en", "kind", "slug"):
            initial[f"heir{heir.position}_{name}"] = getattr(heir, name)
        initial[f"heir{heir.position}_region"] = heir.region_id
    return initial


def picks_from(data: Any, run: DryRun) -> dict[str, Pick]:
    """What the page of the dry run sent; an item it did not speak of keeps its choice."""
    picks = {}
    for line in run.lines:
        key = line.item.key
        if choice := data.get(f"choice-{key}"):
            heir = data.get(f"heir-{key}", "")
            picks[key] = Pick(choice, whole_number(heir), plain_text(data.get(f"note-{key}", "")))
    return picks
