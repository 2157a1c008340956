"""Asterisk's event stream: real events, damaged, in any order, about parties of a call and about strangers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from hypothesis import strategies as st

from ari_app.asterisk.event_decoding import MEANINGS, decode
from tests.fuzz import hostile, live_calls, quiet_log
from tests.fuzz.entry_point import Attack, Door
from tools.simulation.asterisk.core_driver import Driver
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_event_stream import AriEventStream, ReplacedError

# An id is one of these names; those of a call in progress are filled in.
CHANNELS = ("CUSTOMER", "PHONE", "THIRD", "ANY", "stranger-1", "stranger-2")
BRIDGES = ("ROOM", "SPOT", "room-stranger", "stranger-3")
STRANGE = "stranger-"
# fmt: off
OTHERS = ("ApplicationReplaced", "ChannelUserevent", "RESTResponse", "BridgeCreated", "ChannelVarset", "")
ARGS = (
    ["ingroup", "SALESLINE"], ["agent", "1001"], ["login", "1001"], ["login", "1000"], ["made"], ["whisper"], [],
    ["x"], ["keys", "1000"], ["keys", "1002"], ["keys"],
)
# fmt: on
channels = st.builds(
    lambda name, kind, state, number, called: {
        "id": name,
        "name": f"{kind}/trunk-00000001",
        "state": state,
        "caller": {"number": number},
        "dialplan": {"exten": called, "app_name": "Stasis", "app_data": "warmline"},
        "channelvars": {"WARMLINE_CALL": "", "WARMLINE_DIALLED": called},
    },
    st.sampled_from(CHANNELS),
    st.sampled_from(["PJSIP", "Snoop", "Local"]),
    st.sampled_from(["Up", "Ring", "Ringing", "Down"]),
    st.sampled_from(["5551234567", "", "x" * 500]),
    st.sampled_from(["8005550100", "s"]),
)
bridges = st.builds(
    lambda name, inside: {"id": name, "channels": inside},
    st.sampled_from(BRIDGES),
    st.lists(st.sampled_from(CHANNELS), max_size=2),
)
recordings = st.builds(
    lambda name, cause: {"name": name, "state": "done", "cause": cause},
    st.sampled_from(["TAPE", "stranger-4"]),
    st.sampled_from(["", "disk full"]),
)
playbacks = st.builds(
    lambda name, target, state: {"id": name, "target_uri": target, "state": state},
    st.sampled_from(["P", "audio-1", "stranger-5"]),
    st.sampled_from([f"channel:{name}" for name in CHANNELS] + [f"bridge:{name}" for name in BRIDGES]),
    st.sampled_from(["done", "failed"]),
)
place = {"channel": channels, "bridge": bridges}
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "StasisStart": {"channel": channels, "args": st.sampled_from(ARGS)},
    "ChannelStateChange": {"channel": channels},
    "Dial": {"peer": channels, "dialstatus": st.sampled_from(["", "RINGING", "PROGRESS", "ANSWER", "BUSY"])},
    "ChannelEnteredBridge": place,
    "ChannelLeftBridge": place,
    "StasisEnd": {"channel": channels},
    "ChannelDestroyed": {"channel": channels, "cause": st.sampled_from([0, 16, 17, 44, -1, 10**6])},
    "BridgeDestroyed": {"bridge": bridges},
    "RecordingStarted": {"recording": recordings},
    "RecordingFinished": {"recording": recordings},
    "RecordingFailed": {"recording": recordings},
    "PlaybackFinished": {"playback": playbacks},
    "ChannelDtmfReceived": {"channel": channels, "digit": st.sampled_from([*"134689*#*", "", "12", "é"])},
    "ChannelTransfer": {
        "referred_by": channels.map(lambda channel: {"source_channel": channel}),
        "refer_to": st.sampled_from(["8500", "SUPPORTLINE", "9" * 99, ""]).map(
            lambda number: {"requested_destination": {"destination": number}}
        ),
    },
}
whole = st.one_of(
    *(st.fixed_dictionaries({"type": st.just(kind)} | FIELDS.get(kind, place)) for kind in (*MEANINGS, *OTHERS))
)
events = st.one_of(
    hostile.spoilt(whole).map(hostile.written),
    hostile.spoilt(whole).map(hostile.written),
    hostile.damaged(whole.map(hostile.written)),
    hostile.json_values.map(hostile.written),
    st.sampled_from(
        [
            hostile.deep("[", "]").encode(),
            b'{"type":"StasisStart","x":' + hostile.deep('{"a":', "}").encode() + b"}",
            b'{"type":"RESTResponse","status_code":"x"}',
            b'{"type":"RESTResponse","request_id":"warmline-1"}',
            b"",
        ]
    ),
)


class Said(NamedTuple):
    """The scene in which Asterisk sends the events; `together`: all before any action is performed."""

    scene: str
    texts: list[bytes]
    together: bool


INPUTS = st.builds(Said, st.sampled_from(live_calls.NAMES), st.lists(events, min_size=1, max_size=8), st.booleans())


async def _nobody(_started: int) -> None:
    raise AssertionError("no connection is made here")


class _Stream:
    """Handles the text of each event as the app does."""

    def __init__(self, log: quiet_log.Log) -> None:
        self._log = log

    def attacked(self, said: Said) -> None:
        lab = live_calls.brought_about(said.scene)
        found = [event for text in said.texts for event in self._heard(_about(lab, text))]
        if said.together:
            lab.feed_together(found)
            live_calls.holds(lab)
        for event in () if said.together else found:
            before, asked = list(lab.world.iterate_open_records()), len(lab.asked)
            about_nobody = _is_about_nobody(lab, event)
            lab.feed(event)
            if about_nobody:
                assert list(lab.world.iterate_open_records()) == before, event
                assert all(STRANGE in repr(action) for action in lab.asked[asked:]), event
            live_calls.holds(lab)
        live_calls.comes_right(lab)

    def _heard(self, text: bytes) -> list[Any]:
        """Return the events that come through the listener."""
        heard: list[str] = []
        listener = AriEventStream(AriClient("http://x/ari", "u", "p", "warmline"), MEANINGS, heard.append, _nobody)
        listener._backlog = None  # connected
        try:
            listener._take_message(text.decode("utf-8", "replace"))  # the socket has only text
        except ReplacedError:
            assert b"ApplicationReplaced" in text
        self._log.is_quiet()
        return [event for one in heard for event in decode(one)]


def _about(lab: Driver, text: bytes) -> bytes:
    """Replace its names by those of the call in progress."""
    call = lab.call()
    session = lab.world.sessions.get("1000")
    names = {
        b"CUSTOMER": call.customer,
        b"PHONE": session.leg if session else None,
        b"THIRD": call.third,
        b"ANY": next(iter(lab.world.legs), None),
        b"ROOM": call.mixing_bridge_id,
        b"SPOT": next(iter(lab.asterisk.bridges), None),
        b"TAPE": next(iter(lab.asterisk.recordings), None),
    }
    for word, name in names.items():
        text = text.replace(b'"' + word + b'"', b'"' + (name or "stranger-0").encode() + b'"')
    return text


def _is_about_nobody(lab: Driver, event: Any) -> bool:
    """Return whether it names only strangers, none of which arrives or has arrived before."""
    names = [value for name in ("leg", "bridge", "name", "audio") if (value := getattr(event, name, None))]
    strange = all(name.startswith(STRANGE) and name not in lab.world.legs for name in names)
    return bool(names) and strange and type(event).__name__ != "LegArrived"


@contextmanager
def opened() -> Iterator[Attack]:
    with quiet_log.kept() as log:
        yield _Stream(log).attacked


DOOR = Door("ARI events", INPUTS, opened, quick=5)
