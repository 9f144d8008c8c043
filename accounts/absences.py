"""Absence: the holder of a post names who acts for him and until when. Both names stay in every record."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import ActionRefused, write_down
from foundation.dates import day_words

from . import emails
from .models import Occupancy, Post, User

LONGEST = 90  # days; a preset of the portal, which no rule of the State names
LONGEST_BASIS = 200


@transaction.atomic
def enter_absence(
    post_id: int, *, deputy: User, first_day: date, last_day: date, basis: str, by: User, at: datetime
) -> Occupancy:
    """Let somebody of the same unit act in this post for some days; what else they may do does not change."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=post_id)
    today = timezone.localdate(at)
    own = _own(post, by, today)
    _refuse_days(own, first_day, last_day, today)
    _refuse_deputy(post, deputy, by, today)
    if not 0 < len(basis.strip()) <= LONGEST_BASIS:
        raise ActionRefused(
            _("Name the decision or authorisation, in at most %(most)s letters.") % {"most": LONGEST_BASIS}
        )
    held = Occupancy(
        post=post, user=deputy, acting_for=by, basis=basis.strip(),
        valid_from=first_day, valid_to=last_day + timedelta(days=1),
    )  # fmt: skip
    if other := held.overlapping().select_related("user").first():
        words = {
            "person": other.user,
            "first": day_words(other.valid_from),
            "last": day_words(other.last_day),
        }
        raise ActionRefused(
            _("%(person)s acts for you from %(first)s to %(last)s already. End that absence first.") % words
        )
    held.save()
    _note("enter absence", held, by=by, at=at)
    emails.deputised(held, at=at)
    return held


@transaction.atomic
def end_absence(occupancy_id: int, *, by: User, at: datetime) -> None:
    """The holder is back: today is the deputy's last day. An absence that has not begun is taken out."""
    held = Occupancy.objects.select_for_update(of=("self",)).select_related("post", "user")
    absence = held.get(pk=occupancy_id)
    today = timezone.localdate(at)
    if absence.acting_for_id != by.pk:
        raise ActionRefused(_("An absence is ended by whom it is about."))
    if absence.valid_to is not None and absence.valid_to <= today:
        raise ActionRefused(_("This absence is over already."))
    _note("end absence", absence, by=by, at=at)
    if absence.valid_from > today:
        absence.delete()
        emails.absence_ended(absence, occupancy_id, last_day=None, at=at)
        return
    absence.valid_to = today + timedelta(days=1)
    absence.save(update_fields=["valid_to"])
    emails.absence_ended(absence, occupancy_id, last_day=today, at=at)


def deputies_for(posts: QuerySet[Post] | list[Post], user: User, *, on: date) -> QuerySet[User]:
    """Who may act in these posts: others who hold a post of the same unit, or of the ministry, themselves."""
    homes = {post.province_id for post in posts if post.province_id}
    held = Occupancy.objects.in_force(on).filter(acting_for__isnull=True)
    there = held.filter(post__province__in=homes)
    if any(post.is_ministry for post in posts):
        there |= held.filter(post__province__isnull=True)
    people = User.objects.filter(pk__in=there.values("user"), is_active=True)
    return people.exclude(pk=user.pk).order_by("full_name", "pk")


def own_posts(user: User, *, on: date) -> QuerySet[Post]:
    """The posts the person holds himself; a deputy passes nothing on."""
    held = Occupancy.objects.in_force(on).filter(user=user, acting_for__isnull=True)
    return Post.objects.filter(pk__in=held.values("post")).select_related("province")


def absences_of(user: User, *, on: date) -> QuerySet[Occupancy]:
    """Those that last or are to come, the next first."""
    found = Occupancy.objects.filter(acting_for=user).exclude(valid_to__lte=on)
    return found.select_related("user", "post__province").order_by("valid_from", "pk")


def _own(post: Post, by: User, today: date) -> Occupancy:
    held = Occupancy.objects.in_force(today).filter(post=post, user=by, acting_for__isnull=True)
    own = held.order_by("-valid_from").first()
    if own is None:
        raise ActionRefused(_("You can name a deputy only for a post that you hold yourself."))
    return own


def _refuse_days(own: Occupancy, first_day: date, last_day: date, today: date) -> None:
    if first_day < today:
        raise ActionRefused(_("An absence begins today at the earliest."))
    if last_day < first_day:
        raise ActionRefused(_("The last day comes before the first. Change one of them."))
    if (last_day - first_day).days >= LONGEST:
        raise ActionRefused(
            _("An absence lasts at most %(most)s days. For longer, ask the ministry to enter a new holder.")
            % {"most": LONGEST}
        )
    if own.last_day is not None and last_day > own.last_day:
        raise ActionRefused(
            _("You hold this post until %(day)s, so nobody can act for you after that.")
            % {"day": day_words(own.last_day)}
        )


def _refuse_deputy(post: Post, deputy: User, by: User, today: date) -> None:
    if deputy == by:
        raise ActionRefused(_("Nobody deputises for himself. Choose another person."))
    if not deputies_for([post], by, on=today).filter(pk=deputy.pk).exists():
        raise ActionRefused(
            _("%(person)s holds no post of the same unit. Choose somebody who does.") % {"person": deputy}
        )
    if Occupancy.objects.in_force(today).filter(post=post, user=deputy).exists():
        raise ActionRefused(
            _("%(person)s holds this post already and needs no authorisation.") % {"person": deputy}
        )


def _note(verb: str, held: Occupancy, *, by: User, at: datetime) -> None:
    detail = {
        "post": held.post.title_vi,
        "deputy": str(held.user),
        "from": held.valid_from.isoformat(),
        "until": held.last_day.isoformat() if held.last_day else "",
        "basis": held.basis,
    }
    write_down(verb, held, by=by, at=at, detail=detail)
