"""The locks of a user or API user after wrong passwords. Only the process that serves HTTP knows them."""

from typing import NamedTuple
from urllib.parse import quote

from cli.client import api_port, app_client
from cli.client.app_answer import AppAway, AppRefused
from cli.output.printing import complain
from cli.output.time_format import clock, of_iso
from cli.place.place import Place, choose
from warmline.store.database.errors import NotFound


class LockedApiUser(NamedTuple):
    """The address that is locked, and the end of the lock in local time."""

    address: str
    until: str


def found(place: Place, name: str) -> list[LockedApiUser]:
    """Return the locks of this API user. Raises AppAway, NotFound."""
    path = f"api-users/{quote(name, safe='')}/locks"
    told = choose(place, lambda here: api_port.get(here, path), lambda login: app_client.get(login, path))
    return [LockedApiUser(one["address"], _clock(one["until"])) for one in told]


def tell(kind: str, name: str) -> None:
    """Print where the user or API user is locked and until when; print nothing if no app runs, or an older one does."""
    try:
        locks = found(app_client.records(), name)
    except (AppAway, AppRefused, NotFound):
        return
    for one in locks:
        complain(f"locked from {one.address} until {one.until}; end it with: warmline {kind} unlock {name}")


def end(name: str) -> int:
    """End the locks, and return how many there were. Raises AppAway, AppRefused."""
    path = f"api-users/{quote(name, safe='')}/unlock"
    told = choose(
        app_client.records(),
        lambda here: api_port.post(here, path),
        lambda login: app_client.send(login, "POST", path),
    )
    return int(told["locks"])


def _clock(moment: str) -> str:
    return clock(of_iso(moment))[:5]
