"""The ledger of evidence: where the same content proves something else. It is shown, never refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .models import Evidence
from .pages import anchor
from .rights import units_of
from .round_pages import SentFile, SentSection

if TYPE_CHECKING:
    from accounts.models import User

    from .models import Submission


@dataclass(frozen=True)
class Use:
    """Another claim with the same file; without an address where the reader may not see it."""

    words: str
    url: str = ""


def uses(files: Iterable[tuple[int, str]], user: "User") -> dict[int, list[Use]]:
    """By key of the evidence: what else its content proves. ``files`` are keys with hashes; one query.

    A province reads where it used a file itself; of others only that one did, once they have submitted it.
    The ministry reads all that was ever submitted.
    """
    wanted = list(files)
    if not wanted:
        return {}
    by_hash: dict[str, list[Evidence]] = {}
    for proof in _with_the_same(user, {sha for _pk, sha in wanted}):
        by_hash.setdefault(proof.file.sha256, []).append(proof)
    return {
        pk: _told([proof for proof in by_hash.get(sha, []) if proof.pk != pk], user) for pk, sha in wanted
    }


def _with_the_same(user: "User", hashes: Iterable[str]) -> Iterable[Evidence]:
    if user.works_for_ministry:
        found = Evidence.objects.visible_to(user)
    else:
        own = Q(report__obligation__province__in=units_of(user))
        found = Evidence.objects.filter(own | Q(report__round__gt=0), removed_at__isnull=True)
    links = ("file", "report__obligation__province", "report__obligation__period__regime")
    newest_last = found.filter(file__sha256__in=set(hashes)).order_by("attached_at", "pk")
    return newest_last.select_related(*links)


def _told(proofs: list[Evidence], user: "User") -> list[Use]:
    """One line a claim, and one for all units whose reports the reader may not see."""
    readable = [proof for proof in proofs if _may_read(proof, user)]
    lines = [Use(_where(proof), _url(proof, user)) for proof in readable]
    hidden = {proof.report.obligation.province_id for proof in proofs if proof not in readable}
    return [*lines, Use(_("also used by another unit"))] if hidden else lines


def _may_read(proof: Evidence, user: "User") -> bool:
    return user.works_for_ministry or proof.report.obligation.province_id in units_of(user)


def _where(proof: Evidence) -> str:
    report = proof.report
    question = report.questions.get(proof.address)
    told = {
        "field": question.label if question else proof.address,
        "unit": report.province.name,
        "period": report.period,
    }
    return _("“%(field)s”, %(unit)s, %(period)s") % told


def _url(proof: Evidence, user: "User") -> str:
    if user.works_for_ministry:
        query = urlencode({"tab": "whole", "field": proof.address})
        return f"{reverse('work:review', args=[proof.report_id])}?{query}"
    section = proof.address.partition(".")[0]
    return f"{reverse('work:section', args=[proof.report_id, section])}#{anchor(proof.address)}"


def flag(sections: list[SentSection], user: "User") -> list[SentSection]:
    """The files of a sent report, each with its other uses."""
    files = [file for section in sections for one in section.fields for file in one.files]
    found = uses([(file.id, file.sha256) for file in files], user)
    for file in files:
        file.uses = found.get(file.id, [])
    return sections


def reused_in(submission: "Submission", user: "User") -> dict[str, list[SentFile]]:
    """By field, the files sent with it that prove something else as well."""
    files = {
        address: [SentFile.of(kept) for kept in found]
        for address, found in submission.snapshot["evidence"].items()
    }
    found = uses([(one.id, one.sha256) for sent in files.values() for one in sent], user)
    for sent in files.values():
        for one in sent:
            one.uses = found.get(one.id, [])
    return {address: [one for one in sent if one.uses] for address, sent in files.items()}
