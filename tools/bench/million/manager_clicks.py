"""Measures pages for those who lead, with a million calls and a million leads, beside 5 calls a second.

Ten managers click: each opens one page after another, and reads it for a moment. A page counts from its first request
to the answer with its first data. The counts of a list come later on its page, and are measured apart. 200 agents'
pages are open. Phases without and with all of them alternate.
"""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from functools import partial
from itertools import count as numbers
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import aiohttp

from lab import configure
from tools.bench.dialling import million_leads
from tools.bench.flood.call_load import CallLoad, call_load
from tools.bench.million import past_calls
from tools.bench.million.beside_leads import RATIO, SHORT, CallRate, LeadPhase, ratio_of_medians
from tools.bench.million.call_searches import CACHE
from tools.bench.million.past_calls import AGENTS, PASSWORD
from tools.bench.tools import api_tokens
from tools.bench.tools.background import Background
from tools.bench.tools.bench_dialplan import MARKED
from tools.bench.tools.bench_lab import until
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow, spread
from warmline.options.user_options import MUST_CHANGE
from warmline.store.database.database import connect
from warmline.store.notes import note_index

COUNT = 10  # pairs of phases
USUAL = CallRate(5, 40, 40)  # 200 agents have as many if each of their calls takes 40 s
OF_PAIR = 2000  # calls and leads of each pair in a run with fewer pairs
LIMIT = 300.0  # ms, 95th percentile
MANAGERS = 10
READS = (0.5, 2.5)  # seconds that a manager looks at a page
TALK = 1.5  # seconds
MANY = 1_000_000  # calls, which the benchmark ends before
LONGEST = 180.0  # seconds of a phase
OPEN_PAGES, OF_TOKEN = 200, 4  # pages of agents, and how many of them share a token
SCOPES = {f"page-{number}": "agents:read,calls:read,leads:read" for number in range(OPEN_PAGES // OF_TOKEN)}
HELLO = '{"hello": {"page": "bench", "phone": false}}'
Query = Mapping[str, str]

# Counting 500,000 leads takes seconds. Until then, the page says that it counts, and takes an upload.
COUNTS = "counts of a list with 500,000 leads"
# The requests that a page waits for, one after another. The reports are added.
PAGES: dict[str, tuple[tuple[str, Query], ...]] = {
    "calls of yesterday": (("past-calls", {"day": "yesterday", "limit": "100"}),),
    "calls of an agent": (("past-calls", {"since": "400d", "agent": "agent-{n}", "limit": "100"}),),
    "calls with a word in their notes": (("past-calls", {"since": "400d", "notes": "w{word}", "limit": "100"}),),
    "a call": (("past-calls/{call}/timeline", {}),),
    "people": (("people", {"limit": "100"}),),
    "configuration": (("config/kinds", {}), ("config/kinds/ingroup", {}), ("config/ingroup", {"limit": "200"})),
    "configuration of a campaign": (("config/kinds/campaign", {}), ("config/campaign/C1", {})),
    "history of the configuration": (("config/changes", {"limit": "50"}),),
    "lists of leads": (("config/list", {"limit": "200"}),),
    "a list with 500,000 leads": (("config/list/901", {}),),
    "a lead by its number": (("leads", {"number": "{lead}"}),),
    COUNTS: (("lists/901/counts", {}),),
}


async def measure(count: int, step: Step, rows: int = 0) -> BenchResult:
    """Measure so many pairs of phases, with `rows` calls and as many leads; 0 for the usual number.

    Raises LabError, CannotMeasureError.
    """
    size = rows or (past_calls.CALLS if count >= COUNT else OF_PAIR * count)
    rate = USUAL if count >= COUNT else SHORT
    alone, beside, took = list[LeadPhase](), list[LeadPhase](), dict[str, list[float]]()
    with TemporaryDirectory() as folder:
        path = await asyncio.to_thread(_database, Path(folder), size)
        async with _place(path, rate) as load, Background() as calls:
            managers = await _managers(load)
            tokens = list((await api_tokens.create(load.here.lab, SCOPES)).values())
            try:
                calls.start(load.people.call(MARKED, rate.calls, MANY, TALK))
                pages = PAGES | await _reports(managers[0])
                await _round(managers[0], pages, size)  # a warm-up; each page once
                for _ in range(count):
                    alone.append(await _phase(load, rate))
                    async with _open_pages(load, tokens), Background() as clicks:
                        for number, http in enumerate(managers):
                            clicks.start(_clicks(http, pages, size, took, number))
                        beside.append(await _phase(load, rate))
                    step()
                await _round(managers[0], pages, size, took)
            finally:
                await asyncio.gather(*(http.close() for http in managers))
    return BenchResult("managers", "no page, or the limit", _rows(alone, beside, took))


def _database(folder: Path, size: int) -> Path:
    """Return a database with so many calls and leads, and users who manage."""
    source = past_calls.kept(CACHE if size >= past_calls.CALLS else folder, size)
    shutil.copyfile(source, path := folder / "managers.db")
    shutil.copyfile(note_index.place(source), note_index.place(path))
    boss = {"pass": PASSWORD, MUST_CHANGE: "N", "role": "manager"}
    configure.fill(
        path,
        [
            *(("list", name, {"campaign": "C1", "country": "JP"}) for name in million_leads.LISTS),
            *(("user", f"boss-{number}", {**boss}) for number in range(MANAGERS)),
        ],
    )
    with closing(connect(path)) as db:
        db.execute("PRAGMA synchronous=OFF")  # the file is new; it has no statistics for the planner, as those of users
        million_leads.add(db, size)
    return path


@asynccontextmanager
async def _place(path: Path, rate: CallRate) -> AsyncIterator[CallLoad]:
    async with call_load(rate.agents, database=path) as load:
        load.local = load.http  # the agents' programs use HTTP, too
        yield load
        await until(partial(_over, load), "the agents' commands have not ended", LONGEST)


async def _over(load: CallLoad) -> bool | None:
    return not load.work or None


async def _managers(load: CallLoad) -> list[aiohttp.ClientSession]:
    """Return a client for each manager, logged in. Raises CannotMeasureError."""
    clients = []
    for number in range(MANAGERS):
        async with aiohttp.ClientSession(load.here.lab.api) as http:
            body = {"user": f"boss-{number}", "password": PASSWORD}
            async with http.post("/api/v1/login", json=body) as answer:
                told = await answer.json()
                if answer.status >= 300:
                    raise CannotMeasureError(f"login of boss-{number}: {answer.status} {told}")
        clients.append(aiohttp.ClientSession(load.here.lab.api, headers={"Authorization": f"Bearer {told['token']}"}))
    return clients


async def _reports(http: aiohttp.ClientSession) -> dict[str, tuple[tuple[str, Query], ...]]:
    """Return a page for each report, of yesterday."""
    async with http.get("/api/v1/reports") as answer:
        kinds = await answer.json()
    return {
        f"report {kind['report']} of yesterday": ((f"reports/{kind['report']}", {"day": "yesterday"}),)
        for kind in kinds
    }


async def _phase(load: CallLoad, rate: CallRate) -> LeadPhase:
    """Let so many leaves happen. Raises CannotMeasureError."""
    phase = LeadPhase()
    load.leaves, load.meter.met = phase.leaves, phase.met
    try:
        async with asyncio.timeout(LONGEST):
            while len(phase.leaves) < rate.leaves:  # noqa: ASYNC110 - many commands end in this time
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise CannotMeasureError(f"{len(phase.leaves)} leaves in {LONGEST:g} s: the machine is too busy") from None
    return phase


async def _clicks(
    http: aiohttp.ClientSession,
    pages: Mapping[str, Sequence[tuple[str, Query]]],
    size: int,
    took: dict[str, list[float]],
    seed: int,
) -> None:
    """Open one page after another, without end."""
    dice = Random(seed)  # noqa: S311 - to be had again
    for turn in numbers(seed * 1000):
        what = dice.choice(list(pages))
        took.setdefault(what, []).append(await _opened(http, what, pages[what], size, turn))
        await asyncio.sleep(dice.uniform(*READS))


async def _round(
    http: aiohttp.ClientSession,
    pages: Mapping[str, Sequence[tuple[str, Query]]],
    size: int,
    took: dict[str, list[float]] | None = None,
) -> None:
    """Open each page once."""
    for what, requests in pages.items():
        found = await _opened(http, what, requests, size, 1)
        if took is not None:
            took.setdefault(what, []).append(found)


async def _opened(
    http: aiohttp.ClientSession, what: str, requests: Sequence[tuple[str, Query]], size: int, turn: int
) -> float:
    """Return the milliseconds until a page has its first data. Raises CannotMeasureError."""
    values = {
        "n": turn * 37 % AGENTS,
        "word": 100 + turn * 61 % 4000,
        "call": f"01A{turn * 7919 % size:023d}",
        "lead": million_leads.NUMBER + turn * 997 % size,
    }
    began = time.perf_counter()
    for path, query in requests:
        given = {name: text.format(**values) for name, text in query.items()}
        async with http.get(f"/api/v1/{path.format(**values)}", params=given) as answer:
            body = await answer.read()
        if answer.status != 200:
            raise CannotMeasureError(f"{what}: {path} {given}: {answer.status} {body[:300].decode()}")
    return 1000 * (time.perf_counter() - began)


@asynccontextmanager
async def _open_pages(load: CallLoad, tokens: Sequence[str]) -> AsyncIterator[None]:
    """Open a page for each of so many agents. Raises CannotMeasureError."""
    lasting, everybody = aiohttp.ClientTimeout(total=None), aiohttp.TCPConnector(limit=0)
    async with (
        aiohttp.ClientSession(load.here.lab.api, timeout=lasting, connector=everybody) as http,
        Background() as pages,
    ):
        opened = [asyncio.get_running_loop().create_future() for _ in range(OPEN_PAGES)]
        for number, is_open in enumerate(opened):
            pages.start(_follow(http, tokens[number // OF_TOKEN], f"agent-{number % AGENTS}", is_open))
        await asyncio.gather(*opened)
        yield


async def _follow(http: aiohttp.ClientSession, token: str, agent: str, is_open: "asyncio.Future[None]") -> None:
    login = {"Authorization": f"Bearer {token}"}
    try:
        async with http.ws_connect("/workspace/feed", params={"agent": agent}, headers=login) as page:
            await page.send_str(HELLO)
            async for _ in page:
                if not is_open.done():
                    is_open.set_result(None)
    except aiohttp.WSServerHandshakeError as refused:
        if not is_open.done():
            is_open.set_exception(CannotMeasureError(f"the page of {agent} gets no feed: {refused.status}"))


def _rows(
    alone: Sequence[LeadPhase], beside: Sequence[LeadPhase], took: Mapping[str, Sequence[float]]
) -> list[ResultRow]:
    ratio = ratio_of_medians([one.leaves for one in beside], [one.leaves for one in alone])
    ours, theirs = (spread([leave for one in side for leave in one.leaves]) for side in (beside, alone))
    rows = [
        ResultRow(
            "leave: request → answer, ratio of medians, with its 95 % interval",
            "times",
            ratio,
            dict.fromkeys(ratio, 1.0),
            f"{RATIO:g} or less",
            ratio["low"] <= RATIO,
        ),
        ResultRow("leave: request → answer", "ms", ours, theirs),
    ]
    first = {what: found for what, found in took.items() if what != COUNTS}
    every = [one for found in first.values() for one in found]
    counts = ResultRow(COUNTS, "ms", spread(list(took[COUNTS])), {})
    return [*rows, *(_page(what, found) for what, found in {"every page": every, **first}.items()), counts]


def _page(what: str, found: Sequence[float]) -> ResultRow:
    figures = spread(list(found))
    figures = {"p95": figures["p95"], **figures}
    return ResultRow(
        f"first data: {what}",
        "ms",
        figures,
        dict.fromkeys(figures, LIMIT),
        f"{LIMIT:g} ms or less",
        figures["p95"] <= LIMIT,
    )
