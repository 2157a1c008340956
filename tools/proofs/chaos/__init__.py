"""Random scenarios with random faults on a real Asterisk: which calls, packets and receipts are lost?

Each scenario depends only on the seed and its number. A new lab starts after a scenario that found an error, after each
death of Asterisk, and after a scenario that could not be measured. Such a scenario is printed and counted.
"""

import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow
from tools.proofs.chaos.chaos_centre import ChaosCentre, centre
from tools.proofs.chaos.chaos_scenarios import SCENARIOS
from tools.proofs.chaos.faults import DEATHS, FAULTS
from tools.proofs.chaos.trial import trial
from tools.proofs.chaos.trial_findings import Findings
from warmline.system.program_files import CODE

COUNT = 20  # scenarios
BACK_WITHIN = 2.0  # seconds after a fault until commands work again
AGAIN = 5  # repetitions of a scenario that has lost packets, and nothing else
TOLD_EVERY = 10
KEPT = CODE / ".cache/chaos"
AT_FIRST = 5  # labs that may fail before the first works; then the run fails


async def measure(count: int, step: Step, *, minutes: float = 0, seed: int = 1) -> BenchResult:
    """Run `count` scenarios, or as many as begin in `minutes`. Raises CannotMeasureError."""
    found: list[Findings] = []
    unmeasured = 0
    until = time.monotonic() + 60 * minutes

    def go_on() -> bool:
        return time.monotonic() < until if minutes else len(found) + unmeasured < count

    while go_on():
        try:
            async with centre() as here:
                await _in_one_lab(here, found, unmeasured, seed, step, go_on)
        except Exception as problem:  # all errors are printed and counted, and the run continues
            _say(f"{seed}:{len(found) + unmeasured} could not be measured: {type(problem).__name__}: {problem}")
            unmeasured += 1
            if not found and unmeasured == AT_FIRST:
                raise CannotMeasureError(f"{AT_FIRST} labs in a row failed, the last one: {problem}") from None
    return result(found, unmeasured)


async def _in_one_lab(
    here: ChaosCentre, found: list[Findings], unmeasured: int, seed: int, step: Step, go_on: Callable[[], bool]
) -> None:
    """Run scenarios until one finds an error, or Asterisk was restarted."""
    while go_on():
        name = f"{seed}:{len(found) + unmeasured}"
        one = await played(here, name)
        found.append(one)
        step()
        if len(found) % TOLD_EVERY == 0:
            _say(f"{len(found)} scenarios, {sum(bool(one.wrong) for one in found)} with something wrong")
        for text in _short(one):
            _say(f"{name} {one.scenario}, {one.fault}: {text}")
        if one.wrong:
            keep(here.folder, name)
        if one.wrong or one.fault in DEATHS:
            return


async def played(here: ChaosCentre, name: str) -> Findings:
    """Play the scenario; repeat it if it lost only packets.

    Losses caused by Warmline recur, those caused by Asterisk seldom do.
    """
    one = await trial(here, name)
    if one.beyond and len(one.wrong) == 1:
        keep(here.folder, name)
        _say(f"{name}: {one.wrong[0]}; it is played again")
        one.again = any([(await trial(here, name)).wrong for _ in range(AGAIN)])
    return one


def keep(lab: Path, name: str) -> None:
    """Keep the files of Asterisk and the app for later analysis."""
    kept = KEPT / name.replace(":", "-")
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(lab, kept, ignore=lambda folder, names: [one for one in names if (Path(folder) / one).is_socket()])
    _say(f"{name}: its lab is kept in {kept}")


def _say(text: str) -> None:
    print(f"chaos: {text}", file=sys.stderr, flush=True)


def _short(one: Findings) -> Iterator[str]:
    """Yield the findings that break a goal."""
    yield from one.wrong
    if one.alone and not one.again:
        yield f"{one.packets} packets lost once, and none in {AGAIN} repetitions"
    if one.too_busy:
        yield f"{one.packets} packets lost, the control {one.control}"
    if one.back > BACK_WITHIN:
        yield f"its command succeeded {one.back:.1f} s after the fault"


def result(found: Sequence[Findings], unmeasured: int = 0) -> BenchResult:
    """Return the table, with the figures that must be 0 first."""
    faults, scenarios = Counter(one.fault for one in found), Counter(one.scenario for one in found)
    back = max((one.back for one in found), default=0.0)
    alive, dead = [one for one in found if one.fault not in DEATHS], [one for one in found if one.fault in DEATHS]
    rows = [
        _none("calls lost", "calls", [one.lost for one in alive]),
        _none("calls not closed as they should be after Asterisk's death", "calls", [one.lost for one in dead]),
        *_packets(found),
        _none("calls, receipts and recordings without an end", "records", [one.unended for one in found]),
        _none("recordings whose row is untrue", "rows", [one.untrue for one in found]),
        _none("orphans", "channels and bridges", [one.orphans for one in found]),
        _none("callers at the fallback although the call process ran", "calls", [one.fell_back for one in found]),
        ResultRow(
            "a command works after the fault", "s", *_beside(back, 0), f"{BACK_WITHIN:g} or less", back <= BACK_WITHIN
        ),
        ResultRow("listened to", "s", *_beside(*[round(sum(one.listened for one in found))] * 2)),
        ResultRow("scenarios", "calls", *_beside(len(found), 0)),
        _few("scenarios that could not be measured", unmeasured, found),
        *(ResultRow(f"scenario: {one.name}", "times", *_beside(scenarios[one.name], 0)) for one in SCENARIOS),
        *(ResultRow(f"fault: {name}", "times", *_beside(faults[name], 0)) for name in FAULTS),
    ]
    return BenchResult("chaos", "control", rows)


def _none(what: str, unit: str, wrong: Sequence[list[str]]) -> ResultRow:
    number = sum(map(len, wrong))
    return ResultRow(what, unit, *_beside(number, 0), "0", number == 0)


def _few(what: str, number: int, found: Sequence[Findings]) -> ResultRow:
    return ResultRow(what, "calls", *_beside(number, 0), "1 in 10 or less", bool(found) and number <= len(found) / 10)


def _packets(found: Sequence[Findings]) -> Iterator[ResultRow]:
    """Yield rows about packets: recurring losses, which must be 0, then other losses and those of the machine."""
    beyond = sum(one.beyond for one in found)
    yield ResultRow("packets lost to who was talking", "packets", *_beside(beyond, 0), "0", beyond == 0)
    once = [one for one in found if one.alone and not one.again]
    alone = sum(one.control for one in found if not one.packets)
    yield ResultRow(
        "packets lost once, alone, and not again", "packets", *_beside(sum(one.packets for one in once), alone)
    )
    goal = "1 in 50 or less"
    yield ResultRow(
        "scenarios of which that is so", "calls", *_beside(len(once), 0), goal, len(once) <= len(found) / 50
    )
    told = [one for one in found if one.too_busy]
    ours, control = sum(one.packets for one in told), sum(one.control for one in told)
    yield ResultRow("packets lost where the control lost some too", "packets", *_beside(ours, control))
    yield _few("scenarios of which that is so: the machine was too busy to tell why", len(told), found)


def _beside(ours: float, control: float) -> tuple[Figures, Figures]:
    return {"count": float(ours)}, {"count": float(control)}
