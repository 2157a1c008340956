"""Each operation of ARI that Asterisk describes is played by the test world, or refused by its name with a reason."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest

from tools import ari_operations
from warmline.ari import Ari, AriError, connect, events, testing
from warmline.ari.operations import Api
from warmline.ari.testing import Party, World

SETTLE_SECONDS = 0.2  # of simulated time


class Stage(NamedTuple):
    """Two parties who talk in the bridge `b`, and a phone that can be called."""

    world: World
    ari: Ari
    api: Api
    ann: Party
    bob: Party
    phone: Party
    a: str
    b: str
    events: list[str]


def say(party: Party, text: str) -> bool:
    party.says(text)
    return True


Step = tuple[Callable[[Stage], Awaitable[Any]], Callable[[Stage, Any], object]]
STEPS: dict[str, Step] = {
    "applications.list": (
        lambda s: s.api.applications.list(),
        lambda s, answer: [item.name for item in answer] == [s.ari.name],
    ),
    "applications.get": (lambda s: s.api.applications.get(s.ari.name), lambda s, answer: s.a in answer.channel_ids),
    "applications.filter": (
        lambda s: s.api.applications.filter(s.ari.name, filter={"allowed": []}),
        lambda s, answer: answer.name == s.ari.name,
    ),
    "applications.subscribe": (
        lambda s: s.api.applications.subscribe(s.ari.name, event_source=["deviceState:Stasis:x", "channel:" + s.a]),
        lambda s, answer: answer.device_names == ("Stasis:x",),
    ),
    "deviceStates.update": (
        lambda s: s.api.device_states.update("Stasis:x", device_state="INUSE"),
        lambda s, _: "DeviceStateChanged" in s.events,
    ),
    "deviceStates.get": (lambda s: s.api.device_states.get("Stasis:x"), lambda s, answer: answer.state == "INUSE"),
    "deviceStates.list": (
        lambda s: s.api.device_states.list(),
        lambda s, answer: [item.name for item in answer] == ["Stasis:x"],
    ),
    "deviceStates.delete": (lambda s: s.api.device_states.delete("Stasis:x"), lambda s, _: True),
    "applications.unsubscribe": (
        lambda s: s.api.applications.unsubscribe(s.ari.name, event_source="deviceState:Stasis:x"),
        lambda s, answer: answer.device_names == (),
    ),
    "asterisk.getInfo": (
        lambda s: s.api.asterisk.get_info(only="system"),
        lambda s, answer: answer.system and not answer.build,
    ),
    "asterisk.ping": (lambda s: s.api.asterisk.ping(), lambda s, answer: answer.ping == "pong"),
    "asterisk.unloadModule": (lambda s: s.api.asterisk.unload_module("app_dial.so"), lambda s, _: True),
    "asterisk.listModules": (
        lambda s: s.api.asterisk.list_modules(),
        lambda s, answer: "app_dial.so" not in [item.name for item in answer],
    ),
    "asterisk.loadModule": (lambda s: s.api.asterisk.load_module("app_dial.so"), lambda s, _: True),
    "asterisk.getModule": (
        lambda s: s.api.asterisk.get_module("app_dial.so"),
        lambda s, answer: answer.status == "Running",
    ),
    "asterisk.reloadModule": (lambda s: s.api.asterisk.reload_module("res_pjsip.so"), lambda s, _: True),
    "asterisk.addLog": (lambda s: s.api.asterisk.add_log("extra", configuration="notice"), lambda s, _: True),
    "asterisk.rotateLog": (lambda s: s.api.asterisk.rotate_log("extra"), lambda s, _: True),
    "asterisk.listLogChannels": (
        lambda s: s.api.asterisk.list_log_channels(),
        lambda s, answer: answer[-1].configuration == "NOTICE",
    ),
    "asterisk.deleteLog": (lambda s: s.api.asterisk.delete_log("extra"), lambda s, _: True),
    "asterisk.setGlobalVar": (
        lambda s: s.api.asterisk.set_global_var(variable="COLOUR", value="blue"),
        lambda s, _: True,
    ),
    "asterisk.getGlobalVar": (
        lambda s: s.api.asterisk.get_global_var(variable="COLOUR"),
        lambda s, answer: answer.value == "blue",
    ),
    "asterisk.updateObject": (
        lambda s: s.api.asterisk.update_object("res_pjsip", "aor", "1000", fields={"max_contacts": "1"}),
        lambda s, answer: answer[0].value == "1",
    ),
    "asterisk.getObject": (
        lambda s: s.api.asterisk.get_object("res_pjsip", "aor", "1000"),
        lambda s, answer: answer[0].attribute == "max_contacts",
    ),
    "asterisk.deleteObject": (lambda s: s.api.asterisk.delete_object("res_pjsip", "aor", "1000"), lambda s, _: True),
    "mailboxes.update": (
        lambda s: s.api.mailboxes.update("1000", old_messages=1, new_messages=2),
        lambda s, _: True,
    ),
    "mailboxes.get": (
        lambda s: s.api.mailboxes.get("1000"),
        lambda s, answer: (answer.old_messages, answer.new_messages) == (1, 2),
    ),
    "mailboxes.list": (lambda s: s.api.mailboxes.list(), lambda s, answer: answer[0].name == "1000"),
    "mailboxes.delete": (lambda s: s.api.mailboxes.delete("1000"), lambda s, _: True),
    "sounds.list": (lambda s: s.api.sounds.list(), lambda s, answer: "own" in [item.id for item in answer]),
    "sounds.get": (lambda s: s.api.sounds.get("own"), lambda s, answer: answer.formats[0].language == "en"),
    "endpoints.list": (
        lambda s: s.api.endpoints.list(),
        lambda s, answer: [item.resource for item in answer] == ["1000"],
    ),
    "endpoints.listByTech": (lambda s: s.api.endpoints.list_by_tech("PJSIP"), lambda s, answer: len(answer) == 1),
    "endpoints.get": (lambda s: s.api.endpoints.get("PJSIP", "1000"), lambda s, answer: answer.state == "online"),
    "endpoints.sendMessage": (
        lambda s: s.api.endpoints.send_message(to="pjsip:1000", from_="me", body="hello"),
        lambda s, _: s.phone.messages == ["hello"],
    ),
    "endpoints.sendMessageToEndpoint": (
        lambda s: s.api.endpoints.send_message_to_endpoint("PJSIP", "1000", from_="me", body="you"),
        lambda s, _: s.phone.messages == ["hello", "you"],
    ),
    "endpoints.refer": (
        lambda s: s.api.endpoints.refer(to="pjsip:1000", from_="me", refer_to="1001"),
        lambda s, _: s.phone.redirected_to == "1001",
    ),
    "endpoints.referToEndpoint": (
        lambda s: s.api.endpoints.refer_to_endpoint("PJSIP", "1000", from_="me", refer_to="1002"),
        lambda s, _: s.phone.redirected_to == "1002",
    ),
    "events.userEvent": (
        lambda s: s.api.events.user_event("hello", application=s.ari.name, variables={"a": "b"}),
        lambda s, _: "ChannelUserevent" in s.events,
    ),
    "channels.list": (lambda s: s.api.channels.list(), lambda s, answer: {item.id for item in answer} == {s.a, s.b}),
    "channels.get": (lambda s: s.api.channels.get(s.a), lambda s, answer: answer.caller.number == s.ann.number),
    "channels.originate": (
        lambda s: s.api.channels.originate(endpoint="PJSIP/1000", app=s.ari.name, app_args="x", channel_id="o"),
        lambda s, _: s.phone.on_line,
    ),
    "channels.hangup": (lambda s: s.api.channels.hangup("o", reason="busy"), lambda s, _: s.phone.hung_up == "script"),
    "channels.originateWithId": (
        lambda s: s.api.channels.originate_with_id("p", endpoint="PJSIP/1000", context="sub", extension="1"),
        lambda s, _: s.phone.in_dialplan,
    ),
    "channels.create": (
        lambda s: s.api.channels.create(endpoint="PJSIP/1000", app=s.ari.name, channel_id="c"),
        lambda s, answer: answer.state == "Down" and s.phone.calls == 2,
    ),
    "channels.dial": (
        lambda s: s.api.channels.dial("c", timeout=9),
        lambda s, _: s.phone.on_line and s.phone.calls == 3,
    ),
    "channels.move": (
        lambda s: s.api.channels.move("c", app=s.ari.name, app_args="again"),
        lambda s, _: s.events[-2:] == ["StasisEnd", "StasisStart"],
    ),
    "channels.redirect": (
        lambda s: s.api.channels.redirect("c", endpoint="PJSIP/1001"),
        lambda s, _: (s.phone.redirected_to, s.phone.on_line) == ("PJSIP/1001", False),
    ),
    "channels.ring": (lambda s: s.api.channels.ring(s.a), lambda s, _: s.ann.heard[-1] == "ring"),
    "channels.ringStop": (lambda s: s.api.channels.ring_stop(s.a), lambda s, _: True),
    "channels.answer": (lambda s: s.api.channels.answer(s.a), lambda s, _: s.ann.answered),
    "channels.progress": (lambda s: s.api.channels.progress(s.a), lambda s, _: True),
    "channels.sendDTMF": (
        lambda s: s.api.channels.send_dtmf(s.a, dtmf="12"),
        lambda s, _: s.ann.heard[-1] == "keys 12",
    ),
    "channels.mute": (
        lambda s: s.api.channels.mute(s.a, direction="in"),
        lambda s, _: (s.ann.muted, s.bob.hears_from, s.ann.hears_from) == (True, [], [s.bob]),
    ),
    "channels.unmute": (lambda s: s.api.channels.unmute(s.a, direction="in"), lambda s, _: s.bob.hears_from == [s.ann]),
    "channels.hold": (lambda s: s.api.channels.hold(s.a), lambda s, _: s.ann.music == "default"),
    "channels.unhold": (lambda s: s.api.channels.unhold(s.a), lambda s, _: s.ann.music == ""),
    "channels.startMoh": (
        lambda s: s.api.channels.start_moh(s.a, moh_class="jazz"),
        lambda s, _: (s.ann.music, s.ann.hears_from, s.bob.hears_from) == ("jazz", [s.bob], [s.ann]),
    ),
    "channels.stopMoh": (
        lambda s: s.api.channels.stop_moh(s.a),
        lambda s, _: (s.ann.music, s.ann.hears_from) == ("", [s.bob]),
    ),
    "channels.startSilence": (lambda s: s.api.channels.start_silence(s.a), lambda s, _: True),
    "channels.stopSilence": (lambda s: s.api.channels.stop_silence(s.a), lambda s, _: True),
    "channels.setChannelVar": (
        lambda s: s.api.channels.set_channel_var(s.a, variable="COLOUR", value="blue"),
        lambda s, _: s.ann.variables["COLOUR"] == "blue",
    ),
    "channels.getChannelVar": (
        lambda s: s.api.channels.get_channel_var(s.a, variable="COLOUR"),
        lambda s, answer: answer.value == "blue",
    ),
    "channels.setChannelVars": (
        lambda s: s.api.channels.set_channel_vars(s.a, variables={"SIZE": {"value": "9"}}),
        lambda s, _: s.ann.variables["SIZE"] == "9",
    ),
    "channels.getChannelVars": (
        lambda s: s.api.channels.get_channel_vars(s.a, variables=["COLOUR", "SIZE"]),
        lambda s, answer: answer.variables == {"COLOUR": "blue", "SIZE": "9"},
    ),
    "channels.play": (
        lambda s: s.api.channels.play(s.a, media="sound:own", playback_id="p1"),
        lambda s, _: s.ann.heard[-1] == "own" and s.bob.heard == [],
    ),
    "channels.playWithId": (
        lambda s: s.api.channels.play_with_id(s.a, "p2", media=["number:1", "digits:2"]),
        lambda s, answer: answer.state == "queued" and s.ann.heard[-1] == "own",
    ),
    "playbacks.control": (lambda s: s.api.playbacks.control("p1", operation="pause"), lambda s, _: True),
    "playbacks.get": (lambda s: s.api.playbacks.get("p1"), lambda s, answer: answer.state == "paused"),
    "playbacks.stop": (lambda s: s.api.playbacks.stop("p1"), lambda s, _: s.ann.heard[-1] == "say number 1"),
    "channels.snoopChannel": (
        lambda s: s.api.channels.snoop_channel(s.a, app=s.ari.name, spy="in", snoop_id="s1"),
        lambda s, answer: answer.name.startswith("Snoop/"),
    ),
    "channels.snoopChannelWithId": (
        lambda s: s.api.channels.snoop_channel_with_id(s.a, "s2", app=s.ari.name, spy="both", whisper="out"),
        lambda s, _: True,
    ),
    "channels.record": (
        lambda s: s.api.channels.record("s2", name="r0", format="wav"),
        lambda s, _: (
            say(s.ann, "hm") and say(s.bob, "so") and s.world.recordings["r0"].heard == ["ann says hm", "bob says so"]
        ),
    ),
    "channels.externalMedia": (
        lambda s: s.api.channels.external_media(app=s.ari.name, external_host="bot:9", format="slin", channel_id="x"),
        lambda s, _: s.world.external_media[0].on_line,
    ),
    "bridges.list": (lambda s: s.api.bridges.list(), lambda s, answer: [item.id for item in answer] == ["b"]),
    "bridges.get": (lambda s: s.api.bridges.get("b"), lambda s, answer: answer.channels == (s.a, s.b)),
    "bridges.addChannel": (
        lambda s: s.api.bridges.add_channel("b", channel="x"),
        lambda s, _: s.world.external_media[0].hears_from == [s.ann, s.bob],
    ),
    "bridges.removeChannel": (
        lambda s: s.api.bridges.remove_channel("b", channel=["x"]),
        lambda s, _: s.world.external_media[0].hears_from == [],
    ),
    "bridges.setVideoSource": (
        lambda s: s.api.bridges.set_video_source("b", s.a),
        lambda s, _: "BridgeVideoSourceChanged" in s.events,
    ),
    "bridges.clearVideoSource": (lambda s: s.api.bridges.clear_video_source("b"), lambda s, _: True),
    "bridges.startMoh": (lambda s: s.api.bridges.start_moh("b"), lambda s, _: s.ann.music == s.bob.music == "default"),
    "bridges.stopMoh": (lambda s: s.api.bridges.stop_moh("b"), lambda s, _: s.ann.music == ""),
    "bridges.setBridgeVar": (lambda s: s.api.bridges.set_bridge_var("b", variable="A", value="1"), lambda s, _: True),
    "bridges.getBridgeVar": (
        lambda s: s.api.bridges.get_bridge_var("b", variable="A"),
        lambda s, answer: answer.value == "1",
    ),
    "bridges.setBridgeVars": (lambda s: s.api.bridges.set_bridge_vars("b", variables={"B": "2"}), lambda s, _: True),
    "bridges.getBridgeVars": (
        lambda s: s.api.bridges.get_bridge_vars("b", variables="A,B"),
        lambda s, answer: answer.variables == {"A": "1", "B": "2"},
    ),
    "bridges.record": (
        lambda s: s.api.bridges.record("b", name="r", format="wav"),
        lambda s, _: say(s.ann, "one") and s.world.recordings["r"].heard == ["ann says one"],
    ),
    "recordings.getLive": (lambda s: s.api.recordings.get_live("r"), lambda s, answer: answer.state == "recording"),
    "recordings.pause": (
        lambda s: s.api.recordings.pause("r"),
        lambda s, _: say(s.ann, "two") and len(s.world.recordings["r"].heard) == 1,
    ),
    "recordings.unpause": (
        lambda s: s.api.recordings.unpause("r"),
        lambda s, _: say(s.bob, "three") and s.world.recordings["r"].heard[-1] == "bob says three",
    ),
    "recordings.mute": (
        lambda s: s.api.recordings.mute("r"),
        lambda s, _: say(s.ann, "four") and len(s.world.recordings["r"].heard) == 2,
    ),
    "recordings.unmute": (
        lambda s: s.api.recordings.unmute("r"),
        lambda s, _: say(s.ann, "five") and len(s.world.recordings["r"].heard) == 3,
    ),
    "bridges.play": (
        lambda s: s.api.bridges.play("b", media="sound:own"),
        lambda s, _: s.ann.heard[-1] == s.bob.heard[-1] == s.world.recordings["r"].heard[-1] == "own",
    ),
    "bridges.playWithId": (
        lambda s: s.api.bridges.play_with_id("b", "p9", media="sound:own"),
        lambda s, answer: answer.target_uri == "bridge:b",
    ),
    "recordings.stop": (lambda s: s.api.recordings.stop("r"), lambda s, _: s.ann.recorded == s.bob.recorded == ["r"]),
    "recordings.listStored": (
        lambda s: s.api.recordings.list_stored(),
        lambda s, answer: [item.name for item in answer] == ["r0", "r"],
    ),
    "recordings.getStored": (lambda s: s.api.recordings.get_stored("r"), lambda s, answer: answer.format == "wav"),
    "recordings.getStoredFile": (
        lambda s: s.api.recordings.get_stored_file("r"),
        lambda s, answer: answer.startswith(b"RIFF") and len(answer) > 16_000 * s.world.recordings["r"].seconds,
    ),
    "recordings.copyStored": (
        lambda s: s.api.recordings.copy_stored("r", destination_recording_name="copy"),
        lambda s, _: s.world.recordings["copy"].heard == s.world.recordings["r"].heard,
    ),
    "recordings.deleteStored": (
        lambda s: s.api.recordings.delete_stored("copy"),
        lambda s, _: "copy" not in s.world.recordings,
    ),
    "recordings.cancel": (lambda s: s.api.recordings.cancel("r0"), lambda s, _: list(s.world.recordings) == ["r"]),
    "channels.continueInDialplan": (
        lambda s: s.api.channels.continue_in_dialplan(s.b, context="other", extension="1"),
        lambda s, _: s.bob.in_dialplan and s.ann.talking_with == [],
    ),
    "bridges.create": (
        lambda s: s.api.bridges.create(type="holding", bridge_id="h"),
        lambda s, answer: answer.bridge_type == "holding",
    ),
    "bridges.createWithId": (
        lambda s: s.api.bridges.create_with_id("b2", name="two", variables={"A": "3"}),
        lambda s, answer: answer.name == "two",
    ),
    "bridges.destroy": (lambda s: s.api.bridges.destroy("b"), lambda s, _: s.ann.on_line),
}
REFUSED: dict[str, Callable[[Stage], Awaitable[Any]]] = {
    "channels.rtpstatistics": lambda s: s.api.channels.rtpstatistics(s.a),
    "channels.transfer_progress": lambda s: s.api.channels.transfer_progress(s.a, states="channel_answered"),
    "events.claimChannel": lambda s: s.api.events.claim_channel(channel_id=s.a, application=s.ari.name),
}


async def test_each_operation_is_played_and_has_its_effect() -> None:
    async with testing.world(sounds=["own"]) as world, connect("survey") as ari:
        stage = await set_stage(world, ari)
        watch_task = asyncio.create_task(note_events(stage))
        for name, (call, has_effect) in STEPS.items():
            try:
                answer = await call(stage)
            except Exception as error:
                raise AssertionError(name) from error
            await asyncio.sleep(SETTLE_SECONDS)
            assert has_effect(stage, answer), f"{name}: {answer}"
        watch_task.cancel()


async def set_stage(world: World, ari: Ari) -> Stage:
    ann, bob = world.party("ann"), world.party("bob")
    phone = world.party("PJSIP/1000", answers_after=0.1)
    ids = [await call_party(ari, party) for party in (ann, bob)]
    await ari.api.bridges.create_with_id("b")
    await ari.api.bridges.add_channel("b", channel=ids)
    return Stage(world, ari, ari.api, ann, bob, phone, ids[0], ids[1], [])


async def call_party(ari: Ari, party: Party) -> str:
    starts = ari.events(events.StasisStart)
    await ari.api.channels.originate(endpoint=f"PJSIP/{party.number}", app=ari.name, app_args="x")
    return (await anext(starts)).channel.id


async def note_events(stage: Stage) -> None:
    async for event in stage.ari.events(events.Event):
        stage.events.append(type(event).__name__)


async def test_what_cannot_be_played_is_refused_by_name_and_answered_by_the_test() -> None:
    async with testing.world() as world, connect("survey") as ari:
        stage = await set_stage(world, ari)
        for name, call in REFUSED.items():
            with pytest.raises(AriError, match=f"does not play {name}: .*world.answers") as refusal:
                await call(stage)
            assert refusal.value.status == 501
        with pytest.raises(AriError, match="does not know the request GET nothing"):
            await ari.request("GET", "nothing")
        world.answers("GET", "channels/*/rtp_statistics", {"rtt": 0.02, "rxcount": 7})
        assert (await ari.api.channels.rtpstatistics(stage.a)).rxcount == 7


def test_each_operation_of_asterisk_is_in_the_table() -> None:
    recorded = {
        f"{resource}.{name}" for resource, operations in ari_operations.recorded().items() for name in operations
    }
    assert (STEPS.keys() | REFUSED.keys()) == recorded
