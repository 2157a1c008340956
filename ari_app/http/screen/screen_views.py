"""The agents' screens and the overview for all readers: each is computed once after a change, and encoded once."""

import asyncio
import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from ari_app.http.screen import agent_sections, handed_over, screen_records, stored_facts
from ari_app.http.screen.handed_over import TypedNotes
from ari_app.http.screen.overview import Concerned, Overview
from ari_app.http.screen.paced_call import PacedCall
from ari_app.http.screen.screen_records import ScreenQueue, ScreenServer
from ari_app.http.screen.stored_facts import NOBODY, CallbacksDue, Customer, CustomerShown, Day, DayShown
from ari_app.http.screen.wallboard import Wallboard
from ari_app.http.v1 import call_agents
from ari_app.http.v1.live_state import JsonApi
from ari_app.live.committed_turns import CommittedTurns
from ari_app.live.topic_readers import TopicReaders, Woken
from warmline.access.visible_agents import VisibleAgents
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.world.world import World
from warmline.operations.live_records import CallWhole, iso
from warmline.store.calls.agents_of_calls import AgentOfCall
from warmline.store.database.database import StoreError

LINES_EVERY = 0.25  # seconds between two looks at the queues, whose change concerns many agents
OVERVIEW_EVERY = 0.25  # seconds between two messages about everything, whose sections are large
TYPED_EVERY = 1.0  # seconds between two messages about what agents type
DAYS_EVERY = 1.0  # seconds between two reads of the sums of the day, for all screens that need them

log = logging.getLogger("warmline.api")

Encoded = dict[str, bytes]
"""The sections of a view by name, each as JSON."""


def encoded(sections: dict[str, Any]) -> Encoded:
    """Return each section as JSON."""
    return {name: msgspec.json.encode(value) for name, value in sections.items()}


