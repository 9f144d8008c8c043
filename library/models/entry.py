"""What every record of the library shares, and which states each kind may have."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation.dates import PartialDateField
from foundation.models import Publishable, PublishableQuerySet, Record, StoredFile
from foundation.searching import Hit, Searchable
from foundation.text import Bilingual, fold
from programmes.models import Deliverable, LifeCycleStage, Organisation, Task

from .columns import FoldedField, begins_a_word


class Kind(models.TextChoices):
    """Kinds in the order in which the list offers them."""

    DOCUMENT = "document", _("Legal texts and policies")
    GUIDELINE = "guideline", _("Technical guidelines")
    CRITERIA = "criteria", _("Criteria sets")
    NORM = "norm", _("Consumption norms")
    MODEL = "model", _("Pilot models")
    CASE = "case", _("Case studies with savings")
    MATERIAL = "material", _("Training and knowledge documents")
    PROJECT = "project", _("Partner projects")
    CONSULTATION = "consultation", _("Consultations")
    FUNDING = "funding", _("Funding opportunities")
    PHOTO = "photo", _("Photos")


class Status(models.TextChoices):
    """A state is named only where a source names it; empty means the source is silent."""

    DRAFT = "draft", pgettext_lazy("a legal text", "draft")
    IN_FORCE = "in_force", _("in force")
    REPLACED = "replaced", _("replaced")
    REPEALED = "repealed", _("repealed")
    PLANNED = "planned", _("planned")
    DRAFTING = "drafting", _("being drafted")
    ISSUED = "issued", _("issued")
    BUILD = "build", _("being built")
    PILOT = "pilot", _("piloted")
    APPLY = "apply", _("applied")
    REPLICATE = "replicate", _("replicated")
    RUNNING = "running", _("under way")
    ENDED = "ended", _("ended")


_OF_A_RULE = (Status.DRAFT, Status.IN_FORCE, Status.REPLACED, Status.REPEALED)
_OF_A_WORK = (Status.PLANNED, Status.DRAFTING, Status.ISSUED, Status.REPLACED)

STATUSES: dict[str, tuple[Status, ...]] = {
    Kind.DOCUMENT: _OF_A_RULE,
    Kind.GUIDELINE: _OF_A_WORK,
    Kind.CRITERIA: _OF_A_WORK,
    Kind.NORM: _OF_A_WORK,
    Kind.MODEL: (Status.BUILD, Status.PILOT, Status.APPLY, Status.REPLICATE),
    Kind.MATERIAL: _OF_A_WORK,
    Kind.PROJECT: (Status.PLANNED, Status.RUNNING, Status.ENDED),
}

# The shape of the status chip; words always stand beside it.
CHIPS: dict[str, str] = {
    Status.IN_FORCE: "done",
    Status.ISSUED: "done",
    Status.REPLICATE: "done",
    Status.APPLY: "done",
    Status.DRAFT: "pace",
    Status.DRAFTING: "pace",
    Status.BUILD: "pace",
    Status.PILOT: "pace",
    Status.RUNNING: "pace",
    Status.PLANNED: "info",
    Status.ENDED: "info",
    Status.REPLACED: "none",
    Status.REPEALED: "none",
}


def status_fits_kind() -> Q:
    """True of a row without a state, or with one its kind may have."""
    fits = Q(status="")
    for kind, statuses in STATUSES.items():
        fits |= Q(kind=kind, status__in=[str(status) for status in statuses])
    return fits


class Sector(models.Model):
    """An industry, as the decision or a guideline names it."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)

    name = Bilingual()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["name_vi"]

    def __str__(self) -> str:
        return str(self.name)


