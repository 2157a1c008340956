"""Filters of call reports, as the conditions of one SQL statement."""

from dataclasses import dataclass, fields
from typing import Any

from warmline.core.model.call_states import AgentState, Direction
from warmline.store.calls.call_history import CODE
from warmline.store.reports import fallbacks
from warmline.store.reports.fallbacks import DIALPLAN, FALLBACK, LOGIN_REFUSED, MISSED, TAKEN

ANSWERED, FAILED, LIVE = "answered", "failed", "live"
OUTCOMES = (ANSWERED, MISSED, FAILED, FALLBACK, DIALPLAN, LOGIN_REFUSED, LIVE)

LENGTH = "iif(call.connected IS NULL, 0, ifnull(call.ended, :now) - call.connected)"
OUTWARD = f"call.direction = '{Direction.OUT}'"
OUTCOME = f"""CASE WHEN call.ended IS NULL THEN '{LIVE}' WHEN call.connected IS NOT NULL THEN '{ANSWERED}'
    WHEN {OUTWARD} THEN '{FAILED}'
    WHEN EXISTS (SELECT 1 FROM fallback WHERE fallback.id = call.id AND {TAKEN}) THEN '{FALLBACK}'
    ELSE '{MISSED}' END"""  # noqa: S608 - only constants of the code
# Each subquery names the index by the call: SQLite would take the one by agent or in-group, and read all their calls.
IN_CALL = """
    SELECT 1 FROM agent_interval AS stretch INDEXED BY agent_interval_call {} WHERE stretch.call = call.id
        AND stretch.call <> ''"""

NO_CALL = "NOT EXISTS (SELECT 1 FROM call WHERE call.id = fallback.id)"
OF_NUMBER = "substr({of}.number, -7) = substr(:number, -7) AND ltrim({of}.number, '+') = ltrim(:number, '+')"

MARKED = """EXISTS (SELECT 1 FROM call_comment INDEXED BY call_comment_call
        WHERE call_comment.call = {of}.id AND call_comment.mark = :mark)"""

# The last code is in a row of its own. An index excludes most calls with other codes before that row is read.
HAD_CODE = """EXISTS (SELECT 1 FROM disposition_entry AS given INDEXED BY disposition_entry_status
        WHERE given.call = call.id AND given.status = :disposition)"""

# Each filter and its condition. An unused filter is not in the statement, so that the others can use an index.
# SQLite tries those with subqueries in this order: first what costs little, and then what excludes most calls.
CONDITIONS = {
    "call": "call.id = :call",
    "lead": "call.lead = :lead AND call.lead <> 0",
    "server": "call.server = :server",
    "number": OF_NUMBER.format(of="call"),
    "shortest": f"{LENGTH} >= :shortest",
    "longest": f"{LENGTH} < :longest",
    "noted": "call.id IN (SELECT value FROM json_each(:noted))",
    "outcome": f"{OUTCOME} = :outcome",
    "agent": f"""EXISTS ({IN_CALL.format("")} AND stretch.agent = :agent AND stretch.state = '{AgentState.INCALL}')""",
    "transfer": """EXISTS (SELECT 1 FROM receipt INDEXED BY receipt_call
        WHERE receipt.call = call.id AND receipt.kind = :transfer)""",
    "ingroup": """(call.ingroup = :ingroup
        OR EXISTS (SELECT 1 FROM queue_wait INDEXED BY queue_wait_call
            WHERE queue_wait.call = call.id AND queue_wait.ingroup = :ingroup))""",
    "disposition": f"""(call.status = :disposition OR {HAD_CODE})
        AND {CODE.format(by="").removesuffix(" AS code")} = :disposition""",
    "recorded": "EXISTS (SELECT 1 FROM recording WHERE recording.call = call.id) = (:recorded <> 0)",
    "mark": MARKED.format(of="call"),
    "campaign": f"""EXISTS ({IN_CALL.format("JOIN agent_session ON agent_session.id = stretch.session")}
        AND agent_session.campaign = :campaign)""",
}
# The same for a call that never reached the app. It has no agent, in-group, lead, server, recording or talk time. A
# filter that is not here finds no such call.
CONDITIONS_OF_FALLBACK = {
    "call": "fallback.id = :call",
    "number": OF_NUMBER.format(of="fallback"),
    "shortest": ":shortest <= 0",
    "longest": ":longest > 0",
    "outcome": f"{fallbacks.OUTCOME} = :outcome",
    "recorded": ":recorded = 0",
    "mark": MARKED.format(of="fallback"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFilter:
    """A filter for calls that arrived from `start` until before `end`; "" and None match any value.

    `call` is the id of one call. `campaign` is the campaign of an agent in the call, and `ingroup` an in-group in which
    it waited. `transfer` is the kind of a transfer command in the call. `outcome` is one of OUTCOMES. `shortest`
    (inclusive) and `longest` (exclusive) limit the time that the customer talked. `noted` are the calls that a search
    in notes has found, as JSON. `server` is the Asterisk of the call. `mark` is that of a comment on the call. Times
    are in microseconds.
    """

    start: int
    end: int
    call: str = ""
    campaign: str = ""
    ingroup: str = ""
    agent: str = ""
    number: str = ""
    disposition: str = ""
    transfer: str = ""
    outcome: str = ""
    recorded: bool | None = None
    shortest: int | None = None
    longest: int | None = None
    lead: int | None = None
    noted: str = ""
    server: str = ""
    mark: str = ""

    @property
    def where(self) -> str:
        """Return the conditions for the table `call`, with the parameters of `values` and :now."""
        return self.where_from("")

    def where_from(self, source: str) -> str:
        """Return the same conditions for calls that are likely to fulfil the filter `source`: this one is the last."""
        given = sorted(self._given, key=lambda name: name == source)
        return " AND ".join(("call.arrived >= :start AND call.arrived < :end", *(CONDITIONS[name] for name in given)))

    @property
    def where_never_had(self) -> str:
        """Return the conditions for calls that never reached the app, for `fallback`; "" if no such call can match."""
        given = self._given
        if not CONDITIONS_OF_FALLBACK.keys() >= set(given):
            return ""
        here = f"fallback.at >= :start AND fallback.at < :end AND {NO_CALL}"
        return " AND ".join((here, *(CONDITIONS_OF_FALLBACK[name] for name in given)))

    @property
    def _given(self) -> list[str]:
        """Return the names of the filters that have a value."""
        return [name for name in CONDITIONS if getattr(self, name) not in ("", None)]

    @property
    def values(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}
