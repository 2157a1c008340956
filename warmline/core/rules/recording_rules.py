"""Decide what is recorded, and why."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.rules.configuration import Agent, Campaign, Ingroup, Rules
from warmline.core.rules.number_text import to_dialled_digits
from warmline.core.rules.sentinels import NO_LIST


class Track(StrEnum):
    """The part of a call that a recording covers."""

    CALL = "call"  # while an agent is in the call
    HANDOFF = "handoff"  # after the agent has left


@dataclass(frozen=True, slots=True)
class RecordingDecision:
    """The part of the call to record, the rule that decided, and the other rules with their answers."""

    track: Track | None
    reason: str
    overruled_rules: tuple[str, ...] = ()


def choose_policy(campaign: Campaign, ingroup: Ingroup, agent: Agent) -> tuple[str, str, tuple[str, ...]]:
    """Return the recording value in force, its option, and the answers of the other options.

    The agent's override comes before the in-group's override, and that comes before the campaign's value.
    """
    asked = (
        ("recording_override", agent.recording_override),
        ("ingroup_recording_override", ingroup.ingroup_recording_override),
        ("campaign_recording", campaign.campaign_recording),
    )
    name, value = next((name, value) for name, value in asked if value != "DISABLED")
    others = ((n, v, "leaves it open" if v == "DISABLED" else f"{name} goes before it") for n, v in asked if n != name)
    return value, f"{name}={value}", tuple(f"{n}={v}: {why}" for n, v, why in others)


def decide_during_call(value: str, rule: str, losers: tuple[str, ...] = ()) -> RecordingDecision:
    """Decide whether a bridge with an agent in it is recorded from the start."""
    return RecordingDecision(Track.CALL if value in ("ALLCALLS", "ALLFORCE") else None, rule, losers)


def decide_at_leave(campaign: Campaign, value: str, rule: str, *, listed: bool, running: bool) -> RecordingDecision:
    """Decide what is recorded after the agent has left: a new handoff file, the running recording, or nothing.

    `leave_3way_stop_recording` comes first. `leave_3way_start_recording` comes next, and it also applies under NEVER
    because it is an explicit order. ALLFORCE comes last, and it lets the running recording continue. `listed`: the
    third party's number is in the list of exceptions. `running`: the agent's bridge is recorded.
    """
    stop = f"leave_3way_stop_recording={campaign.leave_3way_stop_recording}"
    start = f"leave_3way_start_recording={campaign.leave_3way_start_recording}"
    if campaign.leave_3way_start_recording in ("ALL_BUT_EXCEPTIONS", "ONLY_EXCEPTIONS"):
        start += f", number {'in' if listed else 'not in'} {campaign.leave_3way_start_recording_exception}"
    if campaign.leave_3way_stop_recording == "ALL_CALLS":
        overridden = "leave_3way_stop_recording overrides it"
        return RecordingDecision(None, stop, (f"{start}: {overridden}", f"{rule}: {overridden}"))
    stop += ": stops nothing"
    starts = {"ALL_CALLS": True, "ALL_BUT_EXCEPTIONS": not listed, "ONLY_EXCEPTIONS": listed}
    if starts.get(campaign.leave_3way_start_recording, False):
        return RecordingDecision(Track.HANDOFF, start, (stop, f"{rule}: leave_3way_start_recording goes before it"))
    start += ": starts nothing"
    if value == "ALLFORCE" and running:
        return RecordingDecision(Track.CALL, rule, (stop, start))
    return RecordingDecision(None, f"{rule}: {'ends with the agent' if running else 'nothing runs'}", (stop, start))


def decide_with_third(campaign: Campaign, listed: bool) -> RecordingDecision | None:
    """Decide whether a third party ends the recording (`three_way_record_stop`; its list inverts the rule)."""
    if (campaign.three_way_record_stop == "Y") is listed:
        return None
    suffix = f", number in {campaign.three_way_record_stop_exception}" if listed else ""
    return RecordingDecision(None, f"three_way_record_stop={campaign.three_way_record_stop}{suffix}")


def decide_without_third(campaign: Campaign) -> RecordingDecision | None:
    """Decide whether a recording starts when the agent hangs up the third party (`hangup_xfer_record_start`)."""
    if campaign.hangup_xfer_record_start != "Y":
        return None
    return RecordingDecision(Track.CALL, "hangup_xfer_record_start=Y")


def decide_when_parked(campaign: Campaign) -> RecordingDecision | None:
    """Decide whether recording stops while the customer is parked without a third party (`park_recording`)."""
    if campaign.park_recording != "STOP":
        return None
    return RecordingDecision(None, "park_recording=STOP")


def decide_when_dead(campaign: Campaign, *, outbound: bool = False) -> RecordingDecision | None:
    """Decide whether the recording ends when the customer has hung up (`dead_stop_recording`).

    OUTBOUND_ONLY and MANUAL_ONLY mean the same, because only agents dial.
    """
    meant = ("OUTBOUND_ONLY", "MANUAL_ONLY") if outbound else ("INBOUND_ONLY",)
    if campaign.dead_stop_recording in ("ALL_CALLS", *meant):
        return RecordingDecision(None, f"dead_stop_recording={campaign.dead_stop_recording}")
    return None


def get_third_prefix(campaign: Campaign) -> str:
    """Return the dial prefix of a third party's number."""
    return campaign.three_way_dial_prefix or campaign.dial_prefix


def is_listed(rules: Rules, container: str, number: str, prefix: str) -> bool:
    """Return whether a number is in a container of phone numbers.

    Only digits count, with or without the dial prefix.
    """
    if container == NO_LIST:
        return False
    wanted = to_dialled_digits(number)
    without = wanted.removeprefix(to_dialled_digits(prefix)) if prefix else wanted
    return any(to_dialled_digits(entry) in (wanted, without) for entry in rules.containers.get(container, ()))
