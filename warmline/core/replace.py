"""Fast copies of records with changed fields, and new records. A turn makes dozens of them."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(record, /, **changes):
        """Return a copy of a record with other values in these fields.

        It replaces dataclasses.replace(), which sets each field separately and takes 14 microseconds for a call instead
        of 0.4. The copy's dictionary does not share its keys, so CPython 3.11 reads its fields twice as fast. The
        record must have no slots. The type checker checks that the fields exist.
        """
        copy = object.__new__(type(record))
        object.__setattr__(copy, "__dict__", {**record.__dict__, **changes})
        return copy


R = TypeVar("R")
F = ParamSpec("F")


def make_record(kind: Callable[F, R], /, *_: F.args, **fields_by_name: F.kwargs) -> R:
    """Return a new record of this class. Its fields are given by name; the others have their defaults.

    It replaces the call of the class, which sets each field separately. Its fields are read as fast as those of a
    changed record. The type checker checks the fields; a missing one fails when it is read.
    """
    record = object.__new__(kind)  # type: ignore[arg-type]  # the class of a record, whose fields are given by name
    object.__setattr__(record, "__dict__", {**_defaults(kind), **fields_by_name})
    return record


def part_updater(field: str, kind: Callable[F, Any]) -> Callable[Concatenate[R, F], R]:
    """Return a method `with_<field>()` for a record that has a smaller record of class `kind` in that field.

    The method returns a copy of the record, in which some fields of the smaller one have other values:
    `call.with_parking(remind_at=None)`. The type checker checks them, because every field of `kind` has a default.
    """

    def with_part(record: R, /, *_: F.args, **changes: F.kwargs) -> R:
        fields_by_name = record.__dict__
        inner_record = object.__new__(kind)  # type: ignore[arg-type]  # as in new()
        object.__setattr__(inner_record, "__dict__", {**fields_by_name[field].__dict__, **changes})
        copy = object.__new__(type(record))
        object.__setattr__(copy, "__dict__", {**fields_by_name, field: inner_record})
        return copy

    return with_part


@cache
def _defaults(kind: Any) -> dict[str, Any]:
    return {field.name: field.default for field in fields(kind) if field.default is not MISSING}


__all__ = ["make_record", "part_updater", "replace"]
