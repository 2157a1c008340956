"""Warmline's records against Asterisk's own: what only one of them has, and where they do not say the same."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from warmline.core.model.leg import Role
from warmline.store.asterisk_records import queue_log
from warmline.store.asterisk_records.cdr_files import ChannelRecord
from warmline.store.database.reading import Row, each, reading
from warmline.store.journal.journal_rows import row_at

SECOND = 1_000_000
ROWS = 5000  # of the journal at once
THEIRS, OURS, DIFFERS = "only Asterisk has it", "only Warmline has it", "they differ"

# A channel may have been with several calls.
LEGS = """
    SELECT id, max(owner) AS owner, max(role) AS role, min(created) AS created, min(answered) AS answered,
        iif(count(ended) = count(*), max(ended), NULL) AS ended
    FROM leg WHERE created BETWEEN :start AND :end GROUP BY id ORDER BY min(created)
"""
INGROUPS = "SELECT id FROM ingroup UNION SELECT DISTINCT ingroup FROM queue_wait"


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """`what` is THEIRS, OURS or DIFFERS; `name` a channel's id, or a time in queue_log."""

    what: str
    name: str
    of: str
    text: str


@dataclass(slots=True)
class RecordComparison:
    """How much there was to compare on both sides, and the differences."""

    theirs: int = 0
    ours: int = 0
    both: int = 0
    differences: list[RecordDifference] = field(default_factory=list)


def channels(path: str | Path, found: dict[str, ChannelRecord], within: int, *, whole: bool) -> RecordComparison:
    """Compare the channels of a CDR or CEL file with the legs of the same stretch of time.

    Times may be `within` microseconds of each other. `whole`: the file has every channel, from its start to its end, as
    CEL does. A CDR is one of two parties, named after the one who called: of the others, and of who was not answered,
    it need have none; and it ends with each change of who talks to whom, the last one later than the call. Raises
    StoreError.
    """
    starts = [one.start for one in found.values() if one.start is not None]
    if not starts:
        return RecordComparison()
    compared, known = RecordComparison(), set()
    with reading(path) as db:
        for leg in each(db, LEGS, start=min(starts) - within, end=max(starts) + within):
            known.add(leg["id"])
            if leg["role"] == Role.WHISPER:  # part of another channel's sound: Asterisk may write it down, or not
                found.pop(leg["id"], None)
                continue
            one = found.get(leg["id"])
            expected = whole or (leg["role"] == Role.CUSTOMER and leg["answered"] is not None)
            compared.ours += expected or one is not None
            if one:
                compared.both += 1
                compared.differences += _differences(leg, one, within, whole=whole)
            elif expected and min(starts) <= leg["created"] <= max(starts):
                text = f"{leg['role']} of {leg['owner']}"
                compared.differences.append(RecordDifference(OURS, leg["id"], leg["owner"], text))
    compared.theirs = sum(one.ours for one in found.values())
    missing = (one for one in found.values() if one.ours and one.id not in known)
    compared.differences += [
        RecordDifference(THEIRS, one.id, "", "it was in Stasis, and is nobody's leg") for one in missing
    ]
    return compared


def _differences(leg: Row, one: ChannelRecord, within: int, *, whole: bool) -> Iterator[RecordDifference]:
    """The app hears of a channel after Asterisk made it, and may give it to the dialplan before it ends."""
    if (leg["answered"] is None) != (one.answer is None):
        text = f"{'Asterisk' if one.answer is not None else 'Warmline'} alone says that it was answered"
        yield RecordDifference(DIFFERS, leg["id"], leg["owner"], text)
    if one.end is None or leg["ended"] is None:
        if one.end is not None and whole:
            yield RecordDifference(
                DIFFERS, leg["id"], leg["owner"], "Asterisk says that it has ended, Warmline that it goes on"
            )
        return
    late = leg["ended"] - one.end
    if (whole and late > within) or (-late > within and not one.left):
        text = f"ended {abs(late) / SECOND:.3f} s {'later' if late > 0 else 'earlier'} than Asterisk says"
        yield RecordDifference(DIFFERS, leg["id"], leg["owner"], text)


def queue_lines(path: str | Path, lines: list[str]) -> RecordComparison:
    """Compare the lines of a queue_log that are about in-groups with what the records give, but for its first and last
    second, of which it may have a part. Raises StoreError."""
    with reading(path) as db:
        ingroups = {row["id"] for row in each(db, INGROUPS)}
    theirs = [line for line in (one.rstrip("\n") for one in lines) if _queue(line) in ingroups]
    if not theirs:
        return RecordComparison()
    first, last = _second(theirs[0]), _second(theirs[-1])
    here = Counter(line for line in theirs if first < _second(line) < last)
    there = Counter(line for line in _told(path, first, last) if first < _second(line) < last)
    compared = RecordComparison(here.total(), there.total(), (here & there).total())
    for what, one, other in ((THEIRS, here, there), (OURS, there, here)):
        found = ((line, count) for line, count in one.items() if count > other[line])
        compared.differences += [
            RecordDifference(what, line.split("|")[0], line.split("|")[1], line) for line, _ in found
        ]
    return compared


def _told(path: str | Path, first: int, last: int) -> Iterator[str]:
    """The lines that the records give for those seconds."""
    with reading(path) as db:
        seq, until = row_at(db, first * SECOND) - 1, row_at(db, (last + 1) * SECOND) - 1
    while seq < until:
        batch = queue_log.behind(path, seq, min(ROWS, until - seq))
        yield from batch.lines
        seq = batch.seq


def _queue(line: str) -> str:
    parts = line.split("|")
    return parts[2] if len(parts) > 4 and parts[0].isdigit() else ""


def _second(line: str) -> int:
    return int(line.split("|", 1)[0])
