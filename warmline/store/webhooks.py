"""What webhooks tell of a call, and what has become of each."""

import json
from datetime import UTC, datetime
from pathlib import Path

from warmline.core.session import AgentState
from warmline.core.webhook import Webhook
from warmline.store.reading import Row, reading, rows

CALL = "SELECT number AS phone_number, agc_id AS call_id, dialled AS did_pattern, lead FROM call WHERE id = :call"
LEG = "SELECT id FROM leg WHERE owner = :call AND role = 'customer' ORDER BY created"
FILE = "SELECT id FROM recording WHERE call = :call ORDER BY asked"
LEAD = "SELECT * FROM lead WHERE lead_id = :lead"
TALKED = f"""
    SELECT ifnull(sum(ifnull(ended, :now) - started), 0) AS talked FROM agent_interval
    WHERE call = :call AND agent = :agent AND state = '{AgentState.INCALL}'
"""  # noqa: S608 - our own word
TRIED = """
    SELECT * FROM webhook WHERE queued >= :since AND (:call = '' OR call = :call) ORDER BY queued DESC, id DESC
"""


def facts(path: str | Path, webhook: Webhook) -> dict[str, str]:
    """The values of a webhook's variables, as the records are now. Raises StoreError."""
    of = {"call": webhook.call}
    with reading(path) as db:
        [call] = rows(db, CALL, **of) or [{"lead": 0}]
        legs, files = rows(db, LEG, **of), rows(db, FILE, **of)
        [lead] = rows(db, LEAD, lead=call.pop("lead")) or [{}]
        [talked] = rows(db, TALKED, agent=webhook.agent, now=webhook.queued, **of)
    made = datetime.fromtimestamp(webhook.queued // 1_000_000, UTC).astimezone()
    file = files[-1]["id"] if files else ""
    known = {
        **{name: "" if value is None else value for name, value in lead.items()},
        **call,
        "vendor_id": lead.get("vendor_lead_code", ""),
        "uniqueid": legs[0]["id"] if legs else "",
        "recording_filename": file,
        "recording_id": file,
        "talk_time": talked["talked"] // 1_000_000,
        "talk_time_ms": talked["talked"] // 1000,
        "epoch": int(made.timestamp()),
        "SQLdate": f"{made:%Y-%m-%d %H:%M:%S}",
        "warmline_call": webhook.call,
        "webhook_id": webhook.id,
        **dict(webhook.facts),
    }
    return {name: str(value) for name, value in known.items()}


def tried(path: str | Path, since: int, call: str = "") -> list[Row]:
    """The webhooks queued since then, or of one call, the newest first; each with its tries. Raises StoreError."""
    with reading(path) as db:
        return [row | {"tries": json.loads(row["tries"])} for row in rows(db, TRIED, since=since, call=call)]
