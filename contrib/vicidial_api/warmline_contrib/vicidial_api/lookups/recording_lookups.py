"""Looks up the recordings that have a file, by agent and day, by lead, by phone or by channel."""

from dataclasses import dataclass, fields
from pathlib import Path

from warmline.access.visible_agents import VisibleAgents
from warmline.store.configuration.campaign_owners import OF_CALLS_LEAD, as_json
from warmline.store.database.reading import Row, each, reading
from warmline.store.reports.recordings import CAMPAIGN, KEPT

DAY = 86_400_000_000  # microseconds: no call before a recording is longer
MOST = 10_000  # recordings in an answer

FOUND = f"""
    SELECT recording.id, recording.asked, recording.started, recording.length, recording.agent,
        ifnull(nullif(recording.converted_path, ''), recording.path) AS file,
        ifnull(call.lead, 0) AS lead, {CAMPAIGN}
    FROM call CROSS JOIN recording ON recording.call = call.id
    WHERE recording.status = '{KEPT}' AND {OF_CALLS_LEAD} AND {{where}} ORDER BY recording.asked, recording.id
"""  # noqa: S608 - only constants of the code
CONDITIONS = {
    "lead": "call.lead = :lead AND call.lead <> 0",
    "channel": "call.id IN (SELECT owner FROM leg WHERE leg.id = :channel)",
    "start": f"call.arrived >= :start - {DAY} AND call.arrived < :end AND recording.asked >= :start"
    " AND recording.asked < :end",
    "agent": "recording.agent = :agent",
    "phone": """EXISTS (
        SELECT 1 FROM agent_session WHERE agent_session.agent = recording.agent AND agent_session.phone = :phone
            AND agent_session.started <= recording.asked
            AND ifnull(agent_session.ended, recording.asked) >= recording.asked
    )""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingSearch:
    """The recordings that are wanted: those that match all given values; "" and 0 match any.

    The period is from `start` until before `end`, in microseconds UTC. `phone` is that of the agent, and `channel` the
    id of a channel of the call.
    """

    start: int = 0
    end: int = 0
    agent: str = ""
    lead: int = 0
    phone: str = ""
    channel: str = ""


def found(path: str | Path, search: RecordingSearch, visible: VisibleAgents | None) -> list[Row]:
    """Return the recordings of these agents, None for all, the oldest first; at most MOST. Raises StoreError.

    Who sees all agents, but not all campaigns, gets no recording of a call with a lead of others.
    """
    where = " AND ".join(sql for name, sql in CONDITIONS.items() if getattr(search, name)) or "FALSE"
    values = {one.name: getattr(search, one.name) for one in fields(search)}
    values["of_leads"] = as_json(visible.of_leads if visible else None)
    seen: list[Row] = []
    with reading(path) as db:
        for row in each(db, FOUND.format(where=where), **values):
            if visible is None or visible.include(row["agent"], campaign=row["campaign"]):
                seen.append(row)
                if len(seen) == MOST:
                    break
    return seen
