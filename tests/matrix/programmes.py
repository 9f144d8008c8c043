from tests.matrix import Row
from tests.programmes.factories import (
    AssignmentFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TaskFactory,
)


def a_programme(_people):
    return {"slug": ProgrammeFactory().slug}


def ours(_people):
    ProgrammeFactory(slug="sxtdbv-2021-2030")
    return {}


def a_task(_people):
    return {"slug": TaskFactory().slug}


def an_assignment(_people):
    return {"slug": AssignmentFactory().slug}


def a_body(_people):
    return {"slug": OrganisationFactory().slug}


ROWS = [
    Row("programmes:programme_now", ours, everyone=302),
    Row("programmes:programme_list", everyone=200),
    Row("programmes:programme", a_programme, everyone=200),
    Row("programmes:task", a_task, everyone=200),
    Row("programmes:assignment", an_assignment, everyone=200),
    Row("programmes:organisation", a_body, everyone=200),
]
