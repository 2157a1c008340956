"""Fast copies of records with changed fields, and the parts of new records. A turn makes dozens of copies."""

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(record, /, **changes):
        """Return a copy of a record with other values in these fields.

        It replaces dataclasses.replace(), which sets each field separately and takes 14 microseconds for a call instead
        of 0.4. The copy's dictionary does not share its keys, so CPython 3.11 reads its fields twice as fast. The
        record must have no slots. The type checker checks that the fields exist.
        """
        changed = object.__new__(type(record))
        object.__setattr__(changed, "__dict__", {**record.__dict__, **changes})
        return changed


P = TypeVar("P")


def part(kind: type[P]) -> P:
    """Return the default of a record's part: a record of this kind, with the defaults of its fields.

    It is a copy, so its fields are read as fast as those of a changed record.
    """
    default: Any = kind()
    copy: P = replace(default)
    return copy


__all__ = ["part", "replace"]
