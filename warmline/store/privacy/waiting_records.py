"""Records of persons that wait outside the database until the app copies them into the journal.

An erasure goes through these stores first, in the order in which records move, and through the database last.
"""

from typing import Any, NamedTuple, Protocol

from warmline.store.privacy.subject_access import SubjectRecords


class ErasedWaiting(NamedTuple):
    """How many waiting records were erased; `left` are the files that could not be erased."""

    erased: int
    left: tuple[str, ...]


class WaitingRecords(Protocol):
    """A store of records that wait."""

    def find(self, person: SubjectRecords) -> list[dict[str, Any]]:
        """Return the records about a person, each with its `file`. Raises StoreError."""

    def erase(self, person: SubjectRecords) -> ErasedWaiting:
        """Erase the person from the records, which stay otherwise.

        Raises Conflict if the app copies records at this time, and StoreError.
        """
