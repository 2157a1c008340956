"""The locks of an API user after wrong passwords; the running app knows them."""

from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import quote

from cli.client import app_client
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
    told = app_client.get(place, f"api-users/{quote(name, safe='')}/locks")
    return [LockedApiUser(one["address"], _clock(one["until"])) for one in told]


def tell(name: str) -> None:
    """Print where the user is locked and until when; print nothing if no app runs, or an older one does."""
    try:
        locks = found(settings.load(), name)
    except (app_client.AppAway, NotFound):
        return
    for one in locks:
        complain(f"locked from {one.address} until {one.until}; end it with: warmline api-user unlock {name}")


def end(name: str) -> int:
    """End the locks, and return how many there were. Raises AppAway, AppRefused."""
    path = f"api-users/{quote(name, safe='')}/unlock"
    return int(app_client.post(settings.load(), path, {}, done=HTTPStatus.OK)["locks"])


def _clock(moment: str) -> str:
    return clock(of_iso(moment))[:5]