class AgentView:
    """One agent's screen, for all readers."""

    def __init__(self, views: "ScreenViews", user: str) -> None:
        self.user = user
        self.is_old = True  # the live state has changed since
        self._views = views
        self._live: Encoded = {}
        self._customer: Customer | None = NOBODY  # None: read again
        self._shown = CustomerShown()
        self._of_customer = encoded(CustomerShown()._asdict())
        self._agents: list[AgentOfCall] = []
        self.others: frozenset[str] = frozenset()  # the other agents who had the customer's call, or have it too
        self._agents_are_old = False
        self._joined = 0  # since when the agent is in the call, in microseconds UTC
        self.known_day: Day | None = None
        self._of_day = encoded(DayShown()._asdict())
        self._reading: asyncio.Task[None] | None = None

    def sections(self) -> Encoded:
        """Return the sections as they are known now; what must be read first follows by a wake."""
        if self.is_old:
            self.is_old = False
            self._live = encoded(agent_sections.sections(self._views.world, self.user, time.time_ns() // 1000))
            self._note_join()
            if (self._is_of_another() or self._agents_are_old) and self._reading is None:
                self._reading = asyncio.create_task(self._read_customer())
            self._live |= encoded(self._handed_over())
            if self.day() != self.known_day:
                self._views.day_is_old(self)
        return self._live | self._of_customer | self._of_day | self._views.shared(self.user)

    async def read(self) -> None:
        """Wait until everything is read."""
        await self._views.read_due()
        self.sections()
        while self._reading:
            await asyncio.shield(self._reading)
        if self.day() != self.known_day:
            await self._views.read_days([self])

    @property
    def call(self) -> str:
        """Return the call of the customer on the screen, or ""."""
        return self._customer.call if self._customer else ""

    def shows(self, lead: int) -> bool:
        """Return whether the customer on the screen has this lead."""
        return self._shown.lead is not None and self._shown.lead.lead_id == lead

    def has_other(self, calls: Mapping[str, CallWhole | None]) -> bool:
        """Return whether one of these calls is another call of the lead on the screen."""
        if self._reading and None in calls.values():
            return True  # the lead that is being read may have the call as it was before its end
        if (lead := self._shown.lead) is None:
            return False
        current = self._customer.call if self._customer else ""
        others = (call for name, call in calls.items() if call and name != current)
        return any(call.id in calls for call in lead.calls) or any(call.lead == lead.lead_id for call in others)

    def forget_customer(self) -> None:
        """Read the customer again."""
        self._customer, self.is_old = None, True

    def forget_agents(self) -> None:
        """Read the agents of the customer's call again."""
        self._agents_are_old = self.is_old = True

    def end(self) -> None:
        """Cancel a read for readers that have gone."""
        if self._reading:
            self._reading.cancel()

    def day(self) -> Day:
        """Return the day whose sums are wanted."""
        return stored_facts.day_of(self._views.world, self.user, self.known_day)

    def take_day(self, day: Day, shown: DayShown) -> None:
        """Take what is shown of a day."""
        self.known_day, self._of_day = day, encoded(shown._asdict())

    def _note_join(self) -> None:
        """Read the agents again when this one is in a call once more that they had before."""
        session = self._views.world.sessions.get(self.user)
        if session and session.state is AgentState.INCALL and session.since != self._joined:
            self._joined = session.since
            self._agents_are_old |= any(one.user == self.user for one in self._agents)

    def _is_of_another(self) -> bool:
        return self._customer != stored_facts.customer_of(self._views.world, self.user)

    def _handed_over(self) -> dict[str, Any]:
        """Return the sections of what other agents knew of the customer, and of what is typed here."""
        world, typed = self._views.world, self._views.typed
        agents = handed_over.before(self._agents, world.sessions.get(self.user), self.call)
        shown = [call_agents.shown(one) for one in handed_over.as_typed(agents, world, typed)]
        return {"handed_over": shown, "typed_notes": typed.unsaved(world, self.user)}

    def _take_agents(self, agents: list[AgentOfCall]) -> None:
        self._agents, self.others = agents, frozenset(one.user for one in agents) - {self.user}

    async def _read_customer(self) -> None:
        """Read lead, script and the agents of the call, until they are those of the customer now."""
        try:
            while self._is_of_another() or self._agents_are_old:
                if self._is_of_another():
                    self._customer = stored_facts.customer_of(self._views.world, self.user)  # until it is forgotten
                    is_there = self._customer != NOBODY
                    shown = await stored_facts.read_customer(self._views.api, self.user) if is_there else None
                    self._shown = shown or CustomerShown()
                    self._of_customer = encoded(self._shown._asdict())
                self._agents_are_old = False
                customer = self._customer or NOBODY
                found = await stored_facts.read_agents(self._views.api, customer) if customer != NOBODY else []
                self._take_agents(found)
                self.is_old = True
        except StoreError as error:
            self._customer = None
            self._take_agents([])
            log.warning("the screen of agent %s lacks what the database has: %s", self.user, error)
        finally:
            self._reading = None
            self._views.wake(self.user)


class SharedFacts(NamedTuple):
    """The facts that decide the sections which many screens share; equal facts mean equal sections."""

    ingroups: tuple[str, ...]
    callbacks_due: int
    server: ScreenServer


class OverviewKey(NamedTuple):
    """The readers of an overview who see the same."""

    visible: VisibleAgents | None
    on_wall: bool


class ScreenViews:
    """The screens that have readers. It follows the hub as long as there is one."""

    def __init__(self, api: JsonApi) -> None:
        self.api = api
        self._agents: dict[str, AgentView] = {}
        self._readers: TopicReaders[str] = TopicReaders()  # by agent
        self._overviews: dict[OverviewKey, Overview] = {}
        self._supervisors: TopicReaders[OverviewKey] = TopicReaders()
        self._due = CallbacksDue(api.db)
        self._lines: dict[str, ScreenQueue] = {}
        self._encoded: dict[SharedFacts, Encoded] = {}  # until a line changes
        self._look = PacedCall(LINES_EVERY, self._compare_lines)
        self._tell_supervisors = PacedCall(OVERVIEW_EVERY, self._supervisors.wake_all)
        self._days = PacedCall(DAYS_EVERY, self._read_old_days)
        self._old_days: set[AgentView] = set()
        self.typed = TypedNotes()
        self._typed_in: set[str] = set()
        self._tell_typed = PacedCall(TYPED_EVERY, self._show_typed)
        self._reading: asyncio.Task[None] | None = None
        self._told: object = None  # state of the processes and callbacks due, as readers know them
        self._rules: object = None
        self._online: set[str] = set()

    @classmethod
    def of(cls, api: JsonApi) -> "ScreenViews":
        """Return the screens of this server."""
        if cls not in api.parts:
            api.parts[cls] = cls(api)
        views = api.parts[cls]
        assert isinstance(views, cls)
        return views

    @property
    def world(self) -> World:
        return self.api.board.world

    @contextmanager
    def agent(self, user: str) -> Iterator[tuple[AgentView, Woken]]:
        """Yield the agent's screen, and an event that is set when it may have changed."""
        with self.api.hub.told(self._take), self._readers.joined(user) as woken:
            view = self._agents.setdefault(user, AgentView(self, user))
            try:
                self._look.now()
                yield view, woken
            finally:
                if not self._readers.has(user, besides=woken):
                    self._agents.pop(user).end()

    @contextmanager
    def overview(self, visible: VisibleAgents | None, *, on_wall: bool = False) -> Iterator[tuple[Overview, Woken]]:
        """Yield the overview of these agents, None for all, and an event that is set when it may have changed.

        `on_wall`: it is that of a wallboard.
        """
        key = OverviewKey(visible, on_wall)
        with self.api.hub.told(self._take), self._supervisors.joined(key) as woken:
            view = self._overviews.setdefault(key, (Wallboard if on_wall else Overview)(self.api, visible))
            try:
                yield view, woken
            finally:
                if not self._supervisors.has(key, besides=woken):
                    del self._overviews[key]

    def wake(self, user: str) -> None:
        """Wake the readers of an agent's screen."""
        self._readers.wake([user])

    def notes_typed(self, user: str, call: str, text: str) -> None:
        """Show what an agent types about a call to all who are in it, at most once in TYPED_EVERY."""
        if self.typed.keep(self.world, user, call, text):
            self._typed_in.add(call)
            self._tell_typed.ask()

    def _show_typed(self) -> None:
        calls, self._typed_in = self._typed_in, set()
        for view in self._agents.values():
            if view.call in calls:
                view.is_old = True
                self.wake(view.user)

    def lead_changed(self, lead: int) -> None:
        """Read a lead again for the screens that show it."""
        for view in self._agents.values():
            if view.shows(lead):
                view.forget_customer()
                self.wake(view.user)

    def shared(self, user: str) -> Encoded:
        """Return the sections that do not follow from the agent's own records."""
        session = self.world.sessions.get(user)
        facts = SharedFacts(session.ingroups if session else (), self._due.of(user), self.server())
        if facts not in self._encoded:
            queues = [self._lines.get(name) or self._queue(name, []) for name in facts.ingroups]
            told = {"queues": queues, "callbacks_due": facts.callbacks_due, "server": facts.server}
            self._encoded[facts] = encoded(told)
        return self._encoded[facts]

    def server(self) -> ScreenServer:
        """Return the state of the processes and of the database."""
        return screen_records.server(self.api.board)

    def day_is_old(self, view: AgentView) -> None:
        """Read the sums of the day again in a while, for all screens that need them."""
        self._old_days.add(view)
        self._days.ask()

    async def read_days(self, views: Iterable[AgentView]) -> None:
        """Read the sums of the day for screens that show earlier ones, and wake their readers."""
        days = {view: day for view in views if (day := view.day()) != view.known_day}
        try:
            found = await stored_facts.read_days(self.api, {view.user: day for view, day in days.items()})
        except StoreError as error:
            log.warning("the screens of agents lack the sums of the day: %s", error)
            return
        for view, day in days.items():
            view.take_day(day, found[view.user])
            self.wake(view.user)

    async def read_due(self) -> None:
        """Read the callbacks that are due, if it is time."""
        try:
            await self._due.refresh()
        except StoreError as error:
            log.warning("the callbacks that are due cannot be read: %s", error)

    async def renew(self) -> None:
        """Look at what can change without a turn, and wake all readers if it has changed."""
        self._tell_changed()
        await self.read_due()
        for overview in list(self._overviews.values()):
            if await overview.read() | overview.look_at_dialling():
                self._tell_supervisors.ask()
        self._tell_changed()

    def _tell_changed(self) -> None:
        now = self.server(), self._due.found
        if now != self._told:
            self._told = now
            self._readers.wake_all()
            self._tell_supervisors.ask()

    def _read_old_days(self) -> None:
        old, self._old_days = self._old_days, set()
        self._reading = asyncio.create_task(self.read_days(old))

    def _take(self, turns: CommittedTurns | None) -> None:
        """Mark the screens that these turns may have changed; without turns, all of them."""
        world = self.world
        concerned = Concerned(self._users(turns), turns.calls) if turns and world.rules is self._rules else None
        if world.rules is not self._rules:
            self._encoded.clear()
        self._rules = world.rules
        for overview in self._overviews.values():
            overview.changed(concerned)
        self._tell_supervisors.ask()
        users = set(concerned.users) if concerned else set(self._agents)
        if turns and turns.calls:  # a customer's earlier call may still be in progress, with other parties
            for view in [one for one in self._agents.values() if one.has_other(turns.calls)]:
                view.forget_customer()
                users.add(view.user)
        if self._online != (online := world.sessions.keys()):  # one who is logged out may wait for another's phone
            users |= {user for user in self._agents if user not in online}
            self._online = set(online)
        users |= self._forget_agents(concerned)
        for view in filter(None, map(self._agents.get, users)):
            view.is_old = True
        self._readers.wake(users)
        if not turns or turns.calls:
            self._look.ask()

    def _forget_agents(self, concerned: Concerned | None) -> set[str]:
        """Read the agents of a call again for the screens of the other agents; without `concerned`, for all screens.

        Return the users of these screens.
        """
        changed: dict[str, set[str]] = {}  # agents by call
        for session in filter(None, map(self.world.sessions.get, concerned.users if concerned else ())):
            for call in filter(None, (session.call, session.last.call)):
                changed.setdefault(call, set()).add(session.agent)
        found = set()
        for view in self._agents.values():
            if (call := view.call) and (
                not concerned
                or not view.others.isdisjoint(concerned.users)
                or (view.others and call in concerned.calls)
                or changed.get(call, set()) - {view.user}
            ):
                view.forget_agents()
                found.add(view.user)
        return found

    def _users(self, turns: CommittedTurns) -> set[str]:
        users = set(turns.agents)
        for live in filter(None, map(self.world.calls.get, turns.calls)):
            users.update(filter(None, (live.agent, live.consultation.closer)), live.queueing.rung)
        return users

    def _compare_lines(self) -> None:
        """Wake the readers whose in-groups have other callers than before."""
        before, self._lines = self._lines, self._lines_now()
        changed = {name for name in before.keys() | self._lines.keys() if before.get(name) != self._lines.get(name)}
        if changed:
            self._encoded.clear()
            sessions = ((user, self.world.sessions.get(user)) for user in self._agents)
            self._readers.wake(user for user, one in sessions if one and not changed.isdisjoint(one.ingroups))

    def _lines_now(self) -> dict[str, ScreenQueue]:
        waiting = sorted(waiting_calls(self.world), key=attrgetter("ingroup"))
        return {name: self._queue(name, some) for name, some in groupby(waiting, attrgetter("ingroup"))}

    def _queue(self, name: str, waiting: Iterable[Call]) -> ScreenQueue:
        since = [call.since for call in waiting]
        longest = iso(min(since)) if since else None
        return ScreenQueue(name, self.world.rules.ingroup(name).group_name, len(since), longest)


def waiting_calls(world: World) -> Iterator[Call]:
    """Yield the calls that wait in a queue."""
    return (call for call in world.calls.values() if call.state is State.WAITING)
