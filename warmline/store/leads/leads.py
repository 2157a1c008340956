"""Finds, creates and changes leads."""
# ruff: noqa: S608 - the names in the SQL are those of the table of fields

import json
import sqlite3
import time
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.rules import number_text
from warmline.leads import custom_fields, lead_places, phone_numbers
from warmline.leads.lead_fields import checked
from warmline.leads.phone_numbers import PhoneNumberError
from warmline.store.configuration.campaign_owners import IN_LISTS, as_json, sees_lead_in
from warmline.store.database.errors import Conflict, unknown, unknown_lead
from warmline.store.database.reading import Row, reading, rows
from warmline.store.database.writing import writing
from warmline.store.lead_changes import recorded_changes
from warmline.store.leads.number_reads import MAX_COMPARED, read_lead
from warmline.text import lead_filter

if TYPE_CHECKING:
    from warmline.store.leads.duplicate_leads import NewLeadRule

# The first lead in an active list with the same number, by the rule of `phone_numbers.is_of`. SQLite compares and
# returns one row, because a list may have a placeholder number a hundred thousand times.
NEWEST = """
    SELECT lead_id FROM (
        SELECT lead_id, list_id, last_call, phone_code, phone_number, ltrim(phone_number, '0') AS bare FROM lead
        WHERE substr(phone_number, -7) = :tail ORDER BY lead_id DESC LIMIT :many
    )
    WHERE :wanted IN ('', list_id) AND list_id IN (SELECT id FROM list WHERE active = 'Y') AND (
        bare = :bare OR iif(
            phone_code <> '',
            phone_code || phone_number = :bare,
            min(length(bare), length(:bare)) >= :least AND abs(length(bare) - length(:bare)) <= :most
                AND (substr(bare, -length(:bare)) = :bare OR substr(:bare, -length(bare)) = bare)
        )
    )
    ORDER BY last_call IS NULL, last_call DESC, lead_id DESC LIMIT 1
"""
CALLED_IN = "INBND"  # the status of a new lead of a caller
NO_OTHERS: Mapping[str, str | int] = {}
OF_VENDOR = """
    SELECT * FROM lead WHERE vendor_lead_code = :code AND vendor_lead_code <> '' AND {seen}
    ORDER BY lead_id DESC LIMIT 1
"""
MADE_BY = 'SELECT request, lead_id, did FROM lead_request WHERE "by" = :by AND key = :key'
PAGE = "SELECT * FROM lead WHERE :wanted IN ('', list_id) AND {seen} AND lead_id > :after ORDER BY lead_id LIMIT :most"


def find(path: str | Path, lead_id: int, campaigns: VisibleCampaigns | None = None) -> Row:
    """Return the lead of that id, if it is in a list of the `campaigns`; None for all. Raises NotFound, StoreError."""
    with reading(path) as db:
        if campaigns and not sees_lead_in(db, campaigns, lead_id):
            raise unknown_lead(lead_id)
        return read_lead(db, lead_id)


def of_caller(db: sqlite3.Connection, number: str, method: str, list_id: str, status: str = CALLED_IN) -> int:
    """Return the lead_id of a caller; create a lead if `method` (an in-group's call_handle_method) requires it.

    Return 0 for a text that is no number: its digits alone are another person's. A number with * or # that an agent
    dialled gets no new lead. Call this in an open transaction. Raises NotFound if the list does not exist.
    """
    wanted = list_id if method == "CIDLOOKUPRL" else ""
    plain = number_text.to_digits(number)
    dialled = plain if status == CALLED_IN else number_text.to_dialled_digits(number)
    if method != "CID" and (known := _newest(db, dialled, wanted)):
        return known
    if not plain:
        return 0
    try:
        code, within = phone_numbers.parted(number, country_of(db, list_id))
    except PhoneNumberError:
        code, within = "", plain
    return insert(db, list_id, {"phone_code": code, "phone_number": within, "status": status}, "")


def _newest(db: sqlite3.Connection, caller: str, wanted: str) -> int:
    """Return the lead_id of the latest lead with a caller's digits in active lists; 0 if there is none."""
    if not caller:
        return 0
    alike = {"tail": caller[-phone_numbers.TAIL :], "many": MAX_COMPARED, "wanted": wanted}
    same = {"bare": caller.lstrip("0"), "least": phone_numbers.TAIL, "most": phone_numbers.CODE}
    found = db.execute(NEWEST, alike | same).fetchone()
    return int(found[0]) if found else 0


def of_call(path: str | Path, call: str) -> int:
    """Return the lead_id of a call, live or ended; 0 if it has none. Raises StoreError."""
    with reading(path) as db:
        found = rows(db, "SELECT lead FROM call WHERE id = :call", call=call)
    return int(found[0]["lead"]) if found else 0


