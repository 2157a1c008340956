"""People see the state of each dialler, and why it begins no call."""

from dataclasses import replace

from tests.core.dialler.lead_stage import RINGS_ON, called, dialling, goes
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.agents.drop_counts import find_drop_rules
from warmline.core.dialler import dialler_view
from warmline.core.dialler.dialler_view import DiallerView
from warmline.core.messages.dialler_messages import DialHalted
from warmline.core.model.call_states import State
from warmline.core.model.dialler import DropWindow, PulseFacts
from warmline.core.pacing import drop_budget
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Campaign

CAMP = "TESTCAMP"


def seen(lab: Driver, hindrance: str = "", pulse: PulseFacts | None = None) -> DiallerView:
    """Return the view of the campaign that dials."""
    pulses = {CAMP: pulse} if pulse else {}
    [view] = dialler_view.list_views(lab.world, [CAMP], lab.asterisk.now, hindrance, pulses)
    if lab.world.rules.campaign(CAMP).dial_method != "MANUAL":
        assert view.ready_agents == len(lab.world.matcher.list_ready_agents(f"campaign:{CAMP}")), (
            "the agents whom leads can reach"
        )
    return view


def test_calls_of_a_dialler_are_counted_as_ringing_or_waiting() -> None:
    lab = dialling("1000")
    called(lab, RINGS_ON)
    view = seen(lab)
    assert (view.ready_agents, view.calls_in_flight, view.waiting_calls) == (1, 1, 0)
    assert view.reason == reasons.NO_READY_AGENT.text()
    other_lab = called(lab_with_nobody := dialling("1000", drop_call_seconds=5))
    goes(lab_with_nobody)
    lab_with_nobody.wait(2.2)
    assert lab_with_nobody.world.calls[other_lab.id].state is State.ANSWERED
    view = seen(lab_with_nobody)
    assert (view.ready_agents, view.calls_in_flight, view.waiting_calls) == (0, 0, 1)
    assert view.reason == reasons.NOBODY_READY.text()


def test_a_halt_is_named_with_its_end() -> None:
    lab = dialling("1000")
    lab.feed(DialHalted(reasons.COMMITS_LATE.text(limit=200)))
    view = seen(lab)
    assert view.reason == reasons.COMMITS_LATE.text(limit=200)
    assert view.halted_until_us == lab.world.diallers[CAMP].begins_at > lab.asterisk.now
    stopped = seen(lab, "the disk is full")
    assert (stopped.reason, stopped.halted_until_us) == ("the disk is full", 0), "a halt that ends does not end this"
    lab.wait(10.1)
    assert (seen(lab).reason, seen(lab).halted_until_us) == ("", 0)


def test_agents_who_are_left_for_others_are_named() -> None:
    lab = dialling("1000", "1001")
    assert seen(lab, pulse=PulseFacts(3, "", 0, 1.5, 100, avoided_agents=1)).reason == ""
    assert seen(lab, pulse=PulseFacts(3, "", 0, 1.5, 100, avoided_agents=2)).reason == reasons.AGENTS_LEFT.text(
        agents=2
    )
    assert seen(lab, pulse=PulseFacts(0, "the leads sleep", 0, None, 100, avoided_agents=2)).reason == "the leads sleep"


def test_limited_drop_windows_are_shown_with_their_remaining_drops() -> None:
    lab = dialling("1000", dial_method="PREDICTIVE", drop_window="BOTH")
    rules = find_drop_rules(lab.world.rules, lab.world.rules.campaign(CAMP))
    drops = lab.world.diallers[CAMP].drops
    for person in range(100):
        drops = drop_budget.count_person(drops, rules, lab.asterisk.now, is_dropped=person < 1, by_fault=person < 1)
    lab.world.keep(replace(lab.world.diallers[CAMP], drops=drops))
    view = seen(lab)
    assert [window.kind for window in view.windows] == [DropWindow.PERIOD, DropWindow.DAY]
    for window in view.windows:
        assert (window.answered, window.dropped, window.dropped_by_fault, view.count_allowed_drops(window)) == (
            100,
            1,
            1,
            2,
        )
    over = replace(view.windows[0], dropped=50)
    assert view.count_allowed_drops(over) == 0


def test_campaigns_that_dial_and_those_that_did_are_listed() -> None:
    lab = dialling("1000")
    campaigns = {"BYHAND": Campaign("BYHAND"), "RATIO": Campaign("RATIO", dial_method="RATIO")}
    lab.world.rules = replace(lab.world.rules, campaigns=campaigns)
    assert dialler_view.list_campaigns(lab.world) == ["RATIO", CAMP]
    assert seen(lab).reason == reasons.CAMPAIGN_UNKNOWN.text(campaign=CAMP)
