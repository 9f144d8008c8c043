"""The ministry's desk, first page of the admin: what hurts, what waits, what was just done."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from accounts.models import Occupancy, Post
from foundation.dates import day_words
from foundation.models import AuditEntry, Job
from news.models import Highlight
from provinces.cartogram import Key, Tile, cartogram
from reporting.models import ReportEvent
from reporting.queue_page import Queue, kind_of

MAP_PITCH = 50
SHOWN = 8
ASKING = ("waiting", "proposed", "overdue")
STEPS_SHOWN = ("submit", "resubmit", "return", "propose", "approve", "reopen")

# The audit's verbs in words for people.
DEEDS = {
    "extend deadline": gettext_noop("Deadline extended"),
    "compile": gettext_noop("Document compiled"),
    "stop build": gettext_noop("Build of a document stopped"),
    "edit words": gettext_noop("Words of a document edited"),
    "edit envelope": gettext_noop("Number, date or signature of a document changed"),
    "let files go": gettext_noop("Files of a document not published let go"),
    "plan entered": gettext_noop("Plan entered"),
    "plan changed": gettext_noop("Plan changed"),
    "plan supersedes": gettext_noop("Plan amended or replaced"),
    "publish": gettext_noop("Published"),
    "withdraw": gettext_noop("Withdrawn"),
    "restore": gettext_noop("Put back"),
    "file rights set": gettext_noop("A file's rights set"),
    "revoke": gettext_noop("Certificate revoked"),
    "issue certificates": gettext_noop("Certificates issued"),
    "library.comment_received": gettext_noop("Comment received"),
    "library.comment_moderated": gettext_noop("Comment moderated"),
    "library.comment_answered": gettext_noop("Comment answered"),
    "registered": gettext_noop("Registration received"),
    "put on the waiting list": gettext_noop("Put on the waiting list"),
    "withdrew": gettext_noop("Registration withdrawn"),
    "cancelled": gettext_noop("Event cancelled"),
    "erased": gettext_noop("Personal data erased"),
    "prepare cut-over": gettext_noop("Change of the map prepared"),
    "ask for cut-over": gettext_noop("Change of the map put up for confirmation"),
    "send back cut-over": gettext_noop("Change of the map sent back"),
    "drop cut-over": gettext_noop("Change of the map dropped"),
    "apply cut-over": gettext_noop("Map changed"),
    "undo cut-over": gettext_noop("Change of the map undone"),
    "load boundary map": gettext_noop("Boundary map loaded"),
    "show boundary map": gettext_noop("Boundary map shown"),
    "stop showing boundary map": gettext_noop("Boundary map no longer shown"),
    "got a seat": gettext_noop("Seat given from the waiting list"),
}


def desk(user: Any, *, today: date, now: datetime) -> dict[str, Any]:
    """Everything the first page shows beside the list of records."""
    may_review = user.has_perm("reporting.view_statusreport")
    queue = Queue(user, {}, today=today, now=now) if may_review else None
    return {
        "today_words": f"{date_format(today, 'l').capitalize()}, {day_words(today)}",
        "period": queue.period if queue else None,
        "cells": [*(_counts(queue) if queue and queue.period else []), *_warnings(user, today)],
        "queue": _waiting(queue) if queue else [],
        "queue_url": reverse("work:review_queue") if queue and queue.period else "",
        "map": _map(queue, today) if queue and queue.period else None,
        "recent": _just_done(user),
    }


def _counts(queue: Queue) -> list[dict[str, Any]]:
    """Of the queue's counts those that ask for something."""
    return [cell for cell in queue.cells if any(f"show={kind}" in cell["url"] for kind in ASKING)]


def _waiting(queue: Queue) -> list[dict[str, Any]]:
    """Reports that are with the ministry, longest first."""
    rows = [(line, days) for line, days in queue.rows if days is not None and line.report]
    rows.sort(key=lambda row: row[1] or 0, reverse=True)
    return [
        {
            "name": line.obligation.province.name,
            "url": reverse("work:review", args=[line.report.pk]),
            "round": line.report.round,
            "submitted": day_words(line.handed_in),
            "days": days,
            "icon": line.icon,
            "state": line.words,
        }
        for line, days in rows[:SHOWN]
        if line.report
    ]


def _warnings(user: Any, today: date) -> list[dict[str, Any]]:
    """Counts of what somebody should mend; a count of nothing is left out."""
    held = Occupancy.objects.in_force(today).filter(post=OuterRef("pk"))
    found = [
        (_("Vacant posts"), "late", Post.objects.exclude(Exists(held)), "accounts_post", _("See posts")),
        (_("Highlights past their day"), "late", Highlight.objects.filter(ends_on__lt=today),
         "news_highlight", _("Mend highlights")),
        (_("Jobs running"), "pace", Job.objects.open(), "foundation_job", _("See jobs")),
    ]  # fmt: skip
    return [
        {"label": label, "icon": icon, "number": number, "link": link,
         "url": reverse(f"admin:{model}_changelist")}
        for label, icon, rows, model, link in found
        if user.has_perm(f"{model.replace('_', '.view_')}") and (number := rows.count())
    ]  # fmt: skip


def _just_done(user: Any) -> list[dict[str, Any]]:
    """The newest steps of reports and lines of the audit, as far as this person may read them."""
    done = []
    if user.has_perm("reporting.view_statusreport"):
        steps = ReportEvent.objects.filter(step__in=STEPS_SHOWN).select_related(
            "report__obligation__province", "report__obligation__period"
        )
        done += [
            {"at": one.at, "deed": one.words, "subject": str(one.report), "by": one.by_name}
            for one in steps.order_by("-at", "-pk")[:SHOWN]
        ]
    if user.has_perm("foundation.view_auditentry"):
        done += [
            {"at": one.at, "deed": _(DEEDS.get(one.verb, one.verb)), "subject": one.subject_text,
             "by": one.by_name}
            for one in AuditEntry.objects.all()[:SHOWN]
        ]  # fmt: skip
    return sorted(done, key=lambda one: one["at"], reverse=True)[:SHOWN]


# --- Where the units stand --------------------------------------------------------------

LEVELS = {"closed": 0, "approved": 5, "waiting": 3, "proposed": 4, "returned": 1, "open": 0, "overdue": None}


def _map(queue: Queue, today: date) -> Any:
    shorts = {
        "approved": "✓",
        "waiting": pgettext("on a tile", "waits"),
        "proposed": pgettext("on a tile", "proposed"),
        "returned": pgettext("on a tile", "back"),
        "overdue": pgettext("on a tile", "late"),
    }
    names = {
        "approved": _("approved"),
        "proposed": _("proposed for approval"),
        "waiting": _("waits for the ministry"),
        "returned": _("returned"),
        "open": _("not due yet, or being filled in"),
        "overdue": _("overdue"),
        "closed": _("closed, no longer expected"),
    }
    tiles, counts = [], Counter[str]()
    for line in queue.lines:
        unit, kind = line.obligation.province, kind_of(line)
        counts[kind] += 1
        url = reverse("work:review", args=[line.report.pk]) if line.report and line.report.round else ""
        tiles.append(Tile(unit.code, str(unit.name), shorts.get(kind, ""), line.words, LEVELS[kind], url))
    keys = [
        Key(LEVELS[kind], name, counts[kind])
        for kind, name in names.items()
        if kind != "closed" or counts[kind]
    ]
    return cartogram(tiles, on=today, title=_("Reports of the units"), keys=keys, pitch=MAP_PITCH)
