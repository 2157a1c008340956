"""Translates ARI's events into the core's. Pure; malformed events and those the core does not need are dropped."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import msgspec

from ari_app.asterisk.ari_schemas import AriChannel, AriMessage
from warmline.ari.client.json_errors import UNREADABLE_ERRORS
from warmline.core.messages import events
from warmline.core.messages.dialler_messages import SAFE_HARBOUR_EXTENSION, LegTalking
from warmline.core.messages.events import Event
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.rules import call_data

WHY_MAX = 250  # characters
TARGET_MAX = 64  # characters
WITH_DATA = ("ingroup", "agent")  # the kinds of Stasis arguments that data can follow
ANSWERED, MESSAGE_AT = "WARMLINE_ANSWERED", "WARMLINE_MESSAGE_AT"  # variables of the dialplan
AFTER = "after"  # the argument of a dialplan that has [warmline-after]
DIGITS = frozenset("0123456789*#ABCD")  # the keys of a phone
AUDIO = "audio-"  # prefix of the ids of playbacks that an agent started in a bridge
WITH_SERVER = (events.LegArrived, events.RecordingStarted, events.ReferReceived)  # may be new to the core

_decode = msgspec.json.Decoder(AriMessage).decode

Meaning = Callable[[AriMessage], Event | None]


def decode(text: str | bytes, server: str = MAIN_SERVER) -> tuple[Event, ...]:
    """Return the core events of one ARI message from `server`, in order. Never raises."""
    try:
        message = _decode(text)
    except UNREADABLE_ERRORS:
        return ()
    found = (meaning(message) for meaning in MEANINGS.get(message.type, ()))
    told = tuple(event for event in found if event is not None)
    return told if server == MAIN_SERVER else tuple(_of_server(event, server) for event in told)


def _of_server(event: Event, server: str) -> Event:
    return replace(event, server=server) if isinstance(event, WITH_SERVER) else event


def arrival(channel: AriChannel, args: tuple[str, ...], server: str = MAIN_SERVER) -> events.LegArrived:
    """Return the event for a channel that is in Stasis with these arguments.

    After the target come the call's data, the call's own priority, and AFTER; each may be missing, and they differ.
    """
    of_call = bool(args) and args[0] in WITH_DATA
    more = args[2:] if of_call else ()
    after = more[-1:] == (AFTER,)
    words = [*more[:-1]] if after else [*more]
    priority = _number(words.pop()[1:]) if words and words[-1].startswith(call_data.PRIORITY_MARK) else 0
    data, left_out = call_data.decode_items(words[0]) if words else ((), ())
    why = tuple(filter(None, channel.channelvars.get("WARMLINE_WHY", "")[:WHY_MAX].split("; ")))
    return events.LegArrived(
        leg=channel.id,
        args=args[:2] if of_call else args,
        number=channel.caller.number,
        caller_name=channel.caller.name,
        dialled=channel.channelvars.get("WARMLINE_DIALLED") or channel.dialplan.exten,
        call=channel.channelvars.get("WARMLINE_CALL", ""),
        session=channel.channelvars.get("WARMLINE_SESSION", ""),
        up=channel.state == "Up",
        why=(*why, *(f"data: {one}" for one in left_out)),
        server=server,
        data=data,
        after=after,
        priority=priority,
        trunk=_trunk(channel.name) if of_call else "",
    )


def hears_harbour(channel: AriChannel) -> bool:
    """Return whether a channel outside of Stasis is an answered lead who hears the safe harbour message."""
    return channel.dialplan.exten == SAFE_HARBOUR_EXTENSION[1]


def into_harbour(channel: AriChannel, timestamp: str = "") -> events.LegLeftStasis:
    """Return the event of a lead who hears the message since the time in the channel's variables, or `timestamp`."""
    return events.LegLeftStasis(
        channel.id,
        harbour=True,
        answered=_time(channel.channelvars.get(ANSWERED, "")),
        message_at=_time(channel.channelvars.get(MESSAGE_AT, "")) or _microseconds(timestamp),
    )


def _time(text: str) -> int:
    """Return a time that the dialplan has written in microseconds UTC; 0 for another text."""
    return int(text) if len(text) == 16 and text.isascii() and text.isdigit() else 0


def _microseconds(timestamp: str) -> int:
    """Return the time of an event in microseconds UTC; 0 if it has none."""
    try:
        return round(datetime.fromisoformat(timestamp).timestamp() * 1000) * 1000  # Asterisk reports milliseconds
    except ValueError:
        return 0


def _trunk(name: str) -> str:
    """Return the endpoint of a channel: `carrier` of PJSIP/carrier-0000001a."""
    return name.partition("/")[2].rpartition("-")[0][:40]


def _number(text: str) -> int:
    """Return a priority, which has up to two digits and perhaps a sign; 0 for other text."""
    digits = text[1:] if text[:1] in "+-" else text
    return int(text) if 0 < len(digits) < 3 and digits.isascii() and digits.isdigit() else 0


def _arrived(message: AriMessage) -> Event | None:
    return arrival(message.channel, message.args) if message.channel else None


