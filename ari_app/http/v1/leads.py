"""Leads as JSON: found by number, read by id, and explained."""

import re
import time
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec import Struct, defstruct

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import FieldFault, ProblemRaised, not_found
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import call_agents
from ari_app.http.v1.bodies import request_bodies
from ari_app.http.v1.live_state import JsonApi
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.leads.lead_fields import TEXTS
from warmline.operations.live_records import CallAgent, Time, iso
from warmline.store.calls import agents_of_calls, calls_of_lead
from warmline.store.calls.agents_of_calls import AgentOfCall
from warmline.store.database.errors import NotFound, unknown_lead
from warmline.store.database.reading import Row
from warmline.store.dialling import dnc_and_attempt_rules, lead_explanation
from warmline.store.dialling.lead_explanation import NumberExplanation
from warmline.store.leads import lead_search, leads
from warmline.store.leads.lead_search import LeadSearch

NUMBER = r"\+?[0-9]{2,20}"

SEARCHED = ("number", "vendor_lead_code", "email", "name")  # parameters; one of them in a request

DIGITS = 19  # one more than the digits of a lead_id

TIMES = ("entry_date", "modify_date", "last_call", "next_try", "held_until")

# A lead's fields have VICIdial's names. One table has the fields that can be set, for the command line too.
LeadNow = defstruct(
    "LeadNow",
    [
        ("lead_id", int),
        ("list_id", str),
        ("user", str),
        ("entry_date", Time),
        ("modify_date", Time),
        ("last_call", Time | None),
        ("called_count", int),
        ("jurisdictions", str),
        ("passes", int),
        ("next_try", Time | None),
        ("held_by", str),
        ("held_until", Time | None),
        ("next_number", str),
        ("rank", int),
        *((name, str) for name in TEXTS),
        ("custom_fields", dict[str, str]),
    ],
    namespace={"__doc__": "A lead. `status` is that of its last call, `user` its agent."},
    frozen=True,
)


class LeadCall(Struct, frozen=True):
    """A past call with the lead, or with its number; `full_name` and `status_name` are those of agent and code.

    `agents` has each agent of the call with the own code and notes. `agent` is the last one.
    """

    id: str
    arrived: Time
    connected: Time | None
    ended: Time | None
    number: str
    ingroup: str
    agent: str
    full_name: str
    status: str
    status_name: str
    notes: str
    ended_by: str
    agents: list[CallAgent]


class LeadWhole(Struct, frozen=True):
    """A lead with its calls, the newest first."""

    lead: LeadNow  # type: ignore[valid-type] # made from the table of fields
    calls: list[LeadCall]


class LeadRule(Struct, frozen=True):
    """The answer of one rule about a lead: why it forbids a call, or "", and when that changes."""

    rule: str
    why: str
    until: Time | None


class LeadNumberExplained(Struct, frozen=True, kw_only=True):
    """Whether a number of a lead may be dialled now, and each rule. `source` is list, alt_phone or address3.

    `open_until` is the end of its hours.
    """

    source: str
    number: str
    time_zones: str
    jurisdictions: str
    dialled_now: bool
    open_until: Time | None
    rules: list[LeadRule]


class LeadExplained(LeadNumberExplained, frozen=True, kw_only=True):
    """Whether a lead may be dialled now: its main number with each rule, and the `others`.

    `dialled_now` says whether any number may be dialled. `next_number` is that number, or empty.
    """

    lead: int
    campaign: str
    next_number: str
    others: list[LeadNumberExplained]


