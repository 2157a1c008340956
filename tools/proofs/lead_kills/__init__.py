"""Kills the call process, the API process or both while a program brings, changes and fetches leads over HTTP.

The moments are drawn from a seed, as shares of the work that is done. The supervisor starts the parts again, and the
program goes on as the page about the JSON API says. Afterwards each lead must be there once with its fields, each
change must be made once, and the histories must agree.
"""

import asyncio
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import aiohttp

from lab import app_parts
from lab.lab_error import LabError
from tools.bench.tools import api_tokens, final_checks
from tools.bench.tools.bench_lab import stage
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, ResultRow
from tools.proofs.chaos.program_parts import API, CALLS
from tools.proofs.lead_kills import lead_files
from tools.proofs.lead_kills.lead_files import CUSTOM
from tools.proofs.lead_kills.lead_program import LeadProgram
from warmline.store.configuration import config
from warmline.store.database.database import connect

NAME = "leadkills"
COUNT = 10  # kills
LEADS = 1_000_000
OF_KILL = 2000  # leads for each kill of a run with fewer
LISTS = ("701", "702")  # of a CSV file and of an NDJSON file
OWNER, REMARK = "worked", "changed by hand"
SINGLE = 20  # leads that are changed, created and deleted one by one, of each kind
MIDDLE = 0.05, 0.9  # shares of the work between which a part is killed
MOMENT = 0.02  # seconds; within them, a part is killed at some moment after its share of the work is done
LOOKS = 0.002  # seconds
STARTS_WITHIN = 30.0
SHOWN = 20  # faults
MADE = 9_000_000  # the serial number of the first lead that is created alone
STORED = """
    SELECT list_id, lead_id, phone_number, last_name, email, owner, custom_fields FROM lead WHERE list_id IN (?, ?)
"""
DELETED = "SELECT name, count(*) FROM config_journal WHERE entity = 'lead' AND action = 'delete' GROUP BY name"
# One row for each of the two files, with all leads of it, and one for the change of a list.
MANY = """
    SELECT action, list_id, count(*), sum(leads), sum(key <> '') FROM lead_change WHERE lead_id = 0
    GROUP BY action, list_id ORDER BY action, list_id
"""


async def measure(count: int, step: Step, rows: int = 0, seed: int = 1) -> BenchResult:
    """Kill `count` times while `rows` leads are brought, changed and fetched; 0 for the usual number of leads.

    Raises LabError, CannotMeasureError.
    """
    leads = rows or (LEADS if count >= COUNT else OF_KILL * count)
    async with stage() as here:
        db = Path(here.lab.db)
        await asyncio.to_thread(configure, db)
        [token] = (await api_tokens.create(here.lab, {"importer": "leads:read,leads:write"})).values()
        async with client(here.lab.api, token) as http:
            dice = Random(seed)  # noqa: S311 - chance that can be had again
            run = KilledLeads(here.lab.pids["warmline"], db, LeadProgram(http), dice, leads)
            found = await run.run(count, step)
    for text in [*found.kills, *found.faults[:SHOWN]]:
        print(f"{NAME}: {text}", file=sys.stderr)
    return result(found, count)


@dataclass
class KillFindings:
    """The result of a run: the parts that were killed, with the work and its share, and the faults in words."""

    kills: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    leads: int = 0
    seconds: float = 0.0


