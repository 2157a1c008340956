"""Files of leads as NDJSON: broken objects, any encoding, depth and size; the valid lines are still imported."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from tests.fuzz import hostile, lead_files
from tests.fuzz.entry_point import Attack, Door
from warmline.leads.lead_fields import FIELDS
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config
from warmline.store.leads import leads
from warmline.store.leads.lead_import import LeadImport

# fmt: off
LINES = (
    b"{}", b"[]", b"null", b'"x"', b"", b"{", b"}", b'{"phone_number":"8005550001","phone_number":"8005550002"}',
    b'{"phone_number":8005550003,"color":"blue","color":"red"}', b'{"__proto__":{"phone_number":"8005550004"}}',
    b'{"phone_number":1e400}', b'{"phone_number":8.0055500051e9}', b'{"phone_number":NaN}',
    b'{"phone_number":-Infinity}',
    b'{"phone_number":"8005550006","last_name":"\\ud800"}', b'{"phone_number":"8005550007","last_name":"\\u0000"}',
    b'{"phone_number":"8005550008","last_name":"\\r\\n=cmd|x"}', b'\xef\xbb\xbf{"phone_number":"8005550009"}',
    b'{"phone_number":"8005550010","last_name":"\xff"}',
    b'{"phone_number":"8005550011","lead_id":"9223372036854775808"}',
    b'{"phone_number":"8005550012","rank":"9e99"}', b'{"phone_number":"8005550013","entry_date":"9999-12-31"}',
    b'{"phone_number":"8005550014","color":"' + b"x" * 5000 + b'"}', b'{"' + b"n" * 5000 + b'":"8005550015"}',
    hostile.deep("[", "]").encode(), hostile.deep('{"phone_number":', "}").encode(), b"[" * 99_000, b" " * 200_000,
    b'{"phone_number":"8005550016","comments":"' + b"y" * 100_000 + b'"}', b"\r", b"\x0c", b"\xe2\x80\xa8", b"\0",
)
# fmt: on
NAMES = st.one_of(st.sampled_from([*FIELDS, "color", "lead_id", "list_id", "Phone", "__proto__"]), hostile.texts)
OBJECTS = st.dictionaries(NAMES, hostile.json_values, max_size=5).map(
    lambda given: hostile.written({"phone_number": "8005550020"} | given)
)
BETWEEN = st.one_of(st.sampled_from(LINES), OBJECTS, hostile.damaged(OBJECTS), st.binary(max_size=60))


class File(NamedTuple):
    """Lines before a valid one, whose vendor_lead_code is `good`."""

    before: list[bytes]
    end: bytes
    good: str
    dry_run: bool


FILES = st.builds(
    File,
    st.lists(BETWEEN, max_size=8),
    st.sampled_from([b"\n", b"\n", b"\r\n"]),
    st.integers(0, 10**9).map(lambda number: f"G{number}"),
    st.booleans(),
)


def _attacked(folder: Path, given: File) -> None:
    file, db = folder / "leads.ndjson", str(folder / "warmline.db")
    line = json.dumps(
        {"phone_number": "8005551234", "first_name": "Ada", "vendor_lead_code": given.good, "color": "red"}
    )
    first = json.dumps({"phone_number": "8005551235"}).encode()  # it says that the file has objects
    file.write_bytes(given.end.join([first, *given.before, line.encode(), b""]))
    try:
        report = LeadImport(file, db, "101", "ada", {}, given.dry_run).run()
    except OptionError as error:
        assert error.code in lead_files.OTHER_ENCODINGS, f"the whole file is refused: {error}"
        return
    assert report.records == report.imported + report.duplicates + report.rejected, report
    if not given.dry_run:
        found = leads.with_vendor_code(db, given.good)
        assert found and found["first_name"] == "Ada", "a good line did not get in"
        assert json.loads(found["custom_fields"]) == {"color": "red"}


@contextmanager
def opened() -> Iterator[Attack]:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "warmline.db")
        database.write_bytes(lead_files.empty())
        config.create(database, "list", "101", {"custom_fields": "color"}, who="test")
        yield lambda given: _attacked(Path(folder), given)


DOOR = Door("lead objects", FILES, opened, quick=9)