async def found(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the leads that a search finds, or all, page by page.

    Raises ProblemRaised (404, 422, 429), StoreError.
    """
    number, given = request.query.get("number"), [name for name in SEARCHED if name in request.query]
    if number is not None and not re.fullmatch(NUMBER, number, re.ASCII):
        raise _unusable("number", "must be 2 to 20 digits; a + may lead")
    if len(given) > 1:
        raise _unusable(given[1], f"cannot be combined with {given[0]}; search by one of them")
    if empty := next((name for name in given if not request.query[name].strip(" ,")), ""):
        raise _unusable(empty, "is empty")
    search = LeadSearch(**{name: request.query[name] for name in given}, wanted=request.query.get("list", ""))
    after, limit = after_lead(request), paging.limit(request, paging.USUAL, paging.ROWS)
    try:
        told = await api.threads.report(asker_of(request), _listed, api.db, search, after, limit, request.campaigns)
    except NotFound as missing:
        raise not_found(missing) from None
    return ApiAnswer(told)


def after_lead(request: ApiRequest) -> int:
    """Return the lead_id after which a list begins; 0 for its beginning. Raises ProblemRaised (422)."""
    after = request.query.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < DIGITS):
        raise _unusable("after", "must be a lead_id")
    return int(after)


def _listed(db: str, search: LeadSearch, after: int, limit: int, campaigns: VisibleCampaigns | None) -> bytes:
    """Return the rows as JSON. Raises NotFound (`after`), StoreError."""
    return msgspec.json.encode([shown(row) for row in lead_search.search(db, search, after, limit, campaigns)])


async def number_of(api: JsonApi, body: request_bodies.Body) -> str:
    """Return the number of the lead to dial, "" if no lead is named. Raises ProblemRaised (404), StoreError."""
    if not isinstance(body, request_bodies.DialCustomerBody) or body.lead is None:
        return ""
    try:
        row = await api.threads.look_up(leads.find, api.db, int(body.lead))
    except NotFound as missing:
        raise not_found(missing) from None
    return f"{row['phone_code']}{row['phone_number']}"


async def lead(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with a lead and its calls. Raises ProblemRaised (404), StoreError."""
    wanted = number_in_path(request)
    try:
        row, calls = await in_time(with_calls, api.db, wanted, request.campaigns)
    except NotFound as error:
        raise not_found(error) from None
    return reply(LeadWhole(shown(row), calls))


async def explained(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the rules about dialling a lead now. Raises ProblemRaised (404), StoreError."""
    wanted, campaign = number_in_path(request), request.query.get("campaign", "")
    at = time.time_ns() // 1000
    try:
        found = await in_time(lead_explanation.explain, api.db, wanted, at, campaign)
    except NotFound as error:
        raise not_found(error) from None
    is_bound = request.campaigns is not None
    main = _of_number(found.main, is_bound) | {"dialled_now": found.dialled_now}
    others = [LeadNumberExplained(**_of_number(one, is_bound)) for one in found.others]
    explained = LeadExplained(
        lead=found.lead, campaign=found.campaign, next_number=found.next_number, others=others, **main
    )
    return reply(explained)


def _of_number(found: NumberExplanation, is_bound: bool) -> dict[str, Any]:
    """Return the fields of a number. A sentence about another lead does not name it to people of some campaigns."""
    rules = [
        LeadRule(
            one.rule,
            one.limit if is_bound and one.rule == dnc_and_attempt_rules.OF_ANOTHER else one.why,
            _time(one.until),
        )
        for one in found.rules
    ]
    return found._asdict() | {
        "dialled_now": found.dialled_now,
        "open_until": _time(found.open_until),
        "rules": rules,
    }


def _time(at: int | None) -> Time | None:
    return None if at is None else iso(at)


def number_in_path(request: ApiRequest) -> int:
    """Return the lead_id in the path. Raises ProblemRaised (404)."""
    wanted = request.path_values["lead_id"]
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < DIGITS):
        raise not_found(unknown_lead(wanted))
    return int(wanted)


def with_calls(db: str, lead_id: int, campaigns: VisibleCampaigns | None = None) -> tuple[Row, list[LeadCall]]:
    """Return a lead and its calls, the newest first; `campaigns` as in `of_lead`. Raises NotFound, StoreError."""
    row = leads.find(db, lead_id)
    past = calls_of_lead.of_lead(db, row, campaigns)
    agents = agents_of_calls.of_calls(db, [call["id"] for call in past])
    return row, [_past(call, agents[call["id"]]) for call in past]


def shown(row: Row, shape: Any = LeadNow) -> Any:
    """Return a lead of the database as a LeadNow, or as a shape with more fields, which the row has."""
    times = {name: _maybe(row[name]) for name in TIMES}
    return shape(**row | times | {"custom_fields": msgspec.json.decode(row["custom_fields"])})


def _past(row: Row, agents: list[AgentOfCall]) -> LeadCall:
    return LeadCall(
        id=row["id"],
        arrived=iso(row["arrived"]),
        connected=_maybe(row["connected"]),
        ended=_maybe(row["ended"]),
        number=row["number"],
        ingroup=row["ingroup"],
        agent=row["last_agent"],
        full_name=row["full_name"],
        status=row["status"],
        status_name=row["status_name"],
        notes=row["notes"],
        ended_by=row["ended_by"],
        agents=list(map(call_agents.shown, agents)),
    )


def _maybe(at: int | None) -> str | None:
    return None if at is None else iso(at)


def _unusable(field: str, why: str) -> ProblemRaised:
    faults = (FieldFault(field, why),)
    return ProblemRaised(HTTPStatus.UNPROCESSABLE_ENTITY, "lead_query_invalid", "invalid lead query", errors=faults)