def _state_changed(message: AriMessage) -> Event | None:
    leg = message.channel
    return events.LegAnswered(leg.id) if leg and leg.state == "Up" else None


def _redirected(message: AriMessage) -> Event | None:
    """Decode a redirect. `forward` is the user of the Contact (redirect_method=user) or the whole URI (uri_core)."""
    if not message.forward or not message.peer:
        return None
    contact = message.forward.rpartition("sip:")[2].rpartition("sips:")[2].rpartition("tel:")[2]
    user = contact.partition("@")[0].partition(";")[0]
    return events.LegRedirected(message.peer.id, "".join(filter(str.isprintable, user))[:TARGET_MAX])


def _dial(message: AriMessage) -> Event | None:
    kind = DIAL_STATUS.get(message.dialstatus)
    return kind(message.peer.id) if kind and message.peer else None


def _joined(message: AriMessage) -> Event | None:
    return events.LegJoined(message.channel.id, message.bridge.id) if message.channel and message.bridge else None


def _left(message: AriMessage) -> Event | None:
    return events.LegLeft(message.channel.id, message.bridge.id) if message.channel and message.bridge else None


def _ended(message: AriMessage) -> Event | None:
    return events.LegLeftStasis(message.channel.id) if message.channel else None


def _in_dialplan(message: AriMessage) -> Event | None:
    """Decode a step in the dialplan: StasisEnd does not tell yet where its channel goes on."""
    leg = message.channel
    return into_harbour(leg, message.timestamp) if leg and hears_harbour(leg) else None


def _whisper_gone(message: AriMessage) -> Event | None:
    """Decode the end of a snoop channel: Asterisk sends no ChannelDestroyed for it, only StasisEnd."""
    leg = message.channel
    return events.LegDestroyed(leg.id) if leg and leg.name.startswith("Snoop/") else None


def _gone(message: AriMessage) -> Event | None:
    return events.LegDestroyed(message.channel.id, message.cause) if message.channel else None


def _bridge_gone(message: AriMessage) -> Event | None:
    return events.BridgeDestroyed(message.bridge.id) if message.bridge else None


def _recording_started(message: AriMessage) -> Event | None:
    """Decode the start of a recording. The app records bridges: one of a channel is another program's, on a trunk."""
    found = message.recording
    return events.RecordingStarted(found.name) if found and not found.target_uri.startswith("channel:") else None


def _recording_finished(message: AriMessage) -> Event | None:
    return events.RecordingFinished(message.recording.name) if message.recording else None


def _recording_failed(message: AriMessage) -> Event | None:
    failed = message.recording
    return events.RecordingFailed(failed.name, failed.cause) if failed else None


def _played(message: AriMessage) -> Event | None:
    played = message.playback
    if played is None:
        return None
    kind, _, leg = played.target_uri.partition(":")
    ok = played.state != "failed"
    if kind == "channel":
        return events.PlayFinished(leg, ok, played.id)
    return events.AudioEnded(played.id, ok) if played.id.startswith(AUDIO) else None


def _key_pressed(message: AriMessage) -> Event | None:
    known = message.channel and message.digit in DIGITS
    return events.DtmfReceived(message.channel.id, message.digit) if message.channel and known else None


def _talking(message: AriMessage) -> Event | None:
    return LegTalking(message.channel.id) if message.channel else None


def _held(message: AriMessage) -> Event | None:
    return events.LegHoldChanged(message.channel.id, on=True) if message.channel else None


def _taken_back(message: AriMessage) -> Event | None:
    return events.LegHoldChanged(message.channel.id, on=False) if message.channel else None


def _transfer_asked(message: AriMessage) -> Event | None:
    """Decode a REFER. Asterisk sends the event again, with a state, after the answer; that one is ignored."""
    leg = message.referred_by.source_channel if message.referred_by else None
    if leg is None or message.state:
        return None
    wanted = message.refer_to.requested_destination if message.refer_to else None
    return events.ReferReceived(leg.id, wanted.destination if wanted and not wanted.protocol_id else "")


DIAL_STATUS: dict[str, type[events.LegRinging | events.LegProgress | events.LegAnswered]] = {
    "RINGING": events.LegRinging,
    "PROGRESS": events.LegProgress,
    "ANSWER": events.LegAnswered,
}

MEANINGS: dict[str, tuple[Meaning, ...]] = {
    "StasisStart": (_arrived,),
    "ChannelStateChange": (_state_changed,),
    "Dial": (_dial, _redirected),
    "ChannelEnteredBridge": (_joined,),
    "ChannelLeftBridge": (_left,),
    "StasisEnd": (_ended, _whisper_gone),
    "ChannelDialplan": (_in_dialplan,),
    "ChannelDestroyed": (_gone,),
    "BridgeDestroyed": (_bridge_gone,),
    "RecordingStarted": (_recording_started,),
    "RecordingFinished": (_recording_finished,),
    "RecordingFailed": (_recording_failed,),
    "PlaybackFinished": (_played,),
    "ChannelDtmfReceived": (_key_pressed,),
    "ChannelTalkingStarted": (_talking,),
    "ChannelHold": (_held,),
    "ChannelUnhold": (_taken_back,),
    "ChannelTransfer": (_transfer_asked,),
}
