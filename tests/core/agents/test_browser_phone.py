"""A browser phone: nothing dials it, its page brings each leg, and a page that goes is not a leg that ends."""

import pytest

from tests.core.core_stage import (
    CUSTOMER,
    SCENES,
    all_receipts,
    in_seat,
    is_dispo,
    outcome,
    people,
    phone_of,
    restarted,
    slowly,
    then,
    together,
)
from tools.simulation.asterisk.asterisk_death import asterisk_dies, comes_back
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.page_messages import PageAway, PageBack
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.receipt import Outcome

OLD, NEW, PAGE = "phone-1000", "again", "page-1"

IN_CALLS = ("talking", "parked", "dialing", "three_way", "consulting", "third_parked", "both_parked", "customer_gone")


def offers(lab: Driver, leg: str = NEW, page: str = PAGE, user: str = "1000") -> None:
    """Let a page of the agent offer its phone; its token is valid."""
    lab.asterisk.come_in(leg, "browser", user, page)
    lab.pump()


def in_browser(user: str = "1000", **campaign: int) -> Driver:
    """Return an agent who is READY with a browser phone, and has no SIP phone."""
    lab = Driver(demo_rules(**campaign))
    lab.configure("agents", user, phone="")
    assert lab.ask(Kind.LOGIN, user, phone="browser") == ""
    offers(lab, f"phone-{user}", user=user)
    lab.wait(1.5)
    return lab


def gone(lab: Driver, page: str = PAGE) -> None:
    lab.feed(PageAway("1000", page))
    lab.pump()


def test_a_login_waits_for_the_page_and_dials_nothing() -> None:
    lab = Driver()
    lab.configure("agents", "1000", phone="")
    assert lab.ask(Kind.LOGIN, phone="browser") == ""  # answered as it begins
    assert lab.receipt().outcome is None and lab.session().is_browser_phone_needed
    assert not [action for action in lab.asked if isinstance(action, do.CreateChannel)]
    offers(lab, OLD)
    assert lab.receipt().outcome is Outcome.COMPLETED and not lab.session().is_browser_phone_needed
    lab.wait(1.5)
    current = lab.session()
    assert (current.state, current.phone, current.phone_name) == (AgentState.READY, "", "browser")
    assert in_seat(lab) and lab.asterisk.played.count((OLD, "sound:agent-loginok")) == 1
    lab.customer()
    assert together(lab, CUSTOMER, OLD)


def test_a_login_without_an_offer_ends_after_thirty_seconds() -> None:
    lab = Driver()
    lab.ask(Kind.LOGIN, phone="browser")
    lab.wait(29.9)
    assert lab.session().is_browser_phone_needed
    lab.wait(0.2)
    assert "1000" not in lab.world.sessions and outcome(lab, Kind.LOGIN) is Outcome.NO_ANSWER
    offers(lab)
    assert not people(lab)


def test_a_login_that_waits_for_a_page_ends_when_the_agents_desk_phone_logs_in() -> None:
    """Otherwise the end of that phone's line would end the login, and with it the session beside a call."""
    lab = Driver()
    assert lab.ask(Kind.LOGIN, phone="browser") == ""
    lab.log_in("1000")
    assert lab.receipt().outcome is Outcome.ABANDONED and not lab.world.receipts
    lab.customer()
    assert lab.call().state is State.TALKING
    lab.hang_up(OLD, 44)
    assert (lab.call().state, lab.session().call) == (State.RESCUE, lab.call().id)
    lab.wait(2)
    assert together(lab, CUSTOMER, phone_of(lab, "1000"))


def test_two_agents_with_browser_phones_do_not_take_each_others_line() -> None:
    lab = in_browser()
    lab.configure("agents", "1001", phone="")
    assert lab.ask(Kind.LOGIN, "1001", phone="browser") == ""
    offers(lab, "other", "page-2", "1001")
    lab.wait(1.5)
    assert (phone_of(lab, "1000"), phone_of(lab, "1001")) == (OLD, "other")
    assert "logged in already" in (lab.ask(Kind.LOGIN, "1001", phone="browser") or "")
    lab.configure("agents", "1002", phone="", phone_mode="nailed_up")
    assert "phone" in (lab.ask(Kind.LOGIN, "1002") or "")  # without a page and without a phone


