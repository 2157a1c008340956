"""The result of a run as a table, with the figures that must be 0 first."""

import itertools
import sys
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from tools.bench.tools.result import BenchResult, Figures, ResultRow
from tools.proofs.chaos.program_parts import CALLS
from tools.proofs.restarts.connection_watch import ANSWERED
from tools.proofs.restarts.restart_findings import EndFindings
from tools.proofs.restarts.restart_rounds import NOTHING, FinishedRound
from warmline.system import heartbeat_file

TOLD = 10  # printed errors of a kind
SELDOM = 1 / 50  # the share of rounds in which Asterisk's mixer may lose packets, and not the control's
OLDEST = heartbeat_file.STOPPED  # seconds; with an older heartbeat, callers take the fallback


def result(rounds: Sequence[FinishedRound], left: EndFindings) -> BenchResult:
    """Return the table."""
    control = [one for one in rounds if one.part == NOTHING]
    disturbed = [one for one in rounds if one.part != NOTHING]
    return BenchResult(
        "restarts",
        "control",
        [*_facts(left), *_connections(disturbed, control), *_calls(disturbed, control, left)]
        + [row for kind, some in _by_kind(disturbed) for row in _times(kind, some, control)],
    )


def _facts(left: EndFindings) -> Iterator[ResultRow]:
    yield _none("commands that never succeeded", "commands", left.lost)
    yield _none("commands whose key is not once in the journal, with one effect", "commands", left.effects)
    yield _none("answers that are neither success nor 503 or ERROR", "answers", left.answers)
    yield _none("events missing, double, or not as in the journal", "events", left.events)
    yield _none("live records that differ from a fresh picture", "records", left.pictures)
    yield _none("callers in no record, or never hung up", "callers", left.callers)
    yield _none("calls, receipts, recordings and dispositions without an end, or untrue", "records", left.records)
    yield _none("orphans", "channels and bridges", left.orphans)
    yield _none("broken places in the journal", "rows", left.journal)
    yield ResultRow("commands that succeeded", "commands", _count(left.commands), _count(0))
    yield ResultRow("requests that failed and were repeated", "requests", _count(left.repeated), _count(0))
    yield ResultRow("broken streams that were resumed", "streams", _count(left.breaks), _count(0))


def _connections(rounds: Sequence[FinishedRound], control: Sequence[FinishedRound]) -> Iterator[ResultRow]:
    theirs = _count(sum(map(_failures, control)))
    for how in dict.fromkeys(one.how for one in rounds):
        failed = [one for one in rounds if one.how == how and _failures(one)]
        what = f"connections refused, reset or not answered: {how}"
        ours, may_fail = _count(sum(map(_failures, failed))), how == "kill"
        if not may_fail:
            _say(what, [f"{one.part}: {dict(one.connections)}" for one in failed])
        goal, met = ("", None) if may_fail else ("0", not failed)
        yield ResultRow(what, "connections", ours, theirs, goal, met)
    made = [_count(sum(sum(one.connections.values()) for one in some)) for some in (rounds, control)]
    yield ResultRow("connections", "connections", made[0], made[1])


def _calls(rounds: Sequence[FinishedRound], control: Sequence[FinishedRound], left: EndFindings) -> Iterator[ResultRow]:
    others = [one for one in rounds if one.part != CALLS]
    away = _count(_at_fallback(control, left))
    mine = [one for one in rounds if one.part == CALLS]
    if others:
        fell = _at_fallback(others, left)
        what = "callers at the fallback while only another part was interrupted"
        yield ResultRow(what, "callers", _count(fell), away, "0", fell == 0)
        what = "oldest heartbeat while only another part was interrupted"
        met = max(one.oldest for one in others) < OLDEST
        yield ResultRow(what, "s", _oldest(others), _oldest(control), f"less than {OLDEST:g}", met)
    if mine:
        fell = _at_fallback(mine, left)
        yield ResultRow("callers at the fallback while the call process was away", "callers", _count(fell), away)
        yield ResultRow("oldest heartbeat of the call process", "s", _oldest(mine), _oldest(control))
    deaf = [f"{one.part} {one.how}: {one.heard.deaf}" for one in rounds if one.heard.deaf]
    yield _none("rounds after which the parties of a call did not hear each other", "rounds", deaf)
    lost = [f"{one.part} {one.how}: {one.heard.lost} packets" for one in rounds if one.heard.lost]
    _say("packets lost", lost)
    theirs = sum(one.heard.control > 0 for one in rounds)
    few, what = len(lost) <= theirs + SELDOM * len(rounds), "rounds in which the parties of a call lost packets"
    yield ResultRow(what, "rounds", _count(len(lost)), _count(theirs), "control + 1 in 50 or less", few)


def _by_kind(rounds: Sequence[FinishedRound]) -> Iterator[tuple[str, list[FinishedRound]]]:
    for kind in dict.fromkeys((one.part, one.how) for one in rounds):
        yield " ".join(kind), [one for one in rounds if (one.part, one.how) == kind]


def _times(kind: str, rounds: Sequence[FinishedRound], control: Sequence[FinishedRound]) -> Iterator[ResultRow]:
    back = [_spread([one.back for one in some]) for some in (rounds, control)]
    yield ResultRow(f"{kind}: a command works again", "ms", back[0], back[1])
    longest = [_spread([one.longest for one in some]) for some in (rounds, control)]
    yield ResultRow(f"{kind}: the longest command of a round", "ms", longest[0], longest[1])


def _spread(seconds: Sequence[float]) -> Figures:
    return {"median": 1000 * median(seconds), "largest": 1000 * max(seconds), "n": len(seconds)}


def _at_fallback(rounds: Sequence[FinishedRound], left: EndFindings) -> int:
    return sum(one.during(left.fell_back) for one in rounds)


def _oldest(rounds: Sequence[FinishedRound]) -> Figures:
    return {"largest": max(one.oldest for one in rounds)}


def _failures(one: FinishedRound) -> int:
    return sum(times for name, times in one.connections.items() if name != ANSWERED)


def _none(what: str, unit: str, found: list[str]) -> ResultRow:
    _say(what, found)
    return ResultRow(what, unit, _count(len(found)), _count(0), "0", not found)


def _count(number: int) -> Figures:
    return {"count": float(number)}


def _say(what: str, found: Iterable[str]) -> None:
    for text in itertools.islice(found, TOLD):
        print(f"restarts: {what}: {text}", file=sys.stderr)
