"""The world of `warmline.ari.testing` answers as Asterisk does, and sends the same events in the same order."""

import asyncio
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.asterisk import private
from warmline.ari import Ari, AriError, Channel, ChannelGone, DialOutcome, NotPlayed, connect, events, testing
from warmline.ari.testing import simulated_playbacks
from warmline.ari.testing.simulated_things import SimulatedChannel
from warmline.system import settings
from warmline.system.settings import Settings

ONE, OTHER = "8005550123", "8005550124"
EVENT_SECONDS = 5.0  # in which Asterisk sends the events of a request
SETTLE_SECONDS = 1.2  # of simulated time, in which the world does so
NUMBERS = ("first", "second", "third", "busy", "rings")
DIALPLAN = """
[parties]
exten => first,1,Goto(answers,1)
exten => second,1,Goto(answers,1)
exten => answers,1,Wait(0.1)
 same => n,Ringing()
 same => n,Wait(0.1)
 same => n,Answer()
 same => n,Wait(60)
exten => busy,1,Wait(0.1)
 same => n,Busy(1)
exten => rings,1,Wait(0.1)
 same => n,Ringing()
 same => n,Wait(60)
exten => arrive,1,Stasis(script-survey,blue)
 same => n,Wait(60)
[default]
exten => s,1,Wait(60)
"""
CALL = "app=script-survey appArgs=blue"
TABLES = {
    "calls": f"""
        POST channels/@A endpoint=Local/first@parties {CALL}
        POST channels/@A endpoint=Local/second@parties {CALL}
        POST channels/@B endpoint=nothing {CALL}
        POST channels/@B {CALL}
        POST channels/@B endpoint=Local/second@parties
        POST channels/@F endpoint=Local/busy@parties {CALL}
        POST channels/@G endpoint=Local/rings@parties timeout=1 {CALL}
        POST channels/@B endpoint=Local/rings@parties {CALL}
        POST channels/@B/answer
        DELETE channels/@B
        DELETE channels/@B
        POST channels/create channelId=@C endpoint=Local/second@parties app=script-survey
        POST channels/create channelId=@C endpoint=Local/second@parties app=script-survey
        POST channels/@C/play media=sound:beep
        POST channels/@C/dial timeout=10
        POST channels/@C/dial timeout=10
        DELETE channels/@C reason=busy reason_code=17
        DELETE channels/@C reason=nonsense
        DELETE channels/@C reason=busy
        POST channels/create channelId=@D endpoint=Local/busy@parties app=script-survey
        POST channels/@D/dial timeout=10
        POST channels/create channelId=@E endpoint=Local/rings@parties app=script-survey
        POST channels/@E/dial timeout=1
        POST channels/@A/move app=script-survey appArgs=again
        POST channels/@A/move app=nobody
        POST channels/@A/redirect endpoint=PJSIP/1
        POST channels/@A/redirect endpoint=PJSIP
        POST channels/@A/redirect
        POST channels/@A/continue context=default extension=s
        POST channels/@A/answer
        DELETE channels/@A
        POST channels/nobody/answer
        POST channels/nobody/continue
    """,
    "what is done with a channel": f"""
        POST channels/@A endpoint=Local/first@parties {CALL}
        POST channels/@A/answer
        POST channels/@A/ring
        DELETE channels/@A/ring
        POST channels/@A/progress
        POST channels/@A/hold
        DELETE channels/@A/hold
        POST channels/@A/moh
        DELETE channels/@A/moh
        DELETE channels/@A/moh
        POST channels/@A/silence
        DELETE channels/@A/silence
        POST channels/@A/dtmf
        POST channels/@A/mute
        POST channels/@A/mute direction=inn
        POST channels/@A/mute direction=both
        DELETE channels/@A/mute direction=in
        GET channels/@A/variable
        GET channels/@A/variable variable=COLOUR
        POST channels/@A/variable
        POST channels/@A/variable variable=COLOUR value=blue
        GET channels/@A/variable variable=COLOUR
        GET channels/@A/variable variable=CHANNEL(state)
        GET channels/@A/variable variable=NOTHING(x)
        GET channels/@A/variables
        GET channels/@A/variables variables=COLOUR,SIZE
        GET channels/@A/variables variables=COLOUR
        GET channels/nobody/variable variable=COLOUR
        POST channels/nobody/variable variable=COLOUR
        GET channels/nobody
    """,
    "bridges": f"""
        POST channels/@A endpoint=Local/first@parties {CALL}
        POST channels/@B endpoint=Local/second@parties {CALL}
        POST bridges/@M type=mixing name=m
        POST bridges/@M type=mixing
        POST bridges type=mixing bridgeId=@M
        POST bridges/@H type=holding
        POST bridges/@N type=nonsense
        POST bridges/@M/addChannel
        POST bridges/@M/addChannel channel=nobody
        POST bridges/nothing/addChannel channel=@A
        POST bridges/@M/addChannel channel=@A
        POST bridges/@M/addChannel channel=@B mute=true
        POST bridges/@M/addChannel channel=@B
        POST bridges/@H/addChannel channel=@B role=announcer
        POST bridges/@H/removeChannel channel=@A
        POST bridges/@H/removeChannel channel=nobody
        POST bridges/@H/removeChannel channel=@B
        POST bridges/@M/addChannel channel=@B
        POST bridges/@M/videoSource/@A
        POST bridges/@H/videoSource/@A
        POST bridges/@M/videoSource/nobody
        DELETE bridges/@M/videoSource
        DELETE bridges/@H/moh
        POST bridges/@H/moh
        DELETE bridges/@H/moh
        DELETE bridges/nothing/moh
        GET bridges/@M/variable variable=COLOUR
        POST bridges/@M/variable variable=COLOUR value=blue
        GET bridges/@M/variable variable=COLOUR
        GET bridges/@M/variables variables=COLOUR
        POST channels/@A/record name=a format=wav
        DELETE channels/@B
        DELETE bridges/@M
        DELETE bridges/@M
        GET bridges/@M
    """,
    "recordings": f"""
        POST channels/@A endpoint=Local/first@parties {CALL}
        POST bridges/@M type=mixing
        POST channels/@A/record name=r1 format=wav terminateOn=12
        POST channels/@A/record name=r1 format=wav ifExists=nonsense
        POST channels/@A/record name=r1 format=nonsense
        POST channels/@A/record name=r1 format=wav maxDurationSeconds=-1
        POST channels/nobody/record name=r1 format=wav
        POST channels/@A/record name=r1 format=wav
        POST channels/@A/record name=r1 format=wav
        POST bridges/@M/addChannel channel=@A
        GET recordings/live/r1
        POST recordings/live/r1/pause
        GET recordings/live/r1
        POST recordings/live/r1/pause
        POST recordings/live/r1/mute
        DELETE recordings/live/r1/mute
        DELETE recordings/live/r1/pause
        DELETE recordings/live/r1/pause
        POST recordings/live/r1/stop
        GET recordings/stored/r1
        GET recordings/stored/nothing
        POST recordings/stored/r1/copy destinationRecordingName=r2
        POST recordings/stored/r1/copy destinationRecordingName=r2
        POST recordings/stored/nothing/copy destinationRecordingName=r3
        DELETE recordings/stored/r2
        DELETE recordings/stored/r2
        POST bridges/@M/addChannel channel=@A
        POST bridges/@M/record name=r1 format=wav
        POST bridges/@M/record name=r1 format=wav ifExists=append
        DELETE recordings/live/r1
        GET recordings/stored/r1
        POST bridges/@M/record name=r4 format=wav
        POST recordings/live/r4/stop
        DELETE bridges/@M
        POST channels/@A/record name=r5 format=wav
        DELETE channels/@A
        GET recordings/live/r5
    """,
    "playbacks": f"""
        POST channels/@A endpoint=Local/first@parties {CALL}
        POST bridges/@M type=mixing
        POST channels/@A/play/@P1 media=sound:tt-monkeys
        POST channels/@A/play/@P2 media=digits:12
        GET playbacks/@P1
        GET playbacks/@P2
        POST playbacks/@P2/control operation=pause
        POST playbacks/@P1/control
        POST playbacks/@P1/control operation=nonsense
        POST playbacks/@P1/control operation=unpause
        POST playbacks/@P1/control operation=pause
        GET playbacks/@P1
        POST playbacks/@P1/control operation=forward
        POST playbacks/@P1/control operation=unpause
        POST playbacks/@P1/control operation=restart
        DELETE playbacks/@P1
        DELETE playbacks/@P2
        DELETE playbacks/@P1
        POST playbacks/@P1/control operation=pause
        POST channels/@A/play/@P3 media=sound:nothing,recording:nothing,sound:nothing
        POST channels/@A/play/@P4 media=sound:nothing
        POST channels/@A/play/@P5 media=recording:nothing
        POST channels/@A/play/@P6 media=sound:beep skipms=-1
        POST channels/@A/play
        POST bridges/@M/addChannel channel=@A
        POST bridges/@M/play/@P7 media=sound:tt-monkeys
        DELETE playbacks/@P7
        DELETE bridges/@M
        POST channels/@A/play/@P8 media=sound:tt-monkeys
        DELETE channels/@A
    """,
    "snoops and external media": f"""
        POST channels/@A endpoint=Local/first@parties {CALL}
        POST bridges/@M type=mixing
        POST channels/@A/snoop/@S app=script-survey spy=both whisper=out
        POST channels/@A/snoop/@S app=script-survey spy=both
        POST channels/@A/snoop snoopId=@T app=script-survey spy=nonsense
        POST channels/@A/snoop snoopId=@T app=script-survey
        POST channels/@A/snoop snoopId=@T spy=in
        POST channels/nobody/snoop/@T app=script-survey spy=in
        POST channels/@S/record name=s1 format=wav
        POST recordings/live/s1/stop
        POST channels/externalMedia channelId=@X app=script-survey external_host=127.0.0.1:9999 format=slin16
        POST channels/externalMedia channelId=@Y app=script-survey format=slin16
        POST channels/externalMedia channelId=@Y external_host=127.0.0.1:9999 format=slin16
        POST channels/externalMedia channelId=@Y app=script-survey external_host=a:1 format=slin encapsulation=x
        POST bridges/@M/addChannel channel=@X
        POST bridges/@M/addChannel channel=@S
        DELETE channels/@A
        DELETE channels/@X
    """,
    "an arrival": """
        POST channels/@K endpoint=Local/first@parties extension=arrive context=parties
        POST channels/@K/record name=k format=wav
        DELETE channels/@K
        POST channels/@L endpoint=Local/second@parties extension=arrive context=parties
        POST channels/@L/play/@P media=sound:tt-monkeys
        POST channels/@L/continue
        DELETE channels/@L
    """,
    "all else": """
        GET applications/nothing
        POST applications/script-survey/subscription
        POST applications/script-survey/subscription eventSource=bridge:nothing
        POST applications/script-survey/subscription eventSource=nothing:nothing
        POST applications/script-survey/subscription eventSource=deviceState:Stasis:queue
        PUT deviceStates/Stasis:queue deviceState=INUSE
        PUT deviceStates/Stasis:queue deviceState=NONSENSE
        PUT deviceStates/PJSIP:1 deviceState=INUSE
        GET deviceStates/Stasis:queue
        DELETE deviceStates/PJSIP:1
        DELETE deviceStates/Stasis:queue
        DELETE applications/script-survey/subscription eventSource=deviceState:Stasis:queue
        GET endpoints
        GET endpoints/PJSIP
        GET endpoints/PJSIP/nobody
        PUT endpoints/sendMessage to=pjsip:nobody from=me
        PUT endpoints/PJSIP/nobody/sendMessage from=me
        POST endpoints/refer to=pjsip:nobody from=me refer_to=you
        GET sounds/nothing
        GET sounds lang=xx
        GET asterisk/modules/nothing.so
        POST asterisk/modules/nothing.so
        POST asterisk/modules/app_dial.so
        PUT asterisk/modules/nothing.so
        DELETE asterisk/modules/nothing.so
        DELETE asterisk/logging/nothing
        PUT asterisk/logging/nothing/rotate
        GET asterisk/variable
        POST asterisk/variable variable=COLOUR value=blue
        GET asterisk/variable variable=COLOUR
        GET asterisk/config/dynamic/res_pjsip/endpoint/nothing
        DELETE asterisk/config/dynamic/res_pjsip/endpoint/nothing
        POST events/user/hello application=script-survey
        POST events/user/hello application=nothing
        POST events/user/hello application=script-survey source=channel:nobody
    """,
}
COMPARED_FIELDS = ("value", "variables", "media_uri", "target_uri", "bridge_type")
# Local channels have these besides; of a beginning and an end a script hears if it is subscribed at that moment.
IGNORED_EVENTS = (
    *(events.ChannelDialplan, events.BridgeVideoSourceChanged),
    *(events.ChannelCreated, events.BridgeDestroyed),
)


