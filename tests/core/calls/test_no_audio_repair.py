"""A party that gets no audio from Asterisk leaves and joins its bridge again; nothing else changes."""

from dataclasses import replace

import pytest

from tests.core.core_stage import CUSTOMER, PHONE, lab_with, set_up, talking
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.bridge_messages import AddToBridge
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Ask, Kind
from warmline.core.model.call_states import State

SCENES = ("talking", "three_way", "consulting", "customer_gone", "left_ringing", "handed_off", "with_closer")


def list_bridge_legs(lab: Driver) -> list[str]:
    """Return the legs in the call's bridge."""
    return sorted(leg.id for leg in lab.world.legs.values() if leg.bridge == lab.call().mixing_bridge_id)


def cut_off_audio(lab: Driver, leg: str) -> list[AddToBridge]:
    """Let Asterisk send the party no more audio, and report it; return how the party joins again."""
    lab.asterisk.channels[leg].hears_nothing = True
    turn = lab.feed(ev.LegWithoutAudio(leg, lab.call().mixing_bridge_id))
    assert [action for _, action in turn.actions if not isinstance(action, AddToBridge)] == []
    return [action for _, action in turn.actions if isinstance(action, AddToBridge)]


@pytest.mark.fault("Debian's Asterisk sends a party no more audio after its bridge is mixed for the second time")
@pytest.mark.parametrize("scene", SCENES)
def test_the_leg_hears_the_call_again_and_nothing_else_changes(scene: str) -> None:
    lab = set_up(lab_with(campaign_recording="ALLFORCE"), scene)
    leg_ids = list_bridge_legs(lab)
    assert leg_ids
    for leg in leg_ids:
        speakers = [speaker for speaker in leg_ids if lab.asterisk.hears(leg, speaker)]
        call, session, recordings = lab.call(), lab.session(), dict(lab.world.recordings)
        assert cut_off_audio(lab, leg) == [AddToBridge(leg, lab.call().mixing_bridge_id)]
        lab.pump()
        assert (
            list_bridge_legs(lab) == leg_ids
            and [speaker for speaker in leg_ids if lab.asterisk.hears(leg, speaker)] == speakers
        )
        assert (lab.call(), lab.session(), lab.world.recordings) == (call, session, recordings)
        assert not lab.world.receipts or scene == "left_ringing"


def test_a_party_moving_gone_or_on_hold_is_left_unchanged() -> None:
    lab = talking(lab_with())
    mixing_bridge = lab.call().mixing_bridge_id
    lab.asterisk.hold(PHONE, on=True)
    lab.pump()
    moving_leg = replace(lab.world.legs[CUSTOMER], target_bridge="")
    lab.world.keep(moving_leg)
    for leg, bridge in (
        (PHONE, mixing_bridge),
        (CUSTOMER, mixing_bridge),
        ("nobody", mixing_bridge),
        (PHONE, "spot"),
        (PHONE, "room-X"),
    ):
        assert not lab.feed(ev.LegWithoutAudio(leg, bridge)).actions


def test_a_parked_party_without_audio_keeps_the_music() -> None:
    lab = plain_scene("parked")
    assert not lab.feed(ev.LegWithoutAudio(CUSTOMER, lab.call().holding_bridge_id)).actions


@pytest.mark.parametrize("scene", ["three_way", "consulting"])
def test_a_leave_while_the_agent_joins_again_completes_when_the_agent_is_out(scene: str) -> None:
    """To join again, the party first leaves; the first event of leaving is not that of the leave."""
    lab = plain_scene(scene)
    bridge_id = lab.call().mixing_bridge_id
    lab._turn(ev.LegWithoutAudio(PHONE, bridge_id))
    lab._turn(Ask("leave", make_command(Kind.LEAVE_3WAY_CALL, "1000"), by="6666", source="test"))
    agent_events = [event for event in lab.asterisk.out if getattr(event, "leg", "") == PHONE]
    other_events = [event for event in lab.asterisk.out if event not in agent_events]
    assert agent_events == [ev.LegLeft(PHONE, bridge_id), ev.LegJoined(PHONE, bridge_id), ev.LegLeft(PHONE, bridge_id)]
    lab.asterisk.out = []
    lab.feed_together(other_events)
    for event in agent_events[:-1]:
        lab.feed(event)
        assert "leave" not in lab.told
    lab.feed(agent_events[-1])
    assert lab.told["leave"] == "" and lab.call().state is State.HANDED_OFF


@pytest.mark.parametrize("status", [0, 404, 500])
def test_a_leave_during_a_failing_join_is_answered(status: int) -> None:
    lab = plain_scene("three_way")
    bridge_id = lab.call().mixing_bridge_id
    lab.perform = lambda action: None  # type: ignore[method-assign] # Asterisk sends the events of the test
    lab._turn(ev.LegWithoutAudio(PHONE, bridge_id))
    lab._turn(Ask("leave", make_command(Kind.LEAVE_3WAY_CALL, "1000"), by="6666", source="test"))
    lab._turn(ev.LegLeft(PHONE, bridge_id))
    assert "leave" not in lab.told
    lab._turn(ev.ActionFailed(AddToBridge(PHONE, bridge_id), status, "no"))
    lab._turn(ev.LegLeft(PHONE, bridge_id))  # the result of the refusal to remove a leg that is in no bridge
    assert lab.told["leave"] == ""
