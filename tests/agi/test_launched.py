"""A script whose first line ends with `-Pmwarmline.agi` runs as a script of Python does."""

import subprocess
from pathlib import Path

import pytest

from tests.agi import own_scripts

SHOWS = """\
import beside
import pickle
import sys
import __main__

class Row:
    pass

assert pickle.loads(pickle.dumps(Row())).__class__ is Row
print([__name__, __file__, sys.argv, sys.path[0], beside.FOUND, __main__.Row is Row])
"""


@pytest.mark.parametrize("first_line", [own_scripts.FIRST, own_scripts.LAUNCHED])
def test_name_arguments_and_modules_are_those_of_a_script(tmp_path: Path, first_line: str) -> None:
    (tmp_path / "beside.py").write_text("FOUND = 1\n")
    script = own_scripts.write(f"{first_line}\n{SHOWS}", tmp_path / "shows")
    (link := tmp_path / "links").mkdir()
    (link / "shows").symlink_to(script)
    output = subprocess.run([link / "shows", "a", "b c"], capture_output=True, text=True, check=True, timeout=60).stdout
    path = str(link / "shows")
    assert output == f"{['__main__', path, [path, 'a', 'b c'], str(tmp_path), 1, True]}\n"


def test_no_module_of_the_current_folder_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "warmline/agi").mkdir(parents=True)
    for file in ("warmline/__init__.py", "warmline/agi/__init__.py", "warmline/agi/__main__.py", "os.py", "runpy.py"):
        (tmp_path / file).write_text("print('of the current folder')\n")
    script = own_scripts.write(f"{own_scripts.LAUNCHED}\nprint('script')\n", tmp_path / "script")
    (folder := tmp_path / "agi").mkdir()
    script = script.rename(folder / "script")
    done = subprocess.run([script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("script\n", "")
