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
    overrides = (
        ("recording_override", agent.recording_override),
        ("ingroup_recording_override", ingroup.ingroup_recording_override),
        ("campaign_recording", campaign.campaign_recording),
    )
    name, value = next((name, value) for name, value in overrides if value != "DISABLED")
    overruled_options = (
        (option, option_value, "leaves it open" if option_value == "DISABLED" else f"{name} goes before it")
        for option, option_value in overrides
        if option != name
    )
    return (
        value,
        f"{name}={value}",
        tuple(f"{option}={option_value}: {explanation}" for option, option_value, explanation in overruled_options),
    )


def decide_during_call(policy: str, rule: str, overruled_rules: tuple[str, ...] = ()) -> RecordingDecision:
    """Decide whether a bridge with an agent in it is recorded from the start."""
    return RecordingDecision(Track.CALL if policy in ("ALLCALLS", "ALLFORCE") else None, rule, overruled_rules)


def decide_at_leave(
    campaign: Campaign, policy: str, rule: str, *, is_number_listed: bool, is_recording: bool
) -> RecordingDecision:
    """Decide what is recorded after the agent has left: a new handoff file, the running recording, or nothing.

    `leave_3way_stop_recording` comes first. `leave_3way_start_recording` comes next, and it also applies under NEVER
    because it is an explicit order. ALLFORCE comes last, and it lets the running recording continue.
    `is_number_listed`: the third party's number is in the list of exceptions. `is_recording`: the agent's bridge is
    recorded.
    """
    stop_rule = f"leave_3way_stop_recording={campaign.leave_3way_stop_recording}"
    start_rule = f"leave_3way_start_recording={campaign.leave_3way_start_recording}"
    if campaign.leave_3way_start_recording in ("ALL_BUT_EXCEPTIONS", "ONLY_EXCEPTIONS"):
        start_rule += (
            f", number {'in' if is_number_listed else 'not in'} {campaign.leave_3way_start_recording_exception}"
        )
    if campaign.leave_3way_stop_recording == "ALL_CALLS":
        explanation = "leave_3way_stop_recording overrides it"
        return RecordingDecision(None, stop_rule, (f"{start_rule}: {explanation}", f"{rule}: {explanation}"))
    stop_rule += ": stops nothing"
    start_by_option = {
        "ALL_CALLS": True,
        "ALL_BUT_EXCEPTIONS": not is_number_listed,
        "ONLY_EXCEPTIONS": is_number_listed,
    }
    if start_by_option.get(campaign.leave_3way_start_recording, False):
        return RecordingDecision(
            Track.HANDOFF, start_rule, (stop_rule, f"{rule}: leave_3way_start_recording goes before it")
        )
    start_rule += ": starts nothing"
    if policy == "ALLFORCE" and is_recording:
        return RecordingDecision(Track.CALL, rule, (stop_rule, start_rule))
    return RecordingDecision(
        None, f"{rule}: {'ends with the agent' if is_recording else 'nothing runs'}", (stop_rule, start_rule)
    )


def decide_with_third(campaign: Campaign, is_number_listed: bool) -> RecordingDecision | None:
    """Decide whether a third party ends the recording (`three_way_record_stop`; its list inverts the rule)."""
    if (campaign.three_way_record_stop == "Y") is is_number_listed:
        return None
    suffix = f", number in {campaign.three_way_record_stop_exception}" if is_number_listed else ""
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


def decide_when_dead(campaign: Campaign, *, is_outbound: bool = False) -> RecordingDecision | None:
    """Decide whether the recording ends when the customer has hung up (`dead_stop_recording`).

    OUTBOUND_ONLY and MANUAL_ONLY mean the same, because only agents dial.
    """
    direction_values = ("OUTBOUND_ONLY", "MANUAL_ONLY") if is_outbound else ("INBOUND_ONLY",)
    if campaign.dead_stop_recording in ("ALL_CALLS", *direction_values):
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
    digits = to_dialled_digits(number)
    digits_without_prefix = digits.removeprefix(to_dialled_digits(prefix)) if prefix else digits
    return any(
        to_dialled_digits(listed_number) in (digits, digits_without_prefix)
        for listed_number in rules.containers.get(container, ())
    )
