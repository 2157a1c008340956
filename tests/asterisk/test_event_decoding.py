"""ARI's JSON to core events: valid events, and invalid ones."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ari_app.asterisk.event_decoding import MEANINGS, decode
from warmline.core.messages import events
from warmline.core.messages.dialler_messages import LegTalking
from warmline.core.messages.events import Event
from warmline.core.messages.values.server_action import MAIN_SERVER

CHANNEL = {
    "id": "17.1",
    "name": "PJSIP/trunk-00000001",
    "state": "Ring",
    "caller": {"name": "X", "number": "5551234567"},
    "dialplan": {"context": "in", "exten": "8005550100", "priority": 3, "app_name": "Stasis", "app_data": "warmline"},
    "channelvars": {"WARMLINE_CALL": "CALL", "WARMLINE_SESSION": ""},
}
BRIDGE = {"id": "room-1", "technology": "softmix", "channels": ["17.1"]}
RECORDING = {"name": "R", "format": "wav", "state": "failed", "cause": "disk full"}


def _channel(**changed: Any) -> dict[str, Any]:
    return CHANNEL | changed


CASES: list[tuple[dict[str, Any], tuple[Event, ...]]] = [
    (
        {"type": "StasisStart", "args": ["ingroup", "SALES"], "channel": CHANNEL},
        (
            events.LegArrived(
                "17.1", ("ingroup", "SALES"), "5551234567", "8005550100", "CALL", caller_name="X", trunk="trunk"
            ),
        ),
    ),
    (
        {
            "type": "StasisStart",
            "args": ["ingroup", "SALES"],
            "channel": CHANNEL
            | {
                "channelvars": {
                    "WARMLINE_DIALLED": "+800",
                    "WARMLINE_WHY": "number: 800; did: 800 goes to ingroup:SALES",
                }
            },
        },
        (
            events.LegArrived(
                "17.1",
                ("ingroup", "SALES"),
                "5551234567",
                "+800",
                why=("number: 800", "did: 800 goes to ingroup:SALES"),
                caller_name="X",
                trunk="trunk",
            ),
        ),
    ),
    (
        {"type": "StasisStart", "args": ["made"], "channel": {"id": "L", "state": "Up"}},
        (events.LegArrived("L", ("made",), up=True),),
    ),
    ({"type": "ChannelStateChange", "channel": _channel(state="Up")}, (events.LegAnswered("17.1"),)),
    ({"type": "ChannelStateChange", "channel": _channel(state="Ringing")}, ()),
    ({"type": "Dial", "peer": CHANNEL, "dialstatus": "RINGING"}, (events.LegRinging("17.1"),)),
    ({"type": "Dial", "peer": CHANNEL, "dialstatus": "PROGRESS"}, (events.LegProgress("17.1"),)),
    ({"type": "Dial", "peer": CHANNEL, "dialstatus": "ANSWER"}, (events.LegAnswered("17.1"),)),
    ({"type": "Dial", "peer": CHANNEL, "dialstatus": ""}, ()),
    ({"type": "Dial", "peer": CHANNEL, "dialstatus": "BUSY"}, ()),
    ({"type": "ChannelEnteredBridge", "channel": CHANNEL, "bridge": BRIDGE}, (events.LegJoined("17.1", "room-1"),)),
    ({"type": "ChannelLeftBridge", "channel": CHANNEL, "bridge": BRIDGE}, (events.LegLeft("17.1", "room-1"),)),
    ({"type": "StasisEnd", "channel": CHANNEL}, (events.LegLeftStasis("17.1"),)),
    (
        {"type": "ChannelDialplan", "channel": _channel(dialplan={"exten": "harbour"})},
        (events.LegLeftStasis("17.1", harbour=True),),
    ),
    (
        {
            "type": "ChannelDialplan",
            "timestamp": "2026-11-25T01:00:00.250+0000",
            "channel": _channel(dialplan={"exten": "harbour"}),
        },
        (events.LegLeftStasis("17.1", harbour=True, message_at=1795568400250000),),
    ),
    ({"type": "ChannelDialplan", "channel": CHANNEL}, ()),
    (
        {"type": "StasisEnd", "channel": _channel(name="Snoop/17.1-00000000")},
        (events.LegLeftStasis("17.1"), events.LegDestroyed("17.1", 0)),
    ),
    ({"type": "ChannelDestroyed", "channel": CHANNEL, "cause": 17}, (events.LegDestroyed("17.1", 17),)),
    ({"type": "ChannelDestroyed", "channel": CHANNEL}, (events.LegDestroyed("17.1", 0),)),
    ({"type": "ChannelHold", "channel": CHANNEL, "musicclass": "default"}, (events.LegHoldChanged("17.1", on=True),)),
    ({"type": "ChannelUnhold", "channel": CHANNEL}, (events.LegHoldChanged("17.1", on=False),)),
    ({"type": "BridgeDestroyed", "bridge": BRIDGE}, (events.BridgeDestroyed("room-1"),)),
    ({"type": "RecordingStarted", "recording": RECORDING}, (events.RecordingStarted("R"),)),
    (
        {"type": "RecordingStarted", "recording": RECORDING | {"target_uri": "bridge:room-1"}},
        (events.RecordingStarted("R"),),
    ),
    ({"type": "RecordingStarted", "recording": RECORDING | {"target_uri": "channel:script-a-1"}}, ()),
    ({"type": "RecordingFinished", "recording": RECORDING}, (events.RecordingFinished("R"),)),
    ({"type": "RecordingFailed", "recording": RECORDING}, (events.RecordingFailed("R", "disk full"),)),
    (
        {"type": "PlaybackFinished", "playback": {"id": "P", "target_uri": "channel:17.1", "state": "done"}},
        (events.PlayFinished("17.1", True, "P"),),
    ),
    (
        {"type": "PlaybackFinished", "playback": {"id": "P", "target_uri": "channel:17.1", "state": "failed"}},
        (events.PlayFinished("17.1", False, "P"),),
    ),
    (
        {"type": "ChannelDtmfReceived", "channel": CHANNEL, "digit": "#", "duration_ms": 100},
        (events.DtmfReceived("17.1", "#"),),
    ),
    ({"type": "ChannelDtmfReceived", "channel": CHANNEL, "digit": "12", "duration_ms": 100}, ()),
    ({"type": "PlaybackFinished", "playback": {"id": "P", "target_uri": "bridge:room-1", "state": "done"}}, ()),
    (
        {"type": "PlaybackFinished", "playback": {"id": "audio-1-1", "target_uri": "bridge:room-1", "state": "done"}},
        (events.AudioEnded("audio-1-1"),),
    ),
    (
        {"type": "PlaybackFinished", "playback": {"id": "audio-1-1", "target_uri": "bridge:room-1", "state": "failed"}},
        (events.AudioEnded("audio-1-1", ok=False),),
    ),
    (
        {
            "type": "ChannelTransfer",
            "referred_by": {"source_channel": CHANNEL},
            "refer_to": {"requested_destination": {"destination": "5551234"}},
        },
        (events.ReferReceived("17.1", "5551234"),),
    ),
    (
        {
            "type": "ChannelTransfer",
            "referred_by": {"source_channel": CHANNEL},
            "refer_to": {"requested_destination": {"destination": "5551234", "protocol_id": "call-id"}},
        },
        (events.ReferReceived("17.1"),),
    ),
    ({"type": "ChannelTransfer", "referred_by": {"source_channel": CHANNEL}, "state": "channel_declined"}, ()),
    (
        {"type": "Dial", "dialstatus": "CANCEL", "peer": CHANNEL, "forward": "+4930;x=1"},  # redirect_method=user
        (events.LegRedirected("17.1", "+4930"),),
    ),
    (
        {"type": "Dial", "dialstatus": "CANCEL", "peer": CHANNEL, "forward": "PJSIP/trunk/sip:+4930;x=1@10.0.0.1:5060"},
        (events.LegRedirected("17.1", "+4930"),),
    ),
    ({"type": "Dial", "peer": CHANNEL, "forward": ""}, ()),
    ({"type": "ChannelTalkingStarted", "channel": CHANNEL}, (LegTalking("17.1"),)),
    ({"type": "ChannelTalkingFinished", "channel": CHANNEL, "duration": 3}, ()),
    ({"type": "ChannelVarset", "channel": CHANNEL, "variable": "X", "value": "1"}, ()),
    ({"type": "SomethingNew", "channel": 5}, ()),
]


@pytest.mark.parametrize("server", [MAIN_SERVER, "b"])
def test_a_message_of_asterisk_becomes_its_event_with_its_server(server: str) -> None:
    """Events have the server's name if the core may know no leg and no recording of them."""
    assert set(MEANINGS) <= {message["type"] for message, _ in CASES}
    wrong = []
    for message, meant in CASES:
        named = tuple(replace(event, server=server) if hasattr(event, "server") else event for event in meant)
        events_of_message = decode(json.dumps(message), server)
        if events_of_message != named:
            wrong.append(f"{message}: {events_of_message}")
    assert wrong == []


