"""What is taught: a curriculum in versions, its levels and topics, and the modules where they cross."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.models import Publishable, Record, StoredFile
from foundation.searching import Hit, Searchable
from foundation.text import Bilingual


class Level(Record):
    """Basic, advanced. One vocabulary for curricula, courses and experts, so that they compare."""

    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)

    name = Bilingual()

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.name)


class Topic(Record):
    """A field of the training programme; also what an expert can teach."""

    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)

    name = Bilingual()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.name)


class Curriculum(Searchable, Record, Publishable):
    """A training programme in one version. A revision is a new row that names what it replaces."""

    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    summary_vi = models.TextField(_("summary (Vietnamese)"), blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    audience_vi = models.CharField(_("for whom (Vietnamese)"), max_length=300, blank=True)
    audience_en = models.CharField(_("for whom (English)"), max_length=300, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="curricula", verbose_name=_("topics"))
    assignment = models.ForeignKey(
        "programmes.Assignment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="curricula",
        verbose_name=_("made under the assignment"),
    )
    author = models.ForeignKey(
        "programmes.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="curricula",
        verbose_name=_("written by"),
    )
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("replaces"),
    )

    history = HistoricalRecords()

    title = Bilingual()
    summary = Bilingual()
    audience = Bilingual()
    search_columns = ["summary", "audience"]

    class Meta(Publishable.Meta):
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")
        ordering = ["-year", "title_vi"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(predecessor=F("id")),
                name="curriculum_does_not_replace_itself",
                violation_error_message=_("A curriculum cannot replace itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})" if self.version else str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("training:curriculum", args=[self.slug])

    def search_text(self) -> str:
        topics = self.topics.values_list("name_vi", "name_en") if self.pk else []
        return " \n ".join([super().search_text(), *(name for names in topics for name in names)])


class CurriculumLevel(models.Model):
    """What a curriculum asks and gives at one level."""

    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, related_name="levels", verbose_name=_("curriculum")
    )
    level = models.ForeignKey(Level, models.PROTECT, related_name="+", verbose_name=_("level"))
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    audience_vi = models.CharField(_("for whom (Vietnamese)"), max_length=300, blank=True)
    audience_en = models.CharField(_("for whom (English)"), max_length=300, blank=True)
    prerequisites_vi = models.CharField(_("asked beforehand (Vietnamese)"), max_length=300, blank=True)
    prerequisites_en = models.CharField(_("asked beforehand (English)"), max_length=300, blank=True)

    audience = Bilingual()
    prerequisites = Bilingual()

    class Meta:
        verbose_name = _("level of a curriculum")
        verbose_name_plural = _("levels of a curriculum")
        ordering = ["curriculum", "level__position"]
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "level"], name="curriculum_level_once"),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0), name="curriculum_level_has_hours_or_none"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.curriculum}, {self.level}"


class Module(Record):
    """One piece of teaching at a level, within a topic."""

    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, related_name="modules", verbose_name=_("curriculum")
    )
    level = models.ForeignKey(Level, models.PROTECT, related_name="modules", verbose_name=_("level"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="modules", verbose_name=_("topic"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1, null=True, blank=True)
    summary_vi = models.TextField(_("content (Vietnamese)"), blank=True)
    summary_en = models.TextField(_("content (English)"), blank=True)

    history = HistoricalRecords()

    title = Bilingual()
    summary = Bilingual()

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["level__position", "topic__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["curriculum", "level", "topic", "position"],
                name="module_position_once",
                violation_error_message=_("Another module has this position in the same topic and level."),
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0), name="module_has_hours_or_none"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Material(Searchable, Record, Publishable):
    """Something to read or use in class, in one language and version; its file may still be missing."""

    class Kind(models.TextChoices):
        HANDBOOK = "handbook", _("training handbook")
        SLIDES = "slides", _("slides")
        EXERCISE = "exercise", _("exercise")
        OTHER = "other", _("other material")

    class Language(models.TextChoices):
        VIETNAMESE = "vi", "Tiếng Việt"
        ENGLISH = "en", "English"

    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, related_name="materials", verbose_name=_("curriculum")
    )
    module = models.ForeignKey(
        Module, models.SET_NULL, null=True, blank=True, related_name="materials", verbose_name=_("module")
    )
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.VIETNAMESE)
    version = models.CharField(_("version"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    authors = models.CharField(_("authors"), max_length=250, blank=True)
    rights_vi = models.CharField(
        _("rights (Vietnamese)"), max_length=200, blank=True, help_text=_("Who may do what with it.")
    )
    rights_en = models.CharField(_("rights (English)"), max_length=200, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )

    history = HistoricalRecords()

    title = Bilingual()
    rights = Bilingual()
    search_columns = ["authors", "version"]

    class Meta(Publishable.Meta):
        verbose_name = _("training material")
        verbose_name_plural = _("training materials")
        ordering = ["title_vi", "-year"]
        constraints = [*Publishable.Meta.constraints]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("training:material", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.module and self.module.curriculum_id != self.curriculum_id:
            raise ValidationError({"module": _("This module belongs to another curriculum.")})
        if self.published_at and self.file_id and not (self.rights_vi or self.rights_en):
            raise ValidationError({"rights_vi": _("Say who may use the file before it is published.")})

    @classmethod
    def searchable_by(cls, user: Any) -> models.QuerySet["Material"]:
        return cls.objects.visible_to(user).filter(file__isnull=False).select_related("curriculum")

    @property
    def search_hit(self) -> Hit:
        return Hit(
            title=self.title,
            url=self.get_absolute_url(),
            summary=self.curriculum.title,
            kind=str(self._meta.verbose_name),
            note=self.version,
        )
