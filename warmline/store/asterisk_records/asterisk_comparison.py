"""Compares Warmline's records with Asterisk's own, and finds entries that differ or are only in one of them."""

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
ROWS = 5000  # rows of the journal read at once
THEIRS, OURS, DIFFERS = "only Asterisk has it", "only Warmline has it", "they differ"

# A channel may have been in several calls.
LEGS = """
    SELECT id, max(owner) AS owner, max(role) AS role, min(created) AS created, min(answered) AS answered,
        iif(count(ended) = count(*), max(ended), NULL) AS ended
    FROM leg WHERE created BETWEEN :start AND :end GROUP BY id ORDER BY min(created)
"""
INGROUPS = "SELECT id FROM ingroup UNION SELECT DISTINCT ingroup FROM queue_wait"


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """A difference. `what` is THEIRS, OURS or DIFFERS; `name` is a channel's id, or a time in queue_log."""

    what: str
    name: str
    of: str
    text: str


@dataclass(slots=True)
class RecordComparison:
    """The number of entries on both sides, and the differences."""

    theirs: int = 0
    ours: int = 0
    both: int = 0
    differences: list[RecordDifference] = field(default_factory=list)


def channels(path: str | Path, found: dict[str, ChannelRecord], within: int, *, whole: bool) -> RecordComparison:
    """Compare the channels of a CDR or CEL file with the legs of the same time range.

    Times may differ by `within` microseconds. `whole` means that the file has every channel from start to end, as CEL
    has. A CDR covers two parties and has the channel of the calling one. Other parties and unanswered ones may be
    missing, and a CDR ends when the parties change, the last one after the call. Raises StoreError.
    """
    starts = [one.start for one in found.values() if one.start is not None]
    if not starts:
        return RecordComparison()
    compared, known = RecordComparison(), set()
    with reading(path) as db:
        for leg in each(db, LEGS, start=min(starts) - within, end=max(starts) + within):
            known.add(leg["id"])
            if leg["role"] == Role.WHISPER:  # part of another channel's audio: Asterisk may or may not record it
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
        RecordDifference(THEIRS, one.id, "", "it was in Stasis, and is not a leg of a call or agent") for one in missing
    ]
    return compared


def _differences(leg: Row, one: ChannelRecord, within: int, *, whole: bool) -> Iterator[RecordDifference]:
    """Yield the differences of one leg.

    The app detects a channel after Asterisk created it, and may return it to the dialplan before it ends.
    """
    if (leg["answered"] is None) != (one.answer is None):
        text = f"{'Asterisk' if one.answer is not None else 'Warmline'} alone has an answer time"
        yield RecordDifference(DIFFERS, leg["id"], leg["owner"], text)
    if one.end is None or leg["ended"] is None:
        if one.end is not None and whole:
            yield RecordDifference(
                DIFFERS, leg["id"], leg["owner"], "it has ended in Asterisk's records, and continues in Warmline's"
            )
        return
    late = leg["ended"] - one.end
    if (whole and late > within) or (-late > within and not one.left):
        text = f"ended {abs(late) / SECOND:.3f} s {'later' if late > 0 else 'earlier'} than in Asterisk's records"
        yield RecordDifference(DIFFERS, leg["id"], leg["owner"], text)


def queue_lines(path: str | Path, lines: list[str]) -> RecordComparison:
    """Compare the lines of a queue_log about in-groups with the lines of the records.

    The first and the last second are left out, because the file may have only a part of them. Raises StoreError.
    """
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
    """Yield the lines that the records give for those seconds."""
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
