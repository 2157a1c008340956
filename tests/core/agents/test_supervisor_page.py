"""A supervisor's browser phone: wanted by a command, brought by a page, and never a part of the agent's call."""

import pytest

from tests.core.agents.test_browser_phone import in_browser
from tests.core.core_stage import CUSTOMER, PHONE, SCENES, lab_with, outcome, people, restarted, talking
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.agents.supervision import list_supervisors
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.page_messages import PageAway
from warmline.core.model.call_states import State
from warmline.core.model.receipt import Outcome

BEN, PAGE, LEG = "6666", "page-b", "ben"  # the client of the tests' commands, its page, and the page's leg
HEARD = {Kind.LISTEN: [False, False], Kind.WHISPER: [True, False], Kind.BARGE: [True, True]}


def ask(lab: Driver, kind: Kind, agent: str = "1000", page: str = PAGE) -> str | None:
    return lab.ask(kind, agent, phone="browser", page=page)


def offers(lab: Driver, leg: str = LEG, agent: str = "1000", page: str = PAGE, by: str = BEN) -> None:
    """Let a page offer its phone for the supervision of this agent; its token is valid."""
    lab.asterisk.come_in(leg, "browser", agent, page, by)
    lab.pump()


def listening(lab: Driver, kind: Kind = Kind.LISTEN) -> Driver:
    assert ask(lab, kind) == ""
    offers(lab)
    lab.wait(0.5)
    assert outcome(lab, kind) is Outcome.COMPLETED
    return lab


def heard(lab: Driver) -> list[bool]:
    """Return whether the agent and the customer hear the supervisor."""
    return [lab.asterisk.hears(listener, LEG) for listener in (PHONE, CUSTOMER)]


def unharmed(lab: Driver) -> None:
    """Check that nothing is left of the supervision, and the call goes on."""
    assert people(lab) == {CUSTOMER, PHONE} and lab.call().state is State.TALKING
    assert lab.asterisk.hears(CUSTOMER, PHONE) and lab.asterisk.hears(PHONE, CUSTOMER)
    assert not [name for name in lab.asterisk.bridges if name.startswith("ear-")] and not lab.world.receipts


@pytest.mark.parametrize("kind", HEARD)
def test_the_page_hears_both_and_is_heard_as_the_command_says(kind: Kind) -> None:
    lab = talking(lab_with())
    assert ask(lab, kind) == "", "answered as it begins"
    assert lab.receipt().outcome is None and lab.receipt().by == BEN
    assert not [action for action in lab.asked if isinstance(action, do.CreateChannel)], "nothing is dialled"
    offers(lab)
    assert lab.receipt().outcome is Outcome.COMPLETED
    assert lab.asterisk.hears(LEG, PHONE) and lab.asterisk.hears(LEG, CUSTOMER) and heard(lab) == HEARD[kind]
    assert list(list_supervisors(lab.world, lab.session())) == [("browser", kind, BEN, PAGE)]
    lab.hang_up(LEG)
    lab.wait(1)
    unharmed(lab)


def test_without_an_offer_the_command_ends_after_thirty_seconds() -> None:
    lab = talking(lab_with())
    ask(lab, Kind.LISTEN)
    lab.wait(29.9)
    assert lab.receipt().outcome is None
    lab.wait(0.2)
    assert outcome(lab, Kind.LISTEN) is Outcome.NO_ANSWER
    offers(lab)
    unharmed(lab)


@pytest.mark.parametrize(
    "wrong", [{"agent": "1001"}, {"page": "another"}, {"by": "user:eve"}], ids=["agent", "page", "client"]
)
def test_another_leg_than_the_wanted_one_is_hung_up(wrong: dict[str, str]) -> None:
    lab = talking(lab_with())
    ask(lab, Kind.BARGE)
    offers(lab, **wrong)
    assert people(lab) == {CUSTOMER, PHONE} and lab.receipt().outcome is None
    offers(lab)
    assert outcome(lab, Kind.BARGE) is Outcome.COMPLETED


def test_a_page_must_be_named() -> None:
    lab = talking(lab_with())
    assert lab.ask(Kind.LISTEN, phone="browser") == "phone browser needs page: the id of the page that offers it"
    assert ask(lab, Kind.LISTEN, "1001") == "the agent is not logged in"


def test_a_page_supervises_one_agent_at_a_time() -> None:
    lab = listening(talking(lab_with()))
    lab.log_in("1001")
    ask(lab, Kind.LISTEN, "1001")
    lab.wait(1)
    assert LEG not in lab.asterisk.channels
    assert ask(lab, Kind.WHISPER, "1000") == "", "the page has changed its mind before its offer"
    assert outcome(lab, Kind.LISTEN) is Outcome.ABANDONED
    offers(lab, agent="1001")
    assert LEG not in lab.asterisk.channels
    offers(lab)
    assert outcome(lab, Kind.WHISPER) is Outcome.COMPLETED and heard(lab) == HEARD[Kind.WHISPER]


