"""Lists of leads: in the database of this machine, or over the API at the app of a login."""

import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict
from typing import Protocol, TypeVar
from urllib.parse import quote

import msgspec

from cli.client.lead_records import TIMES, with_values
from cli.output.time_format import iso
from warmline.centre import app_client
from warmline.centre.app_answer import NOTHING
from warmline.centre.app_client import PAGE
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.store.database.reading import Row
from warmline.store.leads import list_change, list_country, list_export, list_reset, list_sizes
from warmline.store.leads.list_change import ChangedLeads, LeadsChange, WantedLeads
from warmline.store.leads.list_country import PlacedList
from warmline.store.outbound import counts_answer
from warmline.store.outbound.counts_answer import CampaignCountsAnswer, ListCountsAnswer
from warmline.system.current_user import claimed_name
from warmline.system.settings import Settings

SILENT = 30.0  # seconds; the app answers after a few
SLOW = 150.0  # for counts of many leads

Shape = TypeVar("Shape")


class ListRecords(Protocol):
    """The lists of a place. Each method raises NotFound (list), StoreError, AppAway, AppRefused."""

    def sizes(self) -> dict[str, int] | None:
        """Count the leads of all lists that have any; None over the API, which counts one list at a time."""

    def counts(self, list_id: str) -> ListCountsAnswer:
        """Count the leads of a list now."""

    def campaign_counts(self, campaign: str) -> CampaignCountsAnswer:
        """Count the leads of a campaign's lists now. Raises NotFound (campaign)."""

    def change(
        self, list_id: str, wanted: WantedLeads, change: LeadsChange, after: int, *, dry_run: bool
    ) -> ChangedLeads:
        """Change the next leads of a list, as `list_change.step` does. Raises OptionError."""

    def leads(self, list_id: str, where: str) -> Iterator[Row]:
        """Yield the leads of a list that match a filter, as the API does. Raises OptionError."""

    def reset(self, list_id: str, statuses: Collection[str]) -> int:
        """Count the calls of a list's leads from 0 again, of some statuses or of all; return their number."""

    def place(self, list_id: str) -> PlacedList:
        """Place the leads of a list by its country."""


def at(where: Place) -> ListRecords:
    """Return the lists of a place."""
    return choose(where, DatabaseLists, AppLists)


class DatabaseLists:
    """The lists in the database of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.db

    def sizes(self) -> dict[str, int]:
        return list_sizes.sizes(self.path)

    def counts(self, list_id: str) -> ListCountsAnswer:
        return counts_answer.of_list(self.path, list_id, time.time_ns() // 1000)

    def campaign_counts(self, campaign: str) -> CampaignCountsAnswer:
        return counts_answer.of_campaign(self.path, campaign, time.time_ns() // 1000)

    def change(
        self, list_id: str, wanted: WantedLeads, change: LeadsChange, after: int, *, dry_run: bool
    ) -> ChangedLeads:
        return list_change.step(self.path, list_id, wanted, change, after, dry_run=dry_run, who=claimed_name())

    def leads(self, list_id: str, where: str) -> Iterator[Row]:
        after = 0
        while found := list_export.page(self.path, list_id, where, after, PAGE):
            yield from (with_values(row) | {name: iso(row[name]) for name in TIMES} for row in found)
            after = found[-1]["lead_id"]

    def reset(self, list_id: str, statuses: Collection[str]) -> int:
        return list_reset.reset(self.path, list_id, statuses, claimed_name())

    def place(self, list_id: str) -> PlacedList:
        return list_country.place(self.path, list_id)


class AppLists:
    """The lists over the API, at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def sizes(self) -> None:
        return None

    def counts(self, list_id: str) -> ListCountsAnswer:
        return self._counted(ListCountsAnswer, _path(list_id))

    def campaign_counts(self, campaign: str) -> CampaignCountsAnswer:
        return self._counted(CampaignCountsAnswer, f"campaigns/{quote(campaign, safe='')}")

    def _counted(self, shape: type[Shape], path: str) -> Shape:
        return msgspec.convert(app_client.get(self.login, f"{path}/counts", silent=SLOW), shape)

    def change(
        self, list_id: str, wanted: WantedLeads, change: LeadsChange, after: int, *, dry_run: bool
    ) -> ChangedLeads:
        given = {"after": after, "dry_run": dry_run} | {
            name: value for name, value in (asdict(wanted) | asdict(change)).items() if value is not None
        }
        return ChangedLeads(**app_client.send(self.login, "POST", f"{_path(list_id)}/change", given))

    def leads(self, list_id: str, where: str) -> Iterator[Row]:
        asked = {"limit": str(PAGE), "after": "0"} | ({"where": where} if where else {})
        while found := app_client.get(self.login, f"{_path(list_id)}/leads", asked):
            yield from found
            asked["after"] = str(found[-1]["lead_id"])

    def reset(self, list_id: str, statuses: Collection[str]) -> int:
        return self._in_parts(list_id, "reset", {"status": ",".join(statuses)} if statuses else {})[0]

    def place(self, list_id: str) -> PlacedList:
        return PlacedList(*self._in_parts(list_id, "places"))

    def _in_parts(self, list_id: str, what: str, only: Mapping[str, str] = NOTHING) -> tuple[int, int]:
        """Ask again until the last lead; return the changed leads, and those that have no place."""
        changed, after = 0, 0
        while True:
            asked = {**only} | ({"after": str(after)} if after else {})
            done = app_client.send(self.login, "POST", f"{_path(list_id)}/{what}", query=asked, silent=SILENT)
            changed, after = changed + int(done["leads"]), done["after"]
            if not after:
                return changed, int(done.get("without", 0))


def _path(list_id: str) -> str:
    return f"lists/{quote(list_id, safe='')}"