class Player:
    """Plays requests, and notes the answer and the events of each. `@A` is an id of the script."""

    def __init__(self, ari: Ari) -> None:
        self._ari = ari
        self._reader = ari.events(events.Event)

    async def play(self, line: str, event_count: int | None = None) -> list[str]:
        """Return the answer to a request, and its events: as many as there must be, or those of the next seconds."""
        method, path, *words = re.sub("(?<=[/=])@", f"{self._ari.name}-", line).split()
        query = dict(word.split("=", 1) for word in words)
        try:
            answer = await self._ari.request(method, *path.split("/"), query=query)
            fields = (*COMPARED_FIELDS, *(["state"] if method == "GET" else []))  # what begins, may begin immediately
            described = {name: answer[name] for name in fields if name in answer} if isinstance(answer, dict) else {}
            outcome = f"answer {described}"
        except AriError as error:
            outcome = f"status {error.status}"
        event_texts: list[str] = []
        end = asyncio.get_running_loop().time() + (SETTLE_SECONDS if event_count is None else EVENT_SECONDS)
        while event_count is None or len(event_texts) < event_count:
            try:
                async with asyncio.timeout_at(end):
                    event_texts += describe_event(await anext(self._reader))
            except TimeoutError:
                break
        return [line, outcome, *event_texts]


