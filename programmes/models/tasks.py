"""What is to be done: task groups, tasks with their bodies, assignments with their reviews, results."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from foundation.amounts import Qualified, qualifier_field
from foundation.dates import PartialDateField
from foundation.models import Record
from foundation.searching import Searchable
from foundation.text import Bilingual

from .framework import LifeCycleStage, Programme
from .indicators import Indicator
from .organisations import Organisation


class TaskGroup(Record):
    """A numbered group of tasks of the decision; the number is given only where it is confirmed."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="task_groups", verbose_name=_("programme")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.PositiveSmallIntegerField(_("number in the decision"), null=True, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=250)
    name_en = models.CharField(_("name (English)"), max_length=250, blank=True)
    note_vi = models.TextField(_("note (Vietnamese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)

    history = HistoricalRecords()

    name = Bilingual()
    note = Bilingual()

    class Meta:
        verbose_name = _("task group")
        verbose_name_plural = _("task groups")
        ordering = ["programme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="task_groups_are_in_order"),
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="task_group_number_once",
                violation_error_message=_("Another group of this programme has this number."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Task(Searchable, Record):
    """A task of the decision, with those who lead it and those who take part."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="tasks", verbose_name=_("programme")
    )
    group = models.ForeignKey(
        TaskGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("task group"),
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    statement_vi = models.TextField(_("content (Vietnamese)"), blank=True)
    statement_en = models.TextField(_("content (English)"), blank=True)
    indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="tasks", verbose_name=_("indicators served")
    )
    stages = models.ManyToManyField(
        LifeCycleStage, blank=True, related_name="tasks", verbose_name=_("life-cycle stages")
    )

    history = HistoricalRecords()

    title = Bilingual()
    statement = Bilingual()
    search_columns = ["statement"]

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["programme", "group__position", "title_vi"]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("programmes:task", args=[self.slug])

    @classmethod
    def searchable_by(cls, user: Any) -> models.QuerySet["Task"]:
        return cls.objects.all()


class TaskBody(models.Model):
    """A body's part in a task."""

    class Part(models.TextChoices):
        LEAD = "lead", _("leads")
        CARRIES_OUT = "carries_out", _("carries out")
        COORDINATES = "coordinates", _("co-ordinates")

    task = models.ForeignKey(Task, models.CASCADE, related_name="bodies")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="task_parts", verbose_name=_("organisation")
    )
    part = models.CharField(_("part"), max_length=12, choices=Part)

    class Meta:
        verbose_name = _("body of the task")
        verbose_name_plural = _("bodies of the task")
        ordering = ["part", "organisation__name_vi"]
        constraints = [
            models.UniqueConstraint(fields=["task", "organisation"], name="task_body_once"),
            models.UniqueConstraint(
                fields=["task"],
                condition=models.Q(part="lead"),
                name="task_has_one_lead",
                violation_error_message=_("A task has one lead body."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_part_display()}"


class Deliverable(Record):
    """Something the programme produced or is to produce: guidelines, criteria, norms, models."""

    class Kind(models.TextChoices):
        GUIDELINE = "guideline", _("technical guideline")
        CRITERIA = "criteria", _("criteria set")
        NORM = "norm", _("consumption norm")
        MODEL = "model", _("pilot model")
        HANDBOOK = "handbook", _("handbook")
        DOCUMENT = "document", _("knowledge document")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        DRAFTING = "drafting", _("being drafted")
        DONE = "done", _("done")

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="deliverables", verbose_name=_("programme")
    )
    task = models.ForeignKey(
        Task,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deliverables",
        verbose_name=_("task"),
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    note_vi = models.TextField(_("note (Vietnamese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    count = models.PositiveSmallIntegerField(_("number of pieces"), default=1)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)

    history = HistoricalRecords()

    title = Bilingual()
    note = Bilingual()

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["kind", "title_vi"]

    def __str__(self) -> str:
        return str(self.title)


class Assignment(Searchable, Record):
    """Work given to a contractor for a year."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="assignments", verbose_name=_("programme")
    )
    task = models.ForeignKey(
        Task,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("task"),
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    objective_vi = models.TextField(_("objective (Vietnamese)"), blank=True)
    objective_en = models.TextField(_("objective (English)"), blank=True)
    outputs_vi = models.TextField(_("outputs (Vietnamese)"), blank=True)
    outputs_en = models.TextField(_("outputs (English)"), blank=True)
    assigner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments_given",
        verbose_name=_("assigned by"),
    )
    contractor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments_taken",
        verbose_name=_("carried out by"),
    )
    contract_number = models.CharField(_("contract number"), max_length=60, blank=True)
    budget_number = models.DecimalField(_("budget"), max_digits=16, decimal_places=0, null=True, blank=True)
    budget_qualifier = qualifier_field(_("budget: how sure"))
    budget_currency = models.CharField(_("currency"), max_length=3, default="VND", blank=True)
    begins_on = PartialDateField(_("begins on"))
    ends_on = PartialDateField(_("ends on"))

    history = HistoricalRecords()

    title = Bilingual()
    objective = Bilingual()
    outputs = Bilingual()
    search_columns = ["objective", "outputs"]
    budget = Qualified()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-year", "title_vi"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(budget_number__isnull=True) | models.Q(budget_number__gte=0),
                name="assignment_budget_not_negative",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("programmes:assignment", args=[self.slug])

    @classmethod
    def searchable_by(cls, user: Any) -> models.QuerySet["Assignment"]:
        return cls.objects.all()


class AcceptanceReview(Record):
    """The meeting that accepted an assignment's results, or did not."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="reviews", verbose_name=_("assignment")
    )
    held_on = PartialDateField(_("held on"))
    held_on_note_vi = models.CharField(_("about the date (Vietnamese)"), max_length=200, blank=True)
    held_on_note_en = models.CharField(_("about the date (English)"), max_length=200, blank=True)
    place_vi = models.CharField(_("place (Vietnamese)"), max_length=160, blank=True)
    place_en = models.CharField(_("place (English)"), max_length=160, blank=True)
    reviewers_vi = models.TextField(_("reviewers (Vietnamese)"), blank=True)
    reviewers_en = models.TextField(_("reviewers (English)"), blank=True)
    verdict_vi = models.TextField(_("verdict (Vietnamese)"), blank=True)
    verdict_en = models.TextField(_("verdict (English)"), blank=True)
    score = models.CharField(_("score"), max_length=40, blank=True)
    follow_up_vi = models.TextField(_("follow-up (Vietnamese)"), blank=True)
    follow_up_en = models.TextField(_("follow-up (English)"), blank=True)

    history = HistoricalRecords()

    held_on_note = Bilingual()
    place = Bilingual()
    reviewers = Bilingual()
    verdict = Bilingual()
    follow_up = Bilingual()

    class Meta:
        verbose_name = _("acceptance review")
        verbose_name_plural = _("acceptance reviews")
        ordering = ["assignment", "held_on"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "held_on"], name="review_of_assignment_once")
        ]

    def __str__(self) -> str:
        return f"{self.assignment}, {self.held_on}"


class PlannedActivity(Record):
    """Something announced for the time to come, and what has become of it."""

    class Status(models.TextChoices):
        ANNOUNCED = "announced", _("announced")
        STARTED = "started", _("started")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="planned_activities", verbose_name=_("programme")
    )
    task = models.ForeignKey(
        Task,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="planned_activities",
        verbose_name=_("task"),
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=250)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    announced_on = PartialDateField(_("announced on"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ANNOUNCED)

    history = HistoricalRecords()

    title = Bilingual()

    class Meta:
        verbose_name = _("planned activity")
        verbose_name_plural = _("planned activities")
        ordering = ["announced_on", "title_vi"]

    def __str__(self) -> str:
        return str(self.title)
