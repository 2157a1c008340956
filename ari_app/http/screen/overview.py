"""Makes the overview: in-groups, agents, calls and the line of callers from the live state, and the day's figures."""

import asyncio
import logging
import sqlite3
import time
from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from ari_app.http.screen.overview_records import (
    OverviewAgent,
    OverviewIngroup,
    OverviewInterval,
    OverviewToday,
    OverviewWaiting,
)
from ari_app.http.screen.screen_records import ScreenServer
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1.live_state import JsonApi
from ari_app.live import live_snapshot
from ari_app.live.live_records import Supervisor, iso
from warmline.access.visible_agents import VisibleAgents
from warmline.core.agents import supervision
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.session import Session
from warmline.core.model.shown_state import shown
from warmline.core.screen.patience import PATIENCE
from warmline.core.state.world import World
from warmline.store.daily_reports import interval_report
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.database import StoreError
from warmline.store.reports import waits
from warmline.store.reports.waits import IngroupService
from warmline.text.written_time import midnight

DAY_EVERY = 10.0  # seconds between two reads of the day's figures
SECOND = 1_000_000

log = logging.getLogger("warmline.api")


class DayFigures(NamedTuple):
    """The figures of the day in the database: the service of each in-group, and the calls of each half hour."""

    services: dict[str, IngroupService]
    intervals: list[OverviewInterval]


class Overview:
    """The overview of some agents, None for all, for all readers that may see the same."""

    def __init__(self, api: JsonApi, visible: VisibleAgents | None) -> None:
        self.is_old = True  # the live state has changed since
        self._api, self._visible = api, visible
        self._live: dict[str, bytes] = {}
        self._figures = DayFigures({}, [])
        self._today: OverviewToday | None = None
        self._next = 0.0
        self._one = asyncio.Lock()

    def sections(self) -> dict[str, bytes]:
        """Return each section as JSON."""
        board = self._api.board
        if self.is_old:
            self.is_old = False
            found = live_sections(board.world, self._visible, self._figures.services)
            self._live = {name: msgspec.json.encode(value) for name, value in found.items()}
        server = ScreenServer(board.is_up, board.is_up and board.connected)
        return self._live | {"today": msgspec.json.encode(self._today), "server": msgspec.json.encode(server)}

    async def renew(self) -> None:
        """Read the figures of the day if it is time."""
        await self.read()

    async def read(self) -> None:
        """Read the figures of the day, at most every DAY_EVERY seconds for all readers."""
        clock = asyncio.get_running_loop().time
        async with self._one:
            if clock() < self._next:
                return
            try:
                zone = ZoneInfo(self._api.board.world.rules.timezone)
                self._figures = await in_time(_figures, self._api.db, zone, self._visible)
                totals = await self._api.totals.now(self._visible)
                self._today = OverviewToday(totals, self._figures.intervals) if totals else None
            except (StoreError, sqlite3.Error) as error:
                log.warning("the overview lacks the figures of the day: %s", error)
            self._next, self.is_old = clock() + DAY_EVERY, True


def _figures(db: str, zone: ZoneInfo, visible: VisibleAgents | None) -> DayFigures:
    now = time.time_ns() // 1000
    start = midnight(datetime.fromtimestamp(now / 1e6, zone).date(), zone)
    seen, unassigned = (None, True) if visible is None else (tuple(visible.agents), visible.unassigned)
    asked = ReportQuery(start=start, end=now + 1, now=now, zone=zone, seen=seen, unassigned=unassigned)
    rows = interval_report.read(db, asked).rows
    intervals = [
        OverviewInterval(iso(row["begins"]), row["offered"], row["answered"], row["abandoned"]) for row in rows
    ]
    return DayFigures({one.ingroup: one for one in waits.services(db, now, start)}, intervals)


def live_sections(world: World, visible: VisibleAgents | None, services: dict[str, IngroupService]) -> dict[str, Any]:
    """Return the sections that follow from the live state, bounded to these agents, with the service of the day."""
    waiting = [call for call in world.calls.values() if call.state is State.WAITING and _sees(visible, call)]
    sessions = [one for user, one in sorted(world.sessions.items()) if visible is None or visible.include(user)]
    return {
        "ingroups": _ingroups(world, waiting, sessions, services),
        "agents": [_agent(world, one) for one in sessions],
        "calls": live_snapshot.calls(world, visible=visible),
        "waiting": [_waiting(world, one) for one in sorted(waiting, key=lambda one: one.since)],
    }


def _sees(visible: VisibleAgents | None, call: Call) -> bool:
    return visible is None or visible.include(call.agent, call.direct)


def _ingroups(
    world: World, waiting: list[Call], sessions: list[Session], services: dict[str, IngroupService]
) -> list[OverviewIngroup]:
    ready = Counter(name for one in sessions if _is_ready(one) for name in one.ingroups)
    since: dict[str, list[int]] = {}
    for call in waiting:
        since.setdefault(call.ingroup, []).append(call.since)
    return [
        OverviewIngroup(
            ingroup=name,
            group_name=known.group_name,
            waiting=len(since.get(name, ())),
            longest_since=iso(min(since[name])) if name in since else None,
            ready=ready[name],
            offered=service.offered if service else None,
            answered=service.answered if service else None,
            abandoned=service.abandoned if service else None,
            service_level=service.level if service else None,
        )
        for name, known in sorted(world.rules.ingroups.items())
        for service in (services.get(name),)
    ]


def _is_ready(session: Session) -> bool:
    return session.state is AgentState.READY and not session.phone_loss.away_since


def _agent(world: World, session: Session) -> OverviewAgent:
    live = world.calls.get(session.call or "")
    known = world.rules.agents.get(session.agent)
    third = world.legs.get(live.third or "") if live else None
    state = shown(session, live)
    long, late = _patience(state, session.since)
    return OverviewAgent(
        user=session.agent,
        full_name=known.full_name if known else "",
        state=state,
        since=iso(session.since),
        long=long,
        late=late,
        campaign=session.campaign,
        ingroups=session.ingroups,
        pause_code=session.pause_code,
        call=live.id if live else None,
        customer=live.number if live else None,
        third=third.number if third else None,
        muted=session.muted,
        supervisors=[Supervisor(*one) for one in supervision.who_supervises(world, session)],
    )


def _waiting(world: World, call: Call) -> OverviewWaiting:
    name = world.rules.ingroup(call.ingroup).group_name
    long, late = _patience(State.WAITING, call.since)
    assert long and late
    return OverviewWaiting(call.id, call.number, call.ingroup, name, call.direct, iso(call.since), long, late)


def _patience(state: str, since: int) -> tuple[str | None, str | None]:
    """Return when a state that began at `since` (microseconds UTC) takes long, and too long."""
    if (patience := PATIENCE.get(state)) is None:
        return None, None
    return iso(since + patience.long * SECOND), iso(since + patience.too_long * SECOND)
