"""The delays of a user or API user after wrong passwords. Only the process that serves HTTP knows them."""

from typing import NamedTuple
from urllib.parse import quote

from cli.output.printing import complain
from cli.output.time_format import clock, of_iso
from warmline.centre import api_port, app_client
from warmline.centre.app_answer import AppAway, AppRefused
from warmline.centre.place import Place, choose
from warmline.store.database.errors import NotFound


class LockedApiUser(NamedTuple):
    """The address of wrong passwords, and the local time at which the next one is checked.

    `address` is in words for a device that has logged in before.
    """

    address: str
    until: str


def found(place: Place, name: str) -> list[LockedApiUser]:
    """Return the delays of this API user. Raises AppAway, NotFound."""
    path = f"api-users/{quote(name, safe='')}/locks"
    told = choose(place, lambda here: api_port.get(here, path), lambda login: app_client.get(login, path))
    return [LockedApiUser(one["address"] or "a known device", _clock(one["until"])) for one in told]


def tell(kind: str, name: str) -> None:
    """Print from where a user has to wait and until when; print nothing if no app runs, or an older one does."""
    try:
        locks = found(app_client.records(), name)
    except (AppAway, AppRefused, NotFound):
        return
    for one in locks:
        way_out = f"to check it at once: warmline {kind} unlock {name}"
        complain(f"wrong passwords came from {one.address}: the next one is checked at {one.until}; {way_out}")


def end(name: str) -> int:
    """Forget the wrong passwords, and return from how many places they came. Raises AppAway, AppRefused."""
    path = f"api-users/{quote(name, safe='')}/unlock"
    told = choose(
        app_client.records(),
        lambda here: api_port.post(here, path),
        lambda login: app_client.send(login, "POST", path),
    )
    return int(told["locks"])


def _clock(moment: str) -> str:
    return clock(of_iso(moment))[:8]
