"""Each step, each state, each role: the cells of the workflow table, written out."""

import pytest

from reporting.models import State
from reporting.workflow import STEPS
from tests.reporting import factories

# step → (states in which it is open, who may take it of lan tung nga mai hoa thu minh an)
WITH_PROVINCE = {"draft", "returned"}
EXPECTED = {
    "save": ({"draft", "returned"}, {"lan", "tung"}),
    "answer": ({"returned"}, {"lan", "tung"}),
    "delegate": (WITH_PROVINCE, {"lan", "tung"}),
    "take_back": (WITH_PROVINCE, {"lan", "tung"}),
    "accept": (WITH_PROVINCE, {"lan", "tung"}),
    "hand_back": (WITH_PROVINCE, {"lan", "mai"}),
    "declare": (WITH_PROVINCE, {"lan"}),
    "clear": (WITH_PROVINCE, {"nga"}),
    "decline": (WITH_PROVINCE, {"nga", "tung"}),
    "submit": ({"draft"}, {"tung"}),
    "resubmit": ({"returned"}, {"tung"}),
    "remark": ({"submitted", "proposed", "approved"}, {"thu", "minh"}),
    "resolve": ({"submitted", "proposed"}, {"thu", "minh"}),
    "unresolve": ({"submitted", "proposed"}, {"thu", "minh"}),
    "mark_items": ({"submitted", "proposed"}, {"thu", "minh"}),
    "take_up": ({"submitted", "proposed"}, {"thu", "minh"}),
    "hand_over": ({"submitted", "proposed"}, {"thu", "minh"}),
    "let_go": ({"submitted", "proposed"}, {"thu", "minh"}),
    "follow_up": ({"submitted", "proposed", "returned", "approved"}, {"thu", "minh"}),
    "return": ({"submitted", "proposed"}, {"thu", "minh"}),
    "propose": ({"submitted"}, {"thu", "minh"}),
    "approve": ({"submitted", "proposed"}, {"minh"}),
    "reopen": ({"approved"}, {"minh"}),
}
WHO = ("lan", "tung", "nga", "mai", "hoa", "thu", "minh", "an")
TARGETS = {
    "submit": "submitted",
    "resubmit": "submitted",
    "return": "returned",
    "propose": "proposed",
    "approve": "approved",
    "reopen": "returned",
}


def test_the_table_has_these_steps_and_no_other():
    assert set(STEPS) == set(EXPECTED)
    assert {name: step.target for name, step in STEPS.items() if step.target} == TARGETS


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("name", EXPECTED)
def test_who_may_take_the_step_in_this_state(name, state, request, province):
    report = factories.draft(province)
    report.state = state
    people = {who: request.getfixturevalue(who) for who in WHO}

    able = {who for who, person in people.items() if STEPS[name].open_to(person, report)}

    states, who_may = EXPECTED[name]
    assert able == (who_may if state in states else set())