@dataclass
class KilledLeads:
    """One run against an app: its process of `warmline serve`, its database, and a client with a token."""

    app: int
    db: Path
    program: LeadProgram
    dice: Random
    leads: int
    found: KillFindings = field(default_factory=KillFindings)
    owner: str = ""  # of the leads of the first list
    by_hand: set[int] = field(default_factory=set)  # serial numbers of leads with another remark
    made: range = range(0)  # serial numbers of the leads that were created alone, in the second list
    step: Step = lambda: None
    deleted: dict[int, int] = field(default_factory=dict)  # the serial number by lead_id

    async def run(self, kills: int, step: Step = lambda: None) -> KillFindings:
        """Bring the leads in two files, change and fetch them, and kill so often; return what was found."""
        began, self.step = time.monotonic(), step
        each = [kills // 4 + (number < kills % 4) for number in range(4)]
        await self._killed("import of CSV", each[0], self._bring(0, lead_files.csv_file))
        await self._killed("import of NDJSON", each[1], self._bring(1, lead_files.ndjson_file))
        await self._killed("change", each[2], self._change())
        fetched = bytearray(self._newest() + 1)
        await self._killed("export", each[3], self._fetch(fetched))
        await asyncio.to_thread(self._judge, fetched)
        self.found.leads, self.found.seconds = self.leads, time.monotonic() - began
        return self.found

    def _serials(self, place: int) -> range:
        """Return the serial numbers of the leads of a file."""
        each = self.leads // len(LISTS)
        return range(place * each, (place + 1) * each)

    def expected(self, list_id: str, serial: int) -> tuple[str, dict[str, str]] | None:
        """Return the owner and the custom fields that a lead must have; None if it must not be there."""
        first = list_id == LISTS[0]
        is_there = serial in self._serials(LISTS.index(list_id)) or (not first and serial in self.made)
        if not is_there or serial in self.deleted.values():
            return None
        custom = lead_files.lead(serial).custom
        return self.owner if first else "", custom | ({CUSTOM[-1]: REMARK} if serial in self.by_hand else {})

    async def _bring(self, place: int, file: Callable[[int, int], bytes]) -> None:
        serials = self._serials(place)
        content = await asyncio.to_thread(file, serials.start, len(serials))
        report = await self.program.bring(LISTS[place], content)
        told = report["records"], report["imported"] + report["duplicates"], report["rejected"]
        if told != (len(serials), len(serials), 0):
            self.found.faults.append(f"the report of {LISTS[place]} has {told} for {len(serials)} leads")

    async def _change(self) -> None:
        """Change all leads of a list, and create, change and delete single ones."""
        self.owner = OWNER
        await self.program.change(LISTS[0], 2 * self._newest(), owner=OWNER)  # half of the work
        done = 0

        async def ask(method: str, path: str, body: object = None, **more: Any) -> None:
            nonlocal done
            self.program.progress = 0.5 + done / (6 * SINGLE)
            await self.program.ask(method, path, body, **more)
            done += 1

        chosen = [(place, serial) for place in (0, 1) for serial in self.dice.sample(self._serials(place), SINGLE)]
        for place, serial in chosen[::2]:
            self.by_hand.add(serial)
            await ask("PATCH", f"/leads/{self._id(place, serial)}", {"custom_fields": {CUSTOM[-1]: REMARK}})
        for place, serial in chosen[1::2]:
            self.deleted[lead := self._id(place, serial)] = serial
            await ask("DELETE", f"/leads/{lead}", known=(404,))  # it may have no answer, and be deleted
        self.made = range(MADE, MADE + SINGLE)
        for serial in self.made:
            one = lead_files.lead(serial)
            named = dict(zip(lead_files.HEAD[: -len(CUSTOM)], one.values, strict=False))
            body = {"list_id": LISTS[1], **named, "custom_fields": one.custom}
            await ask("POST", "/leads", body, key=f"lead-{serial}")

    async def _fetch(self, fetched: bytearray) -> None:
        for list_id in LISTS:
            async for one in self.program.fetched(list_id, len(fetched) - 1):
                fetched[one["lead_id"]] += 1
                expected = self.expected(list_id, int(one["phone_number"]) - lead_files.FIRST)
                if expected != (one["owner"], one["custom_fields"]):
                    self.found.faults.append(f"lead {one['lead_id']} was fetched with {one['custom_fields']}")

    async def _killed(self, what: str, kills: int, work: Awaitable[None]) -> None:
        """Do some work, and kill parts at moments of it; wait until it is done."""
        self.program.progress = 0.0
        moments = sorted(self.dice.uniform(*MIDDLE) for _ in range(kills))
        doing = asyncio.ensure_future(work)
        for moment in moments:
            while self.program.progress < moment and not doing.done():  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(LOOKS)
            await asyncio.sleep(self.dice.uniform(0, MOMENT))
            parts = self.dice.choice(((CALLS,), (API,), (CALLS, API)))
            over = ", after its end" if doing.done() else ""
            await self._kill(parts)
            self.step()
            self.found.kills.append(f"{' and '.join(parts)} during the {what} at {moment:.2f}{over}")
        await doing

    async def _kill(self, parts: tuple[str, ...]) -> None:
        """Kill parts together; one that does not run yet is awaited."""
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            with suppress(LabError, ProcessLookupError):
                for pid in [app_parts.pid_of(self.app, part) for part in parts]:
                    os.kill(pid, signal.SIGKILL)
                return
            await asyncio.sleep(LOOKS)
        self.found.faults.append(f"{parts} did not start again")

    def _newest(self) -> int:
        [(newest,)] = self._rows("SELECT ifnull(max(lead_id), 0) FROM lead")
        return int(newest)

    def _id(self, place: int, serial: int) -> int:
        number = lead_files.lead(serial).number
        [(lead,)] = self._rows("SELECT lead_id FROM lead WHERE list_id = ? AND phone_number = ?", LISTS[place], number)
        return int(lead)

    def _rows(self, sql: str, *values: str) -> Iterator[tuple[Any, ...]]:
        with closing(connect(self.db)) as db:
            yield from db.execute(sql, values)

    def _judge(self, fetched: bytearray) -> None:
        """Compare the database with what was brought and changed, and with what was fetched."""
        faults = self.found.faults
        seen = Counter[int]()
        for list_id, lead, number, last_name, email, owner, custom in self._rows(STORED, *LISTS):
            serial = int(number) - lead_files.FIRST
            seen[serial] += 1
            named = dict(zip(lead_files.HEAD, lead_files.lead(serial).values, strict=True))
            stored = last_name, email, (owner, json.loads(custom))
            if stored != (named["last_name"], named["email"], self.expected(list_id, serial)):
                faults.append(f"lead {lead} of number {number} has {stored}")
            if int(lead) >= len(fetched) or fetched[int(lead)] != 1:
                faults.append(f"lead {lead} was not fetched once")
        faults += [f"lead {serial} is there {count} times" for serial, count in seen.items() if count > 1]
        wanted = [serial for place in (0, 1) for serial in self._serials(place)] + [*self.made]
        gone = {*self.deleted.values()}
        faults += [f"lead {serial} is missing" for serial in wanted if serial not in seen and serial not in gone]
        journal = {int(name): int(count) for name, count in self._rows(DELETED)}
        if journal != dict.fromkeys(self.deleted, 1):
            faults.append(f"the history has the deletions {journal} instead of {[*self.deleted]}")
        many = [tuple(row) for row in self._rows(MANY)]
        sizes = [len([*self._serials(place)]) for place in (0, 1)]
        expected = [*(("import", name, 1, size, 0) for name, size in zip(LISTS, sizes, strict=True))]
        if many[: len(LISTS)] != expected or any(row[2:] != (1, row[3], 0) for row in many):
            faults.append(f"the history has the changes of many leads {many} instead of {expected}")
        faults += final_checks.broken(str(self.db))


def configure(db: Path | str) -> None:
    """Create the lists of a run."""
    for name in LISTS:
        config.create(db, "list", name, {"custom_fields": ",".join(CUSTOM)}, who="bench")


def result(found: KillFindings, kills: int) -> BenchResult:
    """Return the result of a run with so many kills."""
    killed = {"count": float(len(found.kills))}
    rows = [
        ResultRow(
            "leads doubled, lost or with other fields, and histories that differ",
            "faults",
            {"count": float(len(found.faults))},
            {"count": 0.0},
            "0",
            not found.faults,
        ),
        ResultRow("kills", "times", killed, {"count": float(kills)}, f"{kills}", len(found.kills) == kills),
        ResultRow("leads brought, changed and fetched", "leads", {"count": float(found.leads)}, {"count": 0.0}),
        ResultRow("time", "s", {"count": found.seconds}, {"count": 0.0}),
    ]
    return BenchResult(NAME, "expected", rows)


def client(api: str, token: str) -> aiohttp.ClientSession:
    """Return the HTTP client of a program with a token."""
    timeout = aiohttp.ClientTimeout(total=30)
    return aiohttp.ClientSession(api, headers={"Authorization": f"Bearer {token}"}, timeout=timeout)
