"""Leads and do-not-call numbers: in the database of this machine, or over the API at the app of a login."""

import sys
from collections.abc import Mapping
from typing import Any

from cli.client import app_client
from cli.client.app_client import Place
from cli.output.current_user import claimed_name, login_name
from cli.output.time_format import iso, of_iso
from cli.place.login_file import AppLogin
from warmline.leads.phone_numbers import BETWEEN
from warmline.store.database.reading import Row
from warmline.store.dialling import lead_explanation
from warmline.store.dialling.lead_explanation import NumberExplanation
from warmline.store.leads import dnc, leads

TIMES = ("entry_date", "modify_date", "last_call", "next_try")


def page(where: Place, of: str, after: int, most: int) -> list[Row]:
    """Return up to `most` leads after that id, of the list `of` or of all. Raises StoreError, AppAway, AppRefused."""
    if not isinstance(where, AppLogin):
        return leads.page(where.db, of, after, most)
    asked = {"after": str(after)} | ({"list": of} if of else {})
    return list(map(_lead, app_client.pages(where, "leads", asked, "lead_id", most)))


def with_number(where: Place, number: str, of: str) -> list[Row]:
    """Return the leads with a number, the most recent contact first. Raises what `page` raises."""
    if not isinstance(where, AppLogin):
        return leads.with_number(where.db, number, of)
    asked = {"number": _dialled(number)} | ({"list": of} if of else {})
    return list(map(_lead, app_client.pages(where, "leads", asked, "lead_id", sys.maxsize)))


def find(where: Place, lead: int) -> Row:
    """Return a lead. Raises NotFound, and what `page` raises."""
    return with_calls(where, lead)[0] if isinstance(where, AppLogin) else leads.find(where.db, lead)


def with_calls(where: Place, lead: int) -> tuple[Row, list[Row]]:
    """Return a lead and its calls, the newest first. Raises NotFound, and what `page` raises."""
    if not isinstance(where, AppLogin):
        found = leads.find(where.db, lead)
        return found, leads.history(where.db, found)
    told = app_client.get(where, f"leads/{lead}")
    return _lead(told["lead"]), [
        call | {"arrived": of_iso(call["arrived"]), "last_agent": call["agent"]} for call in told["calls"]
    ]


def explained(where: Place, lead: int, campaign: str, at: int) -> dict[str, Any]:
    """Return the rules about dialling a lead at `at` (microseconds UTC), as the API does. Raises what `find` raises."""
    if isinstance(where, AppLogin):
        told: dict[str, Any] = app_client.get(
            where, f"leads/{lead}/explanation", {"campaign": campaign} if campaign else {}
        )
        return told
    found = lead_explanation.explain(where.db, lead, at, campaign)
    return (
        {"lead": found.lead, "campaign": found.campaign}
        | _of_number(found.main)
        | {"dialled_now": found.dialled_now, "next_number": found.next_number}
        | {"others": [_of_number(one) for one in found.others]}
    )


def _of_number(found: NumberExplanation) -> dict[str, Any]:
    rules = [rule._asdict() | {"until": iso(rule.until)} for rule in found.rules]
    return found._asdict() | {"rules": rules, "dialled_now": found.dialled_now, "open_until": iso(found.open_until)}


def create(where: Place, of: str, fields: Mapping[str, str]) -> int:
    """Create a lead in the list `of`, and return its id. Raises OptionError, NotFound, and what `page` raises."""
    if not isinstance(where, AppLogin):
        return leads.create(where.db, of, fields, who=claimed_name())
    return int(app_client.send(where, "POST", "leads", _given(fields) | {"list_id": of})["lead_id"])


def update(where: Place, lead: int, fields: Mapping[str, str]) -> list[str]:
    """Change fields of a lead; return the names of those that changed. Raises what `create` raises."""
    if not isinstance(where, AppLogin):
        return leads.update(where.db, lead, fields)
    before = find(where, lead)
    after = app_client.send(where, "PATCH", f"leads/{lead}", _given(fields))
    return [name for name in fields if before[name] != after[name]]


def dnc_page(where: Place, after: str, most: int) -> list[Row]:
    """Return up to `most` do-not-call entries after a number. Raises what `page` raises."""
    if not isinstance(where, AppLogin):
        return dnc.page(where.db, after, most)
    asked = {"after": after} if after else {}
    return list(map(_entry, app_client.pages(where, "dnc", asked, "id", most)))


def dnc_find(where: Place, number: str) -> list[Row]:
    """Return every do-not-call entry for a number. Raises what `page` raises."""
    if not isinstance(where, AppLogin):
        return dnc.find(where.db, number)
    return list(map(_entry, app_client.pages(where, "dnc", {"number": _dialled(number)}, "id", sys.maxsize)))


def dnc_add(where: Place, number: str, campaign: str, why: str) -> bool:
    """Put a number on a list; return False if it was on it. Raises what `create` raises."""
    if not isinstance(where, AppLogin):
        return dnc.add(where.db, number, campaign, who=claimed_name(), why=why)
    asked = {"phone_number": number, "campaign": campaign, "why": why}
    return bool(app_client.send(where, "POST", "dnc", asked)["added"])


def dnc_delete(where: Place, number: str, campaign: str) -> None:
    """Remove a number from a list. Raises NotFound, and what `page` raises."""
    if not isinstance(where, AppLogin):
        dnc.delete(where.db, number, campaign, who=login_name())
        return
    asked = {"number": _dialled(number)} | ({"campaign": campaign} if campaign else {})
    app_client.send(where, "DELETE", "dnc", query=asked)


def _lead(row: Mapping[str, Any]) -> Row:
    return {**row, **{name: row[name] and of_iso(row[name]) for name in TIMES}}


def _entry(row: Mapping[str, Any]) -> Row:
    return {name: row[name] for name in ("phone_number", "campaign")} | {
        "at": of_iso(row["at"]),
        "by": row["by"],
        "why": row["why"],
    }


def _given(fields: Mapping[str, str]) -> dict[str, str | int]:
    """Return the fields for the API, in which a rank is a number; it refuses any other text."""
    rank = fields.get("rank", "")
    return {**fields} | ({"rank": int(rank)} if rank.removeprefix("-").isdecimal() else {})


def _dialled(number: str) -> str:
    return "".join(sign for sign in number if sign not in BETWEEN)
