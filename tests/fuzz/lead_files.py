"""Files of leads: broken quotes, any encoding, endless lines and columns; the valid lines are still imported."""

import csv
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from tests.fuzz import hostile
from tests.fuzz.entry_point import Attack, Door
from warmline.leads.lead_fields import FIELDS
from warmline.options.values.entity import OptionError
from warmline.store.database.database import connect
from warmline.store.leads import leads
from warmline.store.leads.lead_import import LeadImport, LeadImportReport
from warmline.store.migrations.schema_migration import migrate

LIST = "999"
OTHER_ENCODINGS = ("text_encoding_unknown", "file_without_text")  # refusals of a whole file, whatever its lines are
HEAD = b"phone_number,first_name,vendor_lead_code,comments\n"
GOOD = b"8005551234,Ada,%b,hello"
# fmt: off
LINES = (
    b"8005550001,A,,", b'8005550002,"B",,"two\nlines"', b'"8005550003,C,,', b'8005550004,D,,5" pipe',
    b"no number,E,,",
    b"8005550005," + b"x" * 101 + b",,", b"8005550006", b"8005550007,F,,,,", b"", b",,,", b'""""', b'"',
    b'"a"b,c,d,e',
    b"8005550008," + b"y" * 100_001, b"8005550009,\0,,", b"\xff\xfe", b"\xe9", b"8005550010,\xf0\x9f\x98\x80,,",
    b"\xed\xa0\x80,,,",
    b"8005550011,G\rH,,", b"\x1a", b"\xc2\x85,\xe2\x80\xa8,,", b"=1+1,,,", b"8005550012,\x07,,",
    b"\xd9\xa3" * 9 + b",,,",
)
HEADS = (
    HEAD, HEAD, HEAD, b"\xef\xbb\xbf" + HEAD, b"Phone;Name;Phone\n", b"phone_number\tfirst_name\n", b"", b"\n",
    b"\0\n", b"phone_number",
    b"phone_number,phone_number\n", b'"phone_number\n', b"phone_number," + b"c" * 200_000 + b"\n",
    b"phone_number" + b",x" * 100_000 + b"\n",
    b"," * 100_000 + b"\n", b"x" * 300_000 + b"\n", b"\xff\xfep\0h\0o\0", b"phone_number,rank,status,nothing\r",
)
# fmt: on
lines = st.one_of(st.sampled_from(LINES), st.binary(max_size=60), hostile.texts.map(hostile.as_bytes))
cells = st.lists(st.one_of(st.sampled_from([b"8005559999", b"1", b""]), lines), min_size=4, max_size=4).map(b",".join)


class File(NamedTuple):
    """A file, and whether its last line is a lead."""

    data: bytes
    good: bytes
    dry_run: bool
    renamed: dict[str, str]


@st.composite
def files(draw: st.DrawFn) -> File:
    good = b"G%d" % draw(st.integers(0, 10**9))
    end = draw(st.sampled_from([b"\n", b"\n", b"\r\n", b"\r"]))
    between = draw(st.lists(st.one_of(lines, cells), max_size=12))
    dry_run = draw(st.integers(0, 4)) == 0
    if draw(st.integers(0, 3)):
        return File(HEAD + end.join([*between, GOOD % good, b""]), good, dry_run, {})
    data = draw(st.sampled_from(HEADS)) + end.join(between)
    if draw(st.booleans()):
        data = data.decode("latin-1").encode(draw(st.sampled_from(["utf-16", "utf-16-le", "utf-8", "utf-32"])))
    data = draw(hostile.damaged(st.just(data)))
    names = st.one_of(st.sampled_from([*FIELDS, "Phone"]), hostile.texts)
    return File(data, b"", dry_run, draw(st.dictionaries(names, names, max_size=1)))


@cache
def empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "warmline.db")
        migrate(path)
        return path.read_bytes()


def _attacked(folder: Path, given: File) -> None:
    file, db = folder / "leads.csv", str(folder / "warmline.db")
    file.write_bytes(given.data)
    before = _count(db)
    try:
        report = LeadImport(file, db, LIST, "ada", given.renamed, given.dry_run).run()
    except OptionError as error:
        assert str(error) and (not given.good or error.code in OTHER_ENCODINGS), error
        return
    assert report.records == report.imported + report.duplicates + report.rejected, report
    assert _count(db) == before + (0 if given.dry_run else report.imported)
    assert report.rejected == _rejected(report)
    if given.good and not given.dry_run:
        found = leads.with_vendor_code(db, given.good.decode())
        assert found and found["first_name"] == "Ada", "a good line did not get in"


def _rejected(report: LeadImportReport) -> int:
    """Return how many lines were rejected, each with its number and the reason."""
    if not report.rejects:
        return 0
    with Path(report.rejects).open(newline="", encoding="utf-8", errors="replace") as file:
        head = next(file)  # `why`, and the delimiter of the imported file
        rows = list(csv.reader((line.replace("\0", "") for line in (head, *file)), delimiter=head[len("why")]))
    assert all(re.fullmatch(r"line [0-9]+: (?s:.+)", row[0]) for row in rows[1:])
    return len(rows) - 1


def _count(db: str) -> int:
    connection = connect(db)
    try:
        return int(connection.execute("SELECT count(*) FROM lead").fetchone()[0])
    finally:
        connection.close()


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "warmline.db").write_bytes(empty())
        yield lambda given: _attacked(Path(folder), given)


DOOR = Door("lead files", files(), opened, quick=5)
