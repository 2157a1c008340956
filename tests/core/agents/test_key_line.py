"""The line for keys of agents whose phones are on the hook, and keys that a restart may have lost."""

import pytest

from tests.core.commands.test_phone_keys import by_keys, lab_on, press
from tests.core.core_stage import CUSTOMER, PHONE, QUICK, talking
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.several_servers import B, SeveralServers
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.session import TypedKeys

LINE = "line"


def on_hook(login_state: str = "READY", feature_keys: str = "Y") -> Driver:
    """Return agent 1002, on hook, and 1000 paused."""
    lab = lab_on(login_state=login_state)
    lab.ask(Kind.PAUSE)
    lab.log_in("1002")
    lab.configure("campaigns", "TESTCAMP", feature_keys=feature_keys)
    return lab


def dial_in(lab: Driver, user: str = "1002") -> Driver:
    lab.asterisk.come_in(LINE, "keys", user)
    lab.pump()
    return lab


def heard(lab: Driver, leg: str = LINE) -> list[str]:
    return [media.removeprefix("sound:") for target, media in lab.asterisk.played if target == leg]


def test_no_call_comes_while_the_line_is_up() -> None:
    lab = dial_in(on_hook("PAUSED"))
    press(lab, "*8", LINE)
    lab.customer()
    assert lab.session("1002").state is AgentState.READY and lab.call().state is State.WAITING
    lab.wait(1.1)
    assert lab.call().state is State.RINGING_AGENT


def test_a_line_without_keys_is_hung_up() -> None:
    lab = dial_in(on_hook())
    lab.wait(15)
    press(lab, "*", LINE)
    press(lab, "9", LINE)
    lab.wait(9)
    assert LINE in lab.asterisk.channels
    lab.wait(30)
    assert LINE not in lab.asterisk.channels and lab.session("1002").typed == TypedKeys()


def test_a_paused_agent_dials_and_the_phone_is_called_for_it() -> None:
    lab = dial_in(on_hook("PAUSED"))
    press(lab, f"*1{QUICK}#", LINE)
    assert LINE not in lab.asterisk.channels
    lab.wait(3)
    assert lab.asterisk.dialled == ["1002", QUICK] and lab.call().state is State.TALKING


@pytest.mark.parametrize("by_line", [True, False])
def test_a_logout_ends_the_line(by_line: bool) -> None:
    lab = dial_in(on_hook())
    if by_line:
        press(lab, "*0", LINE)
    else:
        lab.ask(Kind.LOGOUT, "1002")
    assert "1002" not in lab.world.sessions and LINE not in lab.asterisk.channels


@pytest.mark.parametrize(("user", "option"), [("1000", "Y"), ("1001", "Y"), ("1002", "N"), ("", "Y")])
def test_other_phones_are_refused(user: str, option: str) -> None:
    lab = dial_in(on_hook(feature_keys=option), user)
    assert heard(lab) == ["agent-incorrect"]
    press(lab, "*8", LINE)
    lab.wait(1.1)
    assert LINE not in lab.asterisk.channels and by_keys(lab) == []


def test_a_second_line_is_refused_and_the_first_one_works() -> None:
    lab = dial_in(on_hook())
    lab.asterisk.come_in("second", "keys", "1002")
    lab.pump()
    assert heard(lab, "second") == ["agent-incorrect"]
    press(lab, "*9#", LINE)
    assert lab.session("1002").state is AgentState.PAUSED


@pytest.mark.parametrize("event", [ev.AppStarted(), ev.Reconciling()])
def test_a_number_of_which_digits_may_be_missing_is_not_dialled(event: ev.AppStarted | ev.Reconciling) -> None:
    lab = talking(lab_on())
    press(lab, "*1850")
    lab.feed(event)
    assert lab.session().typed == TypedKeys()
    lab.feed(ev.Reconciled())
    press(lab, "0#")
    assert lab.asterisk.dialled == [] and by_keys(lab) == []
    assert (PHONE in lab.asterisk.channels, CUSTOMER in lab.asterisk.channels) == (True, True)


def test_a_line_does_not_outlive_a_lost_connection() -> None:
    lab = dial_in(on_hook())
    lab.feed_together([ev.Reconciling(), ev.Reconciled()])
    assert LINE not in lab.asterisk.channels and lab.session("1002").typed == TypedKeys()


@pytest.mark.parametrize("line_on", [MAIN_SERVER, B])
@pytest.mark.parametrize("away_server", [MAIN_SERVER, B])
def test_the_agent_gets_calls_after_any_server_was_away(line_on: str, away_server: str) -> None:
    lab = SeveralServers(demo_rules(feature_keys="Y", login_state="READY"))
    lab.log_in("1002")
    lab.come_in(line_on, LINE, "keys", "1002")
    lab.feed_together(difference(lab.server(away_server), lab.world))
    assert (LINE in lab.server(line_on).channels) is (line_on != away_server)
    lab.wait(21)
    assert LINE not in lab.server(line_on).channels and lab.session("1002").typed == TypedKeys()
    assert lab.world.matcher.list_ready_agents() == ["1002"]
