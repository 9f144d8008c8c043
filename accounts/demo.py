"""Invented people in posts: a few who can sign in with the demo password, and one officer per unit."""

import random
from datetime import date

from django.contrib.auth.hashers import make_password

from foundation.datafiles import upsert
from foundation.indexing import indexed_together
from programmes.models import Organisation
from provinces.models import Province

from .models import Occupancy, Post, User

PASSWORD = "sxtdbv-889-demo"  # noqa: S105 -- printed by make run, for invented people alone
DOMAIN = "demo.example"
SINCE = date(2021, 1, 1)
NOBODY = ""  # no password opens it
Role = Post.Role

# Address, name, post in Vietnamese and English, role.
MINISTRY = (
    (
        "tham-dinh",
        "Người thẩm định (minh hoạ)",
        "Chuyên viên thẩm định",
        "Reviewing officer",
        Role.MINISTRY_REVIEWER,
    ),
    (
        "duyet",
        "Người duyệt (minh hoạ)",
        "Lãnh đạo duyệt báo cáo",
        "Approving officer",
        Role.MINISTRY_APPROVER,
    ),
    (
        "bien-tap",
        "Biên tập viên (minh hoạ)",
        "Biên tập viên cổng",
        "Editor of the portal",
        Role.MINISTRY_EDITOR,
    ),
)
SIGNS_IN = ("dong-nai", "da-nang", "ha-noi", "can-tho", "lang-son", "quang-tri")
NO_SIGNATORY = "can-tho"  # its signatory's post is vacant, so that the warning can be seen
TWO_PEOPLE = ("dong-nai", "da-nang")  # one fills in, another signs; a head checks, finance contributes
# Beside those two: the end of the address, name, post in Vietnamese and English, role.
BACK_OFFICE = (
    (
        "tai-chinh",
        "Cán bộ Sở Tài chính (minh hoạ, {unit})",
        "Chuyên viên Sở Tài chính",
        "Officer of the Department of Finance",
        Role.PROVINCE_CONTRIBUTOR,
    ),
    (
        "phong",
        "Trưởng phòng Sở Công Thương (minh hoạ, {unit})",
        "Trưởng phòng kiểm tra báo cáo",
        "Head of division who checks reports",
        Role.PROVINCE_HEAD,
    ),
)


@indexed_together()
def make_demo(rng: random.Random, *, today: date) -> dict[str, int]:
    """Posts and people for the ministry and for every unit in force; idempotent."""
    secret = _kept_password() or make_password(PASSWORD)
    body = Organisation.objects.filter(slug="cuc-dmst-cdx-kc").first()
    for address, name, vi, en, role in MINISTRY:
        user = _user(address, name, secret, is_staff=True)
        _hold(user, _post(vi, en, role, organisation=body), SINCE)
    units = list(Province.objects.in_force(today))
    for unit in units:
        _officers(unit, secret)
    return {
        "demo people": User.objects.filter(is_demo=True).count(),
        "demo posts": Post.objects.filter(is_demo=True).count(),
    }


def sign_ins() -> list[str]:
    """One line for each demo account that can sign in, and the password."""
    lines = [f"{address}@{DOMAIN}: {vi}" for address, _name, vi, _en, _role in MINISTRY]
    held = Occupancy.objects.filter(user__is_demo=True, post__role__startswith="province")
    people = held.filter(
        user__email__in=[f"{slug}@{DOMAIN}" for slug in SIGNS_IN]
        + [f"{slug}.{end}@{DOMAIN}" for slug in TWO_PEOPLE for end in ("ky", "tai-chinh", "phong")]
    )
    found: dict[str, list[str]] = {}
    for occupancy in people.select_related("user", "post__province").order_by("user__email", "post__role"):
        found.setdefault(occupancy.user.email, []).append(
            f"{occupancy.post.title_vi}, {occupancy.post.province}"
        )
    lines += [f"{email}: {'; '.join(posts)}" for email, posts in found.items()]
    return [*lines, f"Mật khẩu chung: {PASSWORD}"] if found else []


def _officers(unit: Province, secret: str) -> None:
    """One officer who fills in and signs; two people where the demo wants to show the difference."""
    known = unit.slug in SIGNS_IN
    since = max(SINCE, unit.valid_from)
    officer = _user(
        unit.slug, f"Cán bộ Sở Công Thương (minh hoạ, {unit.name_vi})", secret if known else NOBODY
    )
    fills = _post(
        "Chuyên viên lập báo cáo", "Officer who fills in reports", Role.PROVINCE_EDITOR, province=unit
    )
    signs = _post("Lãnh đạo ký báo cáo", "Head who signs reports", Role.PROVINCE_SIGNATORY, province=unit)
    _hold(officer, fills, since)
    if unit.slug == NO_SIGNATORY:
        return
    if unit.slug in TWO_PEOPLE:
        officer = _user(f"{unit.slug}.ky", f"Lãnh đạo Sở Công Thương (minh hoạ, {unit.name_vi})", secret)
        _back_office(unit, secret, since)
    _hold(officer, signs, since)


def _back_office(unit: Province, secret: str, since: date) -> None:
    for end, name, vi, en, role in BACK_OFFICE:
        user = _user(f"{unit.slug}.{end}", name.format(unit=unit.name_vi), secret)
        _hold(user, _post(vi, en, role, province=unit), since)


def _kept_password() -> str:
    """The hash of an earlier run: hashing anew would change every row."""
    user = User.objects.filter(is_demo=True, email=f"duyet@{DOMAIN}").first()
    return user.password if user and user.check_password(PASSWORD) else ""


def _user(address: str, name: str, secret: str, *, is_staff: bool = False) -> User:
    row = {"email": f"{address}@{DOMAIN}", "full_name": name, "is_staff": is_staff, "is_demo": True}
    user, is_new = User.objects.get_or_create(email=row["email"], defaults={**row, "password": secret or "!"})
    if not is_new and (user.full_name, user.password) != (name, secret or "!"):
        user.full_name, user.password = name, secret or "!"
        user.save(update_fields=["full_name", "password"])
    return user


def _post(
    vi: str, en: str, role: str, *, province: Province | None = None, organisation: Organisation | None = None
) -> Post:
    row = {"title_vi": vi, "title_en": en, "role": role, "province": province, "is_demo": True}
    if organisation:
        row["organisation"] = organisation
    return upsert(Post, row, key=["role", "province", "is_demo"])


def _hold(user: User, post: Post, since: date) -> None:
    Occupancy.objects.get_or_create(user=user, post=post, valid_from=since)
