"""The ARI requests of each action of the core, one function per action."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from ari_app.asterisk import detection_requests, lead_requests
from ari_app.asterisk.ari_schemas import AriChannel
from ari_app.asterisk.fallback_requests import FALLBACK, to_fallback
from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.ari.client.request_timeout import REQUEST_TIMEOUT_SECONDS
from warmline.core.calls import after_call
from warmline.core.messages import actions
from warmline.core.messages.dialler_messages import (
    DETECTION_CONTEXT,
    SILENCE_CONTEXT,
    CreateDetector,
    DetectTalking,
    OriginateToDialplan,
)
from warmline.core.messages.leg_messages import MoveIntoStasis
from warmline.core.model.bridge_names import to_mixing_call_id
from warmline.core.rules import reasons

AGAIN, PAUSE = 0.3, 0.03  # seconds that a refused request is repeated, and seconds between two tries
PACKET_BEGUN = 0.005  # seconds between two tries of a mute; under 20 ms, so that at most one packet is recorded
NOT_YET, REFUSED = (409,), (409, 500, 503)  # 409 is final for a leg that left Stasis, and for music that does not play
REFERRED = 0.2  # seconds until Asterisk has finished its own handling of a REFER
NEXT_PACKET = 0.03  # seconds until Asterisk makes another packet of hold music; it makes one each 20 ms
ROOM_TYPE = "mixing,dtmf_events,proxy_media"
EXIT: dict[str, str | int] = {"context": "warmline-exit", "extension": "s", "priority": 1}
# The other half of this channel runs the context, and hangs up without an answer.
HANDOFF: dict[str, str | int] = {
    "endpoint": "Local/s@warmline-handoff-move/n",
    "context": "warmline-handoff-move",
    "extension": "h",
    "priority": 1,
}
OWN_CONTEXTS = (after_call.AFTER_CALL_CONTEXT, DETECTION_CONTEXT, SILENCE_CONTEXT)  # extensions are calls
# Only StopRecording ends a recording: no key, no maximum length, no silence.
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
    """Create a bridge, unless it already exists."""
    try:
        await client.request("POST", "bridges", bridge, query={"type": kind, "name": client.app}, over_stream=True)
    except AriError as error:
        if error.status != 409:
            raise


async def _close_bridge(client: AriClient, close: actions.DestroyBridge) -> None:
    await client.request("DELETE", "bridges", close.bridge, over_stream=True)


async def _answer(client: AriClient, answer: actions.AnswerLeg) -> None:
    """Answer a leg. The core hangs up a leg that cannot be answered, so brief overload of Asterisk is retried.

    A request that could not be sent is retried for as long as an answer would be awaited.
    """
    until = asyncio.get_running_loop().time() + REQUEST_TIMEOUT_SECONDS
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
    # Without inhibitConnectedLineUpdates, a leg dialled from a bridge of two shows the other party's number, not
    # the configured caller id.
    query = {"channel": join.leg, "inhibitConnectedLineUpdates": "true"}
    if join.absorb:
        query["absorbDTMF"] = "true"
    await client.request("POST", "bridges", join.bridge, "addChannel", query=query)


async def _move_in(client: AriClient, move: MoveIntoStasis) -> None:
    """Let Warmline's dialplan redirect both legs; their ends are reported from now on.

    `adopted_leg_join` joins them when they come. An ARI application gives them up in the same way.
    """
    if move.app and not await _has_handoff(client, move.customer):
        raise AriError(404, "handoff_missing", "{why}", why=reasons.LEGS_NOT_MOVED.text())
    for leg in (move.customer, move.agent_leg):
        source = {"eventSource": f"channel:{leg}"}
        await client.request("POST", "applications", client.app, "subscription", query=source)
    call = to_mixing_call_id(move.bridge)
    if move.app:
        ways = (
            (move.customer, "warmline-handoff-customer", call),
            (move.agent_leg, "warmline-handoff-agent", move.customer),
        )
        moves = [_continue_at(client, leg, context, extension) for leg, context, extension in ways]
        failures = [one for one in await asyncio.gather(*moves, return_exceptions=True) if one]
        if len(failures) == len(ways):
            raise failures[0]
        return
    variables = {"WARMLINE_CUSTOMER_LEG": move.customer, "WARMLINE_AGENT_LEG": move.agent_leg, "WARMLINE_CALL": call}
    # From its originator, the new channel has the linkedid of the conversation, which the dialplan needs.
    query = HANDOFF | {"originator": move.agent_leg}
    await client.request("POST", "channels", query=query, body={"variables": variables}, is_dial=True)


async def _has_handoff(client: AriClient, leg: str) -> bool:
    """Return whether the dialplan takes the legs of an ARI application; without it, Asterisk would hang them up."""
    query = {"variable": "DIALPLAN_EXISTS(warmline-handoff-customer,1,1)"}
    answer = await client.request("GET", "channels", leg, "variable", query=query)
    return json_errors.read(answer, dict[str, str]).get("value") == "1"


async def _continue_at(client: AriClient, leg: str, context: str, extension: str) -> None:
    query: dict[str, str | int] = {"context": context, "extension": extension, "priority": 1}
    await client.request("POST", "channels", leg, "continue", query=query)


async def _take_out(client: AriClient, out: actions.RemoveFromBridge) -> None:
    await client.request("POST", "bridges", out.bridge, "removeChannel", query={"channel": out.leg}, over_stream=True)


async def _silence(client: AriClient, silence: actions.PlaySilence) -> None:
    # "On" uses the same connection as AddToBridge, so that their order is kept. If it arrived after "off" and a join,
    # the leg would hear silence only.
    method = "POST" if silence.on else "DELETE"
    await client.request(method, "channels", silence.leg, "silence", over_stream=not silence.on)


async def _deafen(client: AriClient, deafen: actions.MuteOutbound) -> None:
    # ARI's own mute is refused (412) on a leg that has not answered; the dialplan function is not.
    value = {"variable": "MUTEAUDIO(out)", "value": "on" if deafen.on else "off"}
    await client.request("POST", "channels", deafen.leg, "variable", query=value)


async def _mute(client: AriClient, mute: actions.MuteInbound) -> None:
    # Like ARI's own mute, this sends no packets at all to a single listener. The bridge then plays silence to them.
    value = {"variable": "MUTEAUDIO(in)", "value": "on" if mute.on else "off"}
    await client.request("POST", "channels", mute.leg, "variable", query=value)


async def _make_leg(client: AriClient, leg: actions.CreateChannel) -> None:
    # Two underlines: the other half of a Local channel and what it dials inherit the variable.
    variables = {"WARMLINE_CALL": leg.call} | {f"__{name}": value for name, value in leg.variables}
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
        await client.request("POST", "channels", "create", query=query, body={"variables": variables}, is_dial=True)
    except AriError as error:
        if error.status not in (409, 500):
            raise
        # If Asterisk cannot create a channel with a given id, it always answers that the id "already exists".
        if not await _exists(client, leg.leg):
            raise AriError(
                error.status, "endpoint_without_way", "Asterisk knows no way to {endpoint}", endpoint=leg.endpoint
            ) from None


async def _exists(client: AriClient, leg: str) -> bool:
    try:
        await client.request("GET", "channels", leg)
    except AriError:
        return False
    return True


async def _dial(client: AriClient, dial: actions.DialLeg) -> None:
    await client.request("POST", "channels", dial.leg, "dial", query={"timeout": dial.timeout}, is_dial=True)


async def _hangup(client: AriClient, hangup: actions.HangUpLeg) -> None:
    query = {"reason": "answered_elsewhere"} if hangup.answered_elsewhere else None
    await client.request("DELETE", "channels", hangup.leg, query=query, over_stream=True)


async def _to_fallback(client: AriClient, fallback: actions.ContinueInFallback) -> None:
    foreign = fallback.next if fallback.next is not None else not await _is_ours(client, fallback.leg)
    place = {} if foreign else FALLBACK
    await _again(lambda: to_fallback(client, fallback.leg, fallback.reason, place), NOT_YET)


async def _is_ours(client: AriClient, leg: str) -> bool:
    """Return whether Warmline's dialplan set a call id on the channel. Raises AriError."""
    channel = json_errors.read(await client.request("GET", "channels", leg), AriChannel)
    return bool(channel.channelvars.get("WARMLINE_CALL"))


