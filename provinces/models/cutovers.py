"""A change of the map from its draft to its undoing: who wrote it, who confirmed it, what it touched."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.carrying import Choice
from foundation.dates import day_words
from foundation.models import AppendOnly
from foundation.text import Bilingual

from .events import BoundaryEvent
from .units import Kind, Province, Region


def person(verbose_name: Any, *, null: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=null,
        blank=null,
        related_name="+",
        verbose_name=verbose_name,
    )


class Cutover(models.Model):
    """One event on its way into the register. Its state moves in ``scp_portal.cutover`` alone."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        WAITING = "waiting", _("waiting for confirmation")
        APPLIED = "applied", pgettext_lazy("cut-over", "applied")
        UNDONE = "undone", _("undone")
        CANCELLED = "cancelled", _("dropped")

    OPEN = frozenset({State.DRAFT, State.WAITING})

    kind = models.CharField(_("kind"), max_length=15, choices=BoundaryEvent.Kind)
    effective_on = models.DateField(_("in effect from"))
    instrument_number = models.CharField(_("instrument: number"), max_length=60)
    instrument_issuer_vi = models.CharField(_("instrument: issuer (Vietnamese)"), max_length=120)
    instrument_issuer_en = models.CharField(_("instrument: issuer (English)"), max_length=120, blank=True)
    instrument_date = models.DateField(_("instrument: date"))
    instrument_url = models.URLField(_("instrument: address"), blank=True)
    note_vi = models.TextField(_("note (Vietnamese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)

    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    digest = models.CharField(_("digest of the dry run"), max_length=64, blank=True)
    prepared_by = person(_("prepared by"), null=False)
    prepared_at = models.DateTimeField(_("prepared at"))
    asked_at = models.DateTimeField(_("confirmation asked at"), null=True, blank=True)
    returned_reason = models.TextField(_("why it was sent back"), blank=True)
    confirmed_by = person(_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    undone_by = person(_("undone by"))
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_reason = models.TextField(_("why it was undone"), blank=True)
    event = models.OneToOneField(
        BoundaryEvent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cutover",
        verbose_name=_("boundary event"),
    )

    instrument_issuer = Bilingual()
    note = Bilingual()

    class Meta:
        verbose_name = _("cut-over")
        verbose_name_plural = _("cut-overs")
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("prepared_by")),
                name="cutover_takes_two_people",
                violation_error_message=_("Whoever prepared a cut-over does not confirm it."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, asked_at__isnull=False),
                name="cutover_confirmed_after_it_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "undone"], confirmed_by__isnull=False)
                | Q(state__in=["draft", "waiting", "cancelled"], confirmed_by__isnull=True),
                name="cutover_applied_by_its_confirmer",
            ),
            models.CheckConstraint(
                condition=Q(state="applied", event__isnull=False)
                | ~Q(state="applied") & Q(event__isnull=True),
                name="cutover_has_its_event_while_applied",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_by__isnull=False, undone_at__isnull=False)
                & ~Q(undone_reason="")
                | ~Q(state="undone") & Q(undone_by__isnull=True, undone_at__isnull=True, undone_reason=""),
                name="cutover_undone_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(asked_at__isnull=False) & ~Q(digest=""),
                name="cutover_waits_with_its_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {day_words(self.effective_on)}"

    def get_absolute_url(self) -> str:
        return reverse("admin:provinces_cutover_change", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class CutoverUnit(models.Model):
    """A unit of the register that the event speaks of."""

    class Role(models.TextChoices):
        PREDECESSOR = "predecessor", _("predecessor")
        RECEIVER = "receiver", _("takes the part")

    cutover = models.ForeignKey(Cutover, models.CASCADE, related_name="units", verbose_name=_("cut-over"))
    unit = models.ForeignKey(Province, models.PROTECT, related_name="cutovers", verbose_name=_("unit"))
    role = models.CharField(
        pgettext_lazy("unit in an event", "part"), max_length=11, choices=Role, default=Role.PREDECESSOR
    )

    class Meta:
        verbose_name = _("unit of a cut-over")
        verbose_name_plural = _("units of a cut-over")
        ordering = ["cutover", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cutover", "unit"],
                name="cutover_names_a_unit_once",
                violation_error_message=_("An event names a unit once."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.get_role_display()}"


class CutoverHeir(models.Model):
    """What is to be: a new unit; or of a unit that is kept, its new name or type alone."""

    cutover = models.ForeignKey(Cutover, models.CASCADE, related_name="heirs", verbose_name=_("cut-over"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    code = models.CharField(_("code"), max_length=2, blank=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    kind = models.CharField(_("type"), max_length=10, choices=Kind, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    slug = models.SlugField(_("address"), max_length=80, blank=True)
    unit = models.ForeignKey(
        Province, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("unit made")
    )

    name = Bilingual()

    class Meta:
        verbose_name = _("heir in a cut-over")
        verbose_name_plural = _("heirs in a cut-over")
        ordering = ["cutover", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cutover", "position"], name="cutover_heir_in_order"),
            models.UniqueConstraint(
                fields=["cutover", "code"], condition=~Q(code=""), name="cutover_heir_code_once"
            ),
            models.UniqueConstraint(
                fields=["cutover", "slug"], condition=~Q(slug=""), name="cutover_heir_address_once"
            ),
            models.CheckConstraint(
                condition=Q(code="") | Q(code__regex=r"^[0-9]{2}$"), name="cutover_heir_code_has_two_digits"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name) or self.get_kind_display()


class CutoverChoice(models.Model):
    """What is chosen for one touched item, and how the item stood when confirmation was asked."""

    cutover = models.ForeignKey(Cutover, models.CASCADE, related_name="choices", verbose_name=_("cut-over"))
    room = models.CharField(_("room"), max_length=20)
    kind = models.CharField(_("kind of record"), max_length=20)
    item = models.PositiveBigIntegerField(_("record number"))
    title = models.CharField(_("record"), max_length=200, blank=True)
    seen = models.CharField(_("state when asked"), max_length=300, blank=True)
    choice = models.CharField(_("what becomes of it"), max_length=8, choices=Choice)
    heir = models.ForeignKey(
        CutoverHeir,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="choices",
        verbose_name=_("heir"),
    )
    note = models.CharField(_("reason"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("choice in a cut-over")
        verbose_name_plural = _("choices in a cut-over")
        ordering = ["cutover", "room", "kind", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["cutover", "room", "kind", "item"], name="cutover_chooses_once_for_an_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_choice_display()}"

    @property
    def key(self) -> str:
        return f"{self.room}.{self.kind}.{self.item}"


class CutoverChange(AppendOnly):
    """One row the cut-over wrote, whole before and after: what undoing works from."""

    cutover = models.ForeignKey(Cutover, models.PROTECT, related_name="changes", verbose_name=_("cut-over"))
    position = models.PositiveIntegerField(_("position"))
    model = models.CharField(_("kind of record"), max_length=60)
    key = models.CharField(_("record number"), max_length=40)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)

    class Meta:
        verbose_name = _("row changed by a cut-over")
        verbose_name_plural = _("rows changed by a cut-over")
        ordering = ["cutover", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cutover", "position"], name="cutover_change_in_order"),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                name="cutover_change_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
