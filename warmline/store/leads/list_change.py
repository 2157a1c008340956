"""Changes or deletes many leads of a list in one command, in steps, so that other writers wait for a moment only.

A lead in a live call stays as it is, and a lead with a pending callback is not deleted. A repeated step changes nothing
twice, so that an interrupted change is finished by the same steps.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from warmline.core.rules import number_text
from warmline.leads import lead_conditions, phone_numbers
from warmline.leads.lead_conditions import LeadConditions
from warmline.leads.lead_fields import checked
from warmline.leads.number_set import NumberSet
from warmline.options.campaign.lead_dialling_options import LONGEST
from warmline.options.values.entity import OptionError
from warmline.options.values.option_types import nearest
from warmline.store.configuration import config_history, config_rows
from warmline.store.database import long_writes
from warmline.store.database.errors import Conflict
from warmline.store.database.reading import Row, each, reading, rows
from warmline.store.database.writing import writing
from warmline.store.lead_changes import recorded_changes
from warmline.store.lead_changes.recorded_changes import ManyLeads
from warmline.store.leads.leads import country_of
from warmline.store.leads.number_reads import read_lead
from warmline.text import lead_filter

LEADS_OF_STEP = 2000
LAST = 2**63 - 1  # the largest id of a lead
SURE = phone_numbers.TAIL + 1  # digits; a number with fewer may lack its area code
LIVE = "EXISTS (SELECT 1 FROM call WHERE call.lead = lead.lead_id AND call.lead <> 0 AND call.ended IS NULL)"
OF_LEAD = "callback.lead = lead.lead_id AND callback.lead <> 0 AND callback.state = 'pending'"
PROMISED = f"EXISTS (SELECT 1 FROM callback WHERE {OF_LEAD})"  # noqa: S608 - a constant
PROMISED_IN_CALL = """
    EXISTS (SELECT 1 FROM call WHERE call.lead = lead.lead_id AND call.lead <> 0 AND EXISTS (
        SELECT 1 FROM callback WHERE callback.call = call.id AND callback.lead = 0 AND callback.state = 'pending'
    ))
"""
OF_CALLBACKS = """
    SELECT iif(callback.lead <> 0, callback.lead, call.lead)
    FROM callback LEFT JOIN call ON callback.lead = 0 AND call.id = callback.call
    WHERE callback.state = 'pending' AND (callback.lead <> 0 OR call.lead <> 0)
"""
IN_USE = f"""
    SELECT {LIVE} AS live, {PROMISED} OR {PROMISED_IN_CALL} AS promised FROM lead WHERE lead_id = :lead
"""  # noqa: S608 - constants
# All steps together read the table once, in the order of ids: the sign keeps SQLite from sorting the list each time.
LEADS = """
    SELECT lead_id, phone_code, phone_number, {live} AS live, lead_id IN ({of_callbacks}) AS promised, {same} AS same
    FROM lead WHERE +list_id = :list AND lead_id > :after AND {only} ORDER BY lead_id LIMIT :most
"""
WITH_TAIL = """
    SELECT lead_id, phone_code, phone_number, {live} AS live, lead_id IN ({of_callbacks}) AS promised, {same} AS same
    FROM lead
    WHERE substr(phone_number, -7) = :tail AND lead_id > :after AND lead_id <= :until AND +list_id = :list AND {only}
    ORDER BY lead_id LIMIT :most
"""
IN_LIST = """
    SELECT phone_code, phone_number FROM lead WHERE substr(phone_number, -7) = :tail AND +list_id = :against
