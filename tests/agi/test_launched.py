"""A script whose first line ends with `-Pmwarmline.agi` runs as a script of Python does."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.agi import own_scripts
from tests.agi.test_own_scripts import reason
from tests.agi.test_script_errors import run_script

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


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("from warmline.agi import AGI, run\n\ndef hello(agi: AGI) -> None: agi.answer()\n", "run(hello)"),
        ("from warmline.agi import run\n\ndef hello(call, number): call.answer()\n", 'run(hello, "NUMBER")'),
        ("from warmline import agi as w\n\ndef helper(): ...\ndef hello(agi, a, b): ...\n", 'run(hello, "A", "B")'),
        ("from warmline.agi import AGI\n\ndef hello(caller: AGI): caller.answer()\n", "run(hello)"),
        ("from warmline.agi import AGI\n\ndef hello(agi: AGI) -> None: agi.answer()\nhello(AGI())\n", ""),
        ("from warmline.agi import run\nrun(lambda agi: None)\n\ndef helper(agi): ...\n", ""),
        (
            "from warmline.agi import AGI\n\ndef is_open(day): ...\n\nif is_open(1): AGI().answer()\n",
            "",
        ),
        ("import sys\n\ndef say(text): print(text)\n\nsay('ANSWER')\nsys.stdin.readline()\n", ""),
    ],
)
def test_a_script_that_calls_no_function_is_told(tmp_path: Path, text: str, reason: str) -> None:
    script_run = run_script(f"{own_scripts.LAUNCHED}\n{text}", tmp_path, "hello")
    full_reason = f"hello calls no function: end it with {reason}"
    assert script_run.code == (1 if reason else 0)
    assert [note.reason for note in script_run.notes] == ([full_reason] if reason else [])
    assert (["SET", "VARIABLE", "WARMLINE_REASON", full_reason] in script_run.heard) is bool(reason)
    assert ("calls no function" in script_run.stderr) is bool(reason)


def test_a_caller_who_is_gone_before_the_first_line_is_no_failure(tmp_path: Path) -> None:
    text = f"{own_scripts.LAUNCHED}\nfrom warmline.agi import run\n\ndef hello(agi): ...\n\nrun(hello)\n"
    script = own_scripts.write(text, tmp_path / "hello")
    (tmp_path / "spool").mkdir()
    environment = {**own_scripts.clean_environment(), "AST_AGI_DIR": "/", "WARMLINE_SPOOL": f"{tmp_path}/spool"}
    done = subprocess.run([script], stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=60)
    assert (done.returncode, done.stdout, list((tmp_path / "spool").iterdir())) == (0, b"", [])


OF_PYST2 = """\
from asterisk.agi import *
import asterisk.agitb
import asterisk.agi
from asterisk import agi as module

asterisk.agitb.enable(display=False, logdir="/nowhere")
assert re.match("a", "a") and sys.argv[1:] == [] and module is asterisk.agi and issubclass(AGIHangup, AGIAppError)
agi = AGI()
agi.answer()
try:
    agi.getdata("beep")
except AttributeError:
    asterisk.agitb.handler()
"""
HIDES_PYST2 = """\
import sys
from importlib.machinery import PathFinder


class HiddenPackage:
    def find_spec(self, name, path=None, target=None):
        folders = [folder for folder in sys.path if "-packages" not in folder]
        return PathFinder.find_spec(name, folders) if name == "asterisk" else None


sys.meta_path.insert(0, HiddenPackage())
"""


def test_a_script_for_pyst2_runs_after_a_change_of_its_first_line(tmp_path: Path) -> None:
    """Also without pyst2. With pyst2, it has pyst2's modules."""
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden/sitecustomize.py").write_text(HIDES_PYST2)
    text = f"{own_scripts.LAUNCHED}\n{OF_PYST2}"
    script_run = run_script(text, tmp_path, "hello", PYTHONPATH=str(tmp_path / "hidden"))
    assert script_run.heard[0] == ["ANSWER"]
    assert reason(script_run.heard).startswith("hello line 12: AttributeError: 'AGI' object has no attribute 'getdata'")
    assert [note.script for note in script_run.notes] == ["hello"]
    code = "from asterisk import agi, agitb; print(agi.__file__, agitb.__file__)"
    done = subprocess.run([sys.executable, "-Pmwarmline.agi", own_scripts.write(code, tmp_path / "shows")],
                          capture_output=True, text=True, check=True, timeout=60)  # fmt: skip
    assert done.stdout.count("site-packages/asterisk/agi") == 2
