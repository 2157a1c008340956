"""The facts of an ended call for the hook after_call."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from warmline.core.messages.values.server_action import MAIN
from warmline.leads import custom_fields
from warmline.store.agi import call_results
from warmline.store.database.reading import reading, rows

CALL = "SELECT number, dialled, direction, lead, data, ended FROM call WHERE id = :call"
OF_LEAD = """
    SELECT lead.custom_fields, ifnull(list.custom_fields, '[]') AS names FROM lead
    LEFT JOIN list ON list.id = list_id WHERE lead_id = :lead
"""


def facts(path: str | Path, call: str, folders: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the facts by the fields of the record EndedCall; None for an unknown call.

    `folders` are those of recordings on this machine, by server. Raises StoreError.
    """
    with reading(path) as db:
        found = rows(db, CALL, call=call)
        known = call_results.facts_of(db, call, found[0]["ended"] or 0) if found else None
        if known is None:
            return None
        recordings = call_results.recordings_of(db, call, folders[MAIN], json.dumps(dict(folders)))
        row = found[0]
        own = rows(db, OF_LEAD, lead=row["lead"] or 0)
    data = dict(json.loads(row["data"] or "[]"))
    caller = {
        "call": call, "number": row["number"] or "", "name": "", "dialled": row["dialled"] or "", "data": data
    }  # fmt: skip
    texts = {name: known[name] or "" for name in ("ingroup", "agent", "campaign", "disposition", "ended_by", "result")}
    numbers = {"lead": row["lead"] or 0, "wait": known["wait"], "talk": known["talk"]}
    values = custom_fields.whole(own[0]["custom_fields"], json.loads(own[0]["names"])) if own else {}
    known_facts = {"caller": caller, "direction": row["direction"], "recordings": recordings, "custom_fields": values}
    return known_facts | texts | numbers
