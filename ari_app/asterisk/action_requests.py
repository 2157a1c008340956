"""Each action of the core as the ARI requests that carry it out, one function for each."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from ari_app.asterisk import json_errors
from ari_app.asterisk.ari_client import LIMIT, AriClient, AriError
from ari_app.asterisk.ari_schemas import AriChannel
from warmline.core.model import actions

AGAIN, PAUSE = 0.3, 0.03  # seconds: how long a refusal is not believed, and until what was refused is asked again
PACKET_BEGUN = 0.005  # the same for what is to be muted: before a second packet of 20 ms is on it
NOT_YET, REFUSED = (409,), (409, 500, 503)  # of who has left Stasis, and of music that does not play, the first is true
REFERRED = 0.2  # seconds until Asterisk has nothing more to do with a REFER
ROOM_TYPE = "mixing,dtmf_events,proxy_media"
FALLBACK: dict[str, str | int] = {"context": "warmline-fallback-app", "extension": "s", "priority": 1}
EXIT: dict[str, str | int] = {"context": "warmline-exit", "extension": "s", "priority": 1}
# Nothing but an order ends a recording: no key, no length, no silence.
RECORDING: dict[str, str | int] = {
    "format": "wav",
    "ifExists": "fail",
    "maxDurationSeconds": 0,
    "maxSilenceSeconds": 0,
    "terminateOn": "none",
}


async def _open_room(client: AriClient, room: actions.CreateMixingBridge) -> None:
    await _bridge(client, room.bridge, ROOM_TYPE)


async def _open_spot(client: AriClient, spot: actions.CreateHoldingBridge) -> None:
    await _bridge(client, spot.bridge, "holding")
    await client.request("POST", "bridges", spot.bridge, "moh", query={"mohClass": spot.music})


async def _bridge(client: AriClient, bridge: str, kind: str) -> None:
    """Make it, if it is not there yet."""
    try:
        await client.request("POST", "bridges", bridge, query={"type": kind, "name": client.app}, quick=True)
    except AriError as error:
        if error.status != 409:
            raise


async def _close_bridge(client: AriClient, close: actions.DestroyBridge) -> None:
    await client.request("DELETE", "bridges", close.bridge, quick=True)


async def _answer(client: AriClient, answer: actions.AnswerLeg) -> None:
    """Who cannot be answered is hung up: not because Asterisk has too much to do, or takes no connection, for a moment.

    What cannot be sent is tried for as long as an answer would be waited for.
    """
    until = asyncio.get_running_loop().time() + LIMIT
    while True:
        try:
            return await _again(lambda: client.request("POST", "channels", answer.leg, "answer"), REFUSED)
        except AriError as error:
            if error.status or asyncio.get_running_loop().time() >= until:
                raise
        await asyncio.sleep(AGAIN)


async def _progress(client: AriClient, progress: actions.SendProgress) -> None:
    await client.request("POST", "channels", progress.leg, "progress")


async def _join(client: AriClient, join: actions.AddToBridge) -> None:
    # Without the second, a line that is dialled from a room of two is shown the other party's number, not ours.
    query = {"channel": join.leg, "inhibitConnectedLineUpdates": "true"}
    await client.request("POST", "bridges", join.bridge, "addChannel", query=query)


async def _take_out(client: AriClient, out: actions.RemoveFromBridge) -> None:
    await client.request("POST", "bridges", out.bridge, "removeChannel", query={"channel": out.leg}, quick=True)


async def _silence(client: AriClient, silence: actions.PlaySilence) -> None:
    # On goes the way of the Join. Late, after off and a Join, it would let him hear nobody.
    method = "POST" if silence.on else "DELETE"
    await client.request(method, "channels", silence.leg, "silence", quick=not silence.on)


async def _deafen(client: AriClient, deafen: actions.MuteOutbound) -> None:
    # ARI's own mute is refused (412) on a leg that has not answered; the dialplan function is not.
    value = {"variable": "MUTEAUDIO(out)", "value": "on" if deafen.on else "off"}
    await client.request("POST", "channels", deafen.leg, "variable", query=value)


async def _mute(client: AriClient, mute: actions.MuteInbound) -> None:
    # Like ARI's own mute it sends nothing at all to the only one who listens: the room plays silence for him meanwhile.
    value = {"variable": "MUTEAUDIO(in)", "value": "on" if mute.on else "off"}
    await client.request("POST", "channels", mute.leg, "variable", query=value)


async def _make_leg(client: AriClient, leg: actions.CreateChannel) -> None:
    variables = {"WARMLINE_CALL": leg.call}
    if leg.caller:
        variables["CONNECTEDLINE(num,i)"] = leg.caller
    if leg.name:
        variables["CONNECTEDLINE(name,i)"] = leg.name
    if leg.endpoint.startswith("PJSIP/"):
        variables["PJSIP_TRANSFER_HANDLING()"] = "ari-only"
        for header in leg.headers:
            name, _, text = header.partition(":")
            variables[f"PJSIP_HEADER(add,{name})"] = text.strip()
    query = {"endpoint": leg.endpoint, "app": client.app, "appArgs": "made", "channelId": leg.leg}
    try:
        await client.request("POST", "channels", "create", query=query, body={"variables": variables}, dial=True)
    except AriError as error:
        if error.status not in (409, 500):
            raise
        # With an id of ours Asterisk says of any channel it cannot make that it "already exists".
        if not await _exists(client, leg.leg):
            raise AriError(error.status, f"Asterisk knows no way to {leg.endpoint}") from None


async def _exists(client: AriClient, leg: str) -> bool:
    try:
        await client.request("GET", "channels", leg)
    except AriError:
        return False
    return True


async def _dial(client: AriClient, dial: actions.DialLeg) -> None:
    await client.request("POST", "channels", dial.leg, "dial", query={"timeout": dial.timeout}, dial=True)


async def _hangup(client: AriClient, hangup: actions.HangUpLeg) -> None:
    await client.request("DELETE", "channels", hangup.leg, quick=True)


async def _to_fallback(client: AriClient, fallback: actions.ContinueInFallback) -> None:
    foreign = fallback.next if fallback.next is not None else not await _is_ours(client, fallback.leg)
    place = {} if foreign else FALLBACK
    await _again(lambda: to_fallback(client, fallback.leg, fallback.reason, place), NOT_YET)


async def _is_ours(client: AriClient, leg: str) -> bool:
    """Whether our dialplan has given the channel a call's id. Raises AriError."""
    channel = json_errors.read(await client.request("GET", "channels", leg), AriChannel)
    return bool(channel.channelvars.get("WARMLINE_CALL"))


