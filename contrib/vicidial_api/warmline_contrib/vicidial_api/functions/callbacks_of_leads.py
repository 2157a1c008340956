"""Callbacks of leads: lead_callback_info, and what add_lead and update_lead say of one."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from ari_app.records import lead_callbacks
from ari_app.records.write_results import WriteRefused
from warmline.core.messages.values.callback import ANYONE, DUE, MISSED, PENDING, USERONLY, Callback
from warmline.core.replace import replace
from warmline.core.rules import number_text
from warmline.options.values.option_forms import CODE
from warmline.store.database.reading import Row
from warmline.store.leads import callbacks
from warmline_contrib.vicidial_api.functions import lead_values
from warmline_contrib.vicidial_api.requests.answer_rows import time_of
from warmline_contrib.vicidial_api.requests.non_agent_fields import BLANK
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE = "leads:read"
REMOVE = "REMOVE"
USUAL_STATUS = "CALLBK"
LONGEST_COMMENTS = 200  # characters
NOW, IN_DAYS, FORM = "NOW", re.compile("([0-9]{1,3})DAYS?"), "%Y-%m-%d %H:%M:%S"
ARCHIVE, CURRENT, ALL = "ARCHIVE", "CURRENT", "ALL"
# The word for each state in an answer.
STATES = {PENDING: "ACTIVE", DUE: "LIVE", MISSED: "LIVE"}
CHANGEABLE = (
    *("callback_datetime", "callback_type", "callback_user", "callback_status", "callback_comments"),
    *("campaign_id", "list_id_field"),
)
HEADER = (
    *("lead_id", "callback_type", "recipient", "callback_status", "lead_status", "callback_date", "entry_date", "user"),
    *("list_id", "campaign_id", "user_group", "customer_timezone", "customer_time", "comments"),
)


async def lead_callback_info(asked: NonAgentRequest) -> str:
    """Answer with the callbacks of a lead, the newest last."""
    lead_id, where = number_text.to_digits(asked["lead_id"]), asked["search_location"].upper() or CURRENT
    stage = asked["stage"] or "pipe"
    if not lead_id:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|")
    lead = await lead_values.of_lead(asked, lead_id)
    found: list[tuple[str, Callback]] = []
    if lead and where in (ARCHIVE, ALL):
        ended = await asked.look(callbacks.ended_of_lead, lead["lead_id"], asked.now)
        found += [(ARCHIVE, one) for one in ended]
    if lead and where in (CURRENT, ALL):
        found += [(CURRENT, one) for one in await asked.look(callbacks.of_lead, lead["lead_id"], asked.now)]
    if not lead or not found:
        return asked.error(f"CALLBACK NOT FOUND: {asked.by}|{lead_id}|{stage}|{asked['search_location']}")
    rows = (_row(asked, lead, kind, one) for kind, one in found)
    return asked.separators.page(HEADER, rows)


async def of_new_lead(asked: NonAgentRequest, lead: int) -> str:
    """Return the lines about the callback of a new lead; "" if none is wanted."""
    return await _made(asked, lead) if asked.is_on("callback") else ""


async def of_known_lead(asked: NonAgentRequest, lead: Row) -> str:
    """Return the lines about the callback that a request makes, changes or removes; "" if it says nothing of one."""
    lead_id = int(lead["lead_id"])
    if asked["callback"] == REMOVE:
        return await _removed(asked, lead_id)
    if not asked.is_on("callback"):
        return ""
    there = await asked.look(callbacks.of_lead, lead_id, asked.now)
    return await _changed(asked, lead_id, there[-1]) if there else await _made(asked, lead_id)


async def _made(asked: NonAgentRequest, lead: int) -> str:
    """Make a callback, and return the line about it."""
    campaign, user = asked["campaign_id"], asked["callback_user"]
    kind = USERONLY if asked["callback_type"] == USERONLY else ANYONE
    if why := next(_faults(asked, lead, campaign), ""):
        return asked.line("NOTICE", f"SCHEDULED CALLBACK NOT ADDED, {why}")
    at = _moment(asked, asked["callback_datetime"] or NOW)
    assert at is not None
    status = asked["callback_status"] or USUAL_STATUS
    agent = user if kind == USERONLY else ""
    wanted = Callback(
        id="",
        call="",
        number="",
        lead=lead,
        at=at,
        agent=agent,
        campaign=campaign,
        status=status,
        comments=asked["callback_comments"],
    )
    try:
        await asked.call_back(lambda once, client: lead_callbacks.make(once, wanted, client))
    except WriteRefused as why:
        return asked.line("NOTICE", f"SCHEDULED CALLBACK NOT ADDED, {why} - {lead}|{campaign}")
    told = f"{lead}|{campaign}|{_printed(asked, at)}|{kind}|{agent}|{status}"
    return asked.line("NOTICE", f"SCHEDULED CALLBACK ADDED - {told}")


async def _changed(asked: NonAgentRequest, lead: int, there: Callback) -> str:
    """Change the callback of a lead, and return the line about it."""
    if not any(asked[name] for name in CHANGEABLE):
        return asked.line("NOTICE", f"SCHEDULED CALLBACK NOT UPDATED, NO FIELDS SPECIFIED - {lead}|")
    campaign = asked["campaign_id"] or there.campaign
    if why := next(_faults(asked, lead, campaign), ""):
        return asked.line("NOTICE", f"SCHEDULED CALLBACK NOT UPDATED, {why}")
    kind, user = asked["callback_type"], asked["callback_user"]
    comments = asked["callback_comments"]
    changed = replace(
        there,
        state=PENDING,
        at=(_moment(asked, asked["callback_datetime"]) if asked["callback_datetime"] else None) or there.at,
        agent=(user or there.agent) if kind != ANYONE else "",
        campaign=campaign,
        status=asked["callback_status"] or there.status,
        comments=("" if comments == BLANK else comments) if comments else there.comments,
        made=asked.now,
        by=asked.user.client,
    )
    await asked.call_back(lambda once, client: lead_callbacks.change(once, changed, client))
    told = f"{lead}|{asked['campaign_id']}|{_printed(asked, changed.at)}|{kind}|{user}|{asked['callback_status']}"
    return asked.line("NOTICE", f"SCHEDULED CALLBACK UPDATED - {told}")


async def _removed(asked: NonAgentRequest, lead: int) -> str:
    count = await asked.call_back(lambda once, client: lead_callbacks.remove(once, asked.parts.api.db, lead, client))
    return asked.line("NOTICE", f"SCHEDULED CALLBACK DELETED - {asked.by}|{lead}|{count}|{count}")


def _faults(asked: NonAgentRequest, lead: int, campaign: str) -> Iterator[str]:
    """Yield the words about each value that is not valid."""
    rules = asked.world.rules
    user, kind, when = asked["callback_user"], asked["callback_type"] or ANYONE, asked["callback_datetime"]
    if campaign not in rules.campaigns or not asked.sees_campaign(campaign):
        yield f"CAMPAIGN NOT VALID - {lead}|{campaign}"
    if kind == USERONLY and user not in rules.agents:
        yield f"USER NOT VALID - {lead}|{campaign}|{user}|{kind}"
    if not re.fullmatch(CODE.pattern, asked["callback_status"] or USUAL_STATUS):
        yield f"STATUS NOT VALID - {lead}|{campaign}|{asked['callback_status']}"
    if len(asked["callback_comments"]) > LONGEST_COMMENTS:
        yield f"COMMENTS TOO LONG - {lead}|{campaign}|{LONGEST_COMMENTS}"
    if when and _moment(asked, when) is None:
        yield f"DATETIME NOT VALID - {lead}|{campaign}|{when}"


def _moment(asked: NonAgentRequest, text: str) -> int | None:
    """Return a time of a request, which is in the zone of the setting, in microseconds UTC; None for an invalid one."""
    now = datetime.fromtimestamp(asked.now // 1_000_000, asked.zone)
    if text == NOW:
        return int(now.timestamp()) * 1_000_000
    if days := IN_DAYS.fullmatch(text):
        return int((now + timedelta(days=int(days[1]))).timestamp()) * 1_000_000
    try:
        return int(datetime.strptime(text, FORM).replace(tzinfo=asked.zone).timestamp()) * 1_000_000
    except (ValueError, OverflowError):
        return None


def _printed(asked: NonAgentRequest, at: int) -> str:
    """Return the time of a callback as a request gives it; NOW and a number of days are printed as a time."""
    given = asked["callback_datetime"]
    return time_of(at, asked.zone) if given == NOW or IN_DAYS.fullmatch(given) else given


def _row(asked: NonAgentRequest, lead: Row, kind: str, one: Callback) -> tuple[object, ...]:
    known = asked.world.rules.agents.get(one.agent)
    due = time_of(one.at, asked.zone)
    return (
        lead["lead_id"],
        kind,
        USERONLY if one.agent else ANYONE,
        STATES.get(one.state, "INACTIVE"),
        one.status,
        due,
        time_of(one.made, asked.zone),
        one.agent,
        lead["list_id"],
        one.campaign,
        known.user_group if known else "",
        "",
        due if one.by in ("", one.agent) else "",  # that of the customer is known of an agent's callback alone
        one.comments,
    )