class EntryQuerySet(PublishableQuerySet):
    def about(self, words: str) -> Self:
        """Records in which each word begins some word; with or without accents."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded__contains=begins_a_word(word))
        return found

    def best_first(self, words: str) -> Self:
        """Number or title that begins so, then the words as typed, then without accents, newest first."""
        rank = Case(
            When(folded__startswith=begins_a_word(f"{words} "), then=Value(0)),
            When(Q(title_vi__icontains=words.strip()) | Q(title_en__icontains=words.strip()), then=Value(1)),
            When(folded__contains=begins_a_word(words), then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
        return self.order_by(rank, "-dated_on", "title_vi", "pk")


class Entry(Searchable, Record, Publishable):
    """A record of the library. Each kind has a table of its own that adds what only it knows."""

    KIND: Kind | None = None

    class Language(models.TextChoices):
        VIETNAMESE = "vi", _("Vietnamese")
        ENGLISH = "en", _("English")
        BOTH = "vi-en", _("Vietnamese and English")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, editable=False)
    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("The last part of the page's address.")
    )
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    abstract_vi = models.TextField(
        _("abstract (Vietnamese)"),
        blank=True,
        help_text=_("In our own words: what it is, for whom."),
    )
    abstract_en = models.TextField(_("abstract (English)"), blank=True)
    number = models.CharField(
        _("number and symbol"), max_length=60, blank=True, help_text=_("As printed, for example 889/QĐ-TTg.")
    )
    issuer = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="library_entries",
        verbose_name=_("issued or led by"),
    )
    issuer_text = models.CharField(
        _("issuer as printed"),
        max_length=200,
        blank=True,
        help_text=_("For a body that has no record of its own."),
    )
    dated_on = PartialDateField(
        _("issued on"), db_index=True, help_text=_("As exact as the source gives it.")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.VIETNAMESE)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("sector")
    )
    stages = models.ManyToManyField(
        LifeCycleStage, blank=True, related_name="library_entries", verbose_name=_("life-cycle stages")
    )
    tasks = models.ManyToManyField(
        Task, blank=True, related_name="library_entries", verbose_name=_("tasks it serves")
    )
    deliverables = models.ManyToManyField(
        Deliverable, blank=True, related_name="library_entries", verbose_name=_("deliverables it is")
    )
    rights = models.CharField(
        _("rights"), max_length=200, blank=True, help_text=_("Who may re-use it, and how.")
    )
    folded = FoldedField()

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]

    title = Bilingual()
    abstract = Bilingual()

    class Meta(Record.Meta, Publishable.Meta):
        abstract = False
        verbose_name = _("library record")
        verbose_name_plural = _("library records")
        ordering = ["-dated_on", "title_vi", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=status_fits_kind(),
                name="library_status_fits_kind",
                violation_error_message=_("A record of this kind does not have this status."),
            ),
            models.CheckConstraint(
                condition=~Q(dated_on__startswith="XXXX"),
                name="library_date_has_its_year",
                violation_error_message=_("Give the year, or leave the date empty."),
            ),
            models.UniqueConstraint(
                fields=["kind", "number", "issuer"],
                condition=~Q(number=""),
                name="library_number_once_per_issuer",
                violation_error_message=_("This body already has a record with this number."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "-dated_on"], name="library_by_kind_newest")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args and self.KIND:
            kwargs.setdefault("kind", self.KIND)
        super().__init__(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("library:entry", args=[self.kind, self.slug])

    @classmethod
    def get_indexed_objects(cls) -> EntryQuerySet:
        """Each record once, under its own kind."""
        return cls.objects.all() if cls.KIND else cls.objects.none()

    @property
    def issued_by(self) -> str:
        """The body, or its name as printed."""
        return str(self.issuer.name) if self.issuer else self.issuer_text

    @property
    def chip(self) -> str:
        return CHIPS.get(self.status, "none")

    @cached_property
    def covered_stages(self) -> list[LifeCycleStage]:
        return list(self.stages.all())

    def search_words(self) -> list[Any]:
        """What this record is found by beside title and number; a kind adds its own words."""
        issuer, sector = self.issuer, self.sector
        return [
            self.abstract_vi,
            self.abstract_en,
            self.issuer_text,
            *((issuer.name_vi, issuer.name_en, issuer.short_name) if issuer else ()),
            *((sector.name_vi, sector.name_en) if sector else ()),
        ]

    def search_text(self) -> str:
        return " \n ".join(str(word) for word in self.search_words() if word)

    def folded_text(self) -> str:
        return fold(f"{self.number} {self.search_title()} {self.search_text()}")

    @property
    def search_hit(self) -> Hit:
        return Hit(
            title=self.title,
            url=self.get_absolute_url(),
            summary=self.abstract,
            kind=self.get_kind_display(),
            date=self.dated_on,
            note=" · ".join(part for part in (self.number, self.issued_by) if part),
        )

    @classmethod
    def searchable_by(cls, user: Any) -> EntryQuerySet:
        return cls.objects.visible_to(user).select_related("issuer")

    def citation(self) -> str:
        """How to cite it: who, when, what, where."""
        day = self.dated_on.words() if self.dated_on else gettext("no date in the source")
        parts = [self.issued_by or gettext("issuer not in the source"), day, str(self)]
        return ". ".join(capfirst(part) for part in parts) + "."


class EntryFile(models.Model):
    """A file of a record. The file's own row says whether the public may have it, and its rights."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    label_vi = models.CharField(_("label (Vietnamese)"), max_length=160)
    label_en = models.CharField(_("label (English)"), max_length=160, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=Entry.Language, default=Entry.Language.VIETNAMESE
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    label = Bilingual()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.label)

    def get_absolute_url(self) -> str:
        return reverse("library:file", args=[self.pk])