@pytest.mark.parametrize("args", [("browser",), ("browser", "1000", PAGE), ("browser", "nobody", PAGE)])
def test_a_leg_without_a_valid_token_or_a_login_is_hung_up(args: tuple[str, ...]) -> None:
    lab = Driver()
    lab.log_in("1000")  # with a SIP phone
    lab.asterisk.come_in(NEW, *args)
    lab.pump()
    assert people(lab) == {OLD} and phone_of(lab, "1000") == OLD


def test_a_reloaded_page_has_its_place_again_in_each_state(subtests: pytest.Subtests) -> None:
    for scene in IN_CALLS:
        with subtests.test(scene=scene):
            lab = SCENES[scene](in_browser())
            call, session_before = lab.call(), lab.session()
            gone(lab)
            assert lab.session().is_browser_phone_needed and phone_of(lab, "1000") == OLD
            lab.wait(0.4)
            offers(lab)
            current = lab.call()
            assert (current.state, current.customer, current.third) == (call.state, call.customer, call.third)
            assert lab.session().state is session_before.state and not lab.session().is_browser_phone_needed
            assert phone_of(lab, "1000") == NEW and OLD not in lab.asterisk.channels
            assert lab.asterisk.channels[NEW].bridge == call.mixing_bridge_id
            assert not lab.asterisk.played.count((NEW, "sound:agent-loginok"))
            assert set(lab.world.receipts) == ({current.commands.dialling} if current.commands.dialling else set())
            lab.wait(20)  # no grace of the old page, and no rescue
            assert phone_of(lab, "1000") == NEW


@pytest.mark.parametrize("state", [AgentState.READY, AgentState.PAUSED, AgentState.DISPO])
def test_without_a_call_it_is_idle_at_once_in_the_same_state(state: AgentState) -> None:
    lab = in_browser()
    if state is AgentState.PAUSED:
        lab.ask(Kind.PAUSE, pause_code="LUNCH")
    elif state is AgentState.DISPO:
        lab.hang_up(lab.customer())
    session_before = lab.session()
    gone(lab)
    offers(lab)
    current = lab.session()
    assert (current.state, current.pause_code, current.since) == (
        state,
        session_before.pause_code,
        session_before.since,
    )
    assert in_seat(lab) and people(lab) == {NEW}
    assert not lab.asterisk.played.count((NEW, "sound:agent-loginok"))


def test_no_call_is_offered_while_the_page_is_away() -> None:
    lab = in_browser()
    gone(lab)
    lab.customer()
    then(lab, State.WAITING)
    lab.feed(PageBack("1000", PAGE))
    lab.pump()
    then(lab, State.TALKING)
    assert together(lab, CUSTOMER, OLD) and not lab.session().is_browser_phone_needed


def test_a_page_that_stays_away_is_a_lost_phone_after_the_grace() -> None:
    lab = SCENES["talking"](in_browser())
    gone(lab)
    lab.wait(4.9)
    then(lab, State.TALKING)
    lab.wait(0.2)
    then(lab, State.RESCUE)
    assert people(lab) == {CUSTOMER} and lab.session().is_browser_phone_needed
    lab.wait(10)
    offers(lab)
    then(lab, State.TALKING)
    assert together(lab, CUSTOMER, NEW)
    lab.wait(30)
    then(lab, State.TALKING)


def test_a_rescue_without_an_offer_ends_as_documented() -> None:
    lab = SCENES["talking"](in_browser(agent_rescue_seconds=10))
    lab.hang_up(OLD, 44)
    then(lab, State.RESCUE)
    lab.wait(9.9)
    then(lab, State.RESCUE)
    lab.wait(0.2)
    then(lab, State.WAITING)
    assert is_dispo(lab) and not [action for action in lab.asked if isinstance(action, do.CreateChannel)]
    lab.ask(Kind.STATUS, status="A")
    assert lab.session().pause_code == "LOST" and lab.session().is_browser_phone_needed
    offers(lab)
    assert lab.session().pause_code == "LOST" and in_seat(lab)  # the agent, not the page, ends this pause
    assert lab.ask(Kind.RESUME) == ""
    assert together(lab, CUSTOMER, NEW)


def test_a_three_way_stays_one_until_the_rescue_is_over_and_is_then_left() -> None:
    lab = SCENES["three_way"](in_browser())
    third = lab.third()
    gone(lab)
    lab.wait(24)
    then(lab, State.THREE_WAY)
    lab.wait(1.5)
    then(lab, State.HANDED_OFF)
    assert together(lab, CUSTOMER, third) and people(lab) == {CUSTOMER, third}


