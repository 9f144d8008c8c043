"""Invented reports: five years of approved ones, and a year in progress with every state in it."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.utils import timezone

from accounts.models import Post, User
from foundation import jobs
from foundation.indexing import indexed_together
from foundation.models import Job, OutboxMail
from provinces import lineage
from provinces.models import Province

from . import actions, years
from .chains import Chain
from .demo_history import approve_in_bulk
from .demo_requests import make_request
from .demo_values import Series, answers_for, counts_for, series_of
from .documents import receipts
from .models import Evidence, Obligation, Period, Regime, StatusReport
from .windows import newest_open, window

FIRST_YEAR = 2021
REGIME = "bao-cao-nam"
# The year in progress: who stands where; units not named are approved or submitted by turns.
RETURNED = ("dong-nai", "nghe-an")
OVERDUE = ("lang-son", "gia-lai", "lai-chau")
EXTENDED = ("dien-bien", "ca-mau", "da-nang", "khanh-hoa")
NOT_BEGUN = ("ca-mau", *OVERDUE)
DRAFTING = ("da-nang", "can-tho", "khanh-hoa", "vinh-long")
PROPOSED = ("quang-tri",)
APPROVED_EVERY = 3
FOLLOW_UP_EVERY = 9
SETTLED = ("money.", "general.")  # approved while the others of a returned report go back
LIST_OF_PARKS = "tên,loại\nKhu công nghiệp minh hoạ 1,khu công nghiệp\nCụm công nghiệp minh hoạ 2,cụm\n"


@indexed_together()
def make_demo(rng: random.Random, *, today: date) -> dict[str, int]:
    """Make it once; a second run finds it made and changes nothing."""
    regime = Regime.objects.filter(code=REGIME).first()
    if regime is None or not User.objects.filter(is_demo=True).exists():
        return {}
    if not Obligation.objects.filter(is_demo=True).exists():
        _make(regime, rng, today=today)
    return {"demo reports": StatusReport.objects.filter(is_demo=True).count()}


def _make(regime: Regime, rng: random.Random, *, today: date) -> None:
    current = newest_open(regime.window_rule, today)
    series = _series(rng, today)
    officers = _officers()
    register, approver = lineage.load(), _at_the_ministry(Post.Role.MINISTRY_APPROVER)
    for year in range(FIRST_YEAR, current.year):
        period = actions.open_period(regime, window(regime.window_rule, year, 1), is_demo=True)
        approve_in_bulk(period, series, officers, register, rng, approver=approver, today=today)
    period = actions.open_period(regime, current, is_demo=True)
    period.obligations.filter(report__isnull=True).update(is_demo=True)
    years.add_up()  # the past was written in bulk; the year in progress adds up to it
    _Year(period, series, officers, rng, today=today).play()
    make_request(by=approver, today=today)
    for job in Job.objects.open().filter(kind=receipts.KIND):  # built when somebody asks for one
        jobs.cancel(job, at=timezone.now())
    # Nobody reads invented mail: it stays in the outbox as delivered.
    invented = Q(key__startswith="report-") | Q(key__startswith="follow-up-")
    OutboxMail.objects.filter(invented, sent_at__isnull=True).update(sent_at=timezone.now())


def _series(rng: random.Random, today: date) -> dict[int, Series]:
    """What each unit would report; an heir's counts are the sum of those it came from."""
    register = lineage.load()
    own = {unit: series_of(rng) for unit in sorted(register.units_in_force(date(2024, 12, 31)))}
    made = dict(own)
    for unit in register.units_in_force(today):
        parents = register.ancestors_on(unit, date(2024, 12, 31))
        made[unit] = Series.sum([own[parent] for parent in parents if parent in own])
    return made


