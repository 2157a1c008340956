"""The sections of an agent's screen that only the database has. Each is read again only when it can have changed."""

import asyncio
import time
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ari_app.http.screen.screen_records import ScreenEnd, ScreenLead, ScreenLeadField, ScreenLogout, ScreenToday
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import call_agents, live_leads
from ari_app.http.v1.live_leads import WebFormShown
from ari_app.http.v1.live_state import JsonApi
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.world.world import World
from warmline.leads.lead_fields import LONGEST_CUSTOM, TEXTS
from warmline.operations.live_records import iso
from warmline.store.calls import agents_of_calls, part_end
from warmline.store.calls.agents_of_calls import AgentOfCall
from warmline.store.leads import callbacks, screen_lead
from warmline.store.reports.agent_today import agent_totals, forced_logouts
from warmline.text.written_time import midnight

DUE_EVERY = 5.0  # seconds between two reads of the callbacks that are due, for all readers


class Customer(NamedTuple):
    """The facts that decide which customer an agent sees; equal facts mean the same lead and script."""

    call: str = ""
    lead: int = 0
    number: str = ""
    campaign: str = ""
    ingroup: str = ""
    promised_in: str = ""  # the call that promised the callback


NOBODY = Customer()


class CustomerShown(NamedTuple):
    """The lead, the script and the web forms, which are None without a customer; in DISPO, why the call ended."""

    lead: ScreenLead | None = None
    script: str | None = None
    web_forms: list[WebFormShown] | None = None
    ended: ScreenEnd | None = None


class Day(NamedTuple):
    """The facts that decide an agent's sums of the day: session, beginning of the state between calls, midnight."""

    session: str
    since: int
    midnight: int


OUT = Day("", 0, 0)  # of an agent who is logged out


class DayShown(NamedTuple):
    """The sums of the day of an agent who is logged in; of another agent the logout, if a time limit caused it."""

    today: ScreenToday | None = None
    logged_out: ScreenLogout | None = None


def customer_of(world: World, user: str) -> Customer:
    """Return the customer on the agent's screen: of the call, of the preview, or of the call just ended."""
    session = world.sessions.get(user)
    if session is None:
        return NOBODY
    if live := world.calls.get(session.call or ""):
        promised_in = call_agents.promised_in(live)
        return Customer(live.id, live.lead, live.number, live.outcome.campaign, live.ingroup, promised_in)
    if previewed := session.previewed:
        promised_in = previewed.callback.call if previewed.callback else ""
        return Customer("", previewed.lead, session.previewed_number, session.campaign, promised_in=promised_in)
    if session.state is not AgentState.DISPO:
        return NOBODY
    return Customer(session.last.call, 0, session.last.number, session.campaign, session.last.ingroup)


async def read_customer(api: JsonApi, user: str) -> CustomerShown:
    """Return lead and script of the agent's customer now. Raises StoreError."""
    session = api.board.world.sessions.get(user)
    ended = await _end_of(api, session) if session and session.state is AgentState.DISPO else None
    found = await live_leads.of_session(api, session) if session else None
    if found is None:
        return CustomerShown(ended=ended)
    if (row := found.lead) is None:
        lead = ScreenLead(None, "", [], found.calls, found.do_not_call)
        return CustomerShown(lead, found.script, found.web_forms, ended)
    fields = [ScreenLeadField(name, name.replace("_", " "), most, getattr(row, name)) for name, most in TEXTS.items()]
    names = await in_time(screen_lead.custom_names_of, api.db, row.lead_id)
    own = [
        ScreenLeadField(name, name.replace("_", " "), LONGEST_CUSTOM, row.custom_fields.get(name, "")) for name in names
    ]
    lead = ScreenLead(row.lead_id, row.list_id, fields, found.calls, found.do_not_call, own)
    return CustomerShown(lead, found.script, found.web_forms, ended)


async def _end_of(api: JsonApi, session: Session) -> ScreenEnd | None:
    """Return why the agent's last call ended for them. Raises StoreError."""
    end = await in_time(part_end.of_agent, api.db, session.last.call, session.agent, in_browser=session.browser)
    return ScreenEnd(end.code, end.text, end.seconds) if end else None


async def read_agents(api: JsonApi, customer: Customer) -> list[AgentOfCall]:
    """Return the agents of the customer's call, and of the one that promised the callback. Raises StoreError."""
    return await in_time(agents_of_calls.of_call, api.db, customer.call, customer.promised_in)


def day_of(world: World, user: str, before: Day | None) -> Day:
    """Return the day of an agent; between two states in which the sums are shown, the day `before`."""
    session = world.sessions.get(user)
    if session is None:
        return OUT
    zone = ZoneInfo(world.rules.timezone)
    began = _midnight(datetime.now(zone).date(), zone)
    if before and before.session == session.id and before.midnight == began and session.call:
        return before
    return Day(session.id, session.since, began)


_midnight = lru_cache(maxsize=4)(midnight)


async def read_days(api: JsonApi, days: dict[str, Day]) -> dict[str, DayShown]:
    """Return what is shown of the day of each agent. Raises StoreError."""
    starts = {user: day.midnight for user, day in days.items() if day != OUT}
    found = await in_time(agent_totals, api.db, starts, time.time_ns() // 1000) if starts else {}
    out = days.keys() - starts
    ended = await in_time(forced_logouts, api.db, out) if out else {}
    left = {user: ScreenLogout(iso(row["at"]), row["code"], iso(row["since"])) for user, row in ended.items()}
    sums = {user: ScreenToday(**totals) for user, totals in found.items()}
    return {user: DayShown(sums.get(user), left.get(user)) for user in days}


class CallbacksDue:
    """How many callbacks are due: read for all readers at once, at most every DUE_EVERY seconds."""

    def __init__(self, db: str) -> None:
        self._db = db
        self._next = 0.0
        self.found = callbacks.NONE_DUE
        self._one = asyncio.Lock()

    async def refresh(self) -> None:
        """Read them if it is time. Raises StoreError."""
        clock = asyncio.get_running_loop().time
        async with self._one:
            if clock() >= self._next:
                self._next = clock() + DUE_EVERY
                self.found = await in_time(callbacks.due, self._db, time.time_ns() // 1000)

    def of(self, user: str) -> int:
        """Return how many the agent may make now: the own ones, and those of no agent in campaigns that they see."""
        return self.found.of(user)
