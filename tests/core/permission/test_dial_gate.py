"""Every way to dial a number goes through one gate: no channel is created to a forbidden number."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from tests.core.core_stage import all_receipts, lab_with
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.dial_facts_messages import DialFacts, FindDialFacts
from warmline.core.model.leg import Role
from warmline.core.model.receipt import Outcome
from warmline.core.permission.dial_facts_queries import ANSWER_TIMEOUT_US
from warmline.core.rules.configuration import CallTime
from warmline.core.rules.reasons import DO_NOT_CALL_UNREAD, DO_NOT_CALL_UNREADABLE

NUMBER = "4930555"
RINGS = "5559999"


def in_call(lab: Driver) -> None:
    lab.customer()
    lab.wait(2)


def dial(lab: Driver) -> None:
    lab.ask(Kind.DIAL, number=NUMBER)


def preview_and_dial(lab: Driver) -> None:
    lab.ask(Kind.PAUSE)
    lab.ask(Kind.PREVIEW, number=NUMBER)
    lab.ask(Kind.DIAL)


def dial_on_hook(lab: Driver) -> None:
    """Dial with a phone that is called first."""
    lab.ask(Kind.LOGIN, "1002")
    lab.ask(Kind.DIAL, "1002", number=NUMBER)


def transfer(kind: Kind) -> Callable[[Driver], None]:
    def ask(lab: Driver) -> None:
        in_call(lab)
        lab.ask(kind, number=NUMBER)

    return ask


def behind_another(lab: Driver) -> None:
    """Let the command wait for another one."""
    in_call(lab)
    pump, lab.pump = lab.pump, lambda: None  # type: ignore[method-assign] # no event of Asterisk is received
    lab.ask(Kind.PARK_CUSTOMER)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=NUMBER)
    lab.pump = pump  # type: ignore[method-assign] # received again
    lab.pump()


def refer(lab: Driver) -> None:
    in_call(lab)
    lab.feed(ev.ReferReceived("phone-1000", NUMBER))


def redirect_of_customer(lab: Driver) -> None:
    lab.ask(Kind.DIAL, number=RINGS)
    redirect(lab, str(lab.call().customer))


def redirect_of_third(lab: Driver) -> None:
    in_call(lab)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=RINGS)
    redirect(lab, lab.third())


def redirect_after_leave(lab: Driver) -> None:
    in_call(lab)
    lab.ask(Kind.BLIND_TRANSFER, number=RINGS)
    redirect(lab, lab.third())


def redirect(lab: Driver, leg: str) -> None:
    lab.wait(1)
    lab.feed(ev.LegRedirected(leg, NUMBER))
    lab.hang_up(leg, 23)


DIAL_PATHS: dict[str, Callable[[Driver], None]] = {
    "dial": dial,
    "preview and dial": preview_and_dial,
    "dial on hook": dial_on_hook,
    "dial with customer": transfer(Kind.DIAL_WITH_CUSTOMER),
    "park customer, dial": transfer(Kind.PARK_CUSTOMER_DIAL),
    "blind transfer": transfer(Kind.BLIND_TRANSFER),
    "waits behind another command": behind_another,
    "a phone's transfer key": refer,
    "redirect of a customer": redirect_of_customer,
    "redirect of a third party": redirect_of_third,
    "redirect after a leave": redirect_after_leave,
}


def silent_database(lab: Driver) -> None:
    """Let the answer about the number be lost."""
    perform = lab.perform

    def lost(action: do.Action) -> None:
        if not isinstance(action, FindDialFacts) or action.number != NUMBER:
            perform(action)

    lab.perform = lost  # type: ignore[method-assign] # the answer is lost


def listed(lab: Driver) -> None:
    lab.do_not_call[NUMBER] = "the system's do-not-call list"


def unreadable(lab: Driver) -> None:
    problem = {NUMBER: DO_NOT_CALL_UNREADABLE.text()}
    lab.facts = lambda query: DialFacts(problem=problem.get(query.number, ""))  # type: ignore[method-assign] # the disk has failed


def nothing(lab: Driver) -> None:
    """Let the options alone refuse the number."""


OBSTACLES: dict[str, tuple[dict[str, Any], Callable[[Driver], None]]] = {
    "do-not-call": ({}, listed),
    "a database that cannot be read": ({}, unreadable),
    "a database that does not answer": ({}, silent_database),
    "dial_deny": ({"dial_deny": ("_4930X.",)}, nothing),
    "dial_allow": ({"dial_allow": (RINGS,)}, nothing),
}


def dialled(lab: Driver) -> list[str]:
    """Return the endpoints of the requested channels, without those of agents' phones."""
    legs = [action for action in lab.asked if isinstance(action, do.CreateChannel)]
    return [leg.endpoint for leg in legs if NUMBER in leg.endpoint]


def stage(**options: Any) -> Driver:
    lab = lab_with(
        follow_redirects=3, manual_preview_dial="PREVIEW_AND_SKIP", blind_unanswered_action="HANGUP", **options
    )
    lab.asterisk.far_ends |= {NUMBER: [(0.1, "ringing")], RINGS: [(0.1, "ringing")]}
    return lab


def test_each_way_dials_a_number_that_nothing_is_against(subtests: pytest.Subtests) -> None:
    for dial_path in DIAL_PATHS:
        with subtests.test(dial_path=dial_path):
            lab = stage()
            DIAL_PATHS[dial_path](lab)
            lab.wait(10)
            assert dialled(lab) == [f"PJSIP/{NUMBER}@trunk"]