def test_a_message_with_parts_missing_or_wrong_is_none() -> None:
    rests: list[dict[str, Any]] = [
        {}, {"channel": None}, {"channel": {}}, {"bridge": []}, {"args": "x"}, {"cause": "no"},
    ]  # fmt: skip
    messages = [{"type": kind, **rest} for kind in MEANINGS for rest in rests]
    assert [message for message in messages if decode(json.dumps(message)) != ()] == []


def test_text_that_is_no_json_is_none() -> None:
    for text in ("", "\ud800", "[" * 100_000, "nul", '{"type":"StasisEnd"', b"\xff", b'{"type":"\xff"}'):
        assert decode(text) == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
PARTS = ("channel", "peer", "bridge", "recording", "playback", "referred_by", "args", "cause", "dialstatus", "digit")


@given(
    st.fixed_dictionaries(
        {"type": st.sampled_from([*MEANINGS, "Other"])},
        optional={part: JSON | st.just(CHANNEL) | st.just(BRIDGE) | st.just(RECORDING) for part in PARTS},
    )
)
def test_no_message_raises(message: dict[str, Any]) -> None:
    for event in decode(json.dumps(message)):
        assert isinstance(event, Event)


@given(st.text() | st.binary())
def test_no_text_raises(text: str | bytes) -> None:
    assert decode(text) == ()
