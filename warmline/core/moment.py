"""Times of turns in records, and the same records with the machine's times.

A turn's time never goes back, so it differs from the machine's time after the machine's clock was set. A field of the
type Moment has the time of a turn. Where records leave the core for people and programs, `corrected` adds the
difference. Other times, such as that of a callback, are the machine's own, and stay.
"""

from collections.abc import Callable
from dataclasses import is_dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from warmline.core.replace import replace

_TURN_TIME = "time of a turn"
Moment = Annotated[int, _TURN_TIME]  # microseconds UTC; 0 for none
SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US

R = TypeVar("R")
Correction = Callable[[Any, int], Any]  # of a value and the correction


def correct_times(record: R, correction: int) -> R:
    """Return a record with `correction` (microseconds) added to each Moment in it and in its parts; 0 and None stay."""
    return _correct_record(record, correction) if correction else record


@cache
def list_moments(kind: type) -> frozenset[str]:
    """Return the paths of the Moments of a class of records, such as "arrived" and "outcome.connected"."""
    paths = set[str]()
    for name, hint in get_type_hints(kind, include_extras=True).items():
        for option in _list_options(hint):
            if _is_moment(option):
                paths.add(name)
            elif part_class := _part_class(option):
                paths |= {f"{name}.{path}" for path in list_moments(part_class)}
    return frozenset(paths)


def _correct_record(record: Any, correction: int) -> Any:
    kind: Any = type(record)
    changes = _list_corrections(kind)
    return replace(record, **{name: change(getattr(record, name), correction) for name, change in changes.items()})


@cache
def _list_corrections(kind: type) -> dict[str, Correction]:
    """Return how each field with a Moment is changed, by name."""
    hints = get_type_hints(kind, include_extras=True)
    corrections = {name: _get_correction(hint) for name, hint in hints.items()}
    return {name: change for name, change in corrections.items() if change}


def _get_correction(hint: Any) -> Correction | None:
    """Return how a value of this type is changed; None if it has no Moment."""
    for option in _list_options(hint):
        if _is_moment(option):
            return _correct_moment
        if part_class := _part_class(option):
            return _correct_part if _list_corrections(part_class) else None
        if get_origin(option) is tuple:
            member_hints = get_args(option)
            corrections = tuple(_get_correction(hint) for hint in member_hints if hint is not ...)
            if any(corrections):
                return _build_tuple_correction(corrections, repeated=member_hints[-1] is ...)
    return None


def _part_class(hint: Any) -> Any:
    """Return the class of a part of a record, or None for another type."""
    return hint if isinstance(hint, type) and is_dataclass(hint) else None


def _correct_moment(time_us: int | None, correction: int) -> int | None:
    return time_us + correction if time_us else time_us


def _correct_part(record: Any, correction: int) -> Any:
    return record if record is None else _correct_record(record, correction)


def _build_tuple_correction(corrections: tuple[Correction | None, ...], *, repeated: bool) -> Correction:
    def change(tuple_members: tuple[Any, ...], correction: int) -> tuple[Any, ...]:
        member_corrections = corrections * len(tuple_members) if repeated else corrections
        return tuple(
            correct_member(member, correction) if correct_member else member
            for correct_member, member in zip(member_corrections, tuple_members, strict=True)
        )

    return change


def _is_moment(hint: Any) -> bool:
    return get_origin(hint) is Annotated and _TURN_TIME in hint.__metadata__


def _list_options(hint: Any) -> tuple[Any, ...]:
    """Return the types of an optional value, or the type itself."""
    return get_args(hint) if type(None) in get_args(hint) else (hint,)
