"""Changes of all leads of a list: in the database of this machine, or over the API, some leads in each request."""

from collections.abc import Collection, Mapping
from typing import Protocol
from urllib.parse import quote

from cli.client import app_client
from cli.client.app_answer import NOTHING
from cli.place.login_file import AppLogin
from cli.place.place import Place, choose
from warmline.store.leads import list_country, list_reset
from warmline.store.leads.list_country import PlacedList
from warmline.system.settings import Settings

SILENT = 30.0  # seconds; the app answers after a few


class ListParts(Protocol):
    """The lists of a place. Each method raises NotFound (list), StoreError, AppAway, AppRefused."""

    def reset(self, list_id: str, statuses: Collection[str]) -> int:
        """Count the calls of a list's leads from 0 again, of some statuses or of all; return their number."""

    def place(self, list_id: str) -> PlacedList:
        """Place the leads of a list by its country."""


def at(where: Place) -> ListParts:
    """Return the lists of a place."""
    return choose(where, _Here, _There)


class _Here:
    def __init__(self, settings: Settings) -> None:
        self._path = settings.db

    def reset(self, list_id: str, statuses: Collection[str]) -> int:
        return list_reset.reset(self._path, list_id, statuses)

    def place(self, list_id: str) -> PlacedList:
        return list_country.place(self._path, list_id)


class _There:
    def __init__(self, login: AppLogin) -> None:
        self._login = login

    def reset(self, list_id: str, statuses: Collection[str]) -> int:
        return self._all(list_id, "reset", {"status": ",".join(statuses)} if statuses else {})[0]

    def place(self, list_id: str) -> PlacedList:
        return PlacedList(*self._all(list_id, "places"))

    def _all(self, list_id: str, what: str, only: Mapping[str, str] = NOTHING) -> tuple[int, int]:
        """Ask again until the last lead; return the changed leads, and those that have no place."""
        changed, after = 0, 0
        while True:
            asked = {**only} | ({"after": str(after)} if after else {})
            path = f"lists/{quote(list_id, safe='')}/{what}"
            done = app_client.send(self._login, "POST", path, query=asked, silent=SILENT)
            changed, after = changed + int(done["leads"]), done["after"]
            if not after:
                return changed, int(done.get("without", 0))
