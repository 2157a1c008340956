"""`tools/nightly rights` runs each file of tests that depends on the user who runs it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST = ROOT / "tests/knows_rights.txt"
KNOWS = re.compile(r"\bos\.(geteuid|chown|seteuid)\b|from tests\.other_user import")
# These boot a Debian or make a cgroup as root; a browser is the same for all users.
ROOT_ALONE = ("tests/package/", "tests/browser/", "tests/doors/")


def test_each_file_that_knows_users_is_in_the_list() -> None:
    listed = LIST.read_text().split()
    assert [file for file in listed if not (ROOT / file).is_file()] == []
    files = {file.relative_to(ROOT).as_posix(): file.read_text() for file in (ROOT / "tests").rglob("test_*.py")}
    knowing = {name for name, text in files.items() if KNOWS.search(text) and not name.startswith(ROOT_ALONE)}
    assert knowing - {*listed} == set()