def describe_event(event: events.Event) -> list[str]:
    """Return the type of an event, and the ids and states in it; nothing for one of a channel that Asterisk made."""
    parts = []
    if isinstance(event, IGNORED_EVENTS):
        return []
    for name in ("channel", "peer", "bridge", "playback", "recording", "device_state"):
        thing = getattr(event, name, None)
        if thing is not None:
            identity = getattr(thing, "id", "") or thing.name
            if identity.endswith(";2") or (name in ("channel", "peer") and not identity.startswith("script-")):
                return []
            parts.append(f"{identity} {getattr(thing, 'state', '')}".rstrip())
    dial_status = getattr(event, "dialstatus", "")
    return [" ".join([type(event).__name__, *parts, dial_status]).rstrip()]


@pytest.fixture(scope="module")
def asterisk_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    folder: Path = tmp_path_factory.mktemp("asterisk")
    (folder / "scripts").mkdir()
    with private.running(folder, files={**private.FILES, "extensions.conf": DIALPLAN}) as asterisk:
        values = {"ARI_URL": asterisk.url, "ARI_USER": private.USER, "ARI_PASSWORD": private.PASSWORD, "DB": "none"}
        values["SPOOL"] = str(folder / "scripts")
        yield settings.load_with_secrets({f"WARMLINE_{name}": value for name, value in values.items()})
        private.end(asterisk.process, signal.SIGKILL)  # it would wait for its channels


