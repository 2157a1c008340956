"""What is recorded now and why: pure decisions, and the row of one file."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.rules import NO_LIST, Agent, Campaign, Ingroup, Rules


class Track(StrEnum):
    """What a room's recording is for."""

    CALL = "call"  # while an agent is in the call
    HANDOFF = "handoff"  # after the agent has left


@dataclass(frozen=True, slots=True)
class Decision:
    """What is recorded, the rule that decided, and the rules that were asked in vain, with their answers."""

    track: Track | None
    reason: str
    losers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One file. `length` in milliseconds; times in microseconds, UTC; `status` running, kept or failed."""

    id: str  # its name below the recordings folder, without .wav
    call: str
    kind: Track
    reason: str
    agent: str
    asked: int
    started: int | None = None
    stopping: bool = False
    ended: int | None = None
    status: str = "running"
    cause: str = ""
    path: str = ""
    bytes: int = 0
    length: int = 0
    sha256: str = ""


def policy(campaign: Campaign, ingroup: Ingroup, agent: Agent) -> tuple[str, str, tuple[str, ...]]:
    """The recording value in force, the option it comes from, and the options it overrides.

    The agent's override goes before the in-group's, and that before the campaign's own.
    """
    asked = (
        ("recording_override", agent.recording_override),
        ("ingroup_recording_override", ingroup.ingroup_recording_override),
        ("campaign_recording", campaign.campaign_recording),
    )
    deciding = next(i for i, (_, value) in enumerate(asked) if value != "DISABLED")
    name, value = asked[deciding]
    return value, f"{name}={value}", tuple(f"{n}={v}" for n, v in asked if n != name)


def during_call(value: str, rule: str, losers: tuple[str, ...] = ()) -> Decision:
    """Whether a room with an agent in it is recorded from the start."""
    return Decision(Track.CALL if value in ("ALLCALLS", "ALLFORCE") else None, rule, losers)


def at_leave(campaign: Campaign, value: str, rule: str, listed: bool) -> Decision:
    """What the room records once the agent has left: a new handoff file, the running one, or nothing.

    Asked in this order: `leave_3way_stop_recording` overrides all, then `leave_3way_start_recording` (an explicit
    order, so also under NEVER), then ALLFORCE lets the running one go on. `listed`: the third's number is in the
    exceptions.
    """
    stop = f"leave_3way_stop_recording={campaign.leave_3way_stop_recording}"
    start = f"leave_3way_start_recording={campaign.leave_3way_start_recording}"
    if campaign.leave_3way_start_recording in ("ALL_BUT_EXCEPTIONS", "ONLY_EXCEPTIONS"):
        list_name = campaign.leave_3way_start_recording_exception
        start += f", number {'in' if listed else 'not in'} {list_name}"
    if campaign.leave_3way_stop_recording == "ALL_CALLS":
        return Decision(None, stop, (start, rule))
    starts = {"ALL_CALLS": True, "ALL_BUT_EXCEPTIONS": not listed, "ONLY_EXCEPTIONS": listed}
    if starts.get(campaign.leave_3way_start_recording, False):
        return Decision(Track.HANDOFF, start, (stop, rule))
    if value == "ALLFORCE":
        return Decision(Track.CALL, rule, (stop, start))
    return Decision(None, f"{rule}: ends with the agent", (stop, start))


def stops_for_third(campaign: Campaign, listed: bool) -> Decision | None:
    """Whether the recording ends when a third party comes (`three_way_record_stop`; its list inverts the rule)."""
    if (campaign.three_way_record_stop == "Y") is listed:
        return None
    suffix = f", number in {campaign.three_way_record_stop_exception}" if listed else ""
    return Decision(None, f"three_way_record_stop={campaign.three_way_record_stop}{suffix}")


def stops_when_dead(campaign: Campaign) -> Decision | None:
    """Whether the recording ends when the customer is gone (`dead_stop_recording`); every call here is inbound."""
    if campaign.dead_stop_recording in ("ALL_CALLS", "INBOUND_ONLY"):
        return Decision(None, f"dead_stop_recording={campaign.dead_stop_recording}")
    return None


def is_listed(rules: Rules, container: str, number: str, prefix: str) -> bool:
    """Whether a number is in a container of phone numbers: digits only, the dial prefix aside."""
    if container == NO_LIST:
        return False
    wanted = digits(number)
    without = wanted.removeprefix(digits(prefix)) if prefix else wanted
    return any(digits(entry) in (wanted, without) for entry in rules.containers.get(container, ()))


def digits(number: str) -> str:
    """The digits of a number."""
    return "".join(filter(str.isdecimal, number))
