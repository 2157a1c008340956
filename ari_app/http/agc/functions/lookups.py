"""The functions that only look something up: the server, and the lead of a CRM's agent."""

import time

from ari_app.http.agc.requests.agent_lookup import alt_agent, session_of
from ari_app.http.agc.requests.answers import AgcAnswer, AgcLookup, error
from ari_app.http.agc.requests.fields import Fields
from ari_app.http.agc.requests.request_context import AgcLookupFunction
from warmline.core.model.call_states import AgentState
from warmline.core.world.world import World
from warmline.store.database.errors import NotFound
from warmline.store.leads import leads


def _server(_fields: Fields, _world: World) -> AgcLookup:
    def work(_db: str) -> AgcAnswer:
        local = time.localtime()
        facts = {"abbr.timezone": local.tm_zone, "dst.timezone": local.tm_isdst}
        lines = "".join(f"{name}: {value}\n" for name, value in facts.items())
        return AgcAnswer(f"<PRE>Webserver Data:\n{lines}</PRE>\n", bare=True)

    return AgcLookup(work)


WEBSERVER = AgcLookupFunction(
    lambda _fields: True,
    _server,
    needs="nothing",
    does="returns the time zone; some programs use it to check a login",
    differs="It reports nothing about the host, its load and its disk, nor about PHP and Apache.",
)


def _active_lead(fields: Fields, world: World) -> AgcLookup | AgcAnswer:
    agent = alt_agent(world, fields["value"])
    if not agent:
        return error(f"no user found - {fields['value']}")
    session = session_of(world, agent)
    if session is None:
        return error(f"user not logged in - {agent}")
    live = world.calls.get(session.call or "")
    known = live.lead if live else 0
    call = session.call or (session.last.call if session.state is AgentState.DISPO else "")

    def work(db: str) -> AgcAnswer:
        try:
            lead = leads.find(db, known or leads.of_call(db, call))
        except NotFound:
            return error(f"no active lead found - {agent}")
        names = ("phone_number", "lead_id", "vendor_lead_code", "province", "security_phrase", "source_id")
        told = "|".join(str(lead[name]) for name in names)
        return AgcAnswer(f"SUCCESS: st_get_agent_active_lead lead found - {agent}|{told}\n")

    return AgcLookup(work)


ST_GET_AGENT_ACTIVE_LEAD = AgcLookupFunction(
    lambda fields: bool(fields["value"] and fields["vendor_id"]),
    _active_lead,
    needs="value, the agent's custom_three; vendor_id, which is ignored",
    does="returns the lead on the screen of that agent: the lead of the call, until its disposition is given",
    about=("value", "vendor_id"),
    agent=lambda fields, world: alt_agent(world, fields["value"]),
)
