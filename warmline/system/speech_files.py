"""The sound files of texts that scripts say. A program makes a file at the first use of a text; later uses find it.

A file is in the folder `speech` of the spool, under a hash of its command, voice and text, so its name tells nothing of
the text. One of a private text has a random name, and whoever said it deletes it. `speech_sweep` deletes old files.
"""

# ruff: noqa: PTH108, PTH118 -- pathlib costs an AGI script 5 ms

import hashlib
import os

from warmline.system import settings
from warmline.text.coded_error import CodedError

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from warmline.system.settings import Settings

FOLDER = "speech"  # in the spool
EXTENSIONS = (".wav", ".wav16")  # as Asterisk names sounds of 8 and of 16 kHz
PRIVATE_PREFIX = "private-"
MAX_CHARACTERS = 10_000  # of a text
NAME_CHARACTERS = 32
VOICE_SIGNS = "._+-/"


class SpeechError(CodedError):
    """A text that cannot be said: the sentence names the program or the value, and the fix."""


class SpokenText:
    """A text, and its sound file without the extension; `is_made` is False if the file must be made."""

    __slots__ = ("command", "is_made", "path", "text", "voice")

    def __init__(self, path: str, text: str = "", voice: str = "", command: str = "", *, is_made: bool = True) -> None:
        self.path = path
        self.text = text
        self.voice = voice
        self.command = command
        self.is_made = is_made


def find(text: str, voice: str = "", *, private: bool = False, config: "Settings | None" = None) -> "SpokenText | None":
    """Return a text with its sound file, which may have to be made; None for a text without a sign to say.

    A line break or a control character is a space. The file of a `private` text is new: `delete` it after its use.
    Raises CodedError.
    """
    spoken_text = to_spoken_text(text)
    if not spoken_text:
        return None
    config = config or settings.load(servers=False)
    voice = check_voice(voice or config.speech_voice)
    if private:
        name = PRIVATE_PREFIX + os.urandom(NAME_CHARACTERS // 2).hex()
    else:
        key = "\0".join((config.speech_command, voice, spoken_text))
        name = hashlib.sha256(key.encode()).hexdigest()[:NAME_CHARACTERS]
    path = os.path.join(config.spool, FOLDER, name)
    is_made = not private and mark_used(path)
    return SpokenText(path, spoken_text, voice, config.speech_command, is_made=is_made)


def make(spoken_text: SpokenText) -> None:
    """Make the sound file, unless it is made; this may take a minute. Raises SpeechError."""
    if not spoken_text.is_made:
        from warmline.system import speech_program  # a text that was said before saves the time

        speech_program.make(spoken_text)


def to_spoken_text(text: str) -> str:
    """Return a text as one line without control characters. Raises SpeechError if it is too long."""
    spoken_text = " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())
    if len(spoken_text) > MAX_CHARACTERS:
        raise SpeechError(
            "speech_text_too_long",
            "the text to say has {length} characters; allowed: {most}; say it in parts",
            length=len(spoken_text),
            most=MAX_CHARACTERS,
        )
    return spoken_text


def check_voice(voice: str) -> str:
    """Return a voice that can be a part of a command. Raises SpeechError."""
    if voice[:1].isalnum() and ".." not in voice and all(sign.isalnum() or sign in VOICE_SIGNS for sign in voice):
        return voice
    raise SpeechError(
        "speech_voice_invalid",
        "voice {voice!r} is invalid; allowed: letters, digits and {signs}, such as en-us",
        voice=voice[:NAME_CHARACTERS],
        signs=" ".join(VOICE_SIGNS),
    )


def mark_used(path: str) -> bool:
    """Return whether a sound exists, and note that it was used now."""
    for extension in EXTENSIONS:
        try:
            os.utime(path + extension)
        except PermissionError:  # another user's file, or folder
            if not os.access(path + extension, os.R_OK):
                continue
        except OSError:
            continue
        return True
    return False


def delete(path: str) -> None:
    """Delete a sound, if it exists. One that cannot be deleted now is left to `speech_sweep`."""
    for extension in EXTENSIONS:
        try:
            os.unlink(path + extension)
        except OSError:
            continue
