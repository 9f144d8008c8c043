"""What a province does inside its own walls: sections in other hands, the chain before the signature."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from foundation.models import AppendOnly, AppendOnlyQuerySet
from foundation.text import Text

from ..rights import units_of
from ..workflow import STEPS
from .reports import StatusReport


class SectionTaskQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The unit's own; the ministry has no eye inside its walls."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(report__obligation__province__in=units_of(user))

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)


class SectionTask(models.Model):
    """A section of a report in another post's hands, until it is accepted or taken back."""

    class Outcome(models.TextChoices):
        OPEN = "", _("open")
        ACCEPTED = "accepted", _("accepted into the report")
        TAKEN_BACK = "taken_back", _("taken back")
        ENDED = "ended", _("ended with the unit")

    report = models.ForeignKey(StatusReport, models.PROTECT, related_name="tasks", verbose_name=_("report"))
    section = models.CharField(_("section"), max_length=40)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("post"))
    given_at = models.DateTimeField(_("handed out at"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_by_name = models.CharField(_("handed out by"), max_length=200)
    due_on = models.DateField(_("due on"))
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField()  # of the report, when it was handed out
    handed_back_at = models.DateTimeField(_("handed back at"), null=True, blank=True)
    handed_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    handed_back_by_name = models.CharField(_("handed back by"), max_length=200, blank=True)
    word = models.TextField(_("word with it"), blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by_name = models.CharField(_("closed by"), max_length=200, blank=True)
    outcome = models.CharField(_("what became of it"), max_length=10, choices=Outcome, blank=True, default="")
    why = models.CharField(_("why closed"), max_length=300, blank=True)

    objects = SectionTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("section handed out")
        verbose_name_plural = _("sections handed out")
        ordering = ["report", "given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "section"],
                condition=Q(closed_at__isnull=True),
                name="section_in_one_hand",
                violation_error_message=_("This section is handed out already."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="section_task_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(handed_back_at__isnull=True, handed_back_by__isnull=True)
                | Q(handed_back_at__isnull=False, handed_back_by__isnull=False),
                name="section_task_handed_back_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("given_at")),
                name="section_task_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="accepted") | Q(handed_back_at__isnull=False),
                name="section_task_accepted_once_handed_back",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="ended") | ~Q(why=""), name="section_task_ended_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.section}"

    def get_absolute_url(self) -> str:
        return reverse("work:hand", args=[self.report_id, self.section])

    @property
    def title(self) -> Text:
        """What the form calls the section; its key where a newer form has dropped it."""
        found = (one.title for one in self.report.sections if one.key == self.section)
        return next(found, Text(self.section, "vi"))

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_handed_back(self) -> bool:
        return self.handed_back_at is not None


class SignOff(models.Model):
    """One run of a report through its province's chain. The posts of each step stay as they were then."""

    class End(models.TextChoices):
        RUNNING = "", _("under way")
        SENT = "sent", _("submitted")
        DECLINED = "declined", _("sent back inside the province")
        VOID = "void", _("void: the report was changed")
        ENDED = "ended", _("ended with the unit")

    report = models.ForeignKey(
        StatusReport, models.PROTECT, related_name="sign_offs", verbose_name=_("report")
    )
    round = models.PositiveSmallIntegerField(_("round"))
    begun_at = models.DateTimeField(_("begun at"))
    posts = models.JSONField(_("posts of each step"))  # {"declare": [keys], "clear": [keys]}
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    end = models.CharField(_("what became of it"), max_length=8, choices=End, blank=True, default="")
    ended_by_name = models.CharField(_("ended by"), max_length=200, blank=True)
    why = models.TextField(_("reason"), blank=True)  # the word of whoever sent it back; the changed fields

    class Meta:
        verbose_name = _("internal sign-off")
        verbose_name_plural = _("internal sign-offs")
        ordering = ["report", "begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(ended_at__isnull=True),
                name="sign_off_one_at_a_time",
                violation_error_message=_("This report is declared ready already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
                name="sign_off_ends_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(end__in=["declined", "void", "ended"]) | ~Q(why=""), name="sign_off_says_why"
            ),
            models.UniqueConstraint(
                fields=["report", "round"], condition=Q(end="sent"), name="sign_off_sent_once_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.get_end_display()}"


class Clearance(AppendOnly):
    """A step of the chain that somebody took: on this version of the report and no other."""

    sign_off = models.ForeignKey(
        SignOff, models.PROTECT, related_name="clearances", verbose_name=_("internal sign-off")
    )
    step = models.CharField(_("step"), max_length=20)
    version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    by_name = models.CharField(_("name"), max_length=200)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("post"))
    post_title = models.CharField(_("post"), max_length=200)
    acting_for = models.CharField(_("acting for"), max_length=200, blank=True)
    for_vacant = models.BooleanField(_("since the post of the step was vacant"), default=False)
    comment = models.TextField(_("comment"), blank=True)

    objects: ClassVar[Any] = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["sign_off", "step"], name="clearance_once_a_step")]

    def __str__(self) -> str:
        return f"{STEPS[self.step].label}: {self.by_name}"

    def as_json(self) -> dict[str, Any]:
        """The form that a snapshot freezes."""
        return {
            "step": self.step,
            "version": self.version,
            "at": self.at.isoformat(),
            "by": self.by_name,
            "post": self.post_title,
            "acting_for": self.acting_for,
            "for_vacant": self.for_vacant,
        }