def test_two_pages_and_a_phone_supervise_one_agent() -> None:
    lab = listening(talking(lab_with()))
    ask(lab, Kind.BARGE, page="second")
    offers(lab, "other", page="second")
    lab.ask(Kind.LISTEN, number="1002")
    lab.wait(2.5)
    supervisors = [(phone, kind, page) for phone, kind, _, page in list_supervisors(lab.world, lab.session())]
    assert supervisors == [("browser", "LISTEN", PAGE), ("browser", "BARGE", "second"), ("1002", "LISTEN", "")]
    assert heard(lab) == [False, False] and lab.asterisk.hears(CUSTOMER, "other")
    lab.feed(PageAway("1000", "second"))
    lab.wait(1)
    assert "other" not in lab.asterisk.channels and lab.asterisk.hears(LEG, CUSTOMER)


def test_a_page_that_lost_its_connection_brings_another_leg() -> None:
    lab = listening(talking(lab_with()), Kind.BARGE)
    offers(lab, "again")
    lab.wait(1)
    assert people(lab) == {CUSTOMER, PHONE, "again"}
    assert lab.asterisk.hears(CUSTOMER, "again") and lab.asterisk.hears("again", CUSTOMER)
    assert list(list_supervisors(lab.world, lab.session())) == [("browser", "BARGE", BEN, PAGE)]


@pytest.mark.parametrize("offered", [False, True])
def test_a_page_that_is_gone_supervises_no_more(offered: bool) -> None:
    lab = listening(talking(lab_with())) if offered else talking(lab_with())
    ask(lab, Kind.BARGE)
    lab.feed(PageAway("1001", PAGE))
    lab.feed(PageAway("1000", "another"))
    assert outcome(lab, Kind.BARGE) is None
    lab.feed(PageAway("1000", PAGE))
    assert outcome(lab, Kind.BARGE) is Outcome.ABANDONED
    offers(lab, "late")
    lab.wait(1)
    unharmed(lab)


def test_the_supervisors_leg_is_no_phone_of_the_agent() -> None:
    lab = listening(SCENES["talking"](in_browser()))
    lab.feed(PageAway("1000", PAGE))
    lab.wait(1)
    assert not lab.session().is_browser_phone_needed and lab.session().leg == PHONE
    lab = listening(talking(lab_with()))
    lab.hang_up(PHONE, 44)
    lab.wait(0.5)
    assert lab.call().state is State.RESCUE and LEG not in lab.asterisk.channels


@pytest.mark.parametrize("kind", HEARD)
def test_a_restart_keeps_the_command_and_ends_the_leg(kind: Kind) -> None:
    lab = talking(lab_with())
    ask(lab, kind)
    lab = restarted(lab)
    offers(lab)
    assert outcome(lab, kind) is Outcome.COMPLETED and heard(lab) == HEARD[kind]
    lab = restarted(lab)
    lab.wait(1)
    unharmed(lab)
    ask(lab, kind)
    restarted(lab).wait(31)
    unharmed(lab)


def test_the_agents_phone_is_lost_before_the_answer() -> None:
    lab = talking(lab_with())
    ask(lab, Kind.LISTEN)
    lab.hang_up(PHONE, 44)
    offers(lab)
    lab.wait(0.5)
    assert outcome(lab, Kind.LISTEN) is Outcome.FAILED and LEG not in lab.asterisk.channels


@pytest.mark.parametrize("action", [do.AnswerLeg, do.CreateSnoopLeg, do.CreateMixingBridge, do.AddToBridge])
def test_a_refusal_of_asterisk_ends_the_supervision_only(action: type[do.Action]) -> None:
    lab = talking(lab_with())
    perform = lab.perform

    def refuse(requested_action: do.Action) -> None:
        if isinstance(requested_action, action):
            lab.asterisk.out.append(ev.ActionFailed(requested_action, 500, "no"))
        else:
            perform(requested_action)

    lab.perform = refuse  # type: ignore[method-assign, assignment] # Asterisk refuses one kind of request
    ask(lab, Kind.LISTEN)
    offers(lab)
    lab.perform = perform  # type: ignore[method-assign] # and nothing else
    lab.wait(5)
    if action is not do.CreateMixingBridge:
        unharmed(lab)
    lab.hang_up(LEG)
    lab.wait(1)
    unharmed(lab)


def test_a_logout_ends_a_command_that_waits_for_its_page() -> None:
    lab = lab_with()
    assert ask(lab, Kind.LISTEN) == ""
    assert lab.ask(Kind.LOGOUT, "1000") == ""
    lab.wait(1)
    assert outcome(lab, Kind.LISTEN) is Outcome.ABANDONED and not lab.world.receipts