def with_vendor_code(path: str | Path, code: str, campaigns: VisibleCampaigns | None = None) -> Row | None:
    """Return the newest lead with that vendor_lead_code in a list of the `campaigns`, or None. Raises StoreError."""
    sql, seen = _bound(OF_VENDOR, campaigns), as_json(campaigns)
    with reading(path) as db:
        found = rows(db, sql, code=code, campaigns=seen)
    return found[0] if found else None


def page(
    path: str | Path, wanted: str = "", after: int = 0, most: int = 100, campaigns: VisibleCampaigns | None = None
) -> list[Row]:
    """Return up to `most` leads of a list, or of all lists, with ids above `after`.

    Only leads in lists of the `campaigns` are returned; None for all. Raises StoreError.
    """
    sql, seen = _bound(PAGE, campaigns), as_json(campaigns)
    with reading(path) as db:
        return rows(db, sql, wanted=wanted, after=after, most=most, campaigns=seen)


def _bound(sql: str, campaigns: VisibleCampaigns | None) -> str:
    """Return a statement with the condition that it returns only leads in lists of these campaigns."""
    return sql.format(seen=IN_LISTS if campaigns else "TRUE")


class LeadRequest(NamedTuple):
    """A request that creates a lead and may be repeated: the client, its key, and a fingerprint of the request."""

    by: str
    key: str
    said: str


class LeadOutcome(NamedTuple):
    """The lead of a write, the deed, and the number of fields whose value changed.

    `refused` names a lead that was known already, and has not changed. `entry` is the number of a new hopper_entry.
    """

    lead: int
    did: Literal["created", "updated", "refused", "deleted", "queued", "unqueued"] = "created"
    changed: int = 0
    entry: int = 0


def made_by(path: str | Path, request: LeadRequest) -> LeadOutcome | None:
    """Return what this request did before, or None.

    Raises:
        Conflict: the key was used with another request.
        StoreError: the database cannot be read.
    """
    with reading(path) as db:
        return _made_by(db, request)


def _made_by(db: sqlite3.Connection, request: LeadRequest) -> LeadOutcome | None:
    found = rows(db, MADE_BY, by=request.by, key=request.key)
    if found and found[0]["request"] != request.said:
        raise Conflict(
            "lead_key_reused",
            "the idempotency key {key!r} was used with another request; choose a new key",
            key=request.key,
        )
    return LeadOutcome(int(found[0]["lead_id"]), found[0]["did"]) if found else None


def create(path: str | Path, list_id: str, given: Mapping[str, str], *, who: str) -> int:
    """Create a lead, and return its id. Raises OptionError, NotFound (list) or StoreError; then nothing has changed."""
    return put(path, list_id, given, who=who).lead


def put(
    path: str | Path,
    list_id: str,
    given: Mapping[str, str],
    *,
    who: str,
    request: LeadRequest | None = None,
    rule: "NewLeadRule | None" = None,
    campaigns: VisibleCampaigns | None = None,
    dnc_check: str = "",
    more_rules: "Iterable[NewLeadRule]" = (),
) -> LeadOutcome:
    """Create a lead, or do what the first of the rules says that knows one like it. One transaction does all of it.

    `request` is stored with the lead, so that `made_by` finds it, also for the same request at the same time. A known
    lead is in a list of the `campaigns`; None for all. It is updated with the given fields, and stays in its list.
    `dnc_check` names the do-not-call lists that must not have the number: see `dnc.refuse_listed`.

    Raises:
        OptionError: a field is invalid.
        NotFound: the list does not exist.
        Conflict: as `made_by`, or the number is on one of the do-not-call lists.
        StoreError: the database cannot be written. After each error, nothing has changed.
    """
    with writing(path) as db:
        if request and (before := _made_by(db, request)):
            return before
        fields = columns(db, list_id, {"phone_number": ""} | dict(given))
        if dnc_check:
            from warmline.store.leads import dnc

            dnc.refuse_listed(db, f"{fields.get('phone_code', '')}{fields['phone_number']}", list_id, dnc_check)
        known = (_known(db, list_id, fields, given, one, campaigns, who) for one in (rule, *more_rules) if one)
        done = next(filter(None, known), None) or LeadOutcome(insert(db, list_id, fields, who))
        if done.did == "created":
            recorded_changes.note(db, who, recorded_changes.CREATE, list_id, done.lead)
        if request and done.did != "refused":
            db.execute("INSERT INTO lead_request VALUES (?, ?, ?, ?, ?)", (*request, done.lead, done.did))
        return done


