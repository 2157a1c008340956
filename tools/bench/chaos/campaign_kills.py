"""A campaign of 300 leads beside callers on a real Asterisk, killed twice, and then kills around drops.

Packets say who was called, when each dropped lead heard the message, and whether the records tell the same.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from random import Random

from lab.sip import CallRefused, WaitTimeout, tones
from tools.bench.chaos import dialler_chaos, keep
from tools.bench.chaos.chaos_centre import opened, soon
from tools.bench.chaos.dialler_centre import CAMPAIGN, FIRST, JAPAN, LIST, DiallerCentre
from tools.bench.chaos.dialler_findings import DialledFindings, FaultTime
from tools.bench.chaos.dialler_judge import CALLS, Judge
from tools.bench.chaos.faults import FAULTS
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, ResultRow
from warmline.leads.lead_fields import checked
from warmline.store.configuration import config
from warmline.store.database.writing import writing
from warmline.store.leads import dnc, leads

NAME = "campaignkills"
COUNT = 20  # kills around drops
OF_LAB = 2  # of these, because each drop above the limit halts the dialler for longer
LEADS, BLOCKED = 300, 60
OTHER_LIST = "978"
QUEUE = "8005550100"  # the number of an in-group that the agents serve
KILLS = {100: "calls killed", 200: "app killed"}  # by the number of leads that were dialled before
CALLERS = 3
COMES_AFTER, STAYS = (2.0, 10.0), (2.0, 6.0)  # seconds
QUIET, AT_MOST = 60.0, 1800.0  # seconds without a new call, and of the whole campaign, until it has ended
MESSAGE_WITHIN, IN_FAULT = 2.0, 2.5  # seconds


class CampaignCentre(DiallerCentre):
    """A lab whose campaign has leads in two lists. A third of the blocked leads is on each do-not-call list.

    The others are in the other list, too. Blocked leads are spread over the list.
    """

    def _fill(self) -> None:
        super()._fill()
        db = self.lab.db
        config.create(db, "list", OTHER_LIST, {"campaign": CAMPAIGN, "country": "JP"}, who="bench")
        with writing(db) as opened:
            opened.execute("DELETE FROM lead")
            for number in self.numbers():
                leads.insert(opened, LIST, checked({"phone_number": f"+{number}"}, "JP"), "bench")
            for number in self.blocked()[2::3]:
                leads.insert(opened, OTHER_LIST, checked({"phone_number": f"+{number}"}, "JP"), "bench")
        for place, number in enumerate(self.blocked()):
            if place % 3 < 2:
                dnc.add(db, number, CAMPAIGN if place % 3 else "", who="bench")

    @staticmethod
    def numbers() -> list[str]:
        """Return the numbers of all leads."""
        return [f"{JAPAN}{serial:06}" for serial in range(FIRST, FIRST + LEADS + BLOCKED)]

    def blocked(self) -> list[str]:
        """Return the numbers that are listed, or in both lists."""
        return self.numbers()[:: (LEADS + BLOCKED) // BLOCKED]

    def listed(self) -> set[str]:
        """Return the numbers on a do-not-call list."""
        return {number for place, number in enumerate(self.blocked()) if place % 3 < 2}

    async def callers(self, random: Random) -> None:
        """Let some callers call the agents without end."""

        async def one(number: str) -> None:
            customer = await self.stage.parties.customer(self.lab.sip, number, tones.THIRD)
            while True:
                await asyncio.sleep(random.uniform(*COMES_AFTER))
                with suppress(CallRefused, WaitTimeout):
                    call = await customer.call(QUEUE)
                    await call.answered()
                    await asyncio.sleep(random.uniform(*STAYS))
                    await call.hang_up()

        await asyncio.gather(*(one(f"555777000{place}") for place in range(CALLERS)))


async def measure(count: int, step: Step) -> BenchResult:
    """Dial the campaign to its end, then kill `count` times around a drop. Raises CannotMeasureError."""
    found = []
    async with opened(CampaignCentre) as here:
        found.append(await dialled_to_its_end(here))
        rows = campaign_rows(here, found[0])
        _say(here, found[0], f"{NAME}:campaign")
    for lab in range(-(-count // OF_LAB)):
        name = f"{NAME}:{lab}"
        async with opened(DiallerCentre) as centre:
            kills = min(OF_LAB, count - lab * OF_LAB)
            found.append(await dialler_chaos.play(centre, name, ["calls killed"] * kills, moments=("answered",)))
            _say(centre, found[-1], name)
        for _ in range(kills):
            step()
    kept = [row for row in dialler_chaos.result(found).rows if not row.what.startswith("fault: ")]
    kills = sum(len(one.faults) for one in found)
    return BenchResult(NAME, "limit", [*rows, _row("kills", "times", kills, len(KILLS) + count, exactly=True), *kept])


async def dialled_to_its_end(here: CampaignCentre) -> DialledFindings:
    """Let the campaign dial beside callers until nothing is left, with two kills; judge all calls."""
    random, found = Random(NAME), DialledFindings()  # noqa: S311 - chance that can be had again
    here.behave(random)
    calling = asyncio.create_task(here.callers(random))
    async with dialler_chaos.working(here):
        await here.dialler("start")
        for dialled, fault in KILLS.items():
            await soon(lambda most=dialled: _dialled(here, most), AT_MOST / 2)  # type: ignore[misc]
            await dialler_chaos.moment(here, random, ("answered",))
            began = time.monotonic()
            await FAULTS[fault](here, random)
            found.faults.append(FaultTime(fault, began, time.monotonic()))
            await dialler_chaos.back_at_work(here)
        await _until_quiet(here)
        calling.cancel()
        await asyncio.gather(calling, return_exceptions=True)
        await here.dialler("stop")
        await soon(lambda: dialler_chaos.none_left(here), dialler_chaos.ENDED_WITHIN)
    await Judge(here, found, None).judge()
    found.lost = [text for text in found.lost if not any(number in text for number in here.listed())]
    return found


async def _dialled(here: CampaignCentre, most: int) -> bool:
    return len(here.calls()) >= most


async def _until_quiet(here: CampaignCentre) -> None:
    """Wait until no lead has been called for a minute."""
    number, since, end = len(here.calls()), time.monotonic(), time.monotonic() + AT_MOST
    while time.monotonic() < min(since + QUIET, end):
        await asyncio.sleep(1.0)
        if len(here.calls()) != number:
            number, since = len(here.calls()), time.monotonic()


def campaign_rows(here: CampaignCentre, found: DialledFindings) -> list[ResultRow]:
    """Return the figures about the leads of the campaign, and about the message that dropped ones heard."""
    called = {call.number for call in here.calls()}
    listed = called & here.listed()
    missed = set(here.numbers()) - here.listed() - called
    for number in sorted(listed | missed)[:20]:
        print(f"{NAME}: {number} was {'listed and called' if number in listed else 'not called'}", file=sys.stderr)
    rows = {row["number"]: row for row in here.rows(CALLS)}
    by_fault = {number for number, row in rows.items() if row["by_fault"]}
    times = list(_judged(found, by_fault))
    late = [one for one in times if one[2] > one[1]]
    for number, within, seconds in late:
        print(f"{NAME}: {number} heard the message after {seconds:.2f} s, allowed {within:g}", file=sys.stderr)
    own = max((seconds for _, within, seconds in times if within == MESSAGE_WITHIN), default=0.0)
    fault = max((seconds for _, within, seconds in times if within == IN_FAULT), default=0.0)
    return [
        _row("leads that may be called and were not", "leads", len(missed), 0, exactly=True),
        _row("listed leads called", "leads", len(listed), 0, exactly=True),
        _row("messages that began late", "calls", len(late), 0, exactly=True),
        _row("first sound of the message, longest", "s", round(own, 2), MESSAGE_WITHIN),
        _row("the same, to leads whose drop is by fault", "s", round(fault, 2), IN_FAULT),
    ]


def _judged(found: DialledFindings, by_fault: set[str]) -> Iterator[tuple[str, float, float]]:
    """Yield each number that heard the message, the seconds allowed, and those that it took."""
    for one in found.messages:
        yield one.number, IN_FAULT if one.number in by_fault else MESSAGE_WITHIN, one.seconds


def _row(what: str, unit: str, figure: float, limit: float, *, exactly: bool = False) -> ResultRow:
    goal = f"{limit:g}" if exactly else f"{limit:g} or less"
    met = figure == limit if exactly else figure <= limit
    return ResultRow(what, unit, {"count": float(figure)}, {"count": float(limit)}, goal, met)


def _say(here: DiallerCentre, found: DialledFindings, name: str) -> None:
    """Print what went wrong in a lab, and keep its files."""
    for text in found.wrong:
        print(f"{name}: {text}", file=sys.stderr, flush=True)
    if found.wrong:
        keep(here.folder, name)
