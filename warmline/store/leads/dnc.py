"""The do-not-call lists: numbers that no agent may dial, or no agent of a campaign.

AGI scripts add numbers, so what only few functions need is loaded by these.
"""

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from warmline.core.rules import number_text
from warmline.leads import phone_numbers
from warmline.leads.phone_numbers import PhoneNumberError
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.database.reading import Row, reading, rows
from warmline.store.database.writing import writing
from warmline.store.journal.imported_rows import MARK
from warmline.store.leads.number_reads import SYSTEM_DNC, describe_dnc_list, find_dnc_entries

if TYPE_CHECKING:
    from warmline.access.visible_campaigns import VisibleCampaigns

PAGE = """
    SELECT * FROM dnc WHERE (phone_number, campaign) > (:number, :last) AND (:every <> 0 OR campaign = :campaign)
        AND (:seen = '' OR campaign = '' OR campaign IN (SELECT value FROM json_each(iif(:seen = '', '[]', :seen))))
    ORDER BY phone_number, campaign LIMIT :most
"""
# A number of an import that a person adds too is that person's, so that undoing the import leaves it.
KEEP = f"""
    UPDATE dnc SET at = ?, "by" = ?, why = ? WHERE phone_number = ? AND campaign = ? AND "by" = '{MARK}'
"""  # noqa: S608 - a constant
BEHIND = "~"  # greater than the name of any campaign
RELEASE = """
    UPDATE lead SET held_by = '', held_until = NULL WHERE substr(phone_number, -7) = ? AND held_by = ?
"""
LISTED = "on a do-not-call list"  # it holds a listed lead whose new status is dialled, too
OF_SYSTEM, OF_CAMPAIGN, OF_BOTH = "system", "campaign", "both"  # which lists a new lead's number must not be on
LEAD_LISTED = "lead_number_listed"
NOTED_DIGITS = 4  # of a removed number, in config_journal


def listed(path: str | Path, number: str, campaign: str = "", *, own: bool = False) -> str:
    """Return the list that contains the number, in words; "" if the number may be dialled. Raises StoreError.

    Without a campaign only the system's list is checked, with `own` only the campaign's. A number matches with or
    without a country code, so that no listed person is dialled by mistake.
    """
    with reading(path) as db:
        return which(db, number, campaign, own=own)


def which(db: sqlite3.Connection, number: str, campaign: str = "", *, own: bool = False) -> str:
    """Return the same from an open database."""
    found = [row for row in find_dnc_entries(db, number, campaign) if row["campaign"] or not own]
    if not found:
        return ""
    return describe_dnc_list(found[0]["campaign"])


def lists_of(path: str | Path, asked: Iterable[tuple[str, str]]) -> list[str]:
    """Return `which` for each number with its campaign, in one reading. Raises StoreError."""
    with reading(path) as db:
        return [which(db, number, campaign) for number, campaign in asked]


def refuse_listed(db: sqlite3.Connection, number: str, list_id: str, check: str) -> None:
    """Refuse a number on the lists that `check` names: `system`, the list's `campaign`, or `both`. Raises Conflict."""
    of_list = rows(db, "SELECT campaign FROM list WHERE id = :id", id=list_id)
    campaign = of_list[0]["campaign"] if of_list and check != OF_SYSTEM else ""
    if (check != OF_CAMPAIGN or campaign) and (where := which(db, number, campaign, own=check == OF_CAMPAIGN)):
        raise Conflict(LEAD_LISTED, "phone_number {number} is on {where}", number=number, where=where)


def find(path: str | Path, number: str) -> list[Row]:
    """Return every entry for the number, of all lists. Raises StoreError."""
    return find_all(path, [number])[0]


def find_all(path: str | Path, numbers: Iterable[str]) -> list[list[Row]]:
    """Return the same for each number, in one reading. Raises StoreError."""
    sql = "SELECT * FROM dnc WHERE substr(phone_number, -7) = :tail ORDER BY campaign"
    with reading(path) as db:
        asked = [(one, rows(db, sql, tail=one[-phone_numbers.TAIL :])) for one in map(number_text.to_digits, numbers)]
    return [[row for row in found if phone_numbers.same(wanted, row["phone_number"])] for wanted, found in asked]


def page(
    path: str | Path,
    after: str = "",
    most: int = 1000,
    campaign: str | None = None,
    campaigns: "VisibleCampaigns | None" = None,
) -> list[Row]:
    """Return up to `most` entries in order of number, of all lists or of one; "" is the system's.

    They come after the number `after`, or after its entry in one list if `after` is NUMBER@CAMPAIGN. With
    `campaigns`, only entries of their lists and of the system's are returned. Raises StoreError.
    """
    from warmline.store.configuration.campaign_owners import as_json

    number, at, last = after.partition("@")
    with reading(path) as db:
        return rows(
            db,
            PAGE,
            number=number,
            last=last if at else BEHIND,
            every=campaign is None,
            campaign=campaign or "",
            seen=as_json(campaigns),
            most=most,
        )


def entry_id(row: Row) -> str:
    """Return the text after which `page` continues behind an entry."""
    return f"{row['phone_number']}@{row['campaign']}"


def add(path: str | Path, number: str, campaign: str = "", *, who: str, why: str = "") -> bool:
    """Add a number to the list; return False if it was on it. Raises OptionError, NotFound (campaign), StoreError."""
    try:
        found = phone_numbers.checked(number)
    except PhoneNumberError as error:
        from warmline.leads.lead_fields import number_invalid

        raise number_invalid(error) from None
    with writing(path) as db:
        if campaign:
            from warmline.options.option_table import ENTITIES
            from warmline.store.configuration import config_rows

            config_rows.find(db, ENTITIES["campaign"], campaign)
        now = time.time_ns() // 1000
        made = db.execute("INSERT OR IGNORE INTO dnc VALUES (?, ?, ?, ?, ?)", [found, campaign, now, who, why])
        db.execute(KEEP, [now, who, why, found, campaign])
        return made.rowcount == 1


def delete(path: str | Path, number: str, campaign: str = "", *, who: str) -> None:
    """Remove a number from the list, and note it in config_journal. Raises NotFound, StoreError.

    The journal cannot be erased, so it gets only the number's last digits.
    """
    from warmline.store.configuration import config_rows
    from warmline.store.configuration.config_history import DNC

    with writing(path) as db:
        found = [row for row in find_dnc_entries(db, number, campaign) if row["campaign"] == campaign]
        if not found:
            raise NotFound(
                "dnc_entry_unknown",
                "{number!r} is not on {where}",
                number=number,
                where="that list of " + campaign if campaign else SYSTEM_DNC,
            )
        at = config_rows.now()
        db.execute(RELEASE, [found[0]["phone_number"][-phone_numbers.TAIL :], LISTED])
        for row in found:
            db.execute("DELETE FROM dnc WHERE phone_number = ? AND campaign = ?", [row["phone_number"], campaign])
            before = {"campaign": campaign, "at": row["at"], "by": row["by"]}
            config_rows.note(db, who, at, ("delete", DNC, noted_name(row["phone_number"], campaign)), before, {})


def noted_name(number: str, campaign: str = "") -> str:
    """Return the name of an entry in config_journal, such as `*1234` or `*1234@CAMPAIGN`."""
    return f"*{number[-NOTED_DIGITS:]}" + (f"@{campaign}" if campaign else "")
