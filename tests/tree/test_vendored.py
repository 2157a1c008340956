"""The files of other projects in this tree are those of their packages, with their licences."""

import base64
import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from tools.release.vendor import FOLDERS, PROJECT

LISTED = [
    (PROJECT / folder / name, {**row, "licence": f"{PROJECT / folder / row['licence']}"})
    for folder in FOLDERS
    for name, row in tomllib.loads((PROJECT / folder / "vendor.toml").read_text()).items()
]


@pytest.mark.parametrize("file, row", LISTED, ids=lambda one: one.name if isinstance(one, Path) else "")
def test_a_file_has_the_hash_of_its_package(file: Path, row: dict[str, str]) -> None:
    assert base64.b64encode(hashlib.sha384(file.read_bytes()).digest()).decode() == row["sha384"]
    assert re.search("copyright|licen[sc]e", Path(row["licence"]).read_text(), re.IGNORECASE)
    assert row["version"][0].isdigit()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_listed(folder: str) -> None:
    known = {one for file, row in LISTED for one in (file, Path(row["licence"]))}
    found = {one for one in (PROJECT / folder).rglob("*") if one.is_file()}
    assert found <= known | {PROJECT / folder / "vendor.toml"}