async def _to_dialplan(client: AriClient, to: actions.ContinueInDialplan) -> None:
    place = EXIT
    if to.context in OWN_CONTEXTS:
        # After a variable by ARI, Asterisk 22.10.1 blocks DB(), SHELL() and others on the channel for its whole life.
        place = {"context": to.context, "extension": to.exten, "priority": 1}
    else:
        # The context warmline-exit checks the destination. If it does not exist, Asterisk would hang up the caller.
        for name, value in (("REASON", to.reason), ("GOTO", f"{to.context},{to.exten},1")):
            variable = {"variable": f"WARMLINE_{name}", "value": value}
            await client.request("POST", "channels", to.leg, "variable", query=variable)
    await _again(lambda: client.request("POST", "channels", to.leg, "continue", query=place), NOT_YET)


async def _answer_transfer(client: AriClient, transfer: actions.AnswerRefer) -> None:
    """Answer a REFER after a pause, because Asterisk 22.10.1 can crash if the answer comes too early."""
    await asyncio.sleep(REFERRED)
    states = {"states": f"channel_{transfer.answer}"}
    await client.request("POST", "channels", transfer.leg, "transfer_progress", query=states)


async def _play(client: AriClient, play: actions.Play) -> None:
    where = ("channels", play.leg, "play", *((play.play,) if play.play else ()))
    # A playback that can be stopped uses HTTP, as its StopPlay and the next join do. None of them overtakes another.
    await client.request(
        "POST", *where, body={"media": _media(play.media)}, over_stream=not play.play, never_repeated=True
    )


def _media(text: str) -> list[str]:
    """Split a media URI with several names into one URI per name; VICIdial separates the names with "|"."""
    kind, _, names = text.partition(":")
    return [f"{kind}:{name}" for name in names.split("|")]


