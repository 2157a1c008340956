"""Past calls: in the database of this machine, or over the API at the app of a login."""

import time
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from warmline.centre import app_client
from warmline.centre.app_answer import shaped
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.store.calls import call_history
from warmline.store.calls.call_history import PastCall
from warmline.system.settings import Settings
from warmline.text.iso_time import of_iso

if TYPE_CHECKING:
    from warmline.store.calls.call_story import CallStory


def read_story(place: Place, wanted: str) -> "CallStory":
    """Return the story of a call, by its id, the beginning of its id, or `last`.

    Raises NotFound, Conflict, StoreError, AppAway, AppRefused.
    """
    from warmline.store.calls import call_story  # half of all modules, which a list of calls does without

    def read_app(login: AppLogin) -> "CallStory":
        found: CallStory = shaped(app_client.get(login, f"past-calls/{quote(wanted, safe='')}"), call_story.CallStory)
        return found

    return choose(place, lambda settings: call_story.story(settings.db, wanted), read_app)


def list_calls(place: Place, agent: str, number: str, limit: int) -> list[PastCall]:
    """Return the newest calls of the agent, or of the number. Raises StoreError, AppAway, AppRefused."""

    def read_database(settings: Settings) -> list[PastCall]:
        now = time.time_ns() // 1000
        if agent:
            return call_history.of_agent(settings.db, agent, now, limit)
        return call_history.of_number(settings.db, number, now, limit)

    def read_app(login: AppLogin) -> list[PastCall]:
        query = {"agent": agent} if agent else {"number": number}
        return [_read_json(row) for row in app_client.pages(login, "history", query, "call", limit)]

    return choose(place, read_database, read_app)


def _read_json(row: Mapping[str, Any]) -> PastCall:
    given = {**row, "at": of_iso(row["at"]), "length": row["length_ms"] * 1000}
    return PastCall(**{field.name: given[field.name] for field in fields(PastCall) if field.name in given})
