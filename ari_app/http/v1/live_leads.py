"""The lead of a live call, as its agent sees it."""

import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple

from msgspec import Struct

from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import call_agents, live_state
from ari_app.http.v1.leads import LeadCall, LeadNow, shown, with_calls
from ari_app.http.v1.live_state import JsonApi
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.rules import number_text
from warmline.core.world.world import World
from warmline.store.configuration import config
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row
from warmline.store.leads import dnc, screen_lead
from warmline.store.leads.screen_lead import OnScreen
from warmline.store.lookups import web_forms, webhook_values
from warmline.text import agent_script, webhook_url


class WebFormShown(Struct, frozen=True):
    """A web form of the call: the option that names it, and its address with the data of the call.

    `target` is TAB or PANEL. `opens` says whether it opens by itself when the call reaches the agent.
    """

    option: str
    address: str
    target: str
    opens: bool


class LeadShown(Struct, frozen=True):
    """The customer on an agent's screen: the lead, earlier calls, and the campaign's script, filled in.

    `do_not_call` names the do-not-call list of system or campaign that has the customer's number, or is empty.
    `web_forms` are the pages of other programs that the agent can open, with the data of the call.
    """

    lead: LeadNow | None  # type: ignore[valid-type] # made from the table of fields
    calls: list[LeadCall]
    script: str
    do_not_call: str
    web_forms: list[WebFormShown]


class CustomerFacts(NamedTuple):
    """An agent's customer: the lead or its number, the call or "", the values of script variables, the script.

    `promised_in` is the call that promised the callback for which this one is made, or "".
    """

    lead: int
    number: str
    call: str
    facts: dict[str, object]
    script: str
    promised_in: str = ""