async def _stop_play(client: AriClient, stop: actions.StopPlay) -> None:
    await _end(client, stop.play)


async def _play_tone(client: AriClient, tone: actions.PlayBridgeAudio) -> None:
    # The media are in the body because a comma in the query would separate them.
    await client.request("POST", "bridges", tone.bridge, "play", tone.tone, body={"media": _media(tone.media)})


async def _pause_tone(client: AriClient, pause: actions.PauseBridgeAudio) -> None:
    operation = {"operation": "pause" if pause.on else "unpause"}
    await _again(lambda: client.request("POST", "playbacks", pause.tone, "control", query=operation), NOT_YET)


async def _stop_tone(client: AriClient, stop: actions.StopBridgeAudio) -> None:
    await _end(client, stop.tone)


async def _end(client: AriClient, play: str) -> None:
    """Stop a playback. Asterisk sometimes refuses (500) just after its start, so the request is retried.

    Legs that join the bridge would otherwise wait for the end of the playback.
    """
    await _again(lambda: client.request("DELETE", "playbacks", play), REFUSED)


async def _room_music(client: AriClient, room: actions.PlayBridgeMusic) -> None:
    await client.request("POST", "bridges", room.bridge, "moh", query={"mohClass": room.music})


async def _stop_music(client: AriClient, stop: actions.StopBridgeMusic) -> None:
    await _again(lambda: client.request("DELETE", "bridges", stop.bridge, "moh"), NOT_YET)


async def _play_hold_music(client: AriClient, music: actions.PlayHoldMusic) -> None:
    """Replace the hold music that Asterisk passed on, which would end when the bridge is mixed.

    This request and its end use the same connection as a join. Otherwise the leg could join and hear nothing.
    """
    await client.request("DELETE", "channels", music.leg, "hold")
    await client.request("POST", "channels", music.leg, "moh", query={"mohClass": music.music})


async def _stop_hold_music(client: AriClient, stop: actions.StopHoldMusic) -> None:
    """Stop it with two equal requests, one packet apart.

    Asterisk 22.10.1 ignores an end that comes while it makes a packet of the music. The party then hears music until
    the next request for the channel. Of 196 single ends in a bridge, one was ignored.
    """
    await client.request("DELETE", "channels", stop.leg, "moh")
    await asyncio.sleep(NEXT_PACKET)
    await client.request("DELETE", "channels", stop.leg, "moh")


async def _whisper(client: AriClient, whisper: actions.CreateWhisperLeg) -> None:
    query = {"whisper": "out", "app": client.app, "appArgs": "whisper"}
    await client.request(
        "POST", "channels", whisper.to, "snoop", whisper.leg, query=query, over_stream=True, never_repeated=True
    )


async def _snoop(client: AriClient, snoop: actions.CreateSnoopLeg) -> None:
    query = {"spy": "both", "whisper": snoop.whisper, "app": client.app, "appArgs": "whisper"}
    await client.request("POST", "channels", snoop.to, "snoop", snoop.leg, query=query)


async def _record(client: AriClient, record: actions.StartRecording) -> None:
    """Start a recording; brief refusals are retried, because the recording or its mixing would otherwise be lost."""
    # Asterisk sends a bridge's events only while a Stasis leg is in it. The end of a recording may come later, so the
    # app subscribes to the bridge.
    subscription = {"eventSource": f"bridge:{record.bridge}"}
    query = {"name": record.name, **RECORDING}
    await _again(
        lambda: client.request("POST", "applications", client.app, "subscription", query=subscription), REFUSED
    )
    await _again(lambda: client.request("POST", "bridges", record.bridge, "record", query=query), REFUSED)


async def _stop_record(client: AriClient, stop: actions.StopRecording) -> None:
    await client.request("POST", "recordings", "live", stop.name, "stop")


async def _mute_record(client: AriClient, mute: actions.MuteRecording) -> None:
    """Mute or unmute a recording, even one that was requested just before.

    Asterisk 22.10.1 unmutes a recording that is muted twice. An unmute is accepted at any time, so it is sent first.
    """
    where = ("recordings", "live", mute.name, "mute")
    await _again(lambda: client.request("DELETE", *where), NOT_YET, PACKET_BEGUN)
    if mute.on:
        await client.request("POST", *where)


async def _again(ask: Callable[[], Awaitable[object]], refusals: tuple[int, ...], pause: float = PAUSE) -> None:
    """Send a request again, for up to a third of a second, while Asterisk answers with one of `refusals`."""
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
    MoveIntoStasis: _move_in,
    actions.RemoveFromBridge: _take_out,
    actions.PlaySilence: _silence,
    actions.MuteOutbound: _deafen,
    actions.MuteInbound: _mute,
    actions.CreateChannel: _make_leg,
    actions.DialLeg: _dial,
    OriginateToDialplan: lead_requests.originate,
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
    CreateDetector: detection_requests.listen,
    DetectTalking: detection_requests.detect_talking,
    actions.StartRecording: _record,
    actions.StopRecording: _stop_record,
    actions.MuteRecording: _mute_record,
}
