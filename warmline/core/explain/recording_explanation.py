"""Show what would be recorded in a case, and why. The functions that decide for live calls decide here too."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from warmline.core.model.recording import WAV
from warmline.core.rules import recording_rules
from warmline.core.rules.configuration import Agent, Campaign, Ingroup, Rules
from warmline.core.rules.recording_rules import RecordingDecision
from warmline.core.rules.sentinels import NO_FILE


class RecordingMoment(StrEnum):
    """A moment at which recording is decided."""

    CALL = "call"  # the agent joins the call
    THIRD = "third"  # a third party is connected
    HANGUP_XFER = "hangup_xfer"  # the agent hangs up the third party
    PARK = "park"  # the customer is parked without a third party
    DEAD = "dead"  # the customer has hung up
    LEAVE = "leave"  # the agent leaves the customer with the third party


@dataclass(frozen=True, slots=True)
class RecordingCase:
    """The options of a call, and the third party's number, or "" if it does not matter."""

    campaign: Campaign
    ingroup: Ingroup
    agent: Agent
    number: str = ""


def decide_recording(rules: Rules, case: RecordingCase, moment: RecordingMoment) -> RecordingDecision:
    """Return what is recorded from that moment on, if the agent has not sent START or STOP before."""
    policy, rule, overruled_rules = recording_rules.choose_policy(case.campaign, case.ingroup, case.agent)
    at_start = recording_rules.decide_during_call(policy, rule, overruled_rules)
    if moment is RecordingMoment.CALL:
        delay_seconds = case.campaign.allcalls_delay if at_start.track else 0
        if not delay_seconds:
            return at_start
        return RecordingDecision(
            at_start.track, f"{rule}, after allcalls_delay={delay_seconds} seconds", overruled_rules
        )
    if moment is RecordingMoment.LEAVE:
        is_number_listed = _is_listed(rules, case, case.campaign.leave_3way_start_recording_exception)
        with_third = decide_recording(rules, case, RecordingMoment.THIRD)
        decision = recording_rules.decide_at_leave(
            case.campaign, policy, rule, is_number_listed=is_number_listed, is_recording=with_third.track is not None
        )
        return RecordingDecision(decision.track, decision.reason, decision.overruled_rules + overruled_rules)
    option, decide = MOMENT_DECISIONS[moment]
    moment_decision = decide(rules, case)
    if moment_decision is None:
        return RecordingDecision(
            at_start.track, rule, (f"{option}={getattr(case.campaign, option)}: changes nothing", *overruled_rules)
        )
    return RecordingDecision(
        moment_decision.track, moment_decision.reason, (f"{rule}: {option} goes before it", *overruled_rules)
    )


def describe_files(campaign: Campaign) -> tuple[str, ...]:
    """Return what the options of a campaign say about each file: its name, notice and format, and who may hear it."""
    sentences = [f"campaign_rec_filename={campaign.campaign_rec_filename}: its name"]
    if campaign.recording_notice != NO_FILE:
        sentences.append(f"recording_notice={campaign.recording_notice}: everyone hears it before the file begins")
    if campaign.recording_format != WAV:
        sentences.append(f"recording_format={campaign.recording_format}: the file is converted when it has ended")
    if campaign.agent_recordings == "Y":
        sentences.append("agent_recordings=Y: the agent may hear it on the day of the call")
    return tuple(sentences)


def _decide_with_third(rules: Rules, case: RecordingCase) -> RecordingDecision | None:
    is_number_listed = _is_listed(rules, case, case.campaign.three_way_record_stop_exception)
    return recording_rules.decide_with_third(case.campaign, is_number_listed)


def _is_listed(rules: Rules, case: RecordingCase, container: str) -> bool:
    return recording_rules.is_listed(
        rules, container, case.number, prefix=recording_rules.get_third_prefix(case.campaign)
    )


# The option that may change what is recorded at a moment, and the function that decides.
MOMENT_DECISIONS: dict[RecordingMoment, tuple[str, Callable[[Rules, RecordingCase], RecordingDecision | None]]] = {
    RecordingMoment.THIRD: ("three_way_record_stop", _decide_with_third),
    RecordingMoment.HANGUP_XFER: (
        "hangup_xfer_record_start",
        lambda _, case: recording_rules.decide_without_third(case.campaign),
    ),
    RecordingMoment.PARK: ("park_recording", lambda _, case: recording_rules.decide_when_parked(case.campaign)),
    RecordingMoment.DEAD: ("dead_stop_recording", lambda _, case: recording_rules.decide_when_dead(case.campaign)),
}
