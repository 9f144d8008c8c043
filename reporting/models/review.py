"""What is never changed again: submissions and events; and the ministry's remarks with their answers."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from foundation.models import AppendOnly, AppendOnlyQuerySet
from foundation.text import Bilingual, Text

from ..workflow import STEPS, WITH_MINISTRY, WITH_PROVINCE, State
from .periods import Period
from .reports import StatusReport

OWN_WORK = ("attach", "detach", "answer", "workbook", "form_seen", "justify", "declare", "clear")
# Said inside the province's walls, and never read outside them; the clearances travel with what is sent.
INSIDE = ("delegate", "take_back", "hand_back", "accept", "decline", "void")
JUDGING = ("resolve", "unresolve", "mark_items", "unmark_items")


class ReportEventQuerySet(AppendOnlyQuerySet):
    def seen_by(self, user: Any) -> Self:
        """The ministry reads what was submitted; a province all of its own, judgements once decided."""
        if user.works_for_ministry:
            return self.submitted()
        undecided = Q(step__in=JUDGING, round=F("report__round"), report__state__in=WITH_MINISTRY)
        return self.exclude(undecided)

    def submitted(self) -> Self:
        """Without drafts, and without the work after a return: they are the province's until it submits."""
        unsent = Q(step__in=OWN_WORK, round=F("report__round"), report__state__in=WITH_PROVINCE)
        return self.filter(report__round__gt=0).exclude(unsent).exclude(step__in=INSIDE)


class ReportEvent(AppendOnly):
    """Who did what to a report, in which post, when. Append-only."""

    report = models.ForeignKey(StatusReport, models.PROTECT, related_name="events", verbose_name=_("report"))
    step = models.CharField(_("step"), max_length=20)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("name"), max_length=200, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("post"))
    post_title = models.CharField(_("post"), max_length=200, blank=True)
    acting_for = models.CharField(_("acting for"), max_length=200, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=0)
    comment = models.TextField(_("comment"), blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    objects: ClassVar[Any] = ReportEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a report")
        verbose_name_plural = _("events of reports")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["report", "at"], name="events_of_one_report")]

    def __str__(self) -> str:
        return f"{self.words} {self.at:%Y-%m-%d %H:%M}"

    @property
    def about(self) -> Text | str:
        """The section or the file it is about; a section in the page’s language."""
        key = self.detail.get("section", "")
        title = next((one.title for one in self.report.sections if one.key == key), "") if key else ""
        return title or self.detail.get("name", "")

    @property
    def words(self) -> str:
        others = {
            "start": _("Report started"),
            "attach": _("File added"),
            "detach": _("File removed"),
            "workbook": _("Workbook taken over"),
            "form": _("The form changed"),
            "form_seen": _("Change of the form seen"),
            "justify": _("Reason given for a check"),
            "void": _("Clearances void, since the report was changed"),
            "unmark_items": _("Judgement taken back"),
            "follow_up_done": _("Follow-up action reported as done"),
            "follow_up_verified": _("Follow-up action verified"),
            "follow_up_refused": _("Follow-up action not accepted as done"),
            "follow_up_cancelled": _("Follow-up action cancelled"),
        }
        label = STEPS[self.step].label if self.step in STEPS else others.get(self.step, self.step)
        return str(label)