async def to_fallback(
    client: AriClient, leg: str, reason: str, place: Mapping[str, str | int] = MappingProxyType(FALLBACK)
) -> None:
    """Give a call back to the dialplan, at the fallback or another `place`. Raises AriError."""
    await client.request("POST", "channels", leg, "variable", query={"variable": "WARMLINE_REASON", "value": reason})
    await client.request("POST", "channels", leg, "continue", query=place)


async def _to_dialplan(client: AriClient, to: actions.ContinueInDialplan) -> None:
    # By way of a context that sees whether it is there: of a place that is not, Asterisk would hang him up.
    place = {"variable": "WARMLINE_GOTO", "value": f"{to.context},{to.exten},1"}
    await client.request("POST", "channels", to.leg, "variable", query=place)
    await _again(lambda: client.request("POST", "channels", to.leg, "continue", query=EXIT), NOT_YET)


async def _answer_transfer(client: AriClient, transfer: actions.AnswerRefer) -> None:
    """Not at once: an Asterisk that is answered while it still tells of the REFER crashes (22.10.1: one in four)."""
    await asyncio.sleep(REFERRED)
    states = {"states": f"channel_{transfer.answer}"}
    await client.request("POST", "channels", transfer.leg, "transfer_progress", query=states)


async def _play(client: AriClient, play: actions.Play) -> None:
    where = ("channels", play.leg, "play", *((play.play,) if play.play else ()))
    # What can be stopped goes the way of its StopPlay, and of the Join after that: neither may overtake it.
    await client.request("POST", *where, body={"media": _media(play.media)}, quick=not play.play, once=True)


def _media(text: str) -> list[str]:
    """Several names, one after the other, as VICIdial writes them."""
    kind, _, names = text.partition(":")
    return [f"{kind}:{name}" for name in names.split("|")]


async def _stop_play(client: AriClient, stop: actions.StopPlay) -> None:
    await _end(client, stop.play)


async def _play_tone(client: AriClient, tone: actions.PlayBridgeAudio) -> None:
    # In the body: a comma in a query would end the first of several media.
    await client.request("POST", "bridges", tone.bridge, "play", tone.tone, body={"media": _media(tone.media)})


async def _pause_tone(client: AriClient, pause: actions.PauseBridgeAudio) -> None:
    operation = {"operation": "pause" if pause.on else "unpause"}
    await _again(lambda: client.request("POST", "playbacks", pause.tone, "control", query=operation), NOT_YET)


async def _stop_tone(client: AriClient, stop: actions.StopBridgeAudio) -> None:
    await _end(client, stop.tone)


async def _end(client: AriClient, play: str) -> None:
    """Asterisk now and then "could not" (500), of what has just begun; who is to join a room would wait for its end."""
    await _again(lambda: client.request("DELETE", "playbacks", play), REFUSED)


