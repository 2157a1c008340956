"""Scenes with a campaign that dials: its agents are ready, and leads are proposed as the app's pacing does."""

from dataclasses import replace
from typing import Any, TypeVar

from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialLead, PacingDecided
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.world.turn import Turn

HOUR_US = 3_600_000_000
ANSWERS, RINGS_ON, BUSY, REFUSES, UNKNOWN, CONGESTED, LATE = (
    "5551234", "8501", "8502", "5550603", "5550001", "5550034", "5550019",
)  # fmt: skip
HARBOUR = "sorry-nobody"
Lab = TypeVar("Lab", bound=Driver)


def dialling(*agents: str, **campaign: Any) -> Driver:
    """Return a campaign whose dialler runs, with these agents logged in and READY."""
    return begun(Driver, *agents, **campaign)


def begun(kind: type[Lab], *agents: str, **campaign: Any) -> Lab:
    """Return the same in a driver of this kind."""
    options = {"dial_method": "PROGRESSIVE", "campaign_cid": "3125550199", "safe_harbor_audio": HARBOUR} | campaign
    lab = kind(demo_rules(**options))
    lab.asterisk.far_ends |= {
        UNKNOWN: [(0.1, 1)],
        CONGESTED: [(0.1, 34)],
        LATE: [(0.1, "ringing"), (17.0, "up")],
    }
    for user in agents:
        lab.log_in(user)
    assert lab.ask(Kind.DIALLER_START, agent="", campaign="TESTCAMP") == ""
    return lab


def lead(lab: Driver, number: str, serial: int = 1, **fields: Any) -> DialLead:
    """Return a lead that may be called for an hour."""
    return DialLead(serial, "101", number, open_until=fields.pop("open_until", lab.asterisk.now + HOUR_US), **fields)


def propose(lab: Driver, *leads: DialLead, give_up: tuple[str, ...] = ()) -> Turn:
    """Let the pacing propose these leads."""
    return lab.feed(PacingDecided("TESTCAMP", leads, give_up, ready=1))


def called(lab: Driver, number: str = ANSWERS, serial: int = 1) -> Call:
    """Call a lead, and return the call."""
    earlier_ids = set(lab.world.calls)
    propose(lab, lead(lab, number, serial))
    [call_id] = set(lab.world.calls) - earlier_ids
    return lab.world.calls[call_id]


def list_calls(lab: Driver) -> list[Call]:
    """Return every automatic call, open or closed, oldest first."""
    calls = [record for record in (*lab.closed.values(), *lab.world.calls.values()) if isinstance(record, Call)]
    return sorted((record for record in calls if record.is_automatic), key=lambda record: record.id)


def outcome(lab: Driver) -> tuple[State, str, str]:
    """Return state, status and cause of the end of the last automatic call."""
    call = list_calls(lab)[-1]
    return call.state, call.outcome.status, call.outcome.ended_by


def hears_harbour(lab: Driver, channel: str) -> bool:
    """Return whether the channel has heard the safe harbour message."""
    return (channel, f"sound:{HARBOUR}") in lab.asterisk.played


def goes(lab: Driver, user: str = "1000") -> None:
    """Pause an agent though a lead rings: just now the campaign may drop many, so no agent is kept for the ring."""
    dialler = lab.world.diallers["TESTCAMP"]
    windows = tuple(replace(window, answered=window.answered + 1000) for window in dialler.drops.windows)
    lab.world.keep(dialler.with_drops(windows=windows))
    assert lab.ask(Kind.PAUSE, user) == ""
    lab.world.keep(dialler)