def test_another_page_takes_the_phone_and_the_first_may_go() -> None:
    lab = SCENES["talking"](in_browser())
    offers(lab, page="page-2")
    assert people(lab) == {CUSTOMER, NEW} and together(lab, CUSTOMER, NEW)
    gone(lab, PAGE)
    assert not lab.session().is_browser_phone_needed
    lab.wait(20)
    then(lab, State.TALKING)
    assert together(lab, CUSTOMER, NEW)


def test_the_new_leg_is_in_the_bridge_before_the_old_one_leaves_it() -> None:
    lab = SCENES["talking"](in_browser())
    action_count = len(lab.asked)
    offers(lab)
    moves = (
        action
        for action in lab.asked[action_count:]
        if isinstance(action, do.AnswerLeg | do.HangUpLeg | do.AddToBridge)
    )
    kinds = [(type(action), do.get_leg(action)) for action in moves]
    assert kinds == [(do.AnswerLeg, NEW), (do.AddToBridge, NEW), (do.HangUpLeg, OLD)]
    assert lab.world.legs[NEW].replaces == ""


def test_the_old_leg_goes_also_if_the_new_one_never_joins() -> None:
    lab = SCENES["talking"](in_browser())
    with slowly(lab):
        offers(lab)
        events = [event for event in lab.asterisk.out if not isinstance(event, ev.LegJoined)]
        lab.asterisk.out.clear()
        for event in events:
            lab.feed(event)
    lab.asterisk.out.clear()
    lab.wait(2.1)
    assert OLD not in lab.asterisk.channels


def test_the_new_page_goes_before_its_leg_has_joined() -> None:
    lab = SCENES["talking"](in_browser())
    perform = lab.perform

    def slow(action: do.Action) -> None:
        if not isinstance(action, do.AddToBridge):
            perform(action)

    lab.perform = slow  # type: ignore[method-assign] # no leg joins any more
    offers(lab)
    lab.hang_up(NEW)
    assert OLD not in lab.asterisk.channels and lab.session().is_browser_phone_needed
    then(lab, State.RESCUE)


def test_a_sip_phone_of_the_same_agent_takes_the_idle_session_over() -> None:
    lab = in_browser()
    lab.configure("agents", "1000", phone="1000")
    gone(lab)
    lab.asterisk.come_in("desk", "login", "1000")
    lab.pump()
    lab.wait(1.5)
    current = lab.session()
    assert (current.leg, current.phone, current.browser, current.is_browser_phone_needed) == (
        "desk",
        "1000",
        False,
        False,
    )
    assert people(lab) == {"desk"}
    lab.wait(30)
    assert in_seat(lab)


def test_logged_out_its_leg_and_every_later_offer_are_hung_up() -> None:
    lab = in_browser()
    gone(lab)
    assert lab.ask(Kind.LOGOUT) == ""
    assert not people(lab) and "1000" not in lab.world.sessions
    offers(lab)
    lab.wait(30)
    assert not people(lab)


@pytest.mark.parametrize("scene", ["talking", "three_way"])
def test_the_app_dies_while_the_page_is_away(scene: str) -> None:
    lab = SCENES[scene](in_browser())
    gone(lab)
    restarted(lab)
    state = lab.call().state
    offers(lab)
    then(lab, state)
    assert phone_of(lab, "1000") == NEW
    gone(lab)
    restarted(lab)
    lab.wait(30)
    assert lab.call().state in (State.RESCUE, State.WAITING, State.HANDED_OFF)


def test_the_app_dies_while_a_login_waits_for_its_page() -> None:
    lab = Driver()
    lab.ask(Kind.LOGIN, phone="browser")
    restarted(lab)
    lab.wait(30)
    assert "1000" not in lab.world.sessions
    [receipt] = all_receipts(lab, Kind.LOGIN)
    assert receipt.outcome is Outcome.NO_ANSWER


@pytest.mark.parametrize("offered", [True, False])
def test_asterisk_dies_and_the_page_is_wanted(offered: bool) -> None:
    lab = in_browser()
    asterisk_dies(lab)
    comes_back(lab)
    assert (lab.session().pause_code, lab.session().is_browser_phone_needed) == ("RESTART", True)
    if offered:
        lab.wait(100)
        offers(lab)
        assert lab.session().state is AgentState.READY and in_seat(lab)
    else:
        lab.wait(400)
        assert lab.session().pause_code == "LOST"