def test_no_way_goes_round_the_gate(subtests: pytest.Subtests) -> None:
    for obstacle, dial_path in product(OBSTACLES, DIAL_PATHS):
        with subtests.test(dial_path=dial_path, obstacle=obstacle):
            options, prepare = OBSTACLES[obstacle]
            lab = stage(**options)
            prepare(lab)
            DIAL_PATHS[dial_path](lab)
            lab.wait(10)
            assert dialled(lab) == []
            assert not any(leg.number == NUMBER for leg in lab.world.legs.values())


def test_a_redirect_from_before_follow_redirects_is_not_dialled_unchecked() -> None:
    lab = stage()
    lab.configure("campaigns", "TESTCAMP", follow_redirects=0)
    listed(lab)
    in_call(lab)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number=RINGS)
    lab.wait(1)
    leg = lab.third()
    lab.feed(ev.LegRedirected(leg, NUMBER))
    lab.configure("campaigns", "TESTCAMP", follow_redirects=3)
    lab.hang_up(leg, 23)
    lab.wait(10)
    assert dialled(lab) == []
    [receipt] = all_receipts(lab, Kind.DIAL_WITH_CUSTOMER)
    assert receipt.cause == f"redirected to {NUMBER}: {DO_NOT_CALL_UNREAD.text(number=NUMBER)}"


CLOSED_HOURS = CallTime(id="SHUT", ct_default_start=0, ct_default_stop=0)


@pytest.mark.parametrize("dial_path", DIAL_PATHS)
def test_no_way_dials_outside_the_hours(dial_path: str) -> None:
    lab = stage()
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, call_times={"SHUT": CLOSED_HOURS})))
    if "redirect" in dial_path:  # the first number is dialled within the hours
        redirected = lab.feed
        lab.feed = lambda entry: (  # type: ignore[method-assign] # they end before the redirect
            isinstance(entry, ev.LegRedirected) and lab.configure("campaigns", "TESTCAMP", dial_call_time_id="SHUT"),
            redirected(entry),
        )[1]
    else:
        lab.configure("campaigns", "TESTCAMP", dial_call_time_id="SHUT")
    DIAL_PATHS[dial_path](lab)
    lab.wait(10)
    assert dialled(lab) == []
    causes = [receipt.cause for kind in Kind for receipt in all_receipts(lab, kind)]
    assert any(f"{NUMBER} may not be dialled now: call time SHUT is closed" in cause for cause in causes)


def test_the_limit_of_a_day_holds_for_each_way(subtests: pytest.Subtests) -> None:
    for dial_path in DIAL_PATHS:
        with subtests.test(dial_path=dial_path):
            lab = stage(daily_limit_manual=5)
            lab.facts = lambda query: DialFacts(dialled=5 * (query.number == NUMBER and query.since > 0))  # type: ignore[method-assign] # the database counts
            DIAL_PATHS[dial_path](lab)
            lab.wait(10)
            assert dialled(lab) == []


def test_a_command_is_refused_when_the_answer_does_not_come_in_time() -> None:
    lab = stage()
    silent_database(lab)
    dial(lab)
    [check] = lab.session().dial_checks
    lab.wait(ANSWER_TIMEOUT_US / 1e6 + 0.1)
    assert (lab.receipt().outcome, lab.receipt().cause) == (Outcome.REFUSED, DO_NOT_CALL_UNREADABLE.text())
    assert lab.session().dial_checks == ()
    lab.feed(ev.DialFactsFound(check.id, "1000", DialFacts()))
    assert not lab.world.calls, "an answer that comes late changes nothing"


def test_a_dial_of_an_agent_who_logs_out_is_refused() -> None:
    lab = stage()
    silent_database(lab)
    dial(lab)
    lab.ask(Kind.LOGOUT)
    assert [receipt.cause for receipt in all_receipts(lab, Kind.DIAL)] == ["the agent is not logged in"]


def test_numbers_that_count_against_a_day_are_asked_about_one_after_the_other() -> None:
    lab = stage(daily_limit_manual=5)
    silent_database(lab)
    for number in (NUMBER, RINGS):
        lab.ask(Kind.DIAL, number=number)
    queries = [action for action in lab.asked if isinstance(action, FindDialFacts)]
    assert [query.number for query in queries] == [NUMBER]
    lab.feed(ev.DialFactsFound(queries[0].check, "1000", DialFacts(dialled=5)))
    queries = [action for action in lab.asked if isinstance(action, FindDialFacts)]
    assert [query.number for query in queries] == [NUMBER, RINGS]


def restart(lab: Driver) -> None:
    lab.world = restore(list(lab.world.iterate_open_records()))
    lab.feed(ev.AppStarted())


def test_a_dial_waiting_for_the_database_at_a_restart_is_refused() -> None:
    lab = stage()
    silent_database(lab)
    dial(lab)
    restart(lab)
    assert lab.receipt().cause == "Warmline was started again before the do-not-call list was read"
    assert lab.session().dial_checks == ()


def test_a_redirect_is_asked_about_again_after_a_restart() -> None:
    lab = stage()
    lab.ask(Kind.DIAL, number=RINGS)
    leg = str(lab.call().customer)
    perform = lab.perform
    silent_database(lab)
    lab.feed(ev.LegRedirected(leg, NUMBER))
    lab.hang_up(leg, 23)
    assert lab.world.legs[leg].dialling.end_held == 23, "its end waits for the answer"
    lab.perform = perform  # type: ignore[method-assign] # the database answers again
    rules = lab.world.rules
    lab.world = restore(list(lab.world.iterate_open_records()))
    lab.world.rules = rules
    lab.feed(ev.AppStarted())
    lab.feed(ev.Reconciled())
    assert leg not in lab.world.legs and dialled(lab) == [f"PJSIP/{NUMBER}@trunk"]
    assert lab.world.legs[str(lab.call().customer)].role is Role.CUSTOMER
