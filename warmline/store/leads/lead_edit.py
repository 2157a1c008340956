"""Changes of a lead beyond its fields: its list, its user, the count of its calls, and a reset."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from warmline.options.values.entity import OptionError
from warmline.store.database.writing import writing
from warmline.store.leads import leads
from warmline.store.leads.list_change import other_list

MOST_CALLS = 9999
LONGEST_USER = 50  # characters
# A new list may have another campaign, from which the next try follows; see the trigger lead_recycled.
SET = """
    UPDATE lead SET list_id = :list_id, "user" = :user, called_count = :called_count, passes = :passes,
        next_number = :next_number, modify_date = CAST(unixepoch('subsec') * 1000000 AS INTEGER), status = status
    WHERE lead_id = :lead_id
"""


class LeadEdit(NamedTuple):
    """New fields of a lead, and None or False for all that stays. `reset` lets the dialler try it again."""

    fields: Mapping[str, str]
    list_id: str | None = None
    user: str | None = None
    called_count: int | None = None
    reset: bool = False


def edit(path: str | Path, lead_id: int, wanted: LeadEdit) -> int:
    """Change a lead in one transaction; return how many values changed.

    Custom fields are those of the list to which the lead is moved.

    Raises:
        OptionError: a value is invalid, or numbers of the other list mean another country.
        NotFound: the lead or the list does not exist.
        StoreError: the database cannot be written. After each error, nothing has changed.
    """
    with writing(path) as db:
        before = leads.read(db, lead_id)
        after = before | _columns(wanted)
        if after["list_id"] != before["list_id"]:
            other_list(db, before["list_id"], leads.country_of(db, before["list_id"]), after["list_id"])
        changed: int = sum(before[name] != after[name] for name in ("list_id", "user", "called_count", "passes"))
        if changed:
            db.execute(SET, after)
        return changed + len(leads.change(db, lead_id, wanted.fields))


def _columns(wanted: LeadEdit) -> dict[str, str | int]:
    given = {"list_id": wanted.list_id, "user": wanted.user, "called_count": wanted.called_count}
    if len(wanted.user or "") > LONGEST_USER or not 0 <= (wanted.called_count or 0) <= MOST_CALLS:
        raise OptionError(
            "lead_edit_invalid",
            "allowed: a user of up to {longest} characters, and a called_count up to {most}",
            longest=LONGEST_USER,
            most=MOST_CALLS,
        )
    reset: dict[str, str | int] = {"passes": 0, "next_number": ""} if wanted.reset else {}
    return {name: value for name, value in given.items() if value is not None} | reset
