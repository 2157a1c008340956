"""Lists of leads: in the database of this machine, or over the API at the app of a login."""

import time
from dataclasses import asdict
from typing import Protocol
from urllib.parse import quote

from cli.client import app_client
from cli.output.time_format import of_iso
from cli.place.login_file import AppLogin
from cli.place.place import Place, choose
from warmline.store.dialling import list_counts
from warmline.store.dialling.hopper_counts import LeadCount
from warmline.store.dialling.list_counts import ListCounts, StatusCount
from warmline.store.leads import list_change
from warmline.store.leads.list_change import ChangedLeads, LeadsChange
from warmline.system.settings import Settings


class ListRecords(Protocol):
    """The lists of a place. Each method raises NotFound (list), StoreError, AppAway, AppRefused."""

    def counts(self, list_id: str) -> ListCounts:
        """Count the leads of a list now."""

    def change(self, list_id: str, where: str, change: LeadsChange, after: int, *, dry_run: bool) -> ChangedLeads:
        """Change the next leads of a list that match a filter, those after an id. Raises OptionError."""


def at(where: Place) -> ListRecords:
    """Return the lists of a place."""
    return choose(where, DatabaseLists, AppLists)


class DatabaseLists:
    """The lists in the database of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.db

    def counts(self, list_id: str) -> ListCounts:
        return list_counts.count(self.path, list_id, time.time_ns() // 1000)

    def change(self, list_id: str, where: str, change: LeadsChange, after: int, *, dry_run: bool) -> ChangedLeads:
        return list_change.step(self.path, list_id, where, change, after, dry_run=dry_run)


class AppLists:
    """The lists over the API, at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def counts(self, list_id: str) -> ListCounts:
        told = app_client.get(self.login, f"{_path(list_id)}/counts")
        return ListCounts(
            told["list_id"],
            told["campaign"],
            told["leads"],
            told["called"],
            told["called_since_reset"],
            [StatusCount(**one) for one in told["statuses"]],
            [
                LeadCount(list_id, one["source"], one["why"], one["leads"], one["until"] and of_iso(one["until"]))
                for one in told["now"]
            ],
        )

    def change(self, list_id: str, where: str, change: LeadsChange, after: int, *, dry_run: bool) -> ChangedLeads:
        given = {"where": where, "after": after, "dry_run": dry_run} | {
            name: value for name, value in asdict(change).items() if value is not None
        }
        return ChangedLeads(**app_client.send(self.login, "POST", f"{_path(list_id)}/change", given))


def _path(list_id: str) -> str:
    return f"lists/{quote(list_id, safe='')}"
