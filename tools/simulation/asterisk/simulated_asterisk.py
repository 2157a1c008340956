"""A simulated Asterisk: channels, bridges, recordings and prompts, as far as Warmline's core can observe them.

It performs the core's actions and returns the core's events, in the order in which a real Asterisk 22 sends them. Time
is virtual: `later` has the actions of far ends that come after some time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush

from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.dialler_messages import (
    CreateDetector,
    DetectTalking,
    LeadFound,
    LegTalking,
    OriginateToDialplan,
)
from warmline.core.messages.leg_messages import MoveIntoStasis
from warmline.core.messages.values.server_action import MAIN_SERVER, ServerAction

SECOND = 1_000_000
PACKET = 20_000
RTP_TIMEOUT = 30.0  # seconds
QUALIFIED = 8 * SECOND  # until Asterisk knows that a phone does not answer
PROMPT = 1 * SECOND  # the length of every prompt
HUMAN = (2.4, "HUMAN HUMAN-800-800")  # seconds of AMD(), its verdict and cause
DETECTOR = {"warmline-amd", "warmline-machine-silence"}  # contexts of the dialplan


@dataclass
class SimulatedChannel:
    id: str
    args: tuple[str, ...] = ()
    rings: bool = False
    up: bool = False
    bridge: str | None = None
    silent: bool = False
    deaf: bool = False
    held: bool = False  # its phone has put the line on hold
    own_music: bool = False  # the phone sends music during the hold
    music: str = ""  # the class of the music that it hears instead of all other sound
    passed_on: bool = False  # Asterisk's own music, which ends outside the bridge or if that is mixed
    muted: bool = False
    dialled: str = ""
    playing: str = ""  # the id of the prompt that it hears; a move or an answer waits for its end
    wants_to: do.AddToBridge | None = None
    answers_late: bool = False  # when the prompt has ended; a stop waits too
    data: tuple[tuple[str, str], ...] = ()  # names and values from the dialplan
    early: bool = False  # early media can be heard in the bridge
    caller: str = ""  # the number that the far end sees
    caller_name: str = ""
    headers: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)
    dead: bool = False  # its phone has vanished without a message
    wordless: bool = False  # the party has not spoken yet
    hears_nothing: bool = False  # until it joins a bridge
    absorbs_keys: bool = False  # the others in its bridge do not get its keys
    whispers_to: str = ""
    whisper: str = "out"  # the direction in which a whisper is heard
    number: str = ""  # its caller's number
    in_dialplan: bool = False  # a lead that has not answered
    answered: int = 0  # when a lead did

    @property
    def audible(self) -> bool:
        """Return whether its voice can be heard in its bridge."""
        quiet = self.muted or self.wordless or self.dead or (self.held and not self.own_music)
        return (self.up or self.early) and not quiet


@dataclass
class SimulatedRecording:
    """The contents of a recording. Times in microseconds; `voices` are the channels that are heard in it."""

    bridge: str
    began: int
    length: int = 0
    heard: dict[str, int] = field(default_factory=dict)  # the time from which each voice may be in it
    silent_since: int | None = None
    muted: bool = False
    tail: int = 0  # the silence at its end

    @property
    def voices(self) -> set[str]:
        """Return the channels in it.

        A channel that joined less than a packet before its end is missing, unless the recording is too short.
        """
        if self.length <= PACKET:  # or it still runs
            return set(self.heard)
        return {voice for voice, since in self.heard.items() if since <= self.began + self.length - PACKET}


@dataclass
class SimulatedAsterisk:
    """`far_ends` maps a dialled number to (seconds, what) pairs; what is ringing, progress, up, or a cause."""

    server: str = MAIN_SERVER
    now: int = 1_790_000_000 * SECOND
    started: int = 1_780_000_000 * SECOND  # the start time that it reports
    stopped: bool = False  # it creates no more channels
    channels: dict[str, SimulatedChannel] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)  # channels that talk in the dialplan, outside Stasis
    stuck: set[str] = field(default_factory=set)  # of these, the ones that do not follow a move
    bridges: dict[str, str] = field(default_factory=dict)  # id -> "room" or the music class
    silent_spots: set[str] = field(default_factory=set)  # holding bridges whose music ended when the last leg left
    recordings: dict[str, str] = field(default_factory=dict)  # running recordings: name -> bridge
    files: dict[str, SimulatedRecording] = field(default_factory=dict)
    played: list[tuple[str, str]] = field(default_factory=list)  # channels and the prompts they heard, in order
    cut_off: list[tuple[str, str]] = field(default_factory=list)  # the channels and ids of prompts that were stopped
    pressed: list[tuple[str, str]] = field(default_factory=list)  # legs, and their keys or the receipt that stores them
    referred: list[tuple[str, str]] = field(default_factory=list)  # phones, and the results of their REFER
    given_back: list[tuple[str, str]] = field(default_factory=list)  # channels that returned to the dialplan, and why
    menus: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # contexts that bring the channel back, with these arguments
    gone_on: list[tuple[str, str]] = field(default_factory=list)  # channels in the dialplan: CONTEXT,EXTEN
    app_away: bool = False  # answered leads hear the safe harbour message
    has_after: bool = False  # its dialplan has [warmline-after]
    tones: dict[str, str] = field(default_factory=dict)  # id -> bridge
    silences: dict[str, str] = field(default_factory=dict)  # the same for tones without a sound
    audio: dict[str, int] = field(default_factory=dict)  # audio of agents: id -> its remaining microseconds
    audio_next: dict[str, tuple[str, list[str]]] = field(default_factory=dict)  # id -> bridge, and the next files
    audio_until: dict[str, int] = field(default_factory=dict)  # id -> its end, unless it is paused
    room_music: dict[str, str] = field(default_factory=dict)  # bridge -> class
    far_ends: dict[str, list[tuple[float, str | int]]] = field(default_factory=dict)
    machines: dict[str, tuple[float, str]] = field(default_factory=dict)  # number -> seconds of AMD(), and its result
    silence: tuple[float, str] = (5.0, "SILENCE")  # how WaitForSilence() ends
    talk_detected: set[str] = field(default_factory=set)  # legs with talk detection
    wordless: set[str] = field(default_factory=set)  # numbers where the party is silent until a test lets them speak
    dialled: list[str] = field(default_factory=list)
    answered_elsewhere: list[str] = field(default_factory=list)  # channels whose phones list no missed call
    leads: dict[str, int] = field(default_factory=dict)  # the database's answer: number -> lead_id
    receiver: int | None = 200  # the answer of a webhook's receiver; None: it is pending
    out: list[ev.Event] = field(default_factory=list)
    later: list[tuple[int, int, str, str | int | Callable[[], None]]] = field(default_factory=list)
    _serial: int = 0

    # -- what parties do --

    def come_in(
        self,
        channel: str,
        *args: str,
        number: str = "3125550100",
        dialled: str = "8005550100",
        call: str = "",
        why: tuple[str, ...] = (),
        data: tuple[tuple[str, str], ...] = (),
        priority: int = 0,
        trunk: str = "",
    ) -> None:
        """Let a phone or a trunk bring a channel into Stasis."""
        self.channels[channel] = SimulatedChannel(channel, args, number=number, data=data)
        came = ev.LegArrived(
            channel,
            args,
            number=number,
            dialled=dialled,
            call=call,
            why=why,
            server=self.server,
            data=data,
            after=self.has_after and args[:1] != ("login",),
            priority=priority,
            trunk=trunk,
        )
        self.out.append(came)

    def hang_up(self, channel: str, cause: int = 16) -> None:
        """Let a party hang up, or its channel die."""
        if channel in self.outside:
            self.outside.discard(channel)
            self.out.append(ev.LegDestroyed(channel, cause))
        found = self.channels.pop(channel, None)
        if found is None:
            return
        self._out_of_bridge(found)
        self.out.append(ev.LegLeftStasis(channel))
        self.out.append(ev.LegDestroyed(channel, cause))
        for whisper in [one.id for one in self.channels.values() if one.whispers_to == channel]:
            self.hang_up(whisper)

    def die(self, channel: str, number: str = "") -> None:
        """Let a phone vanish: its line stays until `rtp_timeout`, and calls to it get no answer."""
        found = self.channels[channel]
        found.dead = True
        self._listen(found.bridge)
        self.after(RTP_TIMEOUT, channel, 44)
        if number:
            self.far_ends[number] = []
            self.at(self.now + QUALIFIED, lambda: self._is_away(found, number))

    def _is_away(self, dead: SimulatedChannel, number: str) -> None:
        """Report a phone that does not answer Asterisk; it is away if its line is the last one, and silent."""
        lines = [one for one in self.channels.values() if number in (one.number, one.dialled)]
        if lines in ([dead], []):
            self.out.append(ev.PhoneUnreachable(number))

    def register(self, number: str, does: list[tuple[float, str | int]]) -> None:
        """Register a phone again, with this behaviour when it is called. A dead line stays dead."""
        self.far_ends[number] = does
        if not any(one.dead for one in self.channels.values() if number in (one.number, one.dialled)):
            self.out.append(ev.PhoneReachable(number))

    def after(self, seconds: float, channel: str, what: str | int) -> None:
        """Change a channel after this many seconds."""
        self._serial += 1
        heappush(self.later, (self.now + int(seconds * SECOND), self._serial, channel, what))

    def at(self, when: int, do_it: Callable[[], None]) -> None:
        """Call a function at a time, such as the result of a delayed request."""
        self._serial += 1
        heappush(self.later, (when, self._serial, "", do_it))

    def pass_time(self, until: int) -> bool:
        """Advance to the next automatic change, no later than `until`; return False when there is none."""
        if not self.later or self.later[0][0] > until:
            self.now = max(self.now, until)
            return False
        at, _, channel, what = heappop(self.later)
        self.now = max(self.now, at)
        found = self.channels.get(channel)
        if callable(what):
            what()
            return True
        if isinstance(what, str) and what.startswith("audio "):
            if self.audio_until.get(audio := what.removeprefix("audio ")) == at:
                bridge, names = self.audio_next[audio]
                if names:
                    self._play_audio(audio, bridge, names)
                else:
                    self._audio_over(audio)
            return True
        if found is None:
            return True
        if isinstance(what, int):
            self.hang_up(channel, what)
        elif what == "ringing":
            found.rings = True
            self.out.append(ev.LegRinging(channel))
        elif what == "progress":
            found.early = True
            self.out.append(ev.LegProgress(channel))
            self._listen(found.bridge)
        elif what == "up":
            self._answered(found)
        elif what.startswith("redirects to "):
            self.out.append(ev.LegRedirected(channel, what.removeprefix("redirects to ")))
            self.hang_up(channel, 23)
        elif what.startswith("amd "):
            self._detector_returns(found, tuple(what.split()))
        elif what.startswith("played"):
            self._played(found, what.removeprefix("played "))
        elif what.startswith("goes on "):
            play, _, rest = what.removeprefix("goes on ").partition(" ")
            if found.playing == play:
                self._play_all(found, rest.split("|"), play)
        return True

    def _played(self, channel: SimulatedChannel, play: str) -> None:
        """Report the end of a prompt, and make the move that waited for it. A stopped prompt has already ended."""
        if channel.playing != play:
            return
        channel.playing = ""
        self.out.append(ev.PlayFinished(channel.id, play=play))
        if channel.answers_late:
            channel.answers_late = False
            self._answered(channel)
        if (join := channel.wants_to) and self.channels.get(channel.id) is channel:
            channel.wants_to = None
            self._join(join, channel, join.bridge)

    def press(self, channel: str, digits: str) -> None:
        """Let a party press keys; the others in its bridge get them too."""
        found = self.channels.get(channel)
        others: list[str] = []
        if found and found.bridge and not found.absorbs_keys:
            others = [one.id for one in self.channels.values() if one.bridge == found.bridge and one is not found]
        for digit in digits:
            self.pressed += [(other, digit) for other in others]
            self.out.append(ev.DtmfReceived(channel, digit))

    def hold(self, channel: str, *, on: bool, own_music: bool = False) -> None:
        """Let a phone hold its line, or resume it; in an unmixed bridge of two, Asterisk tells the other party."""
        found = self.channels[channel]
        found.held, found.own_music = on, own_music
        if other := self._other(found):
            other.music, other.passed_on = "default" if on else "", on
        self._listen(found.bridge)
        self.out.append(ev.LegHoldChanged(channel, on))

    def _mix(self, bridge: str, members: int = 0) -> None:
        """Mix a bridge with this many channels from now on, which ends Asterisk's own hold music."""
        there = [one for one in self.channels.values() if one.bridge == bridge]
        for one in there if len(there) >= members else ():
            if one.passed_on:
                one.music, one.passed_on = "", False

    def _other(self, channel: SimulatedChannel) -> SimulatedChannel | None:
        """Return the other one of two channels in an unmixed bridge."""
        bridge = channel.bridge or ""
        there = [one for one in self.channels.values() if one.bridge == bridge and one is not channel]
        sounds = (self.tones, self.silences, self.recordings)
        plays = any(bridge in one.values() for one in sounds) or bridge in self.room_music
        plays = plays or any(where == bridge for audio, (where, _) in self.audio_next.items() if audio in self.audio)
        return there[0] if self.bridges.get(bridge) == "room" and len(there) == 1 and not plays else None

    def speaks(self, channel: str, *, on: bool = True) -> None:
        """Let a silent party speak, or a speaking one be silent."""
        self.channels[channel].wordless = not on
        self._listen(self.channels[channel].bridge)

    def talks(self, channel: str) -> None:
        """Let the party of a channel begin to speak."""
        if channel in self.talk_detected:
            self.out.append(LegTalking(channel))

    # -- what other programs do --

    def bring_in(self, channel: str, bridge: str) -> None:
        """Add a channel to a bridge that the app does not know."""
        self.channels[channel] = SimulatedChannel(channel, up=True, bridge=bridge)
        self._listen(bridge)
        self.out.append(ev.LegJoined(channel, bridge))

    def throw_out(self, channel: str) -> None:
        """Remove a channel from its bridge; it stays in Stasis."""
        self._out_of_bridge(self.channels[channel])

    def destroy(self, bridge: str) -> None:
        """Destroy a bridge; after its last leg has left, the app gets no more events of it."""
        for channel in [one for one in self.channels.values() if one.bridge == bridge]:
            self._out_of_bridge(channel)
        del self.bridges[bridge]

    # -- what people hear --

    def hears(self, listener: str, speaker: str) -> bool:
        """Return whether the listener hears the speaker."""
        outside = {listener, speaker} <= self.outside
        return outside or self._in_a_room(listener, speaker) or self._by_an_ear(listener, speaker)

    def _by_an_ear(self, listener: str, speaker: str) -> bool:
        """Return whether they hear each other through a snoop channel, whose bridge gets its phone's sound."""
        for ear in [one for one in self.channels.values() if one.whispers_to and one.bridge]:
            beside = {one.id for one in self.channels.values() if one.bridge == ear.bridge and one.up}
            near = speaker == ear.whispers_to or self._in_a_room(ear.whispers_to, speaker)
            if listener in beside and near:
                return True
            heard_by = [ear.whispers_to] if ear.whisper == "out" else []
            if ear.whisper == "both":
                heard_by = [ear.whispers_to, *(one for one in self.channels if self._in_a_room(one, ear.whispers_to))]
            if speaker in beside and listener in heard_by:
                return True
        return False

    def _in_a_room(self, listener: str, speaker: str) -> bool:
        one, other = self.channels.get(listener), self.channels.get(speaker)
        if not one or not other or one is other or one.bridge is None or one.bridge != other.bridge:
            return False
        deaf = one.silent or one.deaf or one.held or one.music or one.hears_nothing or one.dead
        return self.bridges.get(one.bridge) == "room" and other.audible and not deaf

    def hears_music(self, listener: str) -> bool:
        """Return whether the channel hears music, in a holding bridge or in a bridge with music."""
        found = self.channels.get(listener)
        if not found or found.held or found.deaf:
            return False
        if found.music:
            return True
        if not found.bridge or found.bridge in self.silent_spots:
            return False
        return found.bridge in self.room_music or self.bridges.get(found.bridge, "room") != "room"

    # -- what the app asks --

    def perform(self, action: do.Action) -> None:
        """Perform one action, as ARI does; the resulting events go to `out`."""
        assert not isinstance(action, ServerAction) or action.server == self.server, action
        match action:
            case do.CreateMixingBridge(bridge):
                self.bridges[bridge] = "room"
            case do.CreateHoldingBridge(bridge, music):
                self.bridges[bridge] = music
                self.silent_spots.discard(bridge)
            case do.DestroyBridge(bridge):
                self._close(bridge)
            case do.PlayBridgeAudio(tone, bridge, media) if tone.startswith("audio-"):
                self._play_audio(tone, bridge, media.removeprefix("sound:").split("|"))
            case do.PlayBridgeAudio(tone, bridge, media):
                self._play_in_bridge(tone, bridge, media)
            case do.StopBridgeAudio(tone):
                self.tones.pop(tone, None)
                self.silences.pop(tone, None)
                self._audio_over(tone)
            case do.PauseBridgeAudio(tone, on):
                self._pause_audio(tone, on=on)
            case do.PlayBridgeMusic(bridge, music):
                self.room_music[bridge] = music
                self._mix(bridge)
            case do.StopBridgeMusic(bridge):
                self.room_music.pop(bridge, None)
            case do.StartRecording(name, bridge):
                self._record(action, name, bridge)
            case do.StopRecording(name):
                self._stop_record(name)
            case do.MuteRecording(name, on):
                self._mute_record(action, name, on)
            case do.MeasureRecording(name):
                tape = self.files.get(name)
                length = tape.length // 1000 if tape else 0
                size = 44 + length * 16 if tape else 0
                age = (self.now - tape.began - tape.length) // 1000 if tape else 0
                self.out.append(ev.RecordingMeasured(name, f"/{name}.wav", size, length, "00", age=age))
            case do.ConvertRecording(name, form):
                self.out.append(ev.RecordingConverted(name, f"/{name}.{form}", 44, "01"))
            case do.SendWebhook(webhook):
                if self.receiver is not None:
                    self.out.append(ev.WebhookTried(webhook, self.receiver, "" if self.receiver == 200 else "no"))
            case do.CreateChannel():
                self._make(action)
            case OriginateToDialplan():
                self._originate(action)
            case do.CreateWhisperLeg(leg, to):
                self._whisper(action, leg, to)
            case do.CreateSnoopLeg(leg, to, whisper):
                self._whisper(action, leg, to, whisper)
            case CreateDetector(leg, detector, call):
                self._whisper(action, detector, leg, args=("amd", call))
            case MoveIntoStasis():
                self._move_in(action)
            case do.FindLead(call, number, method):
                new = len(self.leads) + 1
                self.leads[number] = new if method == "CID" else self.leads.get(number, new)
                self.out.append(LeadFound(call, self.leads[number]))
            case do.Reply():
                pass
            case _:
                self._to_channel(action)

    def _move_in(self, move: MoveIntoStasis) -> None:
        """Bring channels from the dialplan into Stasis, where the app joins them. One that is stuck stays away."""
        args = ("adopted", "after" if self.has_after else "")
        for leg in (move.customer, move.agent_leg):
            if leg in self.outside - self.stuck:
                self.outside.discard(leg)
                self.channels[leg] = SimulatedChannel(leg, args, up=True)
                self.out.append(ev.LegArrived(leg, args, up=True, server=self.server))
                self._join(do.AddToBridge(leg, move.bridge), self.channels[leg], move.bridge)

    def _to_channel(self, action: do.Action) -> None:
        leg = do.get_leg(action) or ""
        found = self.channels.get(leg)
        match action:
            case do.HangUpLeg():
                if found is None:
                    self.out.append(ev.LegDestroyed(leg, 0))
                if action.answered_elsewhere:
                    self.answered_elsewhere.append(leg)
                self.hang_up(leg)
            case do.ContinueInFallback() | do.ContinueInDialplan() if found is None:
                self.out.append(ev.LegDestroyed(leg, 0))
            case _ if found is None:
                self.out.append(ev.ActionFailed(action, 404, "Channel not found"))
            case do.AnswerLeg() if found.playing:
                found.answers_late = True
            case do.StopPlay() if found.answers_late:
                pass
            case do.AnswerLeg():
                self._answered(found)
            case do.SendProgress():
                pass
            case do.AddToBridge() if found.playing:
                found.wants_to = action
            case do.AddToBridge(_, bridge):
                self._join(action, found, bridge)
            case do.RemoveFromBridge(_, bridge):
                if found.bridge == bridge:
                    self._out_of_bridge(found)
                else:
                    self.out.append(ev.LegLeft(leg, bridge))
            case do.PlaySilence(_, on):
                found.silent = on
            case do.PlayHoldMusic(_, music):
                found.music, found.passed_on = music, False
            case do.StopHoldMusic():
                found.music = ""
                self.out.append(ev.ActionDone(action))
            case do.MuteOutbound(_, on):
                found.deaf = on
            case do.MuteInbound(_, on):
                found.muted = on
                self._listen(found.bridge)
                self.out.append(ev.ActionDone(action))
            case do.Play(_, media, play):
                self._serial += 1
                self._play_all(found, media.partition(":")[2].split("|"), play or f"unnamed-{self._serial}")
            case do.StopPlay(_, play):
                self.cut_off += [(leg, play)] if found.playing == play else []
                self._played(found, play)
            case do.DialLeg(_, timeout):
                self._dial(action, found, timeout)
            case do.SendDtmf(_, receipt, keys):
                self.pressed.append((leg, keys or receipt))
            case do.AnswerRefer(_, answer):
                self.referred.append((leg, answer))
            case do.ContinueInFallback(_, reason, _):
                del self.channels[leg]
                self.given_back.append((leg, reason))
                self.out.append(ev.LegLeftStasis(leg))
            case DetectTalking(_, on):
                self.talk_detected = self.talk_detected | {leg} if on else self.talk_detected - {leg}
                self.out.append(ev.ActionDone(action))
            case do.ContinueInDialplan(_, context, exten) if context in DETECTOR:
                self._detects(found, context, exten)
            case do.ContinueInDialplan(_, context, exten):
                self._out_of_bridge(self.channels.pop(leg))
                self.out.append(ev.LegLeftStasis(leg))
                self._in_the_dialplan(found, context, exten)

    def _play_all(self, channel: SimulatedChannel, names: list[str], play: str) -> None:
        """Play one file after the other."""
        channel.playing = play
        self._play(channel, f"sound:{names[0]}")
        rest = "|".join(names[1:])
        self.after(PROMPT / SECOND, channel.id, f"goes on {play} {rest}" if rest else f"played {play}")

    def _in_the_dialplan(self, channel: SimulatedChannel, context: str, exten: str) -> None:
        """Play a mailbox's greeting; a menu can bring the channel back."""
        self.gone_on.append((channel.id, f"{context},{exten}"))
        if context == "warmline-voicemail":
            self.played.append((channel.id, "sound:vm-nobodyavail"))
        if args := self.menus.get(context):
            self.come_in(channel.id, *args, number=channel.number)

    def _play(self, channel: SimulatedChannel, media: str) -> None:
        """Play a prompt to a channel, unless its outbound audio is muted, which silences whispers and prompts too.

        A whisper needs sound to its listener, who gets none alone in a bridge.
        """
        listener = self.channels.get(channel.whispers_to, channel)
        if listener.deaf:
            return
        if channel is listener or listener.bridge is None or self._sounds(listener):
            self.played.append((listener.id, media))

    def _sounds(self, listener: SimulatedChannel) -> bool:
        bridge = listener.bridge
        others = any(one.audible for one in self.channels.values() if one.bridge == bridge and one is not listener)
        return others or bridge in {*self.tones.values(), *self.silences.values(), *self.room_music}

    def _play_in_bridge(self, tone: str, bridge: str, media: str) -> None:
        """Play in a bridge; a prompt ends by itself, a tone does not."""
        if media == "tone:0/1000":
            self.silences[tone] = bridge
            self._mix(bridge)
        elif media.startswith("tone:"):
            self.tones[tone] = bridge
            self._mix(bridge)
        else:
            self.played += [(one.id, media) for one in self.channels.values() if one.bridge == bridge and not one.deaf]

    def _play_audio(self, audio: str, bridge: str, names: list[str]) -> None:
        """Play an agent's audio, one file after the other."""
        self.audio[audio] = PROMPT
        self.audio_next[audio] = (bridge, names[1:])
        self._play_in_bridge("", bridge, f"sound:{names[0]}")
        self._audio_goes(audio)

    def _audio_goes(self, audio: str) -> None:
        """Set the end of a file; a pause or a stop can come before it."""
        self._serial += 1
        self.audio_until[audio] = self.now + self.audio[audio]
        heappush(self.later, (self.audio_until[audio], self._serial, "", f"audio {audio}"))

    def _pause_audio(self, audio: str, *, on: bool) -> None:
        if audio not in self.audio:
            return
        if on:
            self.audio[audio] = self.audio_until.pop(audio) - self.now
        else:
            self._audio_goes(audio)

    def _audio_over(self, audio: str) -> None:
        if self.audio.pop(audio, None) is not None:
            self.audio_until.pop(audio, None)
            self.out.append(ev.AudioEnded(audio))

    def _make(self, action: do.CreateChannel) -> None:
        number, _, trunk = action.endpoint.partition("/")[2].partition("@")
        local = action.endpoint.startswith("Local/")
        if self.stopped or number not in self.far_ends or (trunk not in ("trunk", "") and not local):
            self.out.append(ev.ActionFailed(action, 500, "Allocation failed"))
            return
        wordless = number in self.wordless
        made = SimulatedChannel(action.leg, ("made",), dialled=number, caller=action.caller, wordless=wordless)
        made.caller_name, made.headers = action.name, action.headers
        made.variables = dict(action.variables)
        self.channels[action.leg] = made
        self.out.append(ev.LegArrived(action.leg, ("made",), server=self.server))

    def _originate(self, action: OriginateToDialplan) -> None:
        """Dial a lead. It continues in the dialplan when it answers, and then in Stasis unless the app is away."""
        number, _, trunk = action.endpoint.partition("/")[2].partition("@")
        if self.stopped or number not in self.far_ends or trunk not in ("trunk", ""):
            self.out.append(ev.ActionFailed(action, 500, "Allocation failed"))
            return
        made = SimulatedChannel(action.leg, dialled=number, caller=action.caller, in_dialplan=True)
        self.channels[action.leg] = made
        self._ring(made, action.timeout)

    def _lead_answered(self, channel: SimulatedChannel) -> None:
        channel.up, channel.args, channel.answered = True, ("auto",), self.now
        if self.app_away:
            self.played.append((channel.id, "harbour"))
            self.after(PROMPT / SECOND, channel.id, 16)
            return
        channel.in_dialplan = False
        self.out.append(ev.LegAnswered(channel.id))
        self.out.append(ev.LegArrived(channel.id, ("auto",), up=True, server=self.server, answered=self.now))

    def guard_sends(self, lead: str) -> None:
        """Let the guard send an answered lead to the safe harbour message, because the app gives no heartbeat."""
        self.channels[lead].in_dialplan = True
        self.played.append((lead, "harbour"))
        self.out.append(ev.LegLeftStasis(lead, harbour=True, message_at=self.now))
        self.after(PROMPT / SECOND, lead, 16)

    def _whisper(
        self,
        action: do.CreateWhisperLeg | do.CreateSnoopLeg | CreateDetector,
        leg: str,
        to: str,
        whisper: str = "out",
        args: tuple[str, ...] = ("whisper",),
    ) -> None:
        if to not in self.channels:
            self.out.append(ev.ActionFailed(action, 404, "Channel not found"))
            return
        self.channels[leg] = SimulatedChannel(leg, args, whispers_to=to, whisper=whisper)
        self.out.append(ev.LegArrived(leg, args, server=self.server))

    def _detects(self, detector: SimulatedChannel, context: str, call: str) -> None:
        """Let a detector run AMD() or WaitForSilence() in the dialplan."""
        detector.in_dialplan = True
        self.out += [ev.LegLeftStasis(detector.id), ev.LegDestroyed(detector.id)]
        lead = self.channels[detector.whispers_to]
        seconds, result = self.machines.get(lead.dialled, HUMAN) if context == "warmline-amd" else self.silence
        self.after(seconds, detector.id, f"amd {call} {result}")

    def _detector_returns(self, detector: SimulatedChannel, args: tuple[str, ...]) -> None:
        if self.app_away:
            del self.channels[detector.id]
            return
        detector.in_dialplan, detector.args = False, args
        self.out.append(ev.LegArrived(detector.id, args, server=self.server))

    def _dial(self, action: do.DialLeg, channel: SimulatedChannel, timeout: int) -> None:
        self.out.append(ev.ActionDone(action))
        self._ring(channel, timeout)

    def _ring(self, channel: SimulatedChannel, timeout: int) -> None:
        """Let the far end of a dialled channel do what it does, until the timeout."""
        self.dialled.append(channel.dialled)
        for seconds, what in self.far_ends[channel.dialled]:
            if seconds < timeout:
                self.after(seconds, channel.id, what)
        if not any(
            what == "up" or isinstance(what, int) or what.startswith("redirects")
            for _, what in self.far_ends[channel.dialled]
        ):
            self.after(timeout, channel.id, 19)

    def _join(self, action: do.AddToBridge, channel: SimulatedChannel, bridge: str) -> None:
        if bridge not in self.bridges:
            self.out.append(ev.ActionFailed(action, 404, "Bridge not found"))
            return
        self._out_of_bridge(channel)  # a channel that is already in it leaves and joins again
        channel.bridge, channel.hears_nothing, channel.absorbs_keys = bridge, False, action.absorb
        self._mix(bridge, members=3)
        self._listen(bridge)
        self.out.append(ev.LegJoined(channel.id, bridge))

    def _out_of_bridge(self, channel: SimulatedChannel) -> None:
        bridge, channel.bridge = channel.bridge, None
        if bridge is None:
            return
        if channel.passed_on:
            channel.music, channel.passed_on = "", False
        self._listen(bridge)
        self.out.append(ev.LegLeft(channel.id, bridge))
        if not any(other.bridge == bridge for other in self.channels.values()):
            self.silent_spots.add(bridge)
            for name in [name for name, where in self.recordings.items() if where == bridge]:
                self._stop_record(name)

    def _record(self, action: do.StartRecording, name: str, bridge: str) -> None:
        if bridge not in self.bridges:
            self.out.append(ev.ActionFailed(action, 404, "Bridge not found"))
            return
        self.recordings[name] = bridge
        self.files[name] = SimulatedRecording(bridge, began=self.now)
        self._mix(bridge)
        self._listen(bridge)
        self.out.append(ev.RecordingStarted(name, self.server))

    def _stop_record(self, name: str) -> None:
        if self.recordings.pop(name, None):
            tape = self.files[name]
            tape.length = self.now - tape.began
            tape.tail = self.now - (self.now if tape.silent_since is None else tape.silent_since)
        self.out.append(ev.RecordingFinished(name))

    def _mute_record(self, action: do.MuteRecording, name: str, on: bool) -> None:
        if bridge := self.recordings.get(name):
            tape = self.files[name]
            tape.muted = on
            if on:  # there is no sound of a channel that was in it for less than a packet
                tape.heard = {voice: since for voice, since in tape.heard.items() if since <= self.now - PACKET}
            self._listen(bridge)
            self.out.append(ev.ActionDone(action))
        else:
            self.out.append(ev.ActionFailed(action, 404, "Recording not found"))

    def _answered(self, channel: SimulatedChannel) -> None:
        if channel.in_dialplan:
            self._lead_answered(channel)
            return
        channel.up = True
        self._listen(channel.bridge)
        self.out.append(ev.LegAnswered(channel.id))

    def _listen(self, bridge: str | None) -> None:
        """Store which channels are in the running recordings of a bridge."""
        voices = {one.id for one in self.channels.values() if one.bridge == bridge and one.audible}
        for name in [name for name, where in self.recordings.items() if where == bridge]:
            tape = self.files[name]
            heard = set() if tape.muted else voices
            tape.heard = dict.fromkeys(heard, self.now) | tape.heard
            tape.silent_since = None if heard else tape.silent_since or self.now

    def _close(self, bridge: str) -> None:
        for channel in self.channels.values():
            if channel.bridge == bridge:
                self._out_of_bridge(channel)
        self.bridges.pop(bridge, None)
        self.room_music.pop(bridge, None)
        self.out.append(ev.BridgeDestroyed(bridge))
