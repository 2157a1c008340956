"""The files of `examples`: each is listed, can be run, and has lines of the dialplan without a finding of lint."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.agi.own_scripts import EXAMPLES, FIRST
from warmline.agi.testing import new_database
from warmline.system.program_files import DIALPLAN, agi_scripts
from warmline_contrib.dialplan_lint import dialplan_reading
from warmline_contrib.dialplan_lint.dialplan_lint import lint
from warmline_contrib.dialplan_lint.surrounding_files import Surroundings
from warmline_contrib.dialplan_lint.warmline_facts import WarmlineFacts

FILES = [file for file in sorted(EXAMPLES.iterdir()) if file.is_file() and file.suffix != ".md"]
DIALPLAN_LINE = re.compile(r"^#   ( ?(?:exten|same) => .*|\[.*)$", re.MULTILINE)


def test_each_file_is_in_the_list() -> None:
    assert sorted(re.findall(r"^\| \[(.*?)\]", (EXAMPLES / "README.md").read_text(), re.MULTILINE)) == [
        file.name for file in FILES
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_head_says_how_to_install_it_and_lint_finds_nothing(file: Path, tmp_path: Path) -> None:
    text = file.read_text()
    assert re.search(r"^[#;] Install: ", text, re.MULTILINE)
    assert file.suffix == ".conf" or file.stat().st_mode & 0o777 == 0o755
    lines = text if file.suffix == ".conf" else "\n".join(DIALPLAN_LINE.findall(text))
    conf, agi = tmp_path / "extensions.conf", tmp_path / "agi"
    conf.write_text(f'#include "{DIALPLAN}"\n[warmline-away]\nexten => s,1,Hangup()\n[from-trunk]\n{lines}\n')
    agi.mkdir()
    for script in (*agi_scripts(), *FILES):
        shutil.copy(script, agi)
        if script in FILES:
            (agi / script.name).write_text(script.read_text().replace(FIRST, f"#!{sys.executable}"))
    database = new_database(tmp_path / "w.db", ingroups=["SALESLINE"])
    facts = Surroundings(agi=agi, warmline=WarmlineFacts(str(database), tmp_path))
    assert lint(dialplan_reading.from_file(conf, tmp_path), facts) == []
