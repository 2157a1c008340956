"""The own recordings that agents may hear: those of today's calls, in campaigns with `agent_recordings=Y`."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from warmline.access.rights import Reach
from warmline.store.configuration.timezone import timezone
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User
from warmline.store.database.reading import reading, rows
from warmline.text.coded_error import CodedError
from warmline.text.written_time import midnight

SCOPE = "recordings:read"
# The agent's own part of a call: what customer and third party said after the leave is another recording.
OFFERED = """
    (recording.kind = 'call' AND recording.asked >= :today AND EXISTS (
        SELECT 1 FROM agent_session JOIN campaign ON campaign.id = agent_session.campaign
        WHERE agent_session.agent = recording.agent AND agent_session.started <= recording.asked
            AND ifnull(agent_session.ended, recording.asked) >= recording.asked AND campaign.agent_recordings = 'Y'
    ))
"""
ALL_DAYS = 0  # microseconds UTC: no day limits what a client may hear
ONE = f"SELECT 1 FROM recording WHERE id = :recording AND {OFFERED}"  # noqa: S608 - only constants of the code


def hears_own_alone(client: ApiToken | User) -> bool:
    """Return whether this client may hear no recordings but own ones."""
    return isinstance(client, User) and client.reach(SCOPE) is Reach.OWN


def today_for(path: str | Path, client: ApiToken | User) -> int:
    """Return when today began, in microseconds UTC, for a user who hears own recordings alone; ALL_DAYS for others.

    Raises StoreError.
    """
    if not hears_own_alone(client):
        return ALL_DAYS
    zone = ZoneInfo(timezone(path) or "UTC")
    return midnight(datetime.now(zone).date(), zone)


def refusal(path: str | Path, client: ApiToken | User, recording: str) -> CodedError | None:
    """Return why an agent may not hear a recording of their own, or None. Raises StoreError."""
    if (today := today_for(path, client)) == ALL_DAYS:
        return None
    with reading(path) as db:
        if rows(db, ONE, recording=recording, today=today):
            return None
    return CodedError(
        "recording_not_offered",
        "agents hear their own calls of today alone, and only if their campaign allows it; an administrator does with: "
        "warmline campaign set NAME agent_recordings=Y",
    )
