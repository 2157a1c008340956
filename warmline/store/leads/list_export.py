"""The leads of a list with what the last call with each brought, page by page."""

import time
from pathlib import Path

from warmline.leads import custom_fields
from warmline.leads.lead_fields import TEXTS
from warmline.store.database.reading import Row, reading, rows
from warmline.store.leads import list_change
from warmline.store.leads.leads import country_of, custom_names

OF_LEAD = ("lead_id", "list_id", "status", "last_call", "called_count")
OF_CALL = ("call", "agent", "call_number", "talk_time")
COLUMNS = tuple(dict.fromkeys((*OF_LEAD, *OF_CALL, "entry_date", "modify_date", "rank", *TEXTS)))  # of a file
# The sign keeps SQLite from sorting the list for each page. A lead's conditions have names that a call has, too.
PAGE = """
    SELECT chosen.*, ifnull(last.id, '') AS call, ifnull(last.last_agent, '') AS agent,
        ifnull(last.number, '') AS call_number, (last.ended - last.connected) / 1000000 AS talk_time
    FROM (
        SELECT * FROM lead WHERE +list_id = :list AND lead_id > :after AND {only} ORDER BY lead_id LIMIT :most
    ) AS chosen LEFT JOIN call AS last ON last.id = (
        SELECT id FROM call WHERE lead = chosen.lead_id AND lead <> 0 ORDER BY arrived DESC, id DESC LIMIT 1
    )
    ORDER BY lead_id
"""


def page(path: str | Path, list_id: str, where: str = "", after: int = 0, most: int = 100) -> list[Row]:
    """Return up to `most` leads of a list that match a filter, with ids above `after`.

    `where` is written as a `lead_filter`. Besides its own fields, a lead has those of its last call: `call` (its id),
    `agent`, `call_number`, and `talk_time` in seconds, which is None without an answer. Its `custom_fields` are JSON
    with a text for each custom field of the list.

    Raises:
        OptionError: the filter is invalid.
        NotFound: the list does not exist.
        StoreError: the database cannot be read.
    """
    with reading(path) as db:
        country_of(db, list_id)
        only = list_change.conditions(db, where)
        values = only.parameters(time.time_ns() // 1000) | {"list": list_id, "after": after, "most": most}
        names = custom_names(db, list_id)
        found = rows(db, PAGE.format(only=f"({only.sql or 'TRUE'})"), **values)
    return [row | {custom_fields.COLUMN: custom_fields.of_list(row[custom_fields.COLUMN], names)} for row in found]