async def play_in_world(lines: list[str], monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    monkeypatch.setattr(simulated_playbacks, "SOUND_SECONDS", 3600.0)
    async with testing.world(sounds=["tt-monkeys"]) as world:
        for number in NUMBERS:
            outcome = {"busy": DialOutcome.BUSY, "rings": DialOutcome.NO_ANSWER}.get(number, DialOutcome.ANSWERED)
            world.party(number, outcome, answers_after=0.1)
        async with connect("survey") as ari:
            player = Player(ari)
            steps = []
            for line in lines:
                if "extension=arrive" in line:
                    let_arrive(world, line.split()[1].partition("@")[2])
                    line = "GET asterisk/ping"
                steps.append(await player.play(line))
        world._asterisk.missing = ""
        return steps


def let_arrive(world: testing.World, name: str) -> None:
    """Let a caller arrive whose channel has the id of the script: on Asterisk, a call to the dialplan does."""
    party = world.party(f"caller {name}")
    channel = SimulatedChannel(
        f"script-survey-{name}", party, "script-survey", arguments=("blue",), is_called=False, state="Up"
    )
    world._asterisk.add_channel(channel)
    party.begin(channel)
    world._asterisk.enter(channel)


async def play_on_asterisk(
    lines: list[str], settings_of_script: Settings, expected: list[list[str]]
) -> list[list[str]]:
    async with connect("survey", settings_of_script) as ari:
        player = Player(ari)
        return [await player.play(line, len(step) - 2) for line, step in zip(lines, expected, strict=True)]


@pytest.mark.parametrize("title", TABLES)
async def test_the_world_answers_as_asterisk_does(
    title: str, asterisk_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [line.strip() for line in TABLES[title].strip().splitlines()]
    in_world = await play_in_world(lines, monkeypatch)
    on_asterisk = await play_on_asterisk(lines, asterisk_settings, in_world)
    for world_step, line, asterisk_step in zip(in_world, lines, on_asterisk, strict=True):
        if "extension=arrive" in line:
            assert world_step[2:] == asterisk_step[2:]
        else:
            assert world_step == asterisk_step


async def call_party(ari: Ari, number: str = ONE) -> Channel:
    return (await ari.call(number)).channel


@pytest.mark.parametrize(
    ("name", "max_seconds", "keys", "reason"),
    [
        ("answer", 5, "12", "terminateOn invalid"),
        ("answer", -1, "#", "max_duration_seconds cannot be negative"),
        ("../answer", 5, "#", "Error parsing request body"),
        ("", 5, "#", "Error parsing request body"),
    ],
)
async def test_a_recording_that_asterisk_refuses_is_refused(
    name: str, max_seconds: int, keys: str, reason: str
) -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE)
        channel = await call_party(ari)
        with pytest.raises(NotPlayed, match=reason):
            await channel.record(name, max_seconds, beep=False, keys=keys)
        assert party.recorded == []


async def test_a_key_that_ends_a_recording_ends_no_later_prompt() -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE, keys={"vm-press": "47#"})
        channel = await call_party(ari)
        asyncio.get_running_loop().call_later(1, party.press, "5#")
        await channel.record("answer", 20, beep=False)
        assert await channel.get_key(0) == "5"
        assert await channel.get_keys(4, "vm-press") == "47"
        asyncio.get_running_loop().call_later(1, party.press, "8")
        await channel.record("more", 20, beep=False, keys="any")
        assert await channel.get_key(1) == ""


async def test_a_bridge_that_a_party_cannot_enter_does_not_stay() -> None:
    """Else a script that serves callers for weeks would fill Asterisk with empty bridges."""
    async with testing.world() as world, connect("doorbell") as ari:
        party, _ = world.party(ONE), world.party(OTHER)
        first_party, second_party = await call_party(ari), await call_party(ari, OTHER)
        party.hang_up()
        await first_party.until_hangup()
        for coroutine in (
            ari.bridge(second_party, first_party),
            ari.bridge(first_party, second_party),
            ari.talk(first_party, second_party),
        ):
            with pytest.raises(ChannelGone):
                await coroutine
        await asyncio.sleep(0.1)  # of simulated time, after the last request
        assert (await ari.request("GET", "bridges"), ari.bridges) == ([], {})
