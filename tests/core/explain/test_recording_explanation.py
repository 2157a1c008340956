"""The explanation of `explain` equals what a live call does, and why."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest

from tests.core.core_stage import lab_with
from tests.options import campaign_cases
from tests.options.worlds import Case
from tests.soak import a_share
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.explain.recording_explanation import RecordingCase, RecordingMoment, decide_recording, describe_files
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State
from warmline.core.model.recording import Recording
from warmline.core.rules.configuration import Agent, Campaign, Ingroup, Rules
from warmline.core.rules.recording_rules import RecordingDecision, Track
from warmline.options.option_table import CAMPAIGN, check

POLICIES = a_share(  # with each pair of the values of two options
    product(
        ("NEVER", "ONDEMAND", "ALLCALLS", "ALLFORCE"),
        ("DISABLED", "ALL_CALLS", "ALL_BUT_EXCEPTIONS", "ONLY_EXCEPTIONS"),
        ("DISABLED", "ALL_CALLS"),
        ("N", "Y"),
        ("DISABLED", "PARTNERS"),
        ("8500", "8503"),
    ),
    ",".join,
)


def explained(lab: Driver, moment: RecordingMoment, number: str) -> RecordingDecision:
    rules = lab.world.rules
    case = RecordingCase(rules.campaigns["TESTCAMP"], rules.ingroups["SALESLINE"], rules.agents["1000"], number)
    return decide_recording(rules, case, moment)


def running(lab: Driver) -> tuple[Track | None, str]:
    """Return the recorded legs now, and the rule that decided it."""
    files = [file for file in lab.world.recordings.values() if file.ended is None]
    assert len(files) == len(lab.asterisk.recordings) <= 1
    return (files[0].kind, files[0].reason) if files else (None, "")


def test_a_call_is_recorded_as_explained(subtests: pytest.Subtests) -> None:
    for policy, start, stop, third_stop, listed_in, number in POLICIES:
        with subtests.test(
            policy=policy, start=start, stop=stop, third_stop=third_stop, listed_in=listed_in, number=number
        ):
            lab = lab_with(
                campaign_recording=policy,
                leave_3way_start_recording=start,
                leave_3way_start_recording_exception=listed_in,
                leave_3way_stop_recording=stop,
                three_way_record_stop=third_stop,
                three_way_record_stop_exception=listed_in,
            )
            lab.customer()
            decision = explained(lab, RecordingMoment.CALL, number)
            assert (lab.call().recording.track, lab.call().recording.track_reason) == (decision.track, decision.reason)
            assert running(lab)[0] is decision.track
            lab.ask(Kind.DIAL_WITH_CUSTOMER, number=number)
            lab.wait(5)
            decision = explained(lab, RecordingMoment.THIRD, number)
            assert (lab.call().recording.track, lab.call().recording.track_reason) == (decision.track, decision.reason)
            assert running(lab)[0] is decision.track
            decision = explained(lab, RecordingMoment.LEAVE, number)
            lab.ask(Kind.LEAVE_3WAY_CALL)
            assert (lab.call().recording.after_leave, lab.call().recording.after_leave_reason) == (
                decision.track,
                decision.reason,
            )
            assert running(lab)[0] is decision.track
            if decision.track is Track.HANDOFF:
                assert running(lab)[1] == decision.reason


@pytest.mark.parametrize("option", ["Y", "N"])
@pytest.mark.parametrize("policy", ["ONDEMAND", "ALLCALLS"])
def test_after_the_third_was_hung_up(policy: str, option: str) -> None:
    lab = lab_with(campaign_recording=policy, hangup_xfer_record_start=option)
    lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    lab.wait(0.5)
    assert lab.ask(Kind.HANGUP_XFER) == ""
    assert running(lab)[0] is explained(lab, RecordingMoment.HANGUP_XFER, "").track


@pytest.mark.parametrize("option", ["CONTINUE", "STOP"])
@pytest.mark.parametrize("policy", ["NEVER", "ALLFORCE"])
def test_while_the_customer_is_parked(policy: str, option: str) -> None:
    lab = lab_with(campaign_recording=policy, park_recording=option)
    lab.customer()
    lab.ask(Kind.PARK_CUSTOMER)
    assert running(lab)[0] is explained(lab, RecordingMoment.PARK, "").track


@pytest.mark.parametrize("option", ["DISABLED", "ALL_CALLS", "INBOUND_ONLY", "OUTBOUND_ONLY", "MANUAL_ONLY"])
def test_when_the_customer_is_gone(option: str) -> None:
    lab = lab_with(campaign_recording="ALLCALLS", dead_stop_recording=option)
    lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    lab.wait(0.5)
    lab.hang_up("cust")
    assert lab.call().state is State.CUSTOMER_GONE
    assert running(lab)[0] is explained(lab, RecordingMoment.DEAD, "").track


def test_the_losers_and_why() -> None:
    campaign = Campaign("C", campaign_recording="ALLFORCE", leave_3way_start_recording="ONLY_EXCEPTIONS")
    campaign = replace(campaign, leave_3way_start_recording_exception="VIPS", three_way_dial_prefix="9")
    case = RecordingCase(campaign, Ingroup("G"), Agent("A", recording_override="NEVER"), "+1 (555) 0100")
    rules = Rules(containers={"VIPS": ("91-555-0100",)})
    overridden = (
        "ingroup_recording_override=DISABLED: leaves it open",
        "campaign_recording=ALLFORCE: recording_override goes before it",
    )
    assert decide_recording(rules, case, RecordingMoment.CALL) == RecordingDecision(
        None, "recording_override=NEVER", overridden
    )
    assert decide_recording(rules, case, RecordingMoment.LEAVE) == RecordingDecision(
        None,
        "recording_override=NEVER: nothing runs",
        (
            "leave_3way_stop_recording=DISABLED: stops nothing",
            "leave_3way_start_recording=ONLY_EXCEPTIONS, number not in VIPS: starts nothing",
            *overridden,
        ),
    )
    is_listed = replace(case, number="9 1 555 0100")
    assert decide_recording(rules, is_listed, RecordingMoment.LEAVE) == RecordingDecision(
        Track.HANDOFF,
        "leave_3way_start_recording=ONLY_EXCEPTIONS, number in VIPS",
        (
            "leave_3way_stop_recording=DISABLED: stops nothing",
            "recording_override=NEVER: leave_3way_start_recording goes before it",
            *overridden,
        ),
    )
    assert (
        decide_recording(rules, case, RecordingMoment.DEAD).overruled_rules[0]
        == "dead_stop_recording=DISABLED: changes nothing"
    )


def test_each_recording_option_of_a_campaign_changes_the_explanation() -> None:
    """The cases are those in which the option changes a call: see tests/options/campaign_cases.py."""

    def explanation(options: Mapping[str, str]) -> list[object]:
        campaign = Campaign("C", **check("campaign", options))  # type: ignore[arg-type] # names of options
        case = RecordingCase(campaign, Ingroup("G"), Agent("A"), "8500")
        rules = Rules(containers={"PARTNERS": ("8500",)})
        return [*(decide_recording(rules, case, moment) for moment in RecordingMoment), describe_files(campaign)]

    for option in CAMPAIGN.section("Recording").options:
        case = campaign_cases.CASES.get(option.name) or Case(str, "Y")
        without = {option.name: case.against} if case.against else {}
        assert explanation(case.given | without) != explanation({**case.given, option.name: case.value}), option.name


def test_a_delay_is_said() -> None:
    case = RecordingCase(Campaign("C", campaign_recording="ALLCALLS", allcalls_delay=7), Ingroup("G"), Agent("A"))
    assert (
        decide_recording(Rules(), case, RecordingMoment.CALL).reason
        == "campaign_recording=ALLCALLS, after allcalls_delay=7 seconds"
    )
    assert (
        decide_recording(Rules(), replace(case, campaign=Campaign("C", allcalls_delay=7)), RecordingMoment.CALL).track
        is None
    )


def test_a_file_is_kept_and_then_converted() -> None:
    lab = lab_with(campaign_recording="ALLCALLS", recording_format="mp3")
    lab.customer()
    lab.hang_up("cust")
    [file] = [record for record in lab.closed.values() if isinstance(record, Recording)]
    assert (file.status, file.cause, file.path) == ("kept", "", f"/{file.id}.wav")
    assert (file.converted_path, file.converted_bytes, file.converted_sha256) == (f"/{file.id}.mp3", 44, "01")


def test_the_name_of_a_file_has_every_token_filled_in_once() -> None:
    tokens = "CAMPAIGN-INGROUP-CUSTPHONE-FULLDATE-TINYDATE-EPOCH-AGENT-CALLID"
    lab = lab_with(campaign_recording="ALLCALLS", campaign_rec_filename=tokens)
    lab.customer()
    call = lab.call()
    [name] = lab.asterisk.recordings
    campaign, ingroup, number, day, second, tiny, epoch, agent, agc_id = name.removesuffix(f"_{call.id}-1").split("-")
    assert (campaign, ingroup, agent, agc_id) == ("TESTCAMP", "SALESLINE", "1000", call.agc_id)
    assert number == (call.number or "unknown")
    assert (len(day), len(second), tiny, epoch) == (8, 6, day[2:] + second, str(lab.asterisk.now // 1_000_000))
