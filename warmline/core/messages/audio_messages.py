"""The sound of legs and bridges: prompts, music, silence and keys."""

from dataclasses import dataclass

from warmline.core.messages.values.server_action import ServerAction


@dataclass(frozen=True, slots=True)
class Play(ServerAction):
    """Play to one leg: idle, in a holding bridge, or a whisper. Proof: PlayFinished.

    `play` is the id for a stop, or "" if it is never stopped. Sound files separated by | are played one after another.
    """

    leg: str
    media: str
    play: str = ""


@dataclass(frozen=True, slots=True)
class StopPlay(ServerAction):
    """Stop a prompt. A stop must come before a join, because a join waits for the end of the prompt."""

    leg: str
    play: str


@dataclass(frozen=True, slots=True)
class PlayBridgeAudio(ServerAction):
    """Play to every party in a bridge until the end or a stop, under the id `tone`.

    Sound files separated by | are played one after another. Proof of the end: AudioEnded, if `tone` is an agent's.
    """

    tone: str
    bridge: str
    media: str


@dataclass(frozen=True, slots=True)
class PlayBridgeMusic(ServerAction):
    """Play music of class `music` to every party in a bridge, in addition to the conversation."""

    bridge: str
    music: str


@dataclass(frozen=True, slots=True)
class StopBridgeMusic(ServerAction):
    bridge: str


@dataclass(frozen=True, slots=True)
class PlayHoldMusic(ServerAction):
    """Play music of class `music` to one leg, and nothing else. A second request continues the music."""

    leg: str
    music: str


@dataclass(frozen=True, slots=True)
class StopHoldMusic(ServerAction):
    """Stop the music of one leg. It must stop before a join, or the leg hears no other party. Proof: ActionDone."""

    leg: str


@dataclass(frozen=True, slots=True)
class SendDtmf(ServerAction):
    """Send the keys of this command, or of this key press, to one leg only.

    The app has the keys under `receipt`, and they are never written to the journal. `keys` are sent instead if they
    are no secret.
    """

    leg: str
    receipt: str
    keys: str = ""


@dataclass(frozen=True, slots=True)
class PauseBridgeAudio(ServerAction):
    """Pause a sound that plays in a bridge, or resume it."""

    tone: str
    on: bool


@dataclass(frozen=True, slots=True)
class StopBridgeAudio(ServerAction):
    tone: str


@dataclass(frozen=True, slots=True)
class PlayFinished:
    """A prompt to one leg came to its end, was stopped, or could not be played; `play` is its id."""

    leg: str
    ok: bool = True
    play: str = ""


@dataclass(frozen=True, slots=True)
class AudioEnded:
    """An agent's audio in a bridge came to its end, was stopped, or could not be played."""

    audio: str
    ok: bool = True


@dataclass(frozen=True, slots=True)
class DtmfReceived:
    """A party pressed a key.

    `digit` is "" if the key means nothing to Warmline. `kept` is the id under which the app has such a key of an agent,
    until it is passed on. `number` is the number that an agent has typed before the key #. See key_press_privacy.py.
    """

    leg: str
    digit: str = ""
    kept: str = ""
    number: str = ""
