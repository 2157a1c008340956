"""A changed copy of a record, and the parts of a new one. A turn makes dozens, of records with dozens of fields."""

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(record, /, **changes):
        """Return a copy of a record with other values in these fields.

        It does what dataclasses.replace() does, which sets each field by itself: 0.4 instead of 14 microseconds for a
        call. The copy's dictionary does not share its keys with others: CPython 3.11 reads its fields twice as fast.
        The record must have no slots. The type checker tests that the fields exist.
        """
        changed = object.__new__(type(record))
        object.__setattr__(changed, "__dict__", {**record.__dict__, **changes})
        return changed


P = TypeVar("P")


def part(kind: type[P]) -> P:
    """Return the default of a record's part: a record of this kind, with the defaults of its fields.

    It is a copy, so that its fields are read as fast as those of a changed one.
    """
    default: Any = kind()
    copy: P = replace(default)
    return copy


__all__ = ["part", "replace"]
