"""The values of a webhook's variables, from the records, and the hosts that webhooks may contact."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from warmline.core.model.call_states import AgentState
from warmline.core.model.webhook import Webhook, WebhookTrigger
from warmline.leads import custom_fields
from warmline.store.calls import agents_of_calls
from warmline.store.calls.agents_of_calls import AgentOfCall
from warmline.store.database.reading import Row, reading, rows
from warmline.text import webhook_url

SECOND, MINUTE = 1_000_000, 60_000_000  # microseconds
CALL = """
    SELECT number AS phone_number, number AS dialed_number, agc_id AS call_id, dialled AS did_pattern,
        dialled AS did_extension, lead, ended_by, data,
        (SELECT did_description FROM did WHERE did.id = call.dialled) AS did_description FROM call WHERE id = :call
"""
LEG = "SELECT id FROM leg WHERE owner = :call AND role = 'customer' ORDER BY created"
FILE = "SELECT id FROM recording WHERE call = :call ORDER BY asked"
LEAD = "SELECT lead.*, list_name FROM lead LEFT JOIN list ON list.id = list_id WHERE lead_id = :lead"
AGENT = """
    SELECT known_agent.full_name AS fullname, agent.user_group, custom_three AS user_custom_three,
        custom_five AS user_custom_five
    FROM agent JOIN known_agent USING (id) WHERE id = :agent
"""
SCRIPT = "SELECT campaign_script AS camp_script FROM campaign WHERE id = :campaign"
GIVEN = """
    SELECT notes AS call_notes, status_name AS dispo_name FROM disposition_entry
    LEFT JOIN disposition ON disposition.id = status
    WHERE call = :call AND agent = :agent AND correction = 0 ORDER BY at DESC, disposition_entry.id DESC
"""
PROMISED = """
    SELECT at, status AS callback_lead_status, comments AS callback_comments, timezone FROM callback, setting
    WHERE call = :call AND status <> '' ORDER BY made DESC
"""
TALKED = f"""
    SELECT ifnull(sum(ifnull(ended, :now) - started), 0) AS talked FROM agent_interval
    WHERE call = :call AND agent = :agent AND state = '{AgentState.INCALL}'
"""  # noqa: S608 - only constants of the code
HOSTS = "SELECT webhook_hosts FROM setting"
HANDED_OVER = ("fronter", "fronter_name", "fronter_dispo", "fronter_notes", "fronter_seconds")
WHO_ENDED = {"": "NONE", "agent": "AGENT", "customer": "CALLER"}  # VICIdial's words; anything else is SYSTEM
CLOCK = "%Y-%m-%d %H:%M:%S"


def webhook_facts(path: str | Path, webhook: Webhook) -> dict[str, str]:
    """Return the values of a webhook's variables from the current records. Raises StoreError."""
    of = {"call": webhook.call}
    told = dict(webhook.facts)
    with reading(path) as db:
        [call] = rows(db, CALL, **of) or [{"lead": 0, "ended_by": "", "data": "[]"}]
        legs, files = rows(db, LEG, **of), rows(db, FILE, **of)
        [lead] = rows(db, LEAD, lead=call.pop("lead")) or [{}]
        own = custom_fields.read(lead.pop(custom_fields.COLUMN, custom_fields.NONE))
        [talked] = rows(db, TALKED, agent=webhook.agent, now=webhook.queued, **of)
        given = rows(db, GIVEN, agent=webhook.agent, **of) if webhook.hook is WebhookTrigger.DISPO else []
        others = [*given[:1], *rows(db, AGENT, agent=webhook.agent)]
        others += rows(db, SCRIPT, campaign=told.get("campaign", ""))
        # No index leads from a call to its callback.
        if any(name.startswith("callback_") for name in webhook_url.variables(webhook.url)):
            others += [_promised(row) for row in rows(db, PROMISED, **of)[:1]]
        wanted = set(webhook_url.variables(webhook.url))
        if not wanted.isdisjoint(HANDED_OVER):
            others.append(of_fronter(agents_of_calls.read_call(db, webhook.call), webhook.agent))
    file = files[-1]["id"] if files else ""
    if "entry_date" in lead:
        lead["entry_date"] = on_the_clock(lead["entry_date"])
    known = {
        **{name: value for row in (lead, *others) for name, value in row.items()},
        "term_reason": WHO_ENDED.get(call.pop("ended_by"), "SYSTEM"),
        **{f"{webhook_url.CUSTOM}{name.lower()}": text for name, text in own.items()},
        **{f"{webhook_url.DATA}{name.lower()}": value for name, value in json.loads(call.pop("data"))},
        **call,
        "vendor_id": lead.get("vendor_lead_code", ""),
        "uniqueid": legs[0]["id"] if legs else "",
        "recording_filename": file,
        "recording_id": file,
        "talk_time": talked["talked"] // SECOND,
        "talk_time_ms": talked["talked"] // 1000,
        "talk_time_min": -(-talked["talked"] // MINUTE),
        "epoch": webhook.queued // SECOND,
        "SQLdate": on_the_clock(webhook.queued),
        "warmline_call": webhook.call,
        "webhook_id": webhook.id,
        **told,
        "channel_group": told.get("group") or told.get("campaign", ""),
        **dict.fromkeys(("phone_login", "original_phone_login", "SIPexten"), told.get("phone", "")),
    }
    return {name: "" if value is None else str(value) for name, value in known.items()}


def webhook_hosts(path: str | Path) -> tuple[str, ...]:
    """Return the hosts that webhooks may contact, from the current configuration. Raises StoreError."""
    with reading(path) as db:
        return tuple(word for row in rows(db, HOSTS) for word in json.loads(row["webhook_hosts"]))


def of_fronter(agents: list[AgentOfCall], user: str) -> dict[str, object]:
    """Return the variables of the agent who had the customer before this agent; nothing without one."""
    own = [place for place, one in enumerate(agents) if one.user == user]
    earlier = agents[: own[-1]] if own else agents
    if not earlier:
        return {}
    last = earlier[-1]
    had = (last.left - last.joined) // SECOND if last.joined and last.left else ""
    return dict(zip(HANDED_OVER, (last.user, last.full_name, last.status, last.notes, had), strict=True))


def _promised(row: Row) -> Row:
    at = datetime.fromtimestamp(row["at"] // SECOND, ZoneInfo(row["timezone"]))
    return row | {"callback_datetime": f"{at:{CLOCK}}"}


def on_the_clock(at: int) -> str:
    """Return a time, in microseconds UTC, as text on the machine's clock."""
    return f"{datetime.fromtimestamp(at // SECOND, UTC).astimezone():{CLOCK}}"
