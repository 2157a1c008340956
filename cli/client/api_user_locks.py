"""The delays of a user or API user after wrong passwords. Only the process that serves HTTP knows them."""

from typing import NamedTuple

from cli.output.printing import complain
from cli.output.time_format import clock, of_iso
from warmline.centre import app_client, operation_calls
from warmline.centre.app_answer import AppAway, AppRefused
from warmline.centre.place import Place
from warmline.operations import people
from warmline.store.database.errors import NotFound


class LockedApiUser(NamedTuple):
    """The address of wrong passwords, and the local time at which the next one is checked.

    `address` is in words for a device that has logged in before.
    """

    address: str
    until: str


def found(place: Place, name: str) -> list[LockedApiUser]:
    """Return the delays of this API user. Raises AppAway, NotFound."""
    locks = operation_calls.do(people.list_locks, place, {"user": name})
    return [LockedApiUser(lock.address or "a known device", clock(of_iso(lock.until))[:8]) for lock in locks]


def tell(kind: str, name: str) -> None:
    """Print from where a user has to wait and until when; print nothing if no app runs, or an older one does."""
    try:
        locks = found(app_client.records(), name)
    except (AppAway, AppRefused, NotFound):
        return
    for one in locks:
        way_out = f"to check it at once: warmline {kind} unlock {name}"
        complain(f"wrong passwords came from {one.address}: the next one is checked at {one.until}; {way_out}")
