"""Makes the overview: in-groups, agents, calls and the line of callers from the live state, and the day's figures."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from ari_app.http.screen import screen_records
from ari_app.http.screen.encoded_list import EncodedList
from ari_app.http.screen.overview_records import (
    OverviewAgent,
    OverviewDialling,
    OverviewIngroup,
    OverviewInterval,
    OverviewToday,
    OverviewWaiting,
)
from ari_app.http.server.worker_threads import in_time
from ari_app.http.streams.live_totals import TodayTotals
from ari_app.http.v1.live_state import JsonApi
from ari_app.live import dialler_records, live_snapshot, server_records
from warmline.access.visible_agents import VisibleAgents
from warmline.core.agents import agent_time_limits, moved_supervisors, supervision
from warmline.core.dialler import dialler_view
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.session import Session
from warmline.core.model.shown_state import to_shown_state
from warmline.core.screen.urgency_times import URGENCY_LIMITS
from warmline.core.world.world import World
from warmline.operations.live_records import Supervisor, iso
from warmline.store.daily_reports import day_report, interval_report, today
from warmline.store.database.database import StoreError
from warmline.store.database.reading import Row
from warmline.system import dial_stop_file

DAY_EVERY = 4.0  # seconds between two reads of the day's figures
SHARE = 0.05  # of the time that reading them may take
SECOND = 1_000_000
NO_CALLS = {"offered": 0, "answered": 0, "abandoned": 0, "lost_share": None, "level": None}

log = logging.getLogger("warmline.api")


class DayFigures(NamedTuple):
    """The figures of the day in the database: the service of each in-group, the sums and each half hour."""

    services: dict[str, Row] | None
    today: OverviewToday | None


class Concerned(NamedTuple):
    """The agents and calls that some turns may have changed."""

    users: set[str]
    calls: Iterable[str]


class Overview:
    """The overview of some agents, None for all, for all readers that may see the same."""

    def __init__(self, api: JsonApi, visible: VisibleAgents | None) -> None:
        self._api, self._visible = api, visible
        self._is_old = True  # the live state has changed since
        self._agents = EncodedList(lambda user: self.agent(self._world.sessions[user]))
        self._calls = EncodedList(lambda call: self.call(self._world.calls[call]))
        self._live: dict[str, bytes] = {}
        self._figures = DayFigures(None, None)
        self._today = msgspec.json.encode(None)
        self._next = 0.0
        self._one = asyncio.Lock()

    @property
    def _world(self) -> World:
        return self._api.board.world

    def agent(self, session: Session) -> Struct:
        """Return the record of an agent."""
        return _agent(self._world, session)

    def call(self, call: Call) -> Struct:
        """Return the record of a call."""
        return live_snapshot.call_now(call, self._world)

    def waiting(self, call: Call) -> Struct:
        """Return the record of a waiting call."""
        return _waiting(self._world, call)

    def dialling(self) -> Struct:
        """Return the record of automatic dialling."""
        return _dialling(self._api, self._visible)

    def changed(self, concerned: Concerned | None) -> None:
        """Make the records of these agents and calls again, None for all; and what follows from the whole state."""
        self._is_old = True
        if concerned:
            self._agents.forget(concerned.users)
            self._calls.forget(concerned.calls)
        else:
            self._agents.forget_all()
            self._calls.forget_all()

    def look_at_dialling(self) -> bool:
        """Note that time or another program may have changed what diallers do; return whether there is one."""
        found = bool(dialler_view.list_campaigns(self._world))
        self._is_old |= found
        return found

    def sections(self) -> dict[str, bytes]:
        """Return each section as JSON."""
        if self._is_old:
            self._is_old = False
            self._live = self._live_sections()
        server = msgspec.json.encode(screen_records.server(self._api.board))
        servers = msgspec.json.encode(server_records.several(self._world, self._api.board.servers))
        return self._live | {"today": self._today, "server": server, "servers": servers}

    async def read(self) -> bool:
        """Read the figures of the day, at most every DAY_EVERY seconds for all readers; return whether it was time."""
        clock = asyncio.get_running_loop().time
        async with self._one:
            if (began := clock()) < self._next:
                return False
            try:
                self._figures = await in_time(_figures, self._api.db, time.time_ns() // 1000, self._visible)
                self._today = msgspec.json.encode(self._figures.today)
            except StoreError as error:
                log.warning("the overview lacks the figures of the day: %s", error)
            self._next, self._is_old = clock() + max(DAY_EVERY, (clock() - began) / SHARE), True
            return True

    def _live_sections(self) -> dict[str, bytes]:
        """Return the sections that follow from the live state, bounded to the agents, with the service of the day."""
        world, visible = self._world, self._visible
        users = [user for user in sorted(world.sessions) if visible is None or visible.include(user)]
        calls = live_snapshot.visible_calls(world, visible)
        waiting = sorted((one for one in calls if one.state is State.WAITING), key=lambda one: one.since)
        sessions = [world.sessions[user] for user in users]
        return {
            "ingroups": msgspec.json.encode(_ingroups(world, waiting, sessions, self._figures.services)),
            "agents": self._agents.of(users),
            "calls": self._calls.of(one.id for one in calls),
            "waiting": msgspec.json.encode([self.waiting(one) for one in waiting]),
            "dialling": msgspec.json.encode(self.dialling()),
        }


def _figures(db: str, now: int, visible: VisibleAgents | None) -> DayFigures:
    asked = today.query(db, now, visible)
    day = day_report.read(db, asked)
    intervals = [
        OverviewInterval(iso(row["begins"]), row["offered"], row["answered"], row["abandoned"], row["elsewhere"])
        for row in interval_report.read(db, asked).rows
    ]
    totals = TodayTotals(**today.totals(db, asked, day))
    services = {row["group"]: row for row in day.rows if row["kind"] == "in"}
    return DayFigures(services, OverviewToday(totals, day.totals["lost_share"], intervals))


def _ingroups(
    world: World, waiting: list[Call], sessions: list[Session], services: dict[str, Row] | None
) -> list[OverviewIngroup]:
    online = Counter(name for one in sessions for name in one.ingroups)
    ready = Counter(name for one in sessions if _is_ready(one) for name in one.ingroups)
    since: dict[str, list[int]] = {}
    for call in waiting:
        since.setdefault(call.ingroup, []).append(call.since)
    return [
        OverviewIngroup(
            ingroup=name,
            group_name=known.group_name,
            waiting=len(since.get(name, ())),
            **_longest(since.get(name)),
            agents=online[name],
            ready=ready[name],
            within=known.answer_sec_pct_rt_stat_one,
            **_service(services, name),
        )
        for name, known in sorted(world.rules.ingroups.items())
    ]


def _dialling(api: JsonApi, visible: VisibleAgents | None) -> OverviewDialling:
    board, every = api.board, dialler_view.list_campaigns(api.board.world)
    names = [name for name in every if visible is None or visible.include_campaign(name)]
    found = dialler_records.diallers(board.world, board.pulses, names, connected=board.connected, run=api.run)
    return OverviewDialling(dial_stop_file.is_set(api.run), dialler_records.stops(api.run), found)


def _longest(since: list[int] | None) -> dict[str, Any]:
    """Return the longest of the waits that began then (microseconds UTC)."""
    if not since:
        return {"longest_since": None, "long": None, "late": None}
    long, late = _patience(State.WAITING, min(since))
    return {"longest_since": iso(min(since)), "long": long, "late": late}


def _service(services: dict[str, Row] | None, name: str) -> dict[str, Any]:
    """Return an in-group's service of the day; one without a call has no row in the report."""
    if services is None:
        return dict.fromkeys(("offered", "answered", "abandoned", "lost_share", "service_level"))
    row = services.get(name, NO_CALLS)
    counts = {figure: row[figure] for figure in ("offered", "answered", "abandoned", "lost_share")}
    return {**counts, "service_level": row["level"]}


