"""What hangs on a unit in the training room: courses still to be held, and where experts are listed."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundation.carrying import Choice, Item, Offer, Turn

from .models import Course, Expert

ROOM = "training"
KINDS = {"course": gettext_lazy("Courses to come"), "expert": gettext_lazy("Experts")}


def hanging(units: Collection[int], *, on: date, goes_on: bool) -> list[Item]:
    """A course that was held stays where it was; what may still be held is asked about."""
    courses = Course.objects.to_come().filter(province__in=units).annotate(people=Count("participants"))
    experts = Expert.objects.filter(province__in=units).order_by("name", "pk")
    return [
        *(_course(one, on, goes_on=goes_on) for one in courses if _may_be_after(one, on)),
        *(_expert(one, goes_on=goes_on) for one in experts),
    ]


def _may_be_after(course: Course, on: date) -> bool:
    """Not begun before the day, as far as its date is known."""
    known = str(course.begins_on or "")
    return known >= on.isoformat()[: len(known)]


def _course(course: Course, on: date, *, goes_on: bool) -> Item:
    first = course.begins_on.first_day if course.begins_on else None
    stays = goes_on or (first is not None and first < on)  # a vague date that may lie before the day
    move = Offer(Choice.INHERIT, _("Has not been held yet: it is filed under the heir."))
    stay = Offer(Choice.ARCHIVE, _("Stays filed under this unit."))
    close = Offer(Choice.CLOSE, _("Is cancelled, with the reason you write."))
    people: int = getattr(course, "people", 0)  # counted in the query
    told = [course.dates or _("day not known"), course.get_status_display()]
    if people:
        told.append(ngettext("%(n)s participant", "%(n)s participants", people) % {"n": people})
    return Item(
        room=ROOM,
        kind="course",
        pk=course.pk,
        unit=course.province_id,
        title=str(course.title),
        state=", ".join(told),
        seen=f"{course.province_id} {course.status} {course.begins_on or ''}",
        offers=(stay, move, close) if stays else (move, close, stay),
        url=course.get_absolute_url(),
    )


def _expert(expert: Expert, *, goes_on: bool) -> Item:
    move = Offer(Choice.INHERIT, _("Is listed under the heir from now on."))
    stay = Offer(Choice.ARCHIVE, _("Stays listed under this unit."))
    return Item(
        room=ROOM,
        kind="expert",
        pk=expert.pk,
        unit=expert.province_id or 0,
        title=expert.name,
        state=expert.get_availability_display(),
        seen=f"{expert.province_id}",
        offers=(stay, move) if goes_on else (move, stay),
    )


def carry(turn: Turn) -> None:
    """Re-file what has not happened yet, or cancel it with the reason."""
    if turn.kind == "expert" and turn.choice == Choice.INHERIT:
        turn.journal.change(Expert.objects.select_for_update().get(pk=turn.pk), province_id=turn.heir)
    if turn.kind != "course" or turn.choice == Choice.ARCHIVE:
        return
    course = Course.objects.select_for_update().get(pk=turn.pk)
    if turn.choice == Choice.INHERIT:
        turn.journal.change(course, province_id=turn.heir)
    else:
        turn.journal.change(course, status=Course.Status.CANCELLED, cancelled_because_vi=turn.reason)
