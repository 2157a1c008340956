"""The dialler never exceeds the limits of a trunk, and halts while it is congested."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.core_stage import restarted
from tests.core.dialler.lead_stage import (
    ANSWERS,
    BUSY,
    CONGESTED,
    RINGS_ON,
    called,
    dialling,
    lead,
    list_calls,
    propose,
)
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialHalted
from warmline.core.permission import trunk_limits
from warmline.core.rules import dial_rules, reasons
from warmline.core.rules.configuration import Campaign, Trunk

SECOND_US = 1_000_000
SECOND_OVER = 1.2  # seconds after which the dials of a second count no more


def put_on_trunk(*agents: str, lines: int = 23, calls_per_second: int = 5) -> Driver:
    """Return a campaign that dials on a trunk with these limits."""
    lab = dialling(*agents)
    trunks = {"trunk": Trunk(id="trunk", lines=lines, calls_per_second=calls_per_second)}
    lab.feed(ev.ConfigurationChanged(replace(lab.world.rules, trunks=trunks)))
    return lab


def get_halt_seconds(lab: Driver) -> float:
    """Return for how many seconds the dialler halts from now on."""
    return max(0, lab.world.diallers["TESTCAMP"].begins_at - lab.asterisk.now) / SECOND_US


@pytest.mark.parametrize(
    ("template", "trunk"),
    [
        ("PJSIP/{number}@trunk", "trunk"),
        ("PJSIP/{number}@trunk/more", "trunk"),
        ("SIP/carrier/{number}", "carrier"),
        ("PJSIP/carrier/sip:{number}@192.0.2.7", "carrier"),
        ("DAHDI/g1/0{number}", "g1"),
        ("PJSIP/{number}", ""),
    ],
)
def test_a_dial_template_names_its_trunk(template: str, trunk: str) -> None:
    assert dial_rules.get_trunk(Campaign(id="SALES", dial_template=template)) == trunk


def test_the_dialler_stops_at_the_lines_of_the_trunk() -> None:
    lab = put_on_trunk("1000", "1001", lines=2)
    lab.asterisk.come_in("caller", "ingroup", "SUPPORTLINE", trunk="trunk")
    lab.pump()
    propose(lab, lead(lab, RINGS_ON, 8), lead(lab, BUSY, 9))
    assert [call.number for call in list_calls(lab)] == [RINGS_ON]
    assert trunk_limits.get_capacity(lab.world, "trunk", lab.asterisk.now) == 0
    lab.hang_up("caller")
    assert trunk_limits.get_capacity(lab.world, "trunk", lab.asterisk.now) == 1


def test_agents_dial_on_a_full_trunk() -> None:
    lab = put_on_trunk("1000", "1001", lines=1)
    called(lab, RINGS_ON)
    lab.ask(Kind.PAUSE, "1001")
    assert lab.ask(Kind.DIAL, "1001", number="8501") != reasons.TRUNK_FULL.text(trunk="trunk", lines=1, limit=1)
    assert lab.world.trunk_use.count_lines("trunk") == 2


def test_the_dialler_begins_so_many_calls_a_second() -> None:
    lab = put_on_trunk("1000", "1001", calls_per_second=1)
    turn = propose(lab, lead(lab, RINGS_ON, 1), lead(lab, BUSY, 2))
    assert turn.notes == [f"lead 2 is not dialled: {reasons.TRUNK_TOO_FAST.text(trunk='trunk', limit=1)}"]
    lab.wait(SECOND_OVER)
    called(lab, BUSY, 2)


def congest_trunk(lab: Driver, number: str = CONGESTED) -> None:
    """Let four dials end congested, one after the other."""
    for serial in range(4):
        called(lab, number, serial + 1)
        lab.wait(0.3)


def test_a_congested_trunk_halts_the_dialler_for_longer_each_time() -> None:
    lab = dialling("1000")
    for seconds in (10, 20, 40, 80, 160, 300, 300):
        congest_trunk(lab)
        assert seconds - 1 < get_halt_seconds(lab) <= seconds
        reason = reasons.TRUNK_CONGESTED.text(trunk="trunk", congested=4)
        assert propose(lab, lead(lab, ANSWERS, 9)).notes == [f"lead 9 is not dialled: {reason}"]
        lab.wait(seconds)
    lab.wait(300)
    congest_trunk(lab)
    assert 9 < get_halt_seconds(lab) <= 10, "the last halt is five minutes ago"


def test_three_congested_dials_of_twenty_are_no_reason_to_halt() -> None:
    lab = dialling("1000")
    for serial in range(25):
        called(lab, CONGESTED if serial % 7 == 0 else BUSY, serial + 1)
        lab.wait(0.5)
    assert not get_halt_seconds(lab)


def test_a_restart_ends_no_halt() -> None:
    lab = dialling("1000")
    congest_trunk(lab)
    lab.wait(10)
    congest_trunk(lab)
    halt_seconds = get_halt_seconds(lab)
    assert get_halt_seconds(restarted(lab)) >= halt_seconds - 1 > 10


def test_the_app_halts_all_diallers() -> None:
    lab = dialling("1000")
    lab.feed(DialHalted("the disk is late"))
    assert propose(lab, lead(lab, ANSWERS)).notes == ["lead 1 is not dialled: the disk is late"]
    lab.wait(10)
    called(lab)


def test_the_app_halts_the_dialler_of_one_campaign() -> None:
    lab = dialling("1000")
    lab.feed(DialHalted("pacing failed", "ANOTHER"))
    called(lab)
    lab.feed(DialHalted("pacing failed", "TESTCAMP"))
    assert propose(lab, lead(lab, ANSWERS, 2)).notes == ["lead 2 is not dialled: pacing failed"]


STEPS = st.lists(
    st.tuples(st.sampled_from(("lead", "lead", "lead", "wait", "caller", "leave", "app")), st.integers(0, 12)),
    max_size=40,
)


@given(STEPS, st.integers(1, 4), st.integers(1, 3))
def test_no_order_of_events_exceeds_the_limits(steps: list[tuple[str, int]], lines: int, rate: int) -> None:
    lab = put_on_trunk("1000", "1001", lines=lines, calls_per_second=rate)
    for serial, (step, value) in enumerate(steps):
        line_count = lab.world.trunk_use.count_lines("trunk")
        match step:
            case "lead":
                numbers = (ANSWERS, BUSY, RINGS_ON, "8500", "8503")
                propose(
                    lab, *(lead(lab, numbers[(value + offset) % 5], (value + offset) % 5 + 1) for offset in range(4))
                )
                assert lab.world.trunk_use.count_lines("trunk") <= max(line_count, lines)
            case "wait":
                lab.wait(value / 5)
            case "caller":
                lab.asterisk.come_in(f"caller-{serial}", "ingroup", "SUPPORTLINE", trunk="trunk")
                lab.pump()
            case "leave":
                for name in [name for name in lab.asterisk.channels if name.startswith("caller-")][:1]:
                    lab.hang_up(name)
            case "app":
                restarted(lab)
        legs = [leg for leg in lab.world.legs.values() if leg.trunk == "trunk"]
        assert lab.world.trunk_use.count_lines("trunk") == len(legs)
    began = sorted(call.arrived for call in list_calls(lab))
    for start_us in began:
        assert sum(start_us <= other_start_us < start_us + SECOND_US for other_start_us in began) <= rate