class Submission(AppendOnly):
    """What was sent, frozen: canonical JSON, its hash, running number, time of the server."""

    class Capacity(models.TextChoices):
        HEAD = "", _("head of the body")
        TM = "TM.", _("TM. – on behalf of the collective")
        Q = "Q.", _("Q. – acting head")
        KT = "KT.", _("KT. – for the head")
        TL = "TL.", _("TL. – by order")
        TUQ = "TUQ.", _("TUQ. – under authorisation")

    report = models.ForeignKey(
        StatusReport, models.PROTECT, related_name="submissions", verbose_name=_("report")
    )
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="submissions", verbose_name=_("reporting period")
    )
    round = models.PositiveSmallIntegerField(_("round"))
    number = models.PositiveIntegerField(_("running number"))
    snapshot = models.JSONField(_("snapshot"))
    sha256 = models.CharField("SHA-256", max_length=64)
    received_at = models.DateTimeField(_("received at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    by_name = models.CharField(_("submitted by"), max_length=200)
    signer = models.CharField(_("signatory"), max_length=200)
    capacity = models.CharField(_("signs as"), max_length=4, choices=Capacity, blank=True, default="")
    authority = models.CharField(_("signs for"), max_length=200, blank=True, default="")
    basis = models.CharField(_("basis of the authorisation"), max_length=300, blank=True, default="")
    acting_for = models.CharField(_("acting for"), max_length=200, blank=True, default="")
    chain = models.JSONField(_("steps of its approval"), default=dict, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["report", "round"]
        constraints = [
            models.UniqueConstraint(fields=["report", "round"], name="submission_once_per_round"),
            models.UniqueConstraint(fields=["period", "number"], name="submission_number_once_per_period"),
            models.CheckConstraint(
                condition=~Q(capacity__in=["TL.", "TUQ."]) | ~Q(basis=""),
                name="submission_by_order_names_its_basis",
                violation_error_message=_("Name the paper that orders or authorises the signature."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.running_number}, {self.report}"

    def get_absolute_url(self) -> str:
        return reverse("work:receipt", args=[self.report_id, self.round])

    @property
    def running_number(self) -> str:
        return f"{self.number:04d}"


class RemarkQuerySet(models.QuerySet):
    def sent(self) -> "RemarkQuerySet":
        return self.filter(sent_at__isnull=False)

    def seen_by(self, user: Any) -> "RemarkQuerySet":
        """The province reads a remark when the report comes back to it, not before."""
        return self if user.works_for_ministry else self.sent()

    def heads(self) -> "RemarkQuerySet":
        """The first remark of each thread, which says whether it is resolved."""
        return self.filter(thread__isnull=True)


class Remark(models.Model):
    """The ministry's word on one field, and the province's answer to it.

    Asking again is a further remark of the same ``thread``, which is its first one: nothing is written over.
    """

    class Reply(models.TextChoices):
        FIXED = "fixed", _("fixed")
        KEPT = "kept", _("kept, because")

    report = models.ForeignKey(StatusReport, models.PROTECT, related_name="remarks")
    thread = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later")
    round = models.PositiveSmallIntegerField(_("round"))
    address = models.CharField(_("field"), max_length=80)
    text = models.TextField(_("remark"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(_("by"), max_length=200)
    post_title = models.CharField(_("post"), max_length=200, blank=True)
    post_title_en = models.CharField(_("post (English)"), max_length=200, blank=True)
    written_at = models.DateTimeField(_("written at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    reply = models.CharField(_("answer"), max_length=5, choices=Reply, blank=True, default="")
    reply_text = models.TextField(_("answer in words"), blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    replied_name = models.CharField(_("answered by"), max_length=200, blank=True)
    replied_post = models.CharField(_("post of the answer"), max_length=200, blank=True)
    replied_post_en = models.CharField(_("post of the answer (English)"), max_length=200, blank=True)
    replied_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_name = models.CharField(_("resolved by"), max_length=200, blank=True)

    objects = RemarkQuerySet.as_manager()

    post_words = Bilingual("post_title", "post_title_en")
    replied_post_words = Bilingual("replied_post", "replied_post_en")

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["round", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True)
                | ~Q(reply="") & Q(replied_at__isnull=False, sent_at__isnull=False),
                name="remark_is_answered_after_it_was_sent",
            ),
            models.CheckConstraint(
                condition=~Q(reply="kept") | ~Q(reply_text=""), name="remark_kept_says_why"
            ),
            models.CheckConstraint(
                condition=Q(thread__isnull=True) | Q(resolved_at__isnull=True),
                name="remark_thread_is_resolved_at_its_head",
                violation_error_message=_("A thread is resolved as a whole."),
            ),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True) | Q(resolved_at__isnull=False),
                name="remark_resolved_says_when",
                violation_error_message=_("Say when the thread was resolved."),
            ),
            models.UniqueConstraint(
                fields=["thread"],
                condition=Q(sent_at__isnull=True),
                name="remark_asks_again_once_at_a_time",
                violation_error_message=_("A question that was not sent yet stands in this thread."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.text[:60]}"

    @property
    def anchor(self) -> str:
        return f"remark-{self.pk}"

    @property
    def head_id(self) -> int:
        return self.thread_id or self.pk

    @property
    def is_being_answered(self) -> bool:
        """Its answer is the province's own until the report is submitted again."""
        return self.report.state == State.RETURNED and self.round == self.report.round

    def is_open(self) -> bool:
        """Sent, and the province has not answered."""
        return self.sent_at is not None and not self.reply