async def _room_music(client: AriClient, room: actions.PlayBridgeMusic) -> None:
    await client.request("POST", "bridges", room.bridge, "moh", query={"mohClass": room.music})


async def _stop_music(client: AriClient, stop: actions.StopBridgeMusic) -> None:
    await _again(lambda: client.request("DELETE", "bridges", stop.bridge, "moh"), NOT_YET)


async def _play_hold_music(client: AriClient, music: actions.PlayHoldMusic) -> None:
    """In place of the music of a hold that Asterisk has passed on: both would end with it when the room is mixed.

    It goes the way of the Join, and so does its end: the leg would hear nobody where it came to.
    """
    await client.request("DELETE", "channels", music.leg, "hold")
    await client.request("POST", "channels", music.leg, "moh", query={"mohClass": music.music})


async def _stop_hold_music(client: AriClient, stop: actions.StopHoldMusic) -> None:
    await client.request("DELETE", "channels", stop.leg, "moh")


async def _whisper(client: AriClient, whisper: actions.CreateWhisperLeg) -> None:
    query = {"whisper": "out", "app": client.app, "appArgs": "whisper"}
    await client.request("POST", "channels", whisper.to, "snoop", whisper.leg, query=query, quick=True, once=True)


async def _snoop(client: AriClient, snoop: actions.CreateSnoopLeg) -> None:
    query = {"spy": "both", "whisper": snoop.whisper, "app": client.app, "appArgs": "whisper"}
    await client.request("POST", "channels", snoop.to, "snoop", snoop.leg, query=query)


async def _record(client: AriClient, record: actions.StartRecording) -> None:
    """Begin one; a moment's refusal must not end a recording, nor the mixing in a room where this follows another."""
    # A bridge's events come while a leg of ours is in it; the end of a recording may come after that.
    subscription = {"eventSource": f"bridge:{record.bridge}"}
    query = {"name": record.name, **RECORDING}
    await _again(
        lambda: client.request("POST", "applications", client.app, "subscription", query=subscription), REFUSED
    )
    await _again(lambda: client.request("POST", "bridges", record.bridge, "record", query=query), REFUSED)


async def _stop_record(client: AriClient, stop: actions.StopRecording) -> None:
    await client.request("POST", "recordings", "live", stop.name, "stop")


async def _mute_record(client: AriClient, mute: actions.MuteRecording) -> None:
    """What is muted must not get into a recording that was asked for a moment ago.

    Asterisk records again what it is asked to mute a second time (22.10.1), but may be asked to unmute at any time.
    """
    where = ("recordings", "live", mute.name, "mute")
    await _again(lambda: client.request("DELETE", *where), NOT_YET, PACKET_BEGUN)
    if mute.on:
        await client.request("POST", *where)


async def _again(ask: Callable[[], Awaitable[object]], refusals: tuple[int, ...], pause: float = PAUSE) -> None:
    """Ask again for a third of a second while it is answered so."""
    for tries_left in reversed(range(round(AGAIN / pause))):
        try:
            await ask()
        except AriError as error:
            if error.status not in refusals or not tries_left:
                raise
            await asyncio.sleep(pause)
        else:
            return


REQUESTS: dict[type[Any], Callable[[AriClient, Any], Awaitable[None]]] = {
    actions.CreateMixingBridge: _open_room,
    actions.CreateHoldingBridge: _open_spot,
    actions.DestroyBridge: _close_bridge,
    actions.AnswerLeg: _answer,
    actions.SendProgress: _progress,
    actions.AddToBridge: _join,
    actions.RemoveFromBridge: _take_out,
    actions.PlaySilence: _silence,
    actions.MuteOutbound: _deafen,
    actions.MuteInbound: _mute,
    actions.CreateChannel: _make_leg,
    actions.DialLeg: _dial,
    actions.HangUpLeg: _hangup,
    actions.ContinueInFallback: _to_fallback,
    actions.ContinueInDialplan: _to_dialplan,
    actions.AnswerRefer: _answer_transfer,
    actions.Play: _play,
    actions.StopPlay: _stop_play,
    actions.PlayBridgeAudio: _play_tone,
    actions.PauseBridgeAudio: _pause_tone,
    actions.StopBridgeAudio: _stop_tone,
    actions.PlayBridgeMusic: _room_music,
    actions.StopBridgeMusic: _stop_music,
    actions.PlayHoldMusic: _play_hold_music,
    actions.StopHoldMusic: _stop_hold_music,
    actions.CreateWhisperLeg: _whisper,
    actions.CreateSnoopLeg: _snoop,
    actions.StartRecording: _record,
    actions.StopRecording: _stop_record,
    actions.MuteRecording: _mute_record,
}