"""
ONE = "lead_id = :lead AND list_id = :list AND {only} AND NOT {live}"  # it may have changed since it was chosen


@dataclass(frozen=True, slots=True)
class LeadsChange:
    """A change of leads: another status, list or owner, or their deletion. None is for what stays."""

    status: str | None = None
    to_list: str | None = None
    owner: str | None = None
    delete: bool = False


@dataclass(frozen=True, slots=True)
class WantedLeads:
    """The leads that a change is about: those that all of these match.

    `where` is written as a `lead_filter`; an empty one matches all leads. Leads `against` a list have the number of a
    lead in it. `numbers`, in digits, are those that leads have; None for any. Numbers are the same with and without a
    country code.
    """

    where: str = ""
    against: str = ""
    numbers: tuple[str, ...] | None = None


class ChangedLeads(NamedTuple):
    """The result of a step: the leads that matched and changed, and those that were left out.

    `in_call` leads are in a live call; `with_callback` leads have a pending callback and are not deleted. `unsure`
    leads are not deleted because their number, or the one that it is compared with, may lack its area code. The others
    have these values already. The next step begins after the lead `after`, which is None after the last step.
    """

    matching: int
    changed: int
    in_call: int
    with_callback: int
    after: int | None
    unsure: int = 0


def step(
    path: str | Path,
    list_id: str,
    wanted: WantedLeads,
    change: LeadsChange,
    after: int = 0,
    *,
    dry_run: bool = False,
    most: int = LEADS_OF_STEP,
    who: str = "",
) -> ChangedLeads:
    """Change the next leads of a list: of up to `most` leads with ids above `after`, those that are wanted.

    With `dry_run`, `changed` is how many leads would be changed. All steps of a change by `who` have one record.

    Raises:
        OptionError: the filter or a value is invalid, or the change is unclear.
        NotFound: a list does not exist.
        StoreError: the database cannot be read or written; what has been changed stays.
    """
    with reading(path) as db:
        columns = _columns(db, list_id, change)
        only = conditions(db, wanted.where)
        sql = f"({only.sql or 'TRUE'})"
        values = only.parameters(time.time_ns() // 1000) | {"list": list_id} | columns
        found, last = _found(db, wanted, {"only": sql, "same": _same(columns)}, values, after, most)
    live = sum(row["live"] for row in found)
    promised = sum(row["promised"] and not row["live"] for row in found) if change.delete else 0
    unsure = sum(row["unsure"] and not (row["live"] or row["promised"]) for row in found) if change.delete else 0
    stays = ("live", "same", *(["promised", "unsure"] if change.delete else []))
    free = [row["lead_id"] for row in found if not any(row[why] for why in stays)]
    if dry_run:
        return ChangedLeads(len(found), len(free), live, promised, last, unsure)
    record = _record(who, list_id, wanted, columns)
    statement = _statement(sql, columns)

    def write(batch: list[int]) -> int:
        changed = sum(max(0, db.execute(statement, {**values, "lead": lead}).rowcount) for lead in batch)
        if changed:
            record.count(db, changed)
        return changed

    with long_writes.patient(path) as db:
        changed = sum(done.changed for done in long_writes.batches(db, free, write))
    if last is None:
        record.end(path)
    return ChangedLeads(len(found), changed, live, promised, last, unsure)


def delete_one(path: str | Path, lead_id: int, *, who: str) -> None:
    """Delete a lead, and record that without its fields, also in config_journal; its calls stay.

    Raises NotFound, StoreError, and Conflict for a lead in a live call or with a pending callback.
    """
    with writing(path) as db:
        lead = read_lead(db, lead_id)
        [found] = rows(db, IN_USE, lead=lead_id)
        if found["live"] or found["promised"]:
            raise in_use(lead_id, "is in a live call" if found["live"] else "has a pending callback")
        db.execute("DELETE FROM lead WHERE lead_id = ?", [lead_id])
        before = {name: lead[name] for name in ("list_id", "status", "called_count")}
        recorded_changes.note(db, who, recorded_changes.DELETE, lead["list_id"], lead_id, before)
        config_rows.note(db, who, config_rows.now(), ("delete", config_history.LEAD, str(lead_id)), before, {})


def in_use(lead_id: int, why: str) -> Conflict:
    """Return the refusal to delete a lead."""
    return Conflict("lead_in_use", "lead {lead} {why}; delete it when that has ended", lead=lead_id, why=why)


def conditions(db: sqlite3.Connection, where: str) -> LeadConditions:
    """Return the conditions of a filter, whose days are those of the setting. Raises OptionError."""
    if len(where) > LONGEST:  # SQLite takes no more than 1000 values
        raise OptionError(
            "leads_where_long",
            "the filter has {length} characters; allowed: up to {most}; give several shorter filters one by one",
            length=len(where),
            most=LONGEST,
        )
    zone = ZoneInfo(str(db.execute("SELECT timezone FROM setting").fetchone()[0]))
    try:
        found = lead_conditions.of(where, zone)
        _check_custom(db, where)
    except ValueError as error:
        raise OptionError("leads_where_invalid", "filter {where!r}: {why}", where=where, why=error) from None
    return found


def _check_custom(db: sqlite3.Connection, where: str) -> None:
    """Raise ValueError if a filter names a custom field that no list has."""
    every = [name for (names,) in db.execute("SELECT custom_fields FROM list") for name in json.loads(names)]
    if unknown := sorted(lead_filter.custom_names(lead_filter.read(where)) - {*every}):
        raise ValueError(f"no list has the custom field {unknown[0]!r}; {nearest(unknown[0], every)}".rstrip("; "))


def _found(
    db: sqlite3.Connection, wanted: WantedLeads, sql: Mapping[str, str], values: dict[str, Any], after: int, most: int
) -> tuple[list[Row], int | None]:
    """Return the leads of a step, and the lead after which the next one begins. Raises NotFound, OptionError.

    A lead is `unsure` if its number is known only by its last 7 digits.
    """
    parts = {"live": LIVE, "of_callbacks": OF_CALLBACKS, **sql}
    if wanted.against:
        country_of(db, wanted.against)
        if wanted.against == values["list"]:
            raise OptionError(
                "leads_against_themselves",
                "list {list} is compared with itself; allowed: another list",
                list=values["list"],
            )
    known: list[Callable[[str], NumberSet]] = []
    if wanted.numbers is not None:
        numbers = [*filter(None, map(number_text.to_digits, wanted.numbers))]
        found, last = _with_ends(db, numbers, WITH_TAIL.format(**parts), values, after, most)
        callers = NumberSet(numbers)
        known.append(lambda _: callers)
    else:
        found = rows(db, LEADS.format(**parts), **values, after=after, most=most)
        last = found[-1]["lead_id"] if len(found) == most else None
    if wanted.against:
        known.append(cache(partial(_in_list, db, wanted.against)))
    chosen = []
    for row in found:
        code, number = row["phone_code"], row["phone_number"]
        sets = [of_end(number[-phone_numbers.TAIL :]) for of_end in known]
        if all(one.has(code, number) for one in sets):
            chosen.append(row | {"unsure": not all(one.has(code, number, SURE) for one in sets)})
    return chosen, last


def _with_ends(
    db: sqlite3.Connection, numbers: Iterable[str], sql: str, values: Mapping[str, Any], after: int, most: int
) -> tuple[list[Row], int | None]:
    """Return the next `most` leads with the same ends as the numbers, and the last of them if there may be more.

    The leads of all numbers are read together in the order of ids, so that a number that many leads have is bounded.
    """
    found: list[Row] = []
    until = LAST
    for tail in dict.fromkeys(number[-phone_numbers.TAIL :] for number in numbers):
        if more := rows(db, sql, **values, tail=tail, after=after, until=until, most=most):
            found = sorted((*found, *more), key=lambda row: int(row["lead_id"]))[:most]
            until = found[-1]["lead_id"] if len(found) == most else LAST
    return found, until if len(found) == most else None


def _in_list(db: sqlite3.Connection, against: str, tail: str) -> NumberSet:
    """Return the numbers of a list with this end."""
    found = each(db, IN_LIST, tail=tail, against=against)
    return NumberSet(leads=((row["phone_code"], row["phone_number"]) for row in found))


def _columns(db: sqlite3.Connection, list_id: str, change: LeadsChange) -> dict[str, str | int]:
    """Return the new values by column; none for a deletion. Raises OptionError, NotFound."""
    country = country_of(db, list_id)
    given = {"status": change.status, "owner": change.owner}
    new = checked({name: text for name, text in given.items() if text is not None}, country)
    if new.get("status") == "":
        raise OptionError("lead_status_empty", "status is empty; allowed: a code such as NEW")
    if change.to_list is not None:
        new["list_id"] = _other_list(db, list_id, country, change.to_list)
    if change.delete == bool(new):
        raise OptionError(
            "leads_change_unclear",
            "{given}; allowed: delete alone, or one or more of status, to_list and owner",
            given="delete is given with another change" if new else "no change is given",
        )
    return new


def _other_list(db: sqlite3.Connection, list_id: str, country: str, to_list: str) -> str:
    """Return the list to which leads are moved: numbers keep their meaning in it. Raises OptionError, NotFound."""
    other = country_of(db, to_list)
    if to_list == list_id or other != country:
        why = f"its country is {other or 'not set'}, that of list {list_id} {country or 'not set'}"
        raise OptionError(
            "leads_other_list",
            "leads cannot be moved to list {to_list}: {why}; allowed: another list with the same country",
            to_list=to_list,
            why="they are in it" if to_list == list_id else why,
        )
    return to_list


def _statement(only: str, columns: Mapping[str, Any]) -> str:
    """Return the SQL that changes the lead `:lead`, unless it has the values already."""
    one = ONE.format(only=only, live=LIVE)
    if not columns:
        free = f"NOT {PROMISED} AND NOT {PROMISED_IN_CALL}"
        return f"DELETE FROM lead WHERE {one} AND {free}"  # noqa: S608 - conditions with parameters
    sets = [f"{name} = :{name}" for name in columns]
    if "status" not in columns and "list_id" in columns:
        sets.append("status = status")  # the next try follows from the campaign of the new list
    return f"UPDATE lead SET {', '.join(sets)}, modify_date = :filter_at WHERE {one} AND NOT ({_same(columns)})"  # noqa: S608


def _same(columns: Mapping[str, Any]) -> str:
    """Return the condition that a lead has the values already; a deletion has none."""
    return " AND ".join(f"{name} = :{name}" for name in columns) or "FALSE"


def _record(who: str, list_id: str, wanted: WantedLeads, columns: Mapping[str, Any]) -> ManyLeads:
    """Return the record of a change; all its steps have the same one."""
    plain = {
        name: value if name in recorded_changes.PLAIN else recorded_changes.CHANGED for name, value in columns.items()
    }
    found = {
        "where": recorded_changes.filter_fields(wanted.where),
        "against": wanted.against,
        "numbers": None if wanted.numbers is None else len(wanted.numbers),
    }
    what = plain | {name: value for name, value in found.items() if value not in ([], "", None)}
    action = recorded_changes.SET if columns else recorded_changes.DELETE
    return ManyLeads(who, action, list_id, what, (wanted.where, wanted.numbers, dict(columns)))
