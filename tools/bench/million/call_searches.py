"""Measures searches of past calls over HTTP: one filter at a time, mixtures, and what each role may see.

The lab's app has a copy of a database with a million calls. Every search asks for the newest 100 of all calls.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import aiohttp

from lab.description import Lab
from tools.bench.million import past_calls
from tools.bench.million.past_calls import (
    AGENTS,
    CAMPAIGNS,
    IDLE_AGENT,
    INGROUPS,
    PASSWORD,
    RARE_AGENT,
    RARE_CAMPAIGN,
    RARE_CODE,
    RARE_INGROUP,
    RARE_KIND,
    RARE_SERVER,
    RARE_WORD,
    USERS,
)
from tools.bench.tools.bench_lab import stage
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow, spread
from warmline.system.program_files import CODE

COUNT = 20  # of each search
OF_COUNT = 2000  # calls for each search of a run with fewer
CACHE = CODE / ".cache/bench"
LIMIT = 300.0  # ms, 95th percentile
PREFIX = "past-"  # of the users
ADMIN = f"{PREFIX}admin"
EVER = "400d"  # before the first call
Query = Mapping[str, str]

ONE_FILTER: dict[str, Query] = {
    "every call": {},
    "an agent": {"agent": "agent-{n}"},
    "an agent with 100 calls": {"agent": RARE_AGENT},
    "an agent without calls": {"agent": IDLE_AGENT},
    "an in-group": {"ingroup": "Q{q}"},
    "an in-group with 50 calls": {"ingroup": RARE_INGROUP},
    "a campaign": {"campaign": "C{c}"},
    "a campaign with 100 calls": {"campaign": RARE_CAMPAIGN},
    "a code": {"disposition": "SALE"},
    "a code with 20 calls": {"disposition": RARE_CODE},
    "missed": {"outcome": "missed"},
    "failed": {"outcome": "failed"},
    "live": {"outcome": "live"},
    "the fallback's": {"outcome": "fallback"},
    "recorded": {"recorded": "true"},
    "not recorded": {"recorded": "false"},
    "a transfer": {"transfer": "LEAVE_3WAY_CALL"},
    "a transfer with 20 calls": {"transfer": RARE_KIND},
    "talk of a minute or two": {"length": "60s..120s"},
    "talk of an hour, 10 calls": {"length": "1h.."},
    "talk of less than 5 s": {"length": "..5s"},
    "a mark of every 50th call": {"mark": "praise"},
    "a mark of 10 calls": {"mark": "coaching"},
    "a server with 100 calls": {"server": RARE_SERVER},
    "a number": {"number": "4930{number}"},
    "a lead": {"lead": "{lead}"},
    "a word of 300,000 notes": {"notes": "customer"},
    "a word of 60 notes": {"notes": "w{word}"},
    "a word of 10 notes": {"notes": RARE_WORD},
    "the beginning of many words": {"notes": "w"},
    "two words": {"notes": "w{word} street"},
    "a day": {"between": "{day}..{day}"},
    "a later page": {"disposition": "SALE", "after": "{middle}"},
}
MIXTURES: dict[str, Query] = {
    "agent, code": {"agent": "agent-{n}", "disposition": "SALE"},
    "agent, missed: none": {"agent": "agent-{n}", "outcome": "missed"},
    "agent, in-group, length": {"agent": "agent-{n}", "ingroup": "Q{q}", "length": "2m..5m"},
    "campaign, code, word": {"campaign": "C{c}", "disposition": "NI", "notes": "w{word}"},
    "campaign, in-group, code": {"campaign": "C{c}", "ingroup": "Q{q}", "disposition": "SALE"},
    "campaign, in-group, code, transfer": {
        "campaign": "C{c}",
        "ingroup": "Q{q}",
        "disposition": "SALE",
        "transfer": "LEAVE_3WAY_CALL",
    },
    "in-group, missed": {"ingroup": "Q{q}", "outcome": "missed"},
    "rare code, campaign": {"disposition": RARE_CODE, "campaign": "C{c}"},
    "code, less than 5 s: none": {"disposition": "SALE", "length": "..5s"},
    "missed, transfer: none": {"outcome": "missed", "transfer": "LEAVE_3WAY_CALL"},
    "failed, recorded: none": {"outcome": "failed", "recorded": "true"},
    "code, hour, in-group": {"disposition": "NI", "length": "1h..", "ingroup": "Q{q}"},
    "word of many, code, length": {"notes": "customer", "disposition": "NI", "length": "9m.."},
    "month, campaign, code": {"campaign": "C{c}", "disposition": "SALE", "between": "{day}..{later}"},
}
BY_ROLE: dict[str, Query] = {
    "every call": {},
    "a code": {"disposition": "SALE"},
    "a rare code": {"disposition": RARE_CODE},
    "a word of many notes": {"notes": "customer"},
    "an hour": {"length": "1h.."},
    "missed": {"outcome": "missed"},
    "in-group, code": {"ingroup": "Q{q}", "disposition": "SALE"},
}


class CallSearch(NamedTuple):
    """A search: its name, the user who searches, and the parameters, in which {names} are filled each time."""

    what: str
    user: str
    query: Query


def searches() -> Iterator[CallSearch]:
    """Yield every search."""
    for what, query in {**ONE_FILTER, **MIXTURES}.items():
        yield CallSearch(what, ADMIN, query)
    for user in USERS:
        if user != ADMIN:
            yield from (
                CallSearch(f"{what}, as {user.removeprefix(PREFIX)}", user, query) for what, query in BY_ROLE.items()
            )


def filled(query: Query, turn: int, calls: int) -> dict[str, str]:
    """Return the parameters of a search, with other values in each turn."""
    ago = (200 - turn % 100, 170 - turn % 100)
    day, later = (time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400 * days)) for days in ago)
    values = {
        "n": (turn * 37 + 5) % AGENTS,
        "q": turn % INGROUPS,
        "c": turn % CAMPAIGNS,
        "number": f"{turn * 7919 % 300_000:07d}",
        "lead": turn * 997 % 100_000 + 1,
        "word": 100 + turn * 61 % 4000,
        "day": day,
        "later": later,
        "middle": f"01A{calls // 2 + turn:023d}",
    }
    found = {name: text.format(**values) for name, text in query.items()}
    return found if "between" in found else {"since": EVER, **found}


async def measure(count: int, step: Step, rows: int = 0) -> BenchResult:
    """Search `count` times in each way, in `rows` calls; 0 for the usual number.

    Raises LabError, CannotMeasureError.
    """
    calls = rows or (past_calls.CALLS if count >= COUNT else OF_COUNT * count)
    with TemporaryDirectory() as folder:
        path = await asyncio.to_thread(past_calls.kept, CACHE if calls >= past_calls.CALLS else Path(folder), calls)
        async with stage(database=path) as here:
            return BenchResult("pastcalls", "the limit", await measured(here.lab, calls, count, step))


async def measured(lab: Lab, calls: int, count: int, step: Step) -> list[ResultRow]:
    """Search `count` times in each way, all ways in turn. Raises CannotMeasureError."""
    took: dict[str, list[float]] = {}
    every = list(searches())
    async with AsyncExitStack() as stack:
        clients = {user: await stack.enter_async_context(await _client(lab, user)) for user in USERS}
        for turn in range(count + 1):
            for one in every:
                milliseconds = await _timed(clients[one.user], one, filled(one.query, turn, calls))
                if turn:  # the first round is a warm-up
                    took.setdefault(one.what, []).append(milliseconds)
            if turn:
                step()
    return [_row(f"past calls: {what}", found) for what, found in took.items()]


def _row(what: str, found: list[float]) -> ResultRow:
    ours = spread(found)
    ours = {"p95": ours["p95"], **ours}
    met = ours["p95"] <= LIMIT
    return ResultRow(what, "ms", ours, dict.fromkeys(ours, LIMIT), f"{LIMIT:g} ms or less", met)


async def _client(lab: Lab, user: str) -> aiohttp.ClientSession:
    async with aiohttp.ClientSession(lab.api) as http:
        body = {"user": user, "password": PASSWORD}
        async with http.post("/api/v1/login", json=body) as answer:
            told = await answer.json()
            if answer.status >= 300:
                raise CannotMeasureError(f"login of {user}: {answer.status} {told}")
    return aiohttp.ClientSession(lab.api, headers={"Authorization": f"Bearer {told['token']}"})


async def _timed(http: aiohttp.ClientSession, one: CallSearch, query: dict[str, str]) -> float:
    began = time.perf_counter()
    async with http.get("/api/v1/past-calls", params=query) as answer:
        body = await answer.read()
    if answer.status not in (200, 503):  # a search that the app stopped after 5 s counts as well
        raise CannotMeasureError(f"{one.what}: {answer.status} {body.decode()}")
    return 1000 * (time.perf_counter() - began)