async def of_call(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the lead of a live call, its calls and the script. Raises ProblemRaised (404), StoreError."""
    wanted = request.path_values["id"]
    live = live_state.live_call(api.board.world, wanted)
    if live is None:
        raise live_state.no_live_call(wanted)
    return reply(await of_live(api, live))


async def of_live(api: JsonApi, live: Call) -> LeadShown:
    """Return the lead of a live call, its calls and the script. Raises StoreError."""
    world = api.board.world
    return await in_time(_shown, api.db, _of_call(live, world, world.sessions.get(live.agent or "")))


async def of_agent(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the same for an agent: of the call, of the previewed number, or of the call just ended.

    Raises ProblemRaised (404), StoreError.
    """
    user = request.path_values["user"]
    found = await of_session(api, _session(api.board.world, user))
    if found is None:
        raise ProblemRaised(HTTPStatus.NOT_FOUND, "no_customer", "agent {agent!r} has no customer now", agent=user)
    return reply(found)


async def of_session(api: JsonApi, session: Session) -> LeadShown | None:
    """Return the same for an agent, or None without a customer. Raises StoreError."""
    shown = _customer(session, api.board.world)
    return await in_time(_shown, api.db, shown) if shown else None


def customer_of_agent(world: World, user: str) -> CustomerFacts | None:
    """Return the facts about the customer on an agent's screen, or None. Raises ProblemRaised (404)."""
    return _customer(_session(world, user), world)


def _session(world: World, user: str) -> Session:
    session = world.sessions.get(user)
    if session is None:
        raise live_state.not_logged_in(user)
    return session


def _customer(session: Session, world: World) -> CustomerFacts | None:
    live = world.calls.get(session.call or "")
    return _of_call(live, world, session) if live else _of_session(session, world)


def _of_call(live: Call, world: World, reader: Session | None) -> CustomerFacts:
    """Return the customer of a call for the agent who reads it, who may be the third party."""
    campaign = reader.campaign if reader else live.outcome.campaign
    script = world.rules.campaign(campaign).campaign_script
    promised_in = call_agents.promised_in(live)
    return CustomerFacts(live.lead, "", live.id, facts(live, world, reader), script, promised_in)


def _of_session(session: Session, world: World) -> CustomerFacts | None:
    """Return the customer between two calls: the previewed number, or the last call until its disposition is given."""
    number = session.previewed_number
    if not number and session.state is not AgentState.DISPO:
        return None
    known: dict[str, object] = _facts_of_agent(session, world) | {
        "phone_number": _shown_number(number or session.last.number),
        "group": "" if number else session.last.ingroup,
        "warmline_call": "" if number else session.last.call,
    }
    script = world.rules.campaign(session.campaign).campaign_script
    lead = session.previewed.lead if session.previewed else 0
    promised = session.previewed.callback if session.previewed else None
    call = "" if number else session.last.call
    return CustomerFacts(lead, number, call, known, script, promised.call if promised else "")


def facts(live: Call, world: World, reader: Session | None) -> dict[str, object]:
    """Return the script variables of a call for the agent who reads them, by VICIdial's names.

    The lead's fields are added later.
    """
    of_owner: dict[str, object] = {"user": live.agent or "", "campaign": live.outcome.campaign}
    return (_facts_of_agent(reader, world) if reader else of_owner) | {
        "group": live.ingroup,
        "phone_number": _shown_number(live.number),
        "dialed_number": live.number if live.is_outbound else live.dialled,
        "call_id": live.agc_id,
        "uniqueid": live.id,
        "did_pattern": live.dialled,
        "did_extension": live.dialled,
        "warmline_call": live.id,
        **{f"{webhook_url.DATA}{name.lower()}": value for name, value in live.data},
    }


def _facts_of_agent(session: Session, world: World) -> dict[str, object]:
    agent = world.rules.agents.get(session.agent)
    return {
        "fullname": agent.full_name if agent else "",
        "user": session.agent,
        "campaign": session.campaign,
        "phone_login": session.phone,
        "session_id": session.conf_exten,
    }


def _shown_number(text: str) -> str:
    """Return the digits of a number; a caller without one stays as they came, because other digits are another's."""
    return number_text.to_dialled_digits(text) or text


def _shown(db: str, customer: CustomerFacts) -> LeadShown:
    row: Row | None = None
    calls: list[LeadCall] = []
    try:
        if lead := lead_on(db, customer):
            row, calls = with_calls(db, lead)
    except NotFound:
        pass  # deleted during the call
    own = screen_lead.own_fields(db, row) if row else {}
    if customer.call and "uniqueid" not in customer.facts:  # it has ended
        customer = customer._replace(facts=screen_lead.facts_of_ended_call(db, customer.call) | customer.facts)
    known = _named(customer, row, own)
    campaign, ingroup = str(known["campaign"]), str(known["group"])
    in_form = known | {f"{webhook_url.CUSTOM}{name.lower()}": text for name, text in own.items()}
    forms = web_forms.of_call(
        db, campaign, ingroup, row["list_id"] if row else "", in_form, int(time.time()), customer.promised_in
    )
    return LeadShown(
        shown(row) if row else None,
        [call for call in calls if call.id != customer.call],
        agent_script.filled(_text(db, customer.script), known) if customer.script else "",
        dnc.lists_of(db, [(str(customer.facts["phone_number"]), str(customer.facts["campaign"]))])[0],
        [WebFormShown(*form) for form in forms],
    )


def lead_on(db: str, customer: CustomerFacts) -> int:
    """Return the lead_id on a screen, or with its number, or of its ended call; 0 if there is none."""
    shown = OnScreen(str(customer.facts["user"]), customer.lead, customer.number, customer.call)
    return screen_lead.lead_of(db, shown)


def _named(customer: CustomerFacts, row: Row | None, own: Mapping[str, str]) -> dict[str, object]:
    """Return the script variables of a customer; `own` are custom fields. `user` stays the agent who reads them."""
    if row is None:
        return customer.facts
    usual = {name: value for name, value in row.items() if name != "user"} | {"vendor_id": row["vendor_lead_code"]}
    usual["entry_date"] = webhook_values.on_the_clock(row["entry_date"])
    return {**own, **customer.facts, **usual}


def _text(db: str, name: str) -> str:
    try:
        found = config.show(db, "script", name)
    except NotFound:
        return ""
    return str(found["script_text"]) if found["active"] == "Y" else ""
