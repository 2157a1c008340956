"""Rule about sounds: the files that the dialplan plays exist."""

from collections.abc import Iterator
from glob import escape
from pathlib import Path

from warmline_contrib.dialplan_lint.application_data import argument, calls, is_fixed, options
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension, DialplanPriority
from warmline_contrib.dialplan_lint.lint_finding import LintFinding, at, nearest_name
from warmline_contrib.dialplan_lint.surrounding_files import Surroundings

FILES = {"playback": 0, "background": 0, "controlplayback": 0, "read": 1}  # the argument with the files
SIMILAR = 0.75  # of a name that is meant, 0 to 1


def sounds(plan: Dialplan, facts: Surroundings) -> Iterator[LintFinding]:
    """Report sounds that Asterisk does not have in any language or format, each at its first place."""
    if facts.sounds is None:
        return
    places: dict[str, list[tuple[DialplanExtension, DialplanPriority]]] = {}
    for extension in plan.extensions():
        for priority in extension.in_order():
            for name, data in calls(priority.application, priority.data):
                for sound in _sounds(name, data):
                    places.setdefault(sound, []).append((extension, priority))
    for sound, (first, *others) in places.items():
        if not _exists(sound, facts.sounds):
            parts = (f"the sound {sound} does not exist", nearest_name(sound, facts.sounds, SIMILAR))
            more = f"{len(others)} more places play it" if others else ""
            yield at("sound_missing", "; ".join(filter(None, (*parts, more))), *first)


def _sounds(application: str, data: str) -> list[str]:
    """Return the sounds that an application plays, without those that a variable names and those of a URL."""
    if application not in FILES or (application == "playback" and argument(data, 1).startswith("say")):
        return []
    if application == "read" and "i" in options(argument(data, 3)):
        return []
    files = (file.strip() for file in argument(data, FILES[application]).split("&"))
    return [file for file in files if file and is_fixed(file) and "://" not in file]


def _exists(sound: str, names: frozenset[str]) -> bool:
    if not sound.startswith("/"):
        return sound in names
    path = Path(sound)
    try:
        return any(path.parent.glob(f"{escape(path.name)}.*"))
    except (OSError, ValueError):  # a folder that must not be searched, or a name with the byte 0
        return True