def _known(
    db: sqlite3.Connection,
    list_id: str,
    fields: Mapping[str, str | int],
    given: Mapping[str, str],
    rule: "NewLeadRule",
    campaigns: VisibleCampaigns | None,
    who: str,
) -> LeadOutcome | None:
    """Refuse or update the lead that a new one is like, as the rule says; None if a lead is to be created."""
    from warmline.store.leads import duplicate_leads

    if rule.then == duplicate_leads.CREATE:
        return None
    found = duplicate_leads.like_new(db, rule, {"list_id": list_id} | dict(fields), time.time_ns() // 1000, campaigns)
    if found is None:
        return None
    lead = int(found["lead_id"])
    if rule.then == duplicate_leads.REFUSE:
        return LeadOutcome(lead, "refused")
    return LeadOutcome(lead, "updated", len(change(db, lead, given, who=who)))


def columns(db: sqlite3.Connection, list_id: str, given: Mapping[str, str]) -> dict[str, str | int]:
    """Return the fields of a new lead as `insert` takes them; custom fields of the list are given by their names.

    Raises OptionError, NotFound (list).
    """
    country = country_of(db, list_id)
    usual, own = custom_fields.parted(given, custom_names(db, list_id))
    return {**checked(usual, country), custom_fields.COLUMN: custom_fields.written(own)}


def insert(db: sqlite3.Connection, list_id: str, fields: Mapping[str, str | int], who: str) -> int:
    """Create a lead in an open transaction, with fields as `columns` or `checked` returns them."""
    now = time.time_ns() // 1000
    row = {"list_id": list_id, "entry_date": now, "modify_date": now, "user": who} | dict(fields)
    row |= lead_places.columns(row, country_of(db, list_id))
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    made = db.execute(f"INSERT INTO lead ({names}) VALUES ({marks}) RETURNING lead_id", list(row.values())).fetchone()
    return int(made[0])


def update(
    path: str | Path,
    lead_id: int,
    given: Mapping[str, str],
    to_list: str = "",
    others: Mapping[str, str | int] = NO_OTHERS,
    who: str = "",
) -> list[str]:
    """Change fields, all or none; return the names of the fields whose value changed.

    Custom fields of its list are given by their names; an empty text deletes the value of one.
    With `to_list`, the lead moves to that list, and its places are those of its numbers in the list's country.
    `others` are values of columns that are no fields, such as called_count. The change by `who` is recorded.
    Raises OptionError, NotFound or StoreError; then nothing has changed.
    """
    with writing(path) as db:
        return change(db, lead_id, given, to_list, others, who)


def change(
    db: sqlite3.Connection,
    lead_id: int,
    given: Mapping[str, str],
    to_list: str = "",
    others: Mapping[str, str | int] = NO_OTHERS,
    who: str = "",
) -> list[str]:
    """Change the same in an open transaction. Raises OptionError, NotFound."""
    before = read_lead(db, lead_id)
    list_id = to_list or before["list_id"]
    kept = custom_fields.read(before[custom_fields.COLUMN])
    usual, own = custom_fields.parted(given, custom_names(db, list_id), kept)
    country = country_of(db, list_id)
    fields = checked(usual, country) | {"list_id": list_id} | dict(others)
    new = {name: value for name, value in fields.items() if before[name] != value}
    new_own = {name: text for name, text in own.items() if kept.get(name, "") != text}
    if new or new_own:
        changed = new | _places(before | new, country, new)
        changed |= {custom_fields.COLUMN: custom_fields.written(kept | new_own)} if new_own else {}
        if "list_id" in new and "status" not in new:
            changed["status"] = before["status"]  # the next try follows from the campaign of the new list
        sets = ", ".join(f'"{name}" = ?' for name in changed)
        now = time.time_ns() // 1000
        db.execute(f"UPDATE lead SET modify_date = ?, {sets} WHERE lead_id = ?", [now, *changed.values(), lead_id])
        own_names = {f"{lead_filter.CUSTOM}{name}": recorded_changes.CHANGED for name in new_own}
        what = recorded_changes.of_fields(before, new) | own_names
        recorded_changes.note(db, who, recorded_changes.SET, before["list_id"], lead_id, what)
    return [*new, *new_own]


def _places(lead: Row, country: str, new: Collection[str]) -> dict[str, str | int]:
    """Return the places of a changed lead, if a field that they follow from has changed."""
    if "time_zones" in new:
        return lead_places.columns(lead, country)
    moved = any(name in new for name in (*lead_places.FROM, "list_id"))
    return lead_places.columns(lead | {"time_zones": ""}, country) if moved else {}


def country_of(db: sqlite3.Connection, list_id: str) -> str:
    """Return the country of a list. Raises NotFound."""
    found = db.execute("SELECT country FROM list WHERE id = ?", [list_id]).fetchone()
    if found is None:
        raise unknown("list", list_id, [name for (name,) in db.execute("SELECT id FROM list ORDER BY id")])
    return str(found[0])


def custom_names(db: sqlite3.Connection, list_id: str) -> tuple[str, ...]:
    """Return the custom fields of a list, in its order; none if there is no such list."""
    found = db.execute("SELECT custom_fields FROM list WHERE id = ?", [list_id]).fetchone()
    return tuple(json.loads(found[0])) if found else ()
