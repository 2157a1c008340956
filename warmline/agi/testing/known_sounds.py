"""The sound files that exist in a test: Asterisk's English core sounds, and those that the test names."""

import glob
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from warmline.agi.testing.isolated_settings import SPOKEN_TEXT_PREFIX

CORE_SOUNDS_FILE = Path(__file__).with_name("core_sounds.txt")


class MissingSound(AssertionError):
    """A script played a sound file that does not exist."""


class KnownSounds:
    """Asterisk's core sounds, with names of one's own or with the files in a folder."""

    def __init__(self, sounds: Iterable[str] | Path) -> None:
        self._names = _read_core_sounds() | (
            frozenset(_list_sounds(sounds)) if isinstance(sounds, Path) else frozenset(sounds)
        )

    def __contains__(self, sound: str) -> bool:
        """Return whether the sound exists: by its name, or as a file of this machine without its extension."""
        return sound.startswith(SPOKEN_TEXT_PREFIX) or sound in self._names or _is_sound_file(Path(sound))

    @property
    def names(self) -> list[str]:
        """Return the names of the sounds."""
        return sorted(self._names)


def _is_sound_file(path: Path) -> bool:
    try:
        return path.name not in ("", "..") and any(path.parent.glob(f"{glob.escape(path.name)}.*"))
    except OSError:  # a name that is too long
        return False


@cache
def _read_core_sounds() -> frozenset[str]:
    return frozenset(line for line in CORE_SOUNDS_FILE.read_text().splitlines() if not line.startswith("#"))


def _list_sounds(folder: Path) -> Iterable[str]:
    return (str(file.relative_to(folder).with_suffix("")) for file in folder.rglob("*") if file.is_file())
