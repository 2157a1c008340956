"""Measures how many recorded three-way calls have complete sound at once: Warmline and a bare script in turn.

Each side has its own lab and increases the load step by step until sound is lost. All legs are sipp's and speak all the
time; what each hears is counted from the packets that arrive for it. While the calls of a step are held, nothing
changes in them, and the processor time of the app is the price of holding them.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import aiohttp

from lab import app_parts
from tools.bench.capacity.bare_rooms import NUMBER
from tools.bench.capacity.generated_sound import Sound, sound
from tools.bench.capacity.heard_packets import LATE_MOST, MISSING_MOST, HeardPackets
from tools.bench.capacity.measured_process import program
from tools.bench.tools import processor_time
from tools.bench.tools.agent_team import add_phones, agents, names
from tools.bench.tools.background import Background
from tools.bench.tools.bench_dialplan import ROOM, SEAT
from tools.bench.tools.bench_lab import BenchLab, reload, stage, until
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow
from tools.bench.tools.sipp_crowd import Crowd, far_end

STEPS = (20, 60, 100, 130, *range(150, 201, 10), *range(220, 301, 20))  # three-way calls
COUNT = len(STEPS)
SETTLE, HOLD = 1.5, 6.0  # seconds: wait for new parties to be connected, then listen
TRIES = 3  # attempts of each step: a pause of the whole machine must not end the search
RATE = 10  # new parties per second
TALK = 900.0  # seconds; longer than any measurement
WITHIN = 30.0  # seconds until a step's parties have arrived
RTP = (61000, 65534)  # ports; 500 legs need more than a lab has
ROOMS_GOAL, APP_GOAL = 0.9, 2.0
DID = "8005550100"
RECORDED = '[campaign.TESTCAMP]\ncampaign_recording = "ALLCALLS"\n'

Add = Callable[[int, int], Awaitable[None]]
"""Bring so many rooms more, of the step with this number."""


class HeldRooms(NamedTuple):
    """The three-way calls of a step: what was heard, and the shares of a core that were used."""

    rooms: int
    heard: HeardPackets
    app: float
    asterisk: float
    generator: float


class RoomSide(NamedTuple):
    """One side: how it adds three-way calls, and the process that makes them."""

    name: str
    lab: BenchLab
    sound: Sound
    pid: int
    add: Add


async def measure(count: int, step: Step) -> BenchResult:
    """Measure both sides, up to the step of this number; `step` counts those of the second one.

    Raises CannotMeasureError.
    """
    async with _warmline() as ours:
        mine = await climb(ours, STEPS[:count], lambda: None)
    async with _script() as theirs:
        others = await climb(theirs, STEPS[:count], step)
    return BenchResult("rooms", "bare script", judge(mine, others))


async def climb(side: RoomSide, steps: Sequence[int], step: Step) -> list[HeldRooms]:
    """Increase the load until sound is lost or no more calls succeed; return the steps with complete sound.

    Raises CannotMeasureError if there is no such step.
    """
    held: list[HeldRooms] = []
    for number, (before, rooms) in enumerate(pairwise((0, *steps))):
        try:
            await side.add(rooms - before, number)
            await until(partial(_all_there, side, rooms), "they are not all there", WITHIN)
            held.append(await _hold(side, rooms, held[0].heard if held else None))
        except CannotMeasureError as problem:
            if not held:
                raise
            print(f"rooms: {side.name} breaks at {rooms}: {problem}", file=sys.stderr)
            break
        step()
    return held


async def _all_there(side: RoomSide, rooms: int) -> bool | None:
    """Return whether all expected legs hear sound, and all expected files are written."""
    recorded = await asyncio.to_thread(_being_written, Path(side.lab.lab.recordings))
    return (recorded >= rooms and await side.sound.legs() >= 3 * rooms) or None


async def _hold(side: RoomSide, rooms: int, control: HeardPackets | None) -> HeldRooms:
    """Listen for some seconds. Raises CannotMeasureError if sound is lost in every attempt."""
    pids = (side.pid, side.lab.lab.pids["asterisk"])
    for _ in range(TRIES):
        await asyncio.sleep(SETTLE)
        before = [processor_time.of_living(pid) for pid in pids]
        heard, generator = await side.sound.listen(HOLD)
        app, asterisk = ((processor_time.of_living(pid) - used) / HOLD for pid, used in zip(pids, before, strict=True))
        if whole(heard, control):
            return HeldRooms(rooms, heard, app, asterisk, generator)
    told = f"{heard.missing:.2%} missing, {heard.delayed:.2%} late, Asterisk at {asterisk:.0%} of a core"
    raise CannotMeasureError(f"the sound of {rooms} rooms is not whole: {told}")


def _being_written(folder: Path) -> int:
    return sum(file.stat().st_size > 0 for file in folder.rglob("*.wav"))


def whole(heard: HeardPackets, control: HeardPackets | None) -> bool:
    """Return whether no more packets are lost or late than allowed, or than in the first step."""
    missing, delayed = (control.missing, control.delayed) if control else (0.0, 0.0)
    return heard.missing <= missing + MISSING_MOST and heard.delayed <= delayed + LATE_MOST


def judge(ours: Sequence[HeldRooms], theirs: Sequence[HeldRooms]) -> list[ResultRow]:
    """Return rows about what both sides have held."""
    unit = "% of a core, 100 rooms"
    mine, script = ours[-1], theirs[-1]
    enough = mine.rooms >= ROOMS_GOAL * script.rooms
    app = _price((held.app for held in ours), ours)
    cheap = app["share"] <= APP_GOAL
    return [
        ResultRow(
            "recorded three-ways with whole sound",
            "rooms",
            _sound(mine),
            _sound(script),
            f"{ROOMS_GOAL:g} times or more",
            enough,
        ),
        ResultRow(
            "the application while they are held",
            unit,
            app,
            _price((held.app for held in theirs), theirs),
            f"{APP_GOAL:g} or less",
            cheap,
        ),
        ResultRow(
            "Asterisk while they are held",
            unit,
            _price((held.asterisk for held in ours), ours),
            _price((held.asterisk for held in theirs), theirs),
        ),
        ResultRow(
            "the generator with the most rooms",
            "% of a core",
            {"share": 100 * mine.generator},
            {"share": 100 * script.generator},
        ),
    ]


def _sound(held: HeldRooms) -> Figures:
    """Return the number of calls and what was heard: packets missing and late per million, and the longest gap."""
    missing, late = 1e6 * held.heard.missing, 1e6 * held.heard.delayed
    return {"rooms": held.rooms, "missing ppm": missing, "late ppm": late, "longest ms": held.heard.longest}


def _price(shares: Iterable[float], side: Sequence[HeldRooms]) -> Figures:
    """Return percent of a core for 100 three-way calls, averaged over all steps to include work done once a minute."""
    return {"share": 100 * 100 * sum(shares) / sum(held.rooms for held in side)}


def _teams(count: int) -> list[tuple[str, int]]:
    """Return the agents of each step: the name of the team, and its size."""
    before = (0, *STEPS)
    return [(f"step{number}", STEPS[number] - before[number]) for number in range(count)]


@asynccontextmanager
async def _floor() -> AsyncIterator[tuple[BenchLab, Crowd, Sound, AsyncExitStack, Background]]:
    teams = _teams(COUNT)
    changes = RECORDED + "".join(agents(*team) for team in teams)
    async with sound() as heard, far_end(heard.port) as trunk, stage(changes, trunk=trunk) as here:
        await asyncio.to_thread(add_phones, here, [phone for team in teams for phone in names(*team)])
        await asyncio.to_thread(_more_ports, here)
        for pid in here.lab.pids.values():
            processor_time.first(pid)
        async with Background() as work, AsyncExitStack() as stack:
            yield here, Crowd(here.lab, heard.port), heard, stack, work


def _more_ports(here: BenchLab) -> None:
    file = Path(here.lab.dir) / "etc/rtp.conf"
    lines = [line for line in file.read_text().splitlines() if not line.startswith(("rtpstart", "rtpend"))]
    file.write_text("\n".join([*lines, f"rtpstart = {RTP[0]}", f"rtpend = {RTP[1]}", ""]))
    reload(here.lab, "res_rtp_asterisk.so")


@asynccontextmanager
async def _script() -> AsyncIterator[RoomSide]:
    """Provide the bare script, which connects arriving parties."""
    async with (
        _floor() as (here, people, heard, stack, work),
        program("tools.bench.capacity.bare_rooms", here.lab.dir) as (
            process,
            _,
        ),
    ):

        async def add(rooms: int, number: int) -> None:
            name, size = _teams(COUNT)[number]
            await stack.enter_async_context(people.team(name, size, SEAT, RATE))
            work.start(people.call(ROOM, RATE, rooms, TALK))

        processor_time.first(process.pid)
        yield RoomSide("the script", here, heard, process.pid, add)


@asynccontextmanager
async def _warmline() -> AsyncIterator[RoomSide]:
    """Provide Warmline; each agent who has got a customer dials a third party."""
    async with _floor() as (here, people, heard, stack, work), aiohttp.ClientSession(here.lab.api) as http:
        token = (Path(here.lab.dir) / "run/token").read_text().strip()

        async def those(state: str, team: str) -> list[str]:
            async with http.get("/api/v1/agents", headers={"Authorization": f"Bearer {token}"}) as response:
                everybody = await response.json()
            return [one["user"] for one in everybody if one["state"] == state and one["user"].startswith(f"{team}-")]

        async def all_are(state: str, team: str, size: int) -> list[str] | None:
            found = await those(state, team)
            return found if len(found) == size else None

        async def add(rooms: int, number: int) -> None:
            name, size = _teams(COUNT)[number]
            await stack.enter_async_context(people.team(name, size, here.lab.phones["1000"]["login"], RATE))
            await until(lambda: all_are("READY", name, size), f"{size} agents are not ready", WITHIN)
            work.start(people.call(DID, RATE, rooms, TALK))
            for agent in await until(lambda: all_are("INCALL", name, size), f"{size} are not in a call", WITHIN):
                await _dial(here, http, agent)

        yield RoomSide("Warmline", here, heard, app_parts.pid_of(here.lab.pids["warmline"], "calls"), add)


async def _dial(here: BenchLab, http: aiohttp.ClientSession, agent: str) -> None:
    asked = {"function": "transfer_conference", "value": "DIAL_WITH_CUSTOMER", "phone_number": NUMBER, "wait": "answer"}
    query = {"source": "bench", **here.lab.api_user, "agent_user": agent}
    async with http.get("/agc/api.php", params=query | asked) as response:
        answer = (await response.text()).strip()
    if not answer.startswith("SUCCESS"):
        raise CannotMeasureError(f"the third party of {agent}: {answer}")
