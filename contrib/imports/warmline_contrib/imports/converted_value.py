"""The fate of one value of a foreign configuration."""

from enum import StrEnum
from typing import NamedTuple

from warmline.options.values.option_types import Value


class Fate(StrEnum):
    """The ways in which a value of the source is read."""

    KEPT = "kept"
    CHANGED = "changed"
    NOT_NEEDED = "not needed"
    LOST = "lost"


class ConvertedValue(NamedTuple):
    """A value of the source, its fate, and as what it is read, or why it is not."""

    place: str  # such as the name of a queue
    key: str
    value: str
    fate: Fate
    why: str


class Reading(NamedTuple):
    """The fate of a value, and the options that it becomes."""

    fate: Fate
    why: str
    options: dict[str, Value] = {}  # noqa: RUF012 - never changed


def kept(**options: Value) -> Reading:
    """Return the reading of a value that means the same as these options."""
    return Reading(Fate.KEPT, _shown(options), options)


def changed(why: str, **options: Value) -> Reading:
    """Return the reading of a value that these options come near to; `why` is the difference."""
    return Reading(Fate.CHANGED, f"{_shown(options)}; {why}" if options else why, options)


def not_needed(why: str) -> Reading:
    """Return the reading of a value that Warmline needs no option for."""
    return Reading(Fate.NOT_NEEDED, why)


def lost(why: str) -> Reading:
    """Return the reading of a value that Warmline has no equal of."""
    return Reading(Fate.LOST, why)


def _shown(options: dict[str, Value]) -> str:
    return ", ".join(
        f"{name}={','.join(map(str, value)) if isinstance(value, tuple) else value}" for name, value in options.items()
    )
