"""Leads and do-not-call numbers: in the database of this machine, or over the API at the app of a login."""

from collections.abc import Mapping
from typing import Any, Protocol

from cli.output.time_format import iso, of_iso
from warmline.centre import app_client
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose
from warmline.core.rules import number_text
from warmline.leads import custom_fields
from warmline.leads.lead_fields import FIELDS
from warmline.store.calls import calls_of_lead
from warmline.store.database.reading import Row
from warmline.store.dialling import lead_explanation
from warmline.store.dialling.lead_explanation import NumberExplanation
from warmline.store.leads import lead_search, leads, list_change, number_reads
from warmline.store.leads.lead_search import LeadSearch
from warmline.system.current_user import claimed_name, login_name
from warmline.system.settings import Settings

TIMES = ("entry_date", "modify_date", "last_call", "next_try", "held_until")


class LeadRecords(Protocol):
    """The leads and do-not-call numbers of a place. Each method raises StoreError, AppAway, AppRefused.

    Methods with a lead raise NotFound, too; methods that add or change raise OptionError and NotFound.
    """

    def page(self, of: str, after: int, most: int) -> list[Row]:
        """Return up to `most` leads after that id, of the list `of` or of all."""

    def search(self, asked: LeadSearch) -> list[Row]:
        """Return the leads that a search by one value finds, in the order of `lead_search.search`."""

    def find(self, lead: int) -> Row:
        """Return a lead."""

    def with_calls(self, lead: int) -> tuple[Row, list[Row]]:
        """Return a lead and its calls, the newest first."""

    def explained(self, lead: int, campaign: str, at: int) -> dict[str, Any]:
        """Return the rules about dialling a lead at `at` (microseconds UTC), as the API does."""

    def create(self, of: str, fields: Mapping[str, str]) -> int:
        """Create a lead in the list `of`, and return its id."""

    def update(self, lead: int, fields: Mapping[str, str]) -> list[str]:
        """Change fields of a lead; return the names of those that changed."""

    def move(self, lead: int, to_list: str) -> bool:
        """Move a lead to another list; return False if it is in it."""

    def delete(self, lead: int) -> None:
        """Delete a lead. Raises Conflict if it is in use."""


def at(where: Place) -> LeadRecords:
    """Return the leads of a place."""
    return choose(where, DatabaseLeads, AppLeads)


class DatabaseLeads:
    """The leads in the database of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.db

    def page(self, of: str, after: int, most: int) -> list[Row]:
        return list(map(with_values, leads.page(self.path, of, after, most)))

    def search(self, asked: LeadSearch) -> list[Row]:
        return list(map(with_values, lead_search.search(self.path, asked)))

    def find(self, lead: int) -> Row:
        return with_values(leads.find(self.path, lead))

    def with_calls(self, lead: int) -> tuple[Row, list[Row]]:
        found = self.find(lead)
        return found, calls_of_lead.of_lead(self.path, found)

    def explained(self, lead: int, campaign: str, at: int) -> dict[str, Any]:
        found = lead_explanation.explain(self.path, lead, at, campaign)
        return (
            {"lead": found.lead, "campaign": found.campaign}
            | _of_number(found.main)
            | {"dialled_now": found.dialled_now, "next_number": found.next_number}
            | {"others": [_of_number(one) for one in found.others]}
        )

    def create(self, of: str, fields: Mapping[str, str]) -> int:
        return leads.create(self.path, of, fields, who=claimed_name())

    def update(self, lead: int, fields: Mapping[str, str]) -> list[str]:
        return leads.update(self.path, lead, fields, who=claimed_name())

    def move(self, lead: int, to_list: str) -> bool:
        return bool(leads.update(self.path, lead, {}, to_list, who=claimed_name()))

    def delete(self, lead: int) -> None:
        list_change.delete_one(self.path, lead, who=login_name())


class AppLeads:
    """The leads over the API, at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def page(self, of: str, after: int, most: int) -> list[Row]:
        asked = {"after": str(after)} | ({"list": of} if of else {})
        return list(map(_lead, app_client.pages(self.login, "leads", asked, "lead_id", most)))

    def search(self, asked: LeadSearch) -> list[Row]:
        by = asked._replace(number=number_text.strip_separators(asked.number))._asdict()
        given = {name: text for name, text in by.items() if text and name != "wanted"}
        query = given | ({"list": asked.wanted} if asked.wanted else {})
        return list(map(_lead, app_client.pages(self.login, "leads", query, "lead_id", number_reads.MAX_LEADS)))

    def find(self, lead: int) -> Row:
        return self.with_calls(lead)[0]

    def with_calls(self, lead: int) -> tuple[Row, list[Row]]:
        told = app_client.get(self.login, f"leads/{lead}")
        return _lead(told["lead"]), [
            call | {"arrived": of_iso(call["arrived"]), "last_agent": call["agent"]} for call in told["calls"]
        ]

    def explained(self, lead: int, campaign: str, at: int) -> dict[str, Any]:
        asked = {"campaign": campaign} if campaign else {}
        told: dict[str, Any] = app_client.get(self.login, f"leads/{lead}/explanation", asked)
        return told

    def create(self, of: str, fields: Mapping[str, str]) -> int:
        return int(app_client.send(self.login, "POST", "leads", _given(fields) | {"list_id": of})["lead_id"])

    def update(self, lead: int, fields: Mapping[str, str]) -> list[str]:
        before = self.find(lead)
        after = app_client.send(self.login, "PATCH", f"leads/{lead}", _given(fields))
        return [name for name in fields if value(before, name) != value(after, name)]

    def move(self, lead: int, to_list: str) -> bool:
        is_new = bool(self.find(lead)["list_id"] != to_list)
        app_client.send(self.login, "PATCH", f"leads/{lead}", {"list_id": to_list})
        return is_new

    def delete(self, lead: int) -> None:
        app_client.send(self.login, "DELETE", f"leads/{lead}")


def _of_number(found: NumberExplanation) -> dict[str, Any]:
    rules = [{"rule": rule.rule, "why": rule.why, "until": iso(rule.until)} for rule in found.rules]
    return found._asdict() | {"rules": rules, "dialled_now": found.dialled_now, "open_until": iso(found.open_until)}


def with_values(row: Row) -> Row:
    """Return a lead of the database with its custom fields by name, as the API tells it."""
    return row | {custom_fields.COLUMN: custom_fields.read(row[custom_fields.COLUMN])}


def value(row: Row, name: str) -> Any:
    """Return a field of a lead; "" for a custom field without a value."""
    return row[name] if name in FIELDS else row[custom_fields.COLUMN].get(name, "")


def _lead(row: Mapping[str, Any]) -> Row:
    return {**row, **{name: row[name] and of_iso(row[name]) for name in TIMES}}


def _given(fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields for the API, in which a rank is a number and custom fields are apart; it refuses others."""
    rank = fields.get("rank", "")
    own = {name: text for name, text in fields.items() if name not in FIELDS}
    usual: dict[str, Any] = {name: text for name, text in fields.items() if name in FIELDS}
    usual |= {"rank": int(rank)} if rank.removeprefix("-").isdecimal() else {}
    return usual | ({custom_fields.COLUMN: own} if own else {})
