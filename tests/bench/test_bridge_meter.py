"""From an observer's events to the time until a call is connected."""

from typing import Any

import pytest

from tools.bench.tools.bench_dialplan import ENTERED
from tools.bench.tools.bridge_meter import Meter

ENTERING = 1_795_173_775.250  # 2026-11-20T11:22:55.250Z


def joined(channel: str, room: str, at: str, mark: float | None = None, kind: str = "mixing") -> dict[str, Any]:
    return {
        "type": "ChannelEnteredBridge",
        "timestamp": f"2026-11-20T11:22:55.{at}+0000",
        "bridge": {"id": room, "bridge_type": kind},
        "channel": {"name": channel, "channelvars": {ENTERED: "" if mark is None else f"{mark:.6f}"}},
    }


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def meter(told: list[str]) -> Meter:
    return Meter(told.append)


CUSTOMER, AGENT = "PJSIP/trunk-00000007", "PJSIP/warmline-1-00000001"


@pytest.mark.parametrize("agent_first", [True, False])
def test_the_later_of_the_two_counts(meter: Meter, told: list[str], agent_first: bool) -> None:
    at = ("262", "258") if agent_first else ("258", "262")
    events = [joined(CUSTOMER, "room-1", at[0], ENTERING), joined(AGENT, "room-1", at[1])]
    for event in sorted(events, key=lambda event: str(event["timestamp"])):
        meter.joined(event)
    assert meter.met == [pytest.approx(12.0, abs=0.01)]
    assert told == [AGENT]


def test_a_wait_before_is_in_it(meter: Meter) -> None:
    meter.joined(joined(CUSTOMER, "spot-1-c", "260", ENTERING, kind="holding"))
    meter.joined(joined(CUSTOMER, "room-1", "500", ENTERING))
    meter.joined(joined(AGENT, "room-1", "510"))
    assert meter.met == [pytest.approx(260.0, abs=0.01)]


def test_a_leg_alone_in_its_room_is_not_connected(meter: Meter, told: list[str]) -> None:
    meter.joined(joined(CUSTOMER, "room-1", "260", ENTERING))
    meter.joined(joined(AGENT, "room-2", "260"))
    assert (meter.met, told) == ([], [])


def test_an_agent_who_comes_twice_is_not_two(meter: Meter, told: list[str]) -> None:
    meter.joined(joined(AGENT, "room-1", "258"))
    meter.joined(joined(AGENT, "room-1", "259"))
    assert (meter.met, told) == ([], [])
    meter.joined(joined(CUSTOMER, "room-1", "260", ENTERING))
    assert meter.met == [pytest.approx(10.0, abs=0.01)]
    assert told == [AGENT]