def _is_ready(session: Session) -> bool:
    return session.state is AgentState.READY and not session.phone_loss.away_since


def _agent(world: World, session: Session) -> OverviewAgent:
    live = world.calls.get(session.call or "")
    known = world.rules.agents.get(session.agent)
    third = world.legs.get(live.third or "") if live else None
    code = world.rules.pause_codes.get(session.pause_code)
    state = to_shown_state(session, live)
    long, late = _patience(state, session.since)
    if limit := agent_time_limits.find_pause_limit_us(session, world.rules):
        long, late = None, iso(limit)
    return OverviewAgent(
        user=session.agent,
        full_name=known.full_name if known else "",
        state=state,
        since=iso(session.since),
        long=long,
        late=late,
        campaign=session.campaign,
        campaign_name=world.rules.campaign(session.campaign).campaign_name,
        ingroups=session.ingroups,
        pause_code=session.pause_code,
        pause_code_name=code.pause_code_name if code else "",
        call=live.id if live else None,
        customer=live.number if live else None,
        third=third.number if third else None,
        muted=session.muted,
        supervisors=[Supervisor(*one) for one in supervision.list_supervisors(world, session)],
        moving=[Supervisor(*one) for one in moved_supervisors.list_awaited_supervisors(world, session.agent)],
        help_since=iso(session.help_since) if session.help_since else None,
    )


def _waiting(world: World, call: Call) -> OverviewWaiting:
    name = world.rules.ingroup(call.ingroup).group_name
    long, late = _patience(State.WAITING, call.since)
    assert long and late
    return OverviewWaiting(call.id, call.number, call.ingroup, name, call.direct, iso(call.since), long, late)


def _patience(state: str, since: int) -> tuple[str | None, str | None]:
    """Return when a state that began at `since` (microseconds UTC) takes long, and too long."""
    if (patience := URGENCY_LIMITS.get(state)) is None:
        return None, None
    return iso(since + patience.warning_seconds * SECOND), iso(since + patience.alarm_seconds * SECOND)
