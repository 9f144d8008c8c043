from scp_portal.cutover import door
from tests.cutover.invented import LATER, NOON, PAPER, merger, two_units
from tests.matrix import Row


def a_draft(people):
    return {"pk": door.prepare(merger(*two_units()), PAPER, by=people.an, at=NOON).pk}


def waiting(people):
    made = a_draft(people)
    door.ask(made["pk"], by=people.an, at=NOON)
    return made


def applied(people):
    made = waiting(people)
    door.confirm(made["pk"], by=people.minh, at=LATER)
    return made


def shown(people):
    return {"object_id": a_draft(people)["pk"]}


def shown_applied(people):
    return {"object_id": applied(people)["pk"]}


def shown_not_there(_people):
    return {"object_id": 999_999}


def not_there(_people):
    return {"pk": 999_999}


CUTOVER = "admin:provinces_cutover"
OUTSIDE = {"guest": 302, "lan": 302, "hoa": 302}  # to the admin's own door, which leads to the sign-in

ROWS = [
    Row(f"{CUTOVER}_changelist", **OUTSIDE, everyone=200),
    Row(f"{CUTOVER}_add", **OUTSIDE, everyone=403, an=200),
    Row(f"{CUTOVER}_add", **OUTSIDE, everyone=403, an=200, query="?kind=merger"),
    Row(f"{CUTOVER}_change", shown, **OUTSIDE, everyone=200),
    Row(f"{CUTOVER}_change", shown_applied, **OUTSIDE, everyone=200),
    Row(f"{CUTOVER}_change", shown_not_there, **OUTSIDE, everyone=404),
    Row(f"{CUTOVER}_edit", a_draft, **OUTSIDE, everyone=403, an=200),
    Row(f"{CUTOVER}_edit", waiting, **OUTSIDE, everyone=403, an=404),
    Row(f"{CUTOVER}_choose", a_draft, **OUTSIDE, method="post", everyone=403, an=302),
    Row(f"{CUTOVER}_choose", a_draft, **OUTSIDE, everyone=405),
    Row(f"{CUTOVER}_drop", a_draft, **OUTSIDE, method="post", everyone=403, an=302),
    Row(f"{CUTOVER}_confirm", waiting, **OUTSIDE, method="post", everyone=403, minh=302),
    Row(f"{CUTOVER}_confirm", not_there, **OUTSIDE, method="post", everyone=403, minh=404),
    Row(f"{CUTOVER}_send_back", waiting, **OUTSIDE, method="post", everyone=403, minh=302,
        data={"reason": "Sai ngày."}),
    Row(f"{CUTOVER}_undo", applied, **OUTSIDE, everyone=403, minh=200),
    Row(f"{CUTOVER}_undo", applied, **OUTSIDE, method="post", everyone=403, minh=302,
        data={"reason": "Sai ngày."}),
    Row(f"{CUTOVER}_undo", waiting, **OUTSIDE, everyone=403, minh=404),
]  # fmt: skip
