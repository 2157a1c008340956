"""An Asterisk that exists only in a test: its channels and bridges, who is in them, and the events that scripts get.

The order of events, and what is refused with which status, are those of a real Asterisk 22:
tests/ari/test_world_beside_asterisk.py plays the same requests on both.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterable

import msgspec

from warmline.agi.testing.known_sounds import KnownSounds
from warmline.ari import events, machine_detection, resources
from warmline.ari.hand_over_target import CONTEXTS
from warmline.ari.talk_guard import CONTEXT
from warmline.ari.testing import simulated_detection, simulated_dialplan, simulated_recordings
from warmline.ari.testing.heard_voices import VoicePath
from warmline.ari.testing.script_party import ScriptParty
from warmline.ari.testing.simulated_operations import NORMAL_CAUSE, build_refusal
from warmline.ari.testing.simulated_things import (
    HOLD_MUSIC,
    PARTICIPANT_ROLE,
    SIMPLE_BRIDGE_CHANNELS,
    SOUND_SECONDS,
    Recording,
    SimulatedBridge,
    SimulatedChannel,
    SimulatedPlayback,
    SimulatedRecording,
    Target,
)
from warmline.ari.testing.simulated_time import ConditionWaits

KEY_MILLISECONDS = 100


class SimulatedAsterisk:
    """The state of the Asterisk of one test, and what happens in it.

    `missing` says which sound did not exist, and `handed_over` has the calls for Warmline.
    """

    def __init__(self, sounds: KnownSounds) -> None:
        self.sounds = sounds
        self.missing = ""
        self.parties: list[ScriptParty] = []
        self.external_media: list[ScriptParty] = []
        self.handed_over: list[ScriptParty] = []
        self.channels: dict[str, SimulatedChannel] = {}
        self.bridges: dict[str, SimulatedBridge] = {}
        self.playbacks: dict[str, SimulatedPlayback] = {}
        self.live_recordings: dict[str, SimulatedRecording] = {}
        self.recordings: dict[str, Recording] = {}  # the files
        self.device_states: dict[str, resources.DeviceStateState] = {}
        self.subscriptions: dict[str, set[str]] = {}  # to devices and endpoints, by application
        self.mailboxes: dict[str, tuple[int, int]] = {}  # old and new messages
        self.variables: dict[str, str] = {}  # global ones
        self.dialplan_contexts = {*CONTEXTS.values(), CONTEXT, machine_detection.CONTEXT}
        self.configuration: dict[tuple[str, str, str], dict[str, str]] = {}
        self.unloaded_modules: set[str] = set()
        self.log_channels: dict[str, str] = {"full": "NOTICE WARNING ERROR"}
        self._listeners: dict[str, Callable[[str], None]] = {}
        self.waits = ConditionWaits()
        self._loop = asyncio.get_running_loop()

    # -- the test --

    def arrive(self, party: ScriptParty, app: str, arguments: tuple[str, ...]) -> None:
        """Let a caller come from the dialplan, as soon as the script is connected. `app` is "" for the only script."""
        channel = SimulatedChannel(
            f"{self._loop.time():.0f}.{len(self.parties)}",
            party,
            app,
            arguments=arguments,
            is_called=False,
            state="Ring",
        )
        self.add_channel(channel)
        party.begin(channel)
        for app_name in list(self._listeners):
            self.enter_waiting(app_name)

    def press(self, channel: SimulatedChannel, keys: str) -> None:
        """Let a party press keys."""
        for key in keys if channel.in_script else "":
            event = events.ChannelDtmfReceived(
                digit=key, duration_ms=KEY_MILLISECONDS, channel=self.to_channel(channel)
            )
            self.send_of_channel(channel, event)
            simulated_recordings.take_key(self, channel, key)

    def hold(self, channel: SimulatedChannel, *, is_on: bool) -> None:
        """Let a party hold the call, or take it back. The other one in a bridge of two hears music meanwhile."""
        channel.is_holding = is_on
        kind = events.ChannelHold if is_on else events.ChannelUnhold
        self.send_of_channel(channel, kind(channel=self.to_channel(channel)))
        if is_on and channel.bridge and len(channel.bridge.channels) == SIMPLE_BRIDGE_CHANNELS:
            for peer in channel.bridge.channels:
                if peer is not channel:
                    self.hear(peer, f"music {HOLD_MUSIC}")

    def find_music(self, channel: SimulatedChannel) -> str:
        """Return the music on hold that the party of a channel hears now, or ""."""
        bridge = channel.bridge
        if bridge is None or channel.music:
            return channel.music or (HOLD_MUSIC if channel.is_held else "")
        peers = [peer for peer in bridge.channels if peer is not channel]
        is_held_by_peer = len(peers) == 1 and peers[0].is_holding
        is_kept_by_role = channel.role == PARTICIPANT_ROLE  # a holding bridge plays to those who came with this role
        return bridge.music or (HOLD_MUSIC if is_held_by_peer or channel.is_held or is_kept_by_role else "")

    def say(self, channel: SimulatedChannel, text: str) -> None:
        """Let a party say something to all who hear the party now."""
        self._let_hear(self.follow_voice(channel), text)

    def follow_voice(self, channel: SimulatedChannel) -> VoicePath:
        """Return who hears the party of a channel now."""
        path = VoicePath(list(self.live_recordings.values()))
        if channel.has_party:
            path.come_in(channel)
        return path

    def end(self, channel: SimulatedChannel, ended_by: str, cause: int, cause_text: str) -> None:
        """End a call. `ended_by` is as in `hung_up` of the party, or "" if it was never answered."""
        if self.channels.get(channel.id) is not channel:
            return
        is_unanswered = channel.is_called and channel.state != "Up"
        is_withdrawn = is_unanswered and ended_by == "script" and not channel.in_script
        if channel.spied is None and (channel.in_script or is_withdrawn or channel.state == "Up"):
            request = events.ChannelHangupRequest(cause=cause, channel=self.to_channel(channel))
            self.send_of_channel(channel, request)
        del self.channels[channel.id]
        if channel.party.line is channel:
            channel.party.line, channel.party.hung_up = None, ended_by
        bridge = channel.bridge
        self.leave(channel)
        for snoop in list(channel.snoops):
            self.end(snoop, "", *NORMAL_CAUSE)
        if channel.spied:
            channel.spied.snoops.remove(channel)
        if is_withdrawn:
            self.report_dial(channel, "NOANSWER")
        event = events.ChannelDestroyed(cause=cause, cause_txt=cause_text, channel=self.to_channel(channel))
        self.send_of_channel(channel, event)
        simulated_dialplan.run_hangup_handlers(self, channel)
        if bridge and bridge.is_of_dialplan:
            simulated_dialplan.end_bridge(self, bridge)
        if channel.at_end:
            channel.at_end()

    # -- the scripts --

    def listen(self, app: str, listener: Callable[[str], None]) -> None:
        """Send the events of a script's application to `listener`."""
        self._listeners[app] = listener

    def is_listening(self, app: str) -> bool:
        """Return whether a script has this application."""
        return app in self._listeners

    @property
    def apps(self) -> list[str]:
        """Return the applications of the scripts that are connected."""
        return list(self._listeners)

    def forget(self, app: str, listener: Callable[[str], None]) -> None:
        """Send no more events to this listener: its script has ended."""
        if self._listeners.get(app) == listener:
            del self._listeners[app]

    def enter_waiting(self, app: str) -> None:
        """Let the callers arrive who wait for this script."""
        for channel in list(self.channels.values()):
            is_waiting = channel.state == "Ring" and channel.party.line is channel and not channel.in_script
            if is_waiting and channel.app in ("", app):
                channel.app = app
                self.enter(channel)

    # -- channels --

    def add_channel(self, channel: SimulatedChannel) -> None:
        """Add a channel. Raises AriError if its id is taken."""
        if channel.id in self.channels:
            raise build_refusal(409, "Channel with given unique ID already exists")
        channel.name = channel.name or f"PJSIP/test-{channel.id}"
        self.channels[channel.id] = channel

    def build_stranger(self, number: str) -> ScriptParty:
        """Return the other end of a channel that is no party of the test."""
        return ScriptParty(self, number, (), name="", answers_after=0, keys={}, hang_up_at="", speaks=0)

    def new_id(self) -> str:
        """Return an id that Asterisk chooses."""
        return secrets.token_hex(8)

    def report_dial(self, channel: SimulatedChannel, status: str) -> None:
        """Report how far a call is: it begins (""), rings, is answered, or is not."""
        event = events.Dial(peer=self.to_channel(channel), dialstatus=status, dialstring=channel.dialled)
        self.send_of_channel(channel, event)

    def change_state(self, channel: SimulatedChannel, state: resources.ChannelState) -> None:
        """Set the state of a channel, and report it."""
        if channel.state != state:
            channel.state = state
            self.send_of_channel(channel, events.ChannelStateChange(channel=self.to_channel(channel)))

    def answer(self, channel: SimulatedChannel) -> None:
        """Answer a call that came from the dialplan, or that a party answers."""
        channel.party.answered = True
        self.change_state(channel, "Up")
        if channel.bridge:
            self.note_talks(channel.bridge)

    def enter(self, channel: SimulatedChannel) -> None:
        """Let a channel into the script of its application; one of no script ends, or goes on in the dialplan."""
        if not self.is_listening(channel.app):
            if channel.is_called:
                self.end(channel, "asterisk", *NORMAL_CAUSE)
            else:
                self.go_on(channel, "", "")
            return
        channel.in_script = True
        channel.subscribers.add(channel.app)
        self.send_of_channel(channel, self.build_start(channel))
        if channel.has_party:
            self.start_clock(channel)

    def start_clock(self, channel: SimulatedChannel) -> None:
        """Let the party hang up after the seconds that the test has given."""
        hang_up_at = channel.party.hang_up_at
        if not isinstance(hang_up_at, str):
            self.call_later(hang_up_at, self.end, channel, "party", *NORMAL_CAUSE)

    def build_start(self, channel: SimulatedChannel) -> events.StasisStart:
        """Return the event of a channel that has entered the script."""
        return events.StasisStart(args=channel.arguments, channel=self.to_channel(channel))

    def leave(self, channel: SimulatedChannel) -> None:
        """End all that the script does with a channel. Asterisk fails its sounds before it reports the hang-up."""
        channel.player.break_off()
        self.leave_bridge(channel)
        if channel.in_script:
            self.send_of_channel(channel, events.StasisEnd(channel=self.to_channel(channel)))
            channel.in_script = False
            if not channel.is_called:
                channel.subscribers.discard(channel.app)

    def go_on(self, channel: SimulatedChannel, context: str, extension: str, priority: int = 0) -> None:
        """Let a call go on in the dialplan: in a context of Warmline, elsewhere, or behind Stasis()."""
        kinds_by_context = {warmline_context: kind for kind, warmline_context in CONTEXTS.items()}
        self.leave(channel)
        party = channel.party
        if context:
            channel.dialplan_place = (context, extension or "s", priority or 1)
        self.send_of_channel(channel, events.ChannelDialplan(channel=self.to_channel(channel)))
        if context == machine_detection.CONTEXT and channel.spied:
            seconds = simulated_detection.DETECTION_SECONDS
            self.call_later(seconds, simulated_detection.detect_machine, self, channel, extension)
        elif context in kinds_by_context:
            party.handed_over = f"{kinds_by_context[context]}:{extension}"
            self.handed_over.append(party)
        else:
            party.in_dialplan = True

    def adopt(self, channel: SimulatedChannel, agent: str) -> None:
        """Let a party go to the centre, as one of an agent's call."""
        self.leave(channel)
        channel.party.line = None
        channel.party.handed_over = f"adopted:{agent}"
        self.handed_over.append(channel.party)

    def hear(self, channel: SimulatedChannel, sound: str) -> None:
        """Let the party of a channel hear a sound, and do what the party does at it."""
        party = channel.party
        party.heard.append(sound)
        if keys := party.keys_at(sound):
            self.call_later(SOUND_SECONDS / 2, self.press, channel, keys)
        if party.hang_up_at == sound:
            self.call_later(SOUND_SECONDS / 2, self.end, channel, "party", *NORMAL_CAUSE)

    def play_sound(self, target: Target, sound: str) -> None:
        """Let all hear a sound who are at the other end of a channel, or in a bridge; who records them, records it."""
        path = VoicePath(list(self.live_recordings.values()))
        if isinstance(target, SimulatedChannel):
            path.go_out(target)
        else:
            path.fill(target)
        self._let_hear(path, sound)

    def _let_hear(self, path: VoicePath, sound: str) -> None:
        for listener in path.listeners:
            self.hear(listener, sound)
        for recording in path.recordings:
            recording.hear(sound)

    # -- bridges --

    def join_bridge(self, bridge: SimulatedBridge, channel: SimulatedChannel) -> None:
        """Let a channel into a bridge."""
        self.leave_bridge(channel)
        bridge.channels.append(channel)
        channel.bridge = bridge
        self.note_talks(bridge)
        event = events.ChannelEnteredBridge(bridge=to_bridge(bridge), channel=self.to_channel(channel))
        self.send_of_bridge(bridge, event)
        for recording in self.live_recordings.values():
            if recording.target is bridge:
                simulated_recordings.note_parties(recording)
        music = bridge.music or (HOLD_MUSIC if channel.role == PARTICIPANT_ROLE else "")
        if music:
            self.hear(channel, f"music {music}")

    def leave_bridge(self, channel: SimulatedChannel) -> None:
        """Take a channel out of the bridge, if it is in one."""
        bridge = channel.bridge
        if bridge is None:
            return
        subscribers = self.list_bridge_apps(bridge)
        bridge.channels.remove(channel)
        channel.bridge, channel.role, channel.is_muted_in_bridge = None, "", False
        if bridge.video_source is channel:
            bridge.video_source = None
        event = events.ChannelLeftBridge(bridge=to_bridge(bridge), channel=self.to_channel(channel))
        self._send_to_apps(subscribers, event)

    def destroy_bridge(self, bridge: SimulatedBridge) -> None:
        """End a bridge; who was in it stays where they are."""
        for channel in list(bridge.channels):
            self.leave_bridge(channel)
        bridge.player.break_off()
        simulated_recordings.end_bridge_recordings(self, bridge)
        del self.bridges[bridge.id]

    def note_talks(self, bridge: SimulatedBridge) -> None:
        """Note who has talked with whom."""
        if bridge.is_holding_bridge:
            return
        parties = [channel.party for channel in bridge.channels if channel.has_party]
        for party in parties:
            party.talked_with += [peer for peer in parties if peer not in (party, *party.talked_with)]

    # -- what scripts get --

    def to_channel(self, channel: SimulatedChannel) -> resources.Channel:
        """Return a channel as Asterisk describes it."""
        context, extension, priority = channel.dialplan_place
        app_name, app_data = ("Stasis", ",".join((channel.app, *channel.arguments))) if channel.in_script else ("", "")
        dialplan = resources.DialplanCEP(
            context=context, exten=extension, priority=priority, app_name=app_name, app_data=app_data
        )
        return resources.Channel(
            id=channel.id,
            name=channel.name,
            state=channel.state,
            caller=resources.CallerID(name=channel.party.name, number=channel.party.number),
            connected=resources.CallerID(),
            dialplan=dialplan,
            language="en",
        )

    def send_of_channel(self, channel: SimulatedChannel, event: events.Event) -> None:
        """Send an event of a channel to the scripts that get its events."""
        self._send_to_apps(channel.subscribers, event)

    def send_of_bridge(self, bridge: SimulatedBridge, event: events.Event) -> None:
        """Send an event of a bridge, or of a channel in it, to the scripts that get its events."""
        self._send_to_apps(self.list_bridge_apps(bridge), event)

    def send_of_target(self, target: Target, event: events.Event) -> None:
        """Send an event of a channel or of a bridge."""
        if isinstance(target, SimulatedChannel):
            self.send_of_channel(target, event)
        else:
            self.send_of_bridge(target, event)

    def send_to_subscribers(self, source: str, event: events.Event) -> None:
        """Send an event of a device or an endpoint to the scripts that have subscribed to it."""
        self._send_to_apps(self.list_source_apps(source), event)

    def list_bridge_apps(self, bridge: SimulatedBridge) -> set[str]:
        """Return who gets the events of a bridge: who has subscribed to it, and the scripts of those who are in it."""
        return bridge.subscribers.union(*(channel.subscribers for channel in bridge.channels))

    def list_source_apps(self, source: str) -> set[str]:
        """Return which scripts have subscribed to a device or an endpoint, such as deviceState:Stasis:queue."""
        return {app for app, sources in self.subscriptions.items() if source in sources}

    def send(self, app: str, event: events.Event) -> None:
        """Send an event to the script of an application."""
        if listener := self._listeners.get(app):
            addressed_event = msgspec.structs.replace(event, application=app)
            self._loop.call_soon(listener, msgspec.json.encode(addressed_event).decode())

    def _send_to_apps(self, apps: Iterable[str], event: events.Event) -> None:
        for app in list(apps):
            self.send(app, event)

    @property
    def now(self) -> float:
        """Return the seconds of the simulated time."""
        return self._loop.time()

    def call_later(self, seconds: float, function: Callable[..., object], *arguments: object) -> asyncio.TimerHandle:
        """Call a function after simulated seconds."""
        return self._loop.call_later(seconds, function, *arguments)

    def call_soon(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a function after what happens now."""
        self._loop.call_soon(function, *arguments)


def to_bridge(bridge: SimulatedBridge) -> resources.Bridge:
    """Return a bridge as Asterisk describes it."""
    technology = "simple_bridge" if len(bridge.channels) <= SIMPLE_BRIDGE_CHANNELS and not bridge.music else "softmix"
    return resources.Bridge(
        id=bridge.id,
        technology="holding_bridge" if bridge.is_holding_bridge else technology,
        bridge_type="holding" if bridge.is_holding_bridge else "mixing",
        bridge_class="stasis",
        creator="Stasis",
        name=bridge.name,
        channels=tuple(channel.id for channel in bridge.channels),
        video_mode="single" if bridge.video_source else "talker",
        video_source_id=bridge.video_source.id if bridge.video_source else "",
    )
