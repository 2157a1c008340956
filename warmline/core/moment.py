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

_TURN = "time of a turn"
Moment = Annotated[int, _TURN]  # microseconds UTC; 0 for none

R = TypeVar("R")
Change = Callable[[Any, int], Any]  # of a value and the correction


def corrected(record: R, correction: int) -> R:
    """Return a record with `correction` (microseconds) added to each Moment in it and in its parts; 0 and None stay."""
    return _changed(record, correction) if correction else record


@cache
def moments(kind: type) -> frozenset[str]:
    """Return the paths of the Moments of a class of records, such as "arrived" and "outcome.connected"."""
    found = set[str]()
    for name, hint in get_type_hints(kind, include_extras=True).items():
        for option in _options(hint):
            if _is_moment(option):
                found.add(name)
            elif part := _part_class(option):
                found |= {f"{name}.{path}" for path in moments(part)}
    return frozenset(found)


def _changed(record: Any, correction: int) -> Any:
    kind: Any = type(record)
    changes = _changes(kind)
    return replace(record, **{name: change(getattr(record, name), correction) for name, change in changes.items()})


@cache
def _changes(kind: type) -> dict[str, Change]:
    """Return how each field with a Moment is changed, by name."""
    hints = get_type_hints(kind, include_extras=True)
    found = {name: _change(hint) for name, hint in hints.items()}
    return {name: change for name, change in found.items() if change}


def _change(hint: Any) -> Change | None:
    """Return how a value of this type is changed; None if it has no Moment."""
    for option in _options(hint):
        if _is_moment(option):
            return _add
        if part := _part_class(option):
            return _part if _changes(part) else None
        if get_origin(option) is tuple and (items := [_change(one) for one in get_args(option) if one is not ...]):
            return _each(tuple(items), every=get_args(option)[-1] is ...) if any(items) else None
    return None


def _part_class(hint: Any) -> Any:
    """Return the class of a part of a record, or None for another type."""
    return hint if isinstance(hint, type) and is_dataclass(hint) else None


def _add(value: int | None, correction: int) -> int | None:
    return value + correction if value else value


def _part(value: Any, correction: int) -> Any:
    return value if value is None else _changed(value, correction)


def _each(items: tuple[Change | None, ...], *, every: bool) -> Change:
    def change(values: tuple[Any, ...], correction: int) -> tuple[Any, ...]:
        of_each = items * len(values) if every else items
        return tuple(one(value, correction) if one else value for one, value in zip(of_each, values, strict=True))

    return change


def _is_moment(hint: Any) -> bool:
    return get_origin(hint) is Annotated and _TURN in hint.__metadata__


def _options(hint: Any) -> tuple[Any, ...]:
    """Return the types of an optional value, or the type itself."""
    return get_args(hint) if type(None) in get_args(hint) else (hint,)
