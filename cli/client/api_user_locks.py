"""The locks of a user or API user after wrong passwords. Only the process that serves HTTP knows them."""

from typing import NamedTuple
from urllib.parse import quote

from cli.client import api_port
from cli.client.app_answer import AppAway, AppRefused
from cli.output.printing import complain
from cli.output.time_format import clock, of_iso
from warmline.store.database.errors import NotFound
from warmline.system import settings
from warmline.system.settings import Settings


class LockedApiUser(NamedTuple):
    """The address that is locked, and the end of the lock in local time."""

    address: str
    until: str


def found(place: Settings, name: str) -> list[LockedApiUser]:
    """Return the locks of this API user. Raises AppAway, NotFound."""
    told = api_port.get(place, f"api-users/{quote(name, safe='')}/locks")
    return [LockedApiUser(one["address"], _clock(one["until"])) for one in told]


def tell(kind: str, name: str) -> None:
    """Print where the user or API user is locked and until when; print nothing if no app runs, or an older one does."""
    try:
        locks = found(settings.load(), name)
    except (AppAway, AppRefused, NotFound):
        return
    for one in locks:
        complain(f"locked from {one.address} until {one.until}; end it with: warmline {kind} unlock {name}")


def end(name: str) -> int:
    """End the locks, and return how many there were. Raises AppAway, AppRefused."""
    path = f"api-users/{quote(name, safe='')}/unlock"
    return int(api_port.post(settings.load(), path)["locks"])


def _clock(moment: str) -> str:
    return clock(of_iso(moment))[:5]
