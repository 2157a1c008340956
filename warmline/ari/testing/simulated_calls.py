"""The channels, bridges, sounds and recordings of an Asterisk that exists only in a test, and its events."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from warmline.agi.testing.known_sounds import KnownSounds
from warmline.ari import events, resources
from warmline.ari.client.ari_errors import AriError
from warmline.ari.hand_over_target import CONTEXTS
from warmline.ari.outcomes import DialOutcome
from warmline.ari.testing.script_party import ScriptParty

SOUND_SECONDS = 1.0  # of each sound; a party presses its keys, or hangs up, in the middle
REFUSAL_SECONDS = 0.1  # until the network refuses a call
SPOKEN_PREFIXES = {"number": "say number ", "digits": "say digits ", "characters": "say alpha "}
RECORDING_END_KEYS = {"any": "0123456789*#", "none": "", "#": "#", "*": "*"}  # the keys that end a recording
BUSY_CAUSE, NO_ANSWER_CAUSE, REJECTED_CAUSE = (17, "User busy"), (19, "User alerting, no answer"), (21, "Call Rejected")
UNKNOWN_NUMBER_CAUSE, NORMAL_CAUSE = (1, "Unallocated (unassigned) number"), (16, "Normal Clearing")


@dataclass(eq=False)
class PartyLine:
    """The channel of a party. `is_called`: the script has called the party; else the party came from the dialplan."""

    id: str
    party: ScriptParty
    app: str
    arguments: tuple[str, ...]
    is_called: bool
    state: resources.ChannelState
    in_script: bool = False
    bridge: "list[PartyLine] | None" = None
    recording: resources.LiveRecording | None = None
    recording_start: float = 0.0  # of the recording
    end_keys: str = ""  # the keys that end the recording


@dataclass(eq=False)
class SimulatedBridge:
    id: str
    app: str
    lines: list[PartyLine] = field(default_factory=list)


@dataclass(eq=False)
class _Playing:
    playback: resources.Playback
    lines: list[PartyLine]
    app: str


class SimulatedCalls:
    """All calls of a test. `missing` says which sound did not exist, and `handed_over` has the calls for Warmline."""

    def __init__(self, sounds: KnownSounds) -> None:
        self.parties: list[ScriptParty] = []
        self.handed_over: list[ScriptParty] = []
        self.missing = ""
        self.lines: dict[str, PartyLine] = {}
        self.bridges: dict[str, SimulatedBridge] = {}
        self.playing: dict[str, _Playing] = {}
        self._sounds = sounds
        self._recorded: set[str] = set()
        self._listeners: dict[str, Callable[[str], None]] = {}
        self._waits: list[tuple[Callable[[], object], asyncio.Future[None]]] = []
        self._loop = asyncio.get_running_loop()

    # -- the test --

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until the condition holds."""
        future = self._loop.create_future()
        self._waits.append((condition, future))
        await future

    def wake_waits(self) -> bool:
        """Wake the waits whose condition holds; return whether there is one."""
        pending_waits = [wait for wait in self._waits if not wait[1].done()]
        self._waits = [wait for wait in pending_waits if not _resolve_wait(*wait)]
        return len(self._waits) < len(pending_waits)

    def arrive(self, party: ScriptParty, app: str, arguments: tuple[str, ...]) -> None:
        """Let a caller come from the dialplan, as soon as the script is connected. `app` is "" for the only script."""
        line = PartyLine(
            f"{self._loop.time():.0f}.{len(self.parties)}",
            party,
            app,
            arguments=arguments,
            is_called=False,
            state="Ring",
        )
        self.lines[line.id] = party.line = line
        for app_name in list(self._listeners):
            self.enter_waiting(app_name)

    def press(self, line: PartyLine, keys: str) -> None:
        """Let a party press keys."""
        for key in keys if line.in_script else "":
            self._send_to_script(
                line, events.ChannelDtmfReceived(digit=key, duration_ms=100, channel=self.to_channel(line))
            )
            if key in line.end_keys:
                self.end_recording(line)

    def hold(self, line: PartyLine, *, is_on: bool) -> None:
        """Report that a party holds the call, or has taken it back."""
        kind = events.ChannelHold if is_on else events.ChannelUnhold
        self._send_to_script(line, kind(channel=self.to_channel(line)))

    def end(self, line: PartyLine, ended_by: str, cause: int, cause_text: str) -> None:
        """End a call. `ender` is `party` or `script`, or "" if it was never answered."""
        if self.lines.pop(line.id, None) is None:
            return
        self._leave(line)
        if line.party.line is line:
            line.party.line, line.party.hung_up = None, ended_by
        self._send_to_script(
            line, events.ChannelDestroyed(cause=cause, cause_txt=cause_text, channel=self.to_channel(line))
        )

    # -- the scripts --

    def listen(self, app: str, listener: Callable[[str], None]) -> None:
        """Send the events of a script's application to `listener`."""
        self._listeners[app] = listener

    def enter_waiting(self, app: str) -> None:
        """Let the callers arrive who wait for this script."""
        for line in list(self.lines.values()):
            if line.state == "Ring" and line.app in ("", app) and line.party.line is line and not line.in_script:
                line.app = app
                self._enter(line)

    def forget(self, app: str, listener: Callable[[str], None]) -> None:
        """Send no more events to this listener: its script has ended."""
        if self._listeners.get(app) == listener:
            del self._listeners[app]

    def dial(self, name: str, app: str, query: Mapping[str, Any], variables: Mapping[str, str]) -> PartyLine:
        """Dial a number for a script."""
        endpoint, ring_seconds = str(query["endpoint"]), float(query.get("timeout", 30))
        party = self._find_party(endpoint)
        called_party = party or ScriptParty(
            self, endpoint, (), name="", answers_after=0, keys={}, hang_up_at="", speaks=0
        )
        line = PartyLine(
            name,
            called_party,
            app,
            arguments=tuple(str(query.get("appArgs", "")).split(",")),
            is_called=True,
            state="Ringing",
        )
        self.lines[name] = line
        called_party.calls += 1
        outcome = called_party.next_outcome()
        if called_party.line:
            self._call_later(REFUSAL_SECONDS, self.end, line, "", *BUSY_CAUSE)
            return line
        called_party.begin(line, str(query.get("callerId", "")), variables)
        if party is None:
            self._call_later(REFUSAL_SECONDS, self.end, line, "", *UNKNOWN_NUMBER_CAUSE)
        elif outcome is DialOutcome.ANSWERED and called_party.answers_after < ring_seconds:
            self._call_later(called_party.answers_after, self._answer, line)
        elif outcome in (DialOutcome.BUSY, DialOutcome.REFUSED):
            self._call_later(
                REFUSAL_SECONDS, self.end, line, "", *(BUSY_CAUSE if outcome is DialOutcome.BUSY else REJECTED_CAUSE)
            )
        else:
            self._call_later(ring_seconds, self.end, line, "", *NO_ANSWER_CAUSE)
        return line

    def continue_in_dialplan(self, line: PartyLine, context: str, extension: str) -> None:
        """Let a call continue in the dialplan: in a context of Warmline, or behind Stasis()."""
        kinds_by_context = {warmline_context: kind for kind, warmline_context in CONTEXTS.items()}
        self._leave(line)
        line.party.line = None
        if context in kinds_by_context:
            line.party.handed_over = f"{kinds_by_context[context]}:{extension}"
            self.handed_over.append(line.party)
        else:
            line.party.in_dialplan = True

    def adopt(self, line: PartyLine, agent: str) -> None:
        """Let a party go to the centre, as one of an agent's call."""
        self._leave(line)
        line.party.line = None
        line.party.handed_over = f"adopted:{agent}"
        self.handed_over.append(line.party)

    def play(self, name: str, app: str, lines: list[PartyLine], media: str, target: str) -> resources.Playback:
        """Play a sound to these parties."""
        playback = resources.Playback(id=name, media_uri=media, target_uri=target, language="en", state="playing")
        self.playing[name] = _Playing(playback, lines, app)
        self._send(app, events.PlaybackStarted(playback=playback))
        sound_name = self._to_sound(media)
        for line in lines if sound_name else ():
            self.hear(line, sound_name)
        if not sound_name:
            self._loop.call_soon(self.end_playback, name, "failed")
        elif not media.startswith("tone:"):  # Asterisk repeats a tone until it is stopped
            self._call_later(SOUND_SECONDS, self.end_playback, name, "done")
        return playback

    def hear(self, line: PartyLine, sound: str) -> None:
        """Let a party hear a sound, and do what the party does at it."""
        line.party.heard.append(sound)
        if keys := line.party.keys_at(sound):
            self._call_later(SOUND_SECONDS / 2, self.press, line, keys)
        if line.party.hang_up_at == sound:
            self._call_later(SOUND_SECONDS / 2, self.end, line, "party", *NORMAL_CAUSE)

    def end_playback(self, name: str, state: str) -> None:
        """End a playback that has not ended yet."""
        if playback_state := self.playing.pop(name, None):
            self._send(
                playback_state.app,
                events.PlaybackFinished(playback=msgspec.structs.replace(playback_state.playback, state=state)),
            )

    def record(self, line: PartyLine, query: Mapping[str, Any]) -> resources.LiveRecording:
        """Record a party: until a key, a silence or the longest time. Raises AriError, as for a name that is taken."""
        name, max_seconds, silence_seconds = (
            str(query["name"]),
            int(query["maxDurationSeconds"]),
            int(query["maxSilenceSeconds"]),
        )
        if reason := _explain_refusal(name, max_seconds, silence_seconds, end_keys=str(query["terminateOn"])):
            raise build_refusal(400, reason)
        if line.bridge is not None:
            raise build_refusal(409, "Cannot record channel while in bridge")
        if name in self._recorded:
            raise build_refusal(409, f"Recording {name} exists")
        self._recorded.add(name)
        line.recording = resources.LiveRecording(name=name, format="wav", target_uri=f"channel:{line.id}", state="done")
        line.recording_start = self._loop.time()
        line.end_keys = RECORDING_END_KEYS[str(query["terminateOn"])]
        if query["beep"] == "true":
            self.hear(line, "beep")
        limits = [
            seconds for seconds in (max_seconds, silence_seconds and line.party.speaks + silence_seconds) if seconds
        ]
        if limits:
            self._call_later(min(limits), self.end_recording, line, line.recording)
        return line.recording

    def end_recording(self, line: PartyLine, only_recording: resources.LiveRecording | None = None) -> None:
        """End the recording of a party, if there is one; with `only_recording`, no other one."""
        if line.recording is None or only_recording not in (None, line.recording):
            return
        recording, seconds = line.recording, round(self._loop.time() - line.recording_start)
        line.recording, line.end_keys = None, ""
        line.party.recorded.append(recording.name)
        talking_seconds = round(min(line.party.speaks, seconds))
        finished_recording = msgspec.structs.replace(
            recording, duration=seconds, talking_duration=talking_seconds, silence_duration=seconds - talking_seconds
        )
        self._send_to_script(line, events.RecordingFinished(recording=finished_recording))

    def join(self, bridge: SimulatedBridge, line: PartyLine) -> None:
        """Let a party into a bridge."""
        self.leave_bridge(line)
        for other_line in bridge.lines:
            for party, other_party in ((line.party, other_line.party), (other_line.party, line.party)):
                if other_party not in party.talked_with:
                    party.talked_with.append(other_party)
        bridge.lines.append(line)
        line.bridge = bridge.lines
        self._send_to_script(line, events.ChannelEnteredBridge(bridge=to_bridge(bridge), channel=self.to_channel(line)))

    def leave_bridge(self, line: PartyLine) -> None:
        """Take a party out of the bridge, if the party is in one."""
        for bridge in self.bridges.values():
            if line in bridge.lines:
                bridge.lines.remove(line)
                line.bridge = None
                event = events.ChannelLeftBridge(bridge=to_bridge(bridge), channel=self.to_channel(line))
                self._send_to_script(line, event)

    def to_channel(self, line: PartyLine) -> resources.Channel:
        """Return a channel as Asterisk describes it."""
        application = ("Stasis", ",".join((line.app, *line.arguments))) if line.in_script else ("", "")
        dialplan = resources.DialplanCEP(exten="s", priority=1, app_name=application[0], app_data=application[1])
        caller = resources.CallerID(name=line.party.name, number=line.party.number)
        name = f"PJSIP/test-{line.id}"
        return resources.Channel(
            id=line.id, name=name, state=line.state, caller=caller, connected=resources.CallerID(), dialplan=dialplan
        )

    # -- within --

    def _find_party(self, endpoint: str) -> ScriptParty | None:
        """Return the party with the longest number that the endpoint contains: a template may add digits."""
        parties = [party for party in self.parties if party.number.lstrip("+") in endpoint and party.number]
        return max(parties, key=lambda party: len(party.number), default=None)

    def _answer(self, line: PartyLine) -> None:
        if line.id in self.lines:
            line.state, line.party.answered = "Up", True
            self._send_to_script(line, events.ChannelStateChange(channel=self.to_channel(line)))
            if line.app in self._listeners:
                self._enter(line)
            else:
                self.end(line, "asterisk", *NORMAL_CAUSE)

    def _enter(self, line: PartyLine) -> None:
        line.in_script = True
        self._send_to_script(line, events.StasisStart(args=line.arguments, channel=self.to_channel(line)))
        if not isinstance(hang_up_at := line.party.hang_up_at, str):
            self._call_later(hang_up_at, self.end, line, "party", *NORMAL_CAUSE)

    def _leave(self, line: PartyLine) -> None:
        """End all that the script does with a channel. Asterisk fails its sounds before it reports the hang-up."""
        for name, playback_state in list(self.playing.items()):
            if playback_state.playback.target_uri == f"channel:{line.id}":
                self.end_playback(name, "failed")
        self.end_recording(line)
        self.leave_bridge(line)
        if line.in_script:
            self._send_to_script(line, events.StasisEnd(channel=self.to_channel(line)))
            line.in_script = False

    def _to_sound(self, media: str) -> str:
        """Return the name of a sound in `heard`; "" if it does not exist."""
        scheme, _, text = media.partition(":")
        if scheme in SPOKEN_PREFIXES:
            return SPOKEN_PREFIXES[scheme] + text
        if scheme == "tone" or (scheme == "recording" and text in self._recorded):
            return media
        if scheme == "sound" and text in self._sounds:
            return text
        self.missing = f"there is no sound {text!r}; give its name in world(sounds=…) if it is your own"
        return ""

    def _send_to_script(self, line: PartyLine, event: events.Event) -> None:
        self._send(line.app, event)

    def _send(self, app: str, event: events.Event) -> None:
        if listener := self._listeners.get(app):
            addressed_event = msgspec.structs.replace(event, application=app)
            self._loop.call_soon(listener, msgspec.json.encode(addressed_event).decode())

    def _call_later(self, seconds: float, function: Callable[..., object], *arguments: object) -> None:
        self._loop.call_later(seconds, function, *arguments)


def build_refusal(status: int, reason: str) -> AriError:
    """Return the error for a request that Asterisk refuses."""
    return AriError(status, "ari_refused", "{reason}", reason=reason)


def _explain_refusal(name: str, max_seconds: int, silence_seconds: int, end_keys: str) -> str:
    """Return why Asterisk would refuse a recording, or ""."""
    if max_seconds < 0 or silence_seconds < 0:
        return f"max_{'duration' if max_seconds < 0 else 'silence'}_seconds cannot be negative"
    if end_keys not in RECORDING_END_KEYS:
        return "terminateOn invalid"
    return "" if name and ".." not in name else "Error parsing request body"


def to_bridge(bridge: SimulatedBridge) -> resources.Bridge:
    """Return a bridge as Asterisk describes it."""
    return resources.Bridge(
        id=bridge.id, name=bridge.app, bridge_type="mixing", channels=tuple(line.id for line in bridge.lines)
    )


def _resolve_wait(condition: Callable[[], object], future: "asyncio.Future[None]") -> bool:
    """Resolve a wait whose condition holds, or has failed; return whether it is resolved."""
    try:
        if condition():
            future.set_result(None)
    except Exception as error:
        future.set_exception(error)
    return future.done()
