"""Legal texts and policies, and how they bear on each other."""

from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.dates import PartialDate, PartialDateField
from foundation.text import Bilingual
from provinces.models import BoundaryEvent, ProvincialPlan

from .entry import Entry, Kind


class Document(Entry):
    """A resolution, law, decree, decision, circular, directive or plan."""

    KIND = Kind.DOCUMENT

    class Type(models.TextChoices):
        RESOLUTION = "resolution", _("resolution")
        LAW = "law", _("law")
        DECREE = "decree", _("decree")
        DECISION = "decision", _("decision")
        CIRCULAR = "circular", _("circular")
        DIRECTIVE = "directive", _("directive")
        PLAN = "plan", _("plan")

    type = models.CharField(_("type"), max_length=10, choices=Type)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    expires_on = models.DateField(_("in force until (exclusive)"), null=True, blank=True)
    signer_name = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_post = models.CharField(_("post as printed"), max_length=160, blank=True)
    boundary_events = models.ManyToManyField(
        BoundaryEvent, blank=True, related_name="documents", verbose_name=_("boundary events it orders")
    )
    plans = models.ManyToManyField(
        ProvincialPlan, blank=True, related_name="documents", verbose_name=_("provincial plans it governs")
    )

    history = HistoricalRecords(excluded_fields=["folded"])

    class Meta:
        verbose_name = _("legal text or policy")
        verbose_name_plural = _("legal texts and policies")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(effective_on__isnull=True)
                | Q(expires_on__gt=F("effective_on")),
                name="document_expires_after_it_begins",
                violation_error_message=_("A text ends after it begins. Check both dates."),
            )
        ]

    def search_words(self) -> list[Any]:
        return [*super().search_words(), self.get_type_display(), self.signer_name]

    @property
    def chief_bearings(self) -> "list[Bearing]":
        """What a reader of a list must know: what it replaces, carries out or was replaced by.

        Prefetch both sides for the person who asks.
        """
        ends = (DocumentRelation.Kind.REPLACES, DocumentRelation.Kind.REPEALS)
        told = [one.forwards for one in self.bears_on.all() if one.kind != DocumentRelation.Kind.BASED_ON]
        return told + [one.backwards for one in self.borne_on_by.all() if one.kind in ends]

    def clean(self) -> None:
        super().clean()
        first = self.dated_on.first_day if self.dated_on else None
        if first and self.effective_on and self.effective_on < first:
            raise ValidationError(
                {"effective_on": _("A text takes effect on the day it is issued or later.")}
            )


class DocumentRelationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Relations of which this person may see both ends."""
        texts = Document.objects.visible_to(user).order_by().values("pk")
        return self.filter(document__in=texts, target__in=texts).select_related("document", "target")


@dataclass(frozen=True)
class Bearing:
    """A relation as one of its two texts tells it."""

    words: str
    text: Document
    since: PartialDate | None
    note: str = ""


class DocumentRelation(models.Model):
    """One text's bearing on another, said from the newer to the older."""

    class Kind(models.TextChoices):
        REPLACES = "replaces", _("replaces")
        REPEALS = "repeals", _("repeals")
        AMENDS = "amends", _("amends")
        GUIDES = "guides", _("guides")
        IMPLEMENTS = "implements", _("implements")
        BASED_ON = "based_on", _("is based on")

    # The same bearing read from the older text.
    BACKWARDS = {
        Kind.REPLACES: _("replaced by"),
        Kind.REPEALS: _("repealed by"),
        Kind.AMENDS: _("amended by"),
        Kind.GUIDES: _("guided by"),
        Kind.IMPLEMENTS: _("implemented by"),
        Kind.BASED_ON: _("is a basis of"),
    }

    document = models.ForeignKey(Document, models.CASCADE, related_name="bears_on", verbose_name=_("text"))
    kind = models.CharField(_("bearing"), max_length=10, choices=Kind)
    target = models.ForeignKey(
        Document, models.PROTECT, related_name="borne_on_by", verbose_name=_("earlier text")
    )
    dated_on = PartialDateField(_("since"))
    note_vi = models.CharField(_("note (Vietnamese)"), max_length=200, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=200, blank=True)

    objects = DocumentRelationQuerySet.as_manager()

    note = Bilingual()

    class Meta:
        verbose_name = _("relation between texts")
        verbose_name_plural = _("relations between texts")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "kind", "target"],
                name="document_relation_once",
                violation_error_message=_("This relation is already written down."),
            ),
            models.CheckConstraint(
                condition=~Q(document=F("target")),
                name="document_bears_on_another",
                violation_error_message=_("A text cannot bear on itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.number} {self.get_kind_display()} {self.target.number}"

    @property
    def forwards(self) -> Bearing:
        return Bearing(self.get_kind_display(), self.target, self.dated_on, self.note)

    @property
    def backwards(self) -> Bearing:
        return Bearing(str(self.BACKWARDS[self.Kind(self.kind)]), self.document, self.dated_on, self.note)