def _officers() -> dict[int, User]:
    """The demo signatory of each unit that has one; where the post is vacant, the one who fills in."""
    posts = Post.objects.filter(is_demo=True, province__isnull=False).order_by("role")
    found: dict[int, User] = {}
    for post in posts.prefetch_related("occupancies__user"):
        for occupancy in post.occupancies.all():
            found[post.province_id or 0] = occupancy.user
    return found


def _at_the_ministry(role: str) -> User:
    return User.objects.get(is_demo=True, occupancies__post__role=role)


def _count_anew(claim: dict[str, Any]) -> None:
    """A fall that a check finds: names that two former units both listed are counted once."""
    above, below = int(claim["numerator"]), int(claim["denominator"])
    claim |= {"emptiness": "number", "numerator": str(max(1, above - below * 3 // 10))}


class _Year:
    """The year in progress, played through the same deeds people use."""

    def __init__(
        self,
        period: Period,
        series: dict[int, Series],
        officers: dict[int, User],
        rng: random.Random,
        *,
        today: date,
    ) -> None:
        self.period, self.series, self.officers, self.rng, self.today = period, series, officers, rng, today
        self.reviewer = _at_the_ministry(Post.Role.MINISTRY_REVIEWER)
        self.approver = _at_the_ministry(Post.Role.MINISTRY_APPROVER)

    def play(self) -> None:
        obligations = self.period.obligations.select_related("province").order_by("province__code")
        for place, obligation in enumerate(obligations):
            self._one(obligation, place)

    def _one(self, obligation: Obligation, place: int) -> None:
        slug = obligation.province.slug
        if slug in EXTENDED:
            actions.extend_deadline(
                obligation.pk, until=obligation.due_on + timedelta(days=20),
                reason="Minh hoạ: đang rà soát số liệu sau bão", by=self.approver, at=self._moment(30),
            )  # fmt: skip
        if slug in NOT_BEGUN:
            return
        report = self._filled(obligation, whole=slug not in DRAFTING + EXTENDED)
        if slug in DRAFTING + EXTENDED:
            self._hand_out(report)
            return
        self._submit(report, place)
        self._review(report, slug, place)

    def _review(self, report: StatusReport, slug: str, place: int) -> None:
        if slug in RETURNED:
            self._return(report)
        elif slug in PROPOSED:
            actions.take_up(report.pk, by=self.reviewer, at=self._noon(45))
            actions.propose(report.pk, by=self.reviewer, at=self._moment(46))
        elif place % APPROVED_EVERY == 0:
            actions.approve(report.pk, by=self.approver, at=self._moment(45 + place % 4))
            if place % FOLLOW_UP_EVERY == 0:
                self._follow_up(report)
        elif place % 2:
            actions.take_up(report.pk, by=self.reviewer, at=self._noon(45))

    def _filled(self, obligation: Obligation, *, whole: bool) -> StatusReport:
        officer = self._officer(obligation.province)
        report = actions.start_report(obligation.pk, by=officer, at=self._moment(5))
        at = self._moment(20)
        series, year = self.series[obligation.province_id], self.period.year
        values = answers_for(report, series, self.rng, year=year, until=timezone.localdate(at))
        if obligation.province.slug in RETURNED:
            _count_anew(values["indicators.T3"])
        if not whole:
            values = dict(list(values.items())[: len(values) // 2])
        if whole:
            values |= counts_for(report, at=at)
        actions.save_draft(report.pk, answers=values, seen=0, by=officer, at=at)
        if whole and "indicators.T3" in values:
            # One list was handed in by two units, so that the ledger has something to show.
            whose = "" if obligation.province.slug in RETURNED else f"đơn vị,{obligation.province.name_vi}\n"
            upload = SimpleUploadedFile("danh-sach-khu-cum-minh-hoa.csv", f"{LIST_OF_PARKS}{whose}".encode())
            actions.attach_evidence(
                report.pk,
                address="indicators.T3",
                upload=upload,
                is_public=False,
                kind=Evidence.Kind.LIST,
                by=officer,
                at=self._moment(21),
            )
        return report

    def _officer(self, unit: Province) -> User:
        return self.officers[unit.pk]

    def _hand_out(self, report: StatusReport) -> None:
        """Where the unit has a post that contributes: the money is in its hands."""
        found = Post.objects.filter(
            province=report.province, role=Post.Role.PROVINCE_CONTRIBUTOR, is_demo=True
        )
        post = found.first()
        if post is not None:
            actions.delegate(
                report.pk, section="money", post=post,
                due_on=max(self.period.due_on - timedelta(days=7), self.today),
                note="Minh hoạ: ghi số đã chi theo nguồn.", by=self._officer(report.province),
                at=self._moment(22),
            )  # fmt: skip

    def _submit(self, report: StatusReport, place: int) -> None:
        officer = self._officer(report.province)
        at = self._moment(32 + place % 12)
        for number, one in enumerate(actions.checked(report, on=timezone.localdate(at))):
            if one.lacks_reason and (one.finding.address == "indicators.T3" or (place + number) % 2):
                self._justify(report, one, at)
        deeds = {"declare": actions.declare_ready, "clear": actions.clear}
        chain = Chain(report, on=self.today)
        for step in chain.pending:
            if chain.taking(step, officer) is None:
                deeds[step](report.pk, by=chain.takers(step)[0], at=at)
        actions.submit(report.pk, signer=officer.full_name, by=officer, at=at)

    def _justify(self, report: StatusReport, one: actions.Checked, at: datetime) -> None:
        actions.justify(
            report.pk,
            rule=one.finding.rule.code,
            address=one.finding.address,
            text="Minh hoạ: đã đối chiếu danh sách, bỏ những tên trùng giữa các tỉnh trước đây.",
            by=self._officer(report.province),
            at=at,
        )

    def _return(self, report: StatusReport) -> None:
        for address, text in (
            ("indicators.T3", "Danh sách kèm theo ít hơn số báo cáo. Đề nghị thống nhất hai con số."),
            ("indicators.T2", "Cho biết năm gốc dùng cho đơn vị sau sắp xếp."),
            ("difficulties.difficulties", "Nêu rõ ai phụ trách ở cấp xã sau khi bỏ cấp huyện."),
        ):
            actions.remark(report.pk, address=address, text=text, by=self.reviewer, at=self._moment(45))
        actions.take_up(report.pk, by=self.reviewer, at=self._noon(45))
        settled, at = [one for one in report.questions if one.startswith(SETTLED)], self._noon(45)
        for kind, person in (("accepted", self.reviewer), ("approved", self.approver)):
            actions.mark_items(report.pk, addresses=settled, kind=kind, seen=1, by=person, at=at)
        actions.send_back(report.pk, by=self.reviewer, at=self._moment(46))
        self._follow_up(report)

    def _follow_up(self, report: StatusReport) -> None:
        """Given to a demo post of the unit, due a month after it was asked for."""
        owner = Post.objects.filter(is_demo=True, province=report.province).order_by("role").first()
        at = self._noon(49)
        actions.ask_follow_up(
            report.pk, text="Minh hoạ: ban hành kế hoạch của đơn vị sau sắp xếp và gửi về Bộ.", post=owner,
            due_on=timezone.localdate(at) + timedelta(days=30), by=self.reviewer, at=at,
        )  # fmt: skip

    def _noon(self, days: int) -> datetime:
        """As ``_moment``, at a fixed hour: it draws nothing, so that the other values stay what they were."""
        day = min(self.period.opens_on + timedelta(days=days), self.today)
        return timezone.make_aware(datetime.combine(day, time(18)))

    def _moment(self, days: int) -> datetime:
        """So many days after reporting opened, never later than the day of making."""
        day = min(self.period.opens_on + timedelta(days=days), self.today)
        minute = time(8 + self.rng.randrange(9), self.rng.randrange(60))
        return timezone.make_aware(datetime.combine(day, minute))
