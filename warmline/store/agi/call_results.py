"""The facts of a call for the dialplan after it, and whether the app has recorded that its customer left."""

import sqlite3

from warmline.core.rules import call_result
from warmline.store.agi import routing_facts
from warmline.store.agi.routing_facts import KeptDatabase

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from typing import Any

SECOND = 1_000_000

FACTS = """
    SELECT call.id AS call_id, ingroup, ifnull(call.agent, last_agent) AS agent, connected, "left", ended_by,
        ifnull((
            SELECT status FROM disposition_entry WHERE disposition_entry.call = call.id ORDER BY id DESC LIMIT 1
        ), status) AS disposition,
        ifnull((
            SELECT outcome FROM queue_wait WHERE queue_wait.call = call.id AND outcome <> 'WITHDRAWN'
            ORDER BY entered DESC, id DESC LIMIT 1
        ), '') AS outcome,
        ifnull((
            SELECT sum(ifnull(queue_wait.ended, :now) - entered) FROM queue_wait WHERE queue_wait.call = call.id
        ), 0) AS waited,
        (SELECT max(ifnull(leg.ended, :now)) FROM leg WHERE owner = call.id AND role = 'customer') AS gone,
        EXISTS (SELECT 1 FROM leg WHERE owner = call.id AND role IN ('customer', 'refused') AND ended IS NULL) AS there,
        ifnull((
            SELECT campaign FROM agent_interval AS stretch JOIN agent_session ON agent_session.id = stretch.session
            WHERE stretch.call = call.id AND stretch.call <> '' AND stretch.agent = ifnull(call.agent, last_agent)
            ORDER BY stretch.started DESC LIMIT 1
        ), '') AS campaign
    FROM call WHERE call.id = :call
"""
# A recording of another server has the server before its path.
RECORDINGS = """
    SELECT ifnull(
        nullif(path, ''),
        iif(server = 'main', :folder, server || ':') || '/' || id || '.wav'
    ) FROM recording
    WHERE call = :call AND started IS NOT NULL AND status IN ('running', 'kept') ORDER BY asked, id
"""
# The items of the call, and as empty texts those that the dialplan set and that broke a limit.
DATA = """
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM call, json_each(call.data)
    WHERE call.id = :call
"""
NAMES = "SELECT value FROM setting, json_each(setting.call_data)"


class CallResult:
    """The channel variables of a call. `final` is whether the app has recorded that the customer left it."""

    __slots__ = ("final", "variables")

    def __init__(self, variables: "dict[str, str]", *, final: bool) -> None:
        self.variables = variables
        self.final = final


def result(source: "str | KeptDatabase", call: str, now: int, folder: str) -> CallResult:
    """Return the result of a call at `now` (microseconds UTC). `folder` is that of recordings. Raises FactsError."""
    return routing_facts.read_from(source, lambda db: _result(db, call, now, folder))


def _facts(db: sqlite3.Connection, call: str, now: int) -> "dict[str, Any] | None":
    """Return the facts of a call by the names of FACTS, with `result`, `wait` and `talk`; None for an unknown call."""
    cursor = db.execute(FACTS, {"call": call, "now": now})
    row = cursor.fetchone()
    if row is None:
        return None
    facts = dict(zip((column[0] for column in cursor.description), row, strict=True))
    talked = facts["connected"] is not None
    left = facts["left"] is not None
    facts["result"] = call_result.choose_result(
        facts["outcome"], facts["ended_by"], has_talked=talked, is_left_by_agent=left
    )
    facts["wait"] = facts["waited"] // SECOND
    facts["talk"] = max(0, (facts["gone"] or now) - facts["connected"]) // SECOND if talked else 0
    return facts


def _result(db: sqlite3.Connection, call: str, now: int, folder: str) -> CallResult:
    facts = _facts(db, call, now)
    if facts is None:
        return CallResult(call_result.build_variables({"result": "failed", "call_id": call}), final=False)
    texts = {name: str(value) for name, value in facts.items() if value is not None}
    recordings = [path for (path,) in db.execute(RECORDINGS, {"call": call, "folder": folder})]
    data: dict[str, str] = {name: "" for (name,) in db.execute(NAMES)}
    for name, value in db.execute(DATA, {"call": call}):
        data = {other: text for other, text in data.items() if other.lower() != name.lower()} | {name: value}
    return CallResult(call_result.build_variables(texts, recordings, data.items()), final=not facts["there"])
