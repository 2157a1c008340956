"""The channels, bridges, sounds and recordings of an Asterisk that exists only in a test, as its memory has them."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warmline.ari import resources

if TYPE_CHECKING:
    from warmline.ari.testing.script_party import ScriptParty

UNSTOPPABLE_SCHEMES = ("number", "digits", "characters")  # Asterisk controls no playback of these
ANNOUNCER_ROLE, PARTICIPANT_ROLE = "announcer", "holding_participant"
HOLD_MUSIC = "default"  # what a held party hears
SOUND_SECONDS = 1.0  # of each sound; a party presses its keys, or hangs up, in the middle
SIMPLE_BRIDGE_CHANNELS = 2  # up to so many, Asterisk passes a hold on to the other one


@dataclass(eq=False)
class MediaItem:
    """Something that a MediaQueue plays or records. `begin` is called at its turn.

    `break_off` is called when the channel leaves the script, with whether it had begun.
    """

    begin: Callable[[], None]
    break_off: Callable[[bool], None]


class MediaQueue:
    """What Asterisk plays to a channel or bridge, or records of a channel: one thing after the other."""

    def __init__(self) -> None:
        self._items: deque[MediaItem] = deque()
        self._waits: list[asyncio.Future[None]] = []

    def add(self, item: MediaItem) -> None:
        """Play or record something when all that was requested before has ended."""
        self._items.append(item)
        if self._items[0] is item:
            item.begin()

    def remove(self, item: MediaItem) -> None:
        """Take away what has ended, and begin what comes next."""
        if item not in self._items:
            return
        was_first = self._items[0] is item
        self._items.remove(item)
        if was_first and self._items:
            self._items[0].begin()
        self._wake()

    def break_off(self) -> None:
        """End everything, because the channel leaves the script or the bridge is destroyed."""
        items, self._items = self._items, deque()
        for number, item in enumerate(items):
            item.break_off(number == 0)
        self._wake()

    async def wait_until_idle(self) -> None:
        """Wait until nothing is played or recorded any more, as Asterisk does before it answers some requests."""
        while self._items:
            future = asyncio.get_running_loop().create_future()
            self._waits.append(future)
            await future

    def call_when_idle(self, function: Callable[[], None]) -> None:
        """Call a function when nothing is played or recorded any more."""
        if self._items:
            future = asyncio.get_running_loop().create_future()
            self._waits.append(future)
            future.add_done_callback(lambda _: self.call_when_idle(function))
        else:
            function()

    def _wake(self) -> None:
        waits, self._waits = ([], self._waits) if self._items else (self._waits, [])
        for future in waits:
            if not future.done():
                future.set_result(None)


@dataclass(eq=False)
class SimulatedChannel:
    """A channel. `party` is who is at its other end: a person, or the program of an external media channel.

    `is_called`: the script has made it; else the dialplan sent it. `dialled` is its number or endpoint. A snoop channel
    has nobody at its other end, but `spied`: the channel to which it listens.
    """

    id: str
    party: "ScriptParty"
    app: str
    arguments: tuple[str, ...]
    is_called: bool
    state: resources.ChannelState
    name: str = ""
    dialled: str = ""
    caller_id: str = ""
    dialplan_place: tuple[str, str, int] = ("from-trunk", "s", 1)  # in the dialplan: context, extension, priority
    place_at_answer: tuple[str, str, int] | None = None  # where it goes on instead of the script
    in_script: bool = False
    subscribers: set[str] = field(default_factory=set)  # the applications that get its events
    variables: dict[str, str] = field(default_factory=dict)
    bridge: "SimulatedBridge | None" = None
    role: str = ""
    is_muted_in_bridge: bool = False
    muted_directions: set[str] = field(default_factory=set)  # in: what it says, out: what it hears
    music: str = ""
    is_holding: bool = False  # at the party's phone
    is_held: bool = False  # by the script
    spied: "SimulatedChannel | None" = None
    spy: str = "none"
    whisper: str = "none"
    snoops: "list[SimulatedChannel]" = field(default_factory=list)
    player: MediaQueue = field(default_factory=MediaQueue)
    hangup_handlers: list[str] = field(default_factory=list)
    at_end: Callable[[], None] | None = None  # what the dialplan does when it has ended

    @property
    def has_party(self) -> bool:
        """Return whether somebody is at the other end: who was called and has answered, or who has called."""
        return self.spied is None and self.state in ("Up", "Ring")


@dataclass(eq=False)
class SimulatedBridge:
    id: str
    name: str
    types: tuple[str, ...] = ("mixing",)
    channels: list[SimulatedChannel] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    subscribers: set[str] = field(default_factory=set)
    music: str = ""
    video_source: SimulatedChannel | None = None
    is_of_dialplan: bool = False
    player: MediaQueue = field(default_factory=MediaQueue)

    @property
    def is_holding_bridge(self) -> bool:
        """Return whether those in the bridge wait there, and do not hear each other."""
        return "holding" in self.types

    @property
    def announcer(self) -> SimulatedChannel | None:
        """Return whom those in a holding bridge hear."""
        return next((channel for channel in self.channels if channel.role == ANNOUNCER_ROLE), None)

    def connects(self, speaker: SimulatedChannel, listener: SimulatedChannel) -> bool:
        """Return whether the bridge passes on what one of its channels says to another one."""
        if speaker is listener or speaker.is_muted_in_bridge:
            return False
        return not self.is_holding_bridge or speaker is self.announcer


Target = SimulatedChannel | SimulatedBridge


def to_uri(target: Target) -> str:
    """Return the URI of a channel or bridge, as playbacks and recordings have it."""
    return f"{'channel' if isinstance(target, SimulatedChannel) else 'bridge'}:{target.id}"


@dataclass(eq=False)
class SimulatedPlayback:
    id: str
    media: list[str]
    target: Target
    language: str = "en"
    offset_seconds: float = 0.0
    skip_seconds: float = 3.0
    index: int = 0
    state: resources.PlaybackState = "queued"
    is_cancelled: bool = False
    remaining_seconds: float = 0.0
    end_time: float = 0.0
    timer: asyncio.TimerHandle | None = None
    item: MediaItem | None = None

    @property
    def is_controllable(self) -> bool:
        """Return whether Asterisk can stop, pause and wind what is played now."""
        return self.media[self.index].partition(":")[0] not in UNSTOPPABLE_SCHEMES


@dataclass(eq=False)
class Recording:
    """A file that a script has recorded, or is recording.

    - `name`, `format`: those of the file
    - `heard`: the voices and sounds in it, as `heard` of a party has them
    - `seconds`: its length, without pauses
    """

    name: str
    format: str
    heard: list[str] = field(default_factory=list)
    seconds: int = 0


@dataclass(eq=False)
class SimulatedRecording:
    """The making of a file."""

    file: Recording
    target: Target
    end_keys: str = ""
    max_seconds: int = 0
    silence_seconds: int = 0
    beep: bool = False
    state: resources.LiveRecordingState = "queued"
    is_muted: bool = False
    parties: "list[ScriptParty]" = field(default_factory=list)  # who is in it
    recorded_seconds: float = 0.0  # until the last pause
    start_time: float | None = None  # of the part that is being recorded; None in a pause
    timer: asyncio.TimerHandle | None = None
    item: MediaItem | None = None

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self.file.name

    def hear(self, sound: str) -> None:
        """Record a sound or a voice, unless the recording is paused or muted."""
        if self.state == "recording" and not self.is_muted:
            self.file.heard.append(sound)

    def measure(self, now_seconds: float) -> float:
        """Return the seconds that were recorded until now."""
        return self.recorded_seconds + (0.0 if self.start_time is None else now_seconds - self.start_time)
