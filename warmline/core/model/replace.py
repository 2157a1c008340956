"""A changed copy of a record. A turn makes dozens, of records with dozens of fields."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(record, /, **changes):
        """The record with other values in these fields.

        As dataclasses.replace(), which sets each field anew and takes 14 microseconds for a call; this takes half
        of one. The record must have no slots. That the fields exist is checked with the types, not when it runs.
        """
        changed = object.__new__(type(record))
        changed.__dict__.update(record.__dict__, **changes)
        return changed


__all__ = ["replace"]
