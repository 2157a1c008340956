"""warmline-scripts alone in an environment: what pip installs there, the scripts that run, and what is left."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.system import ari_skeleton
from tests.package.installed_wheel import PIP, run
from tools.release import scripts_wheel

PLAYED = Path(__file__).with_name("scripts_alone.py")
NEEDED = {"aiohttp", "msgspec"}
SCRIPT = """\
from asterisk.agi import AGI
from warmline.agi import run


def hello(agi: AGI, name: str) -> None:
    agi.set_variable("HELLO", name)


run(hello, "NAME")
"""


@pytest.fixture
def python(packages: tuple[Path, Path], tmp_path: Path) -> Path:
    """Return the Python of an environment with warmline-scripts."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True)
    python = tmp_path / "env/bin/python"
    subprocess.run([python, *PIP, scripts_wheel.build(packages[0], tmp_path)], check=True)
    return python


def test_scripts_run_without_warmline(python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played = run(python, PLAYED, folder=tmp_path)
    assert (played.returncode, played.stderr) == (0, "")
    (tmp_path / "hello").write_text(SCRIPT)
    called = subprocess.run(
        [python, "-Pmwarmline.agi", tmp_path / "hello", "Ada"],
        input="agi_uniqueid: 1\n\n200 result=1\n",
        env={"AST_AGI_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (called.stdout, called.stderr) == ('SET VARIABLE "HELLO" "Ada"\n', "")
    monkeypatch.setattr(sys, "executable", str(python))
    _, test, _ = ari_skeleton.write("my-bell", tmp_path / "new")
    tested = run(python, test, folder=tmp_path)
    assert tested.returncode == 0 and "Ran 3 tests" in tested.stderr, tested.stderr
    shown = run(python, "-m", "pip", "inspect", folder=tmp_path)
    names = {one["metadata"]["name"]: one for one in json.loads(shown.stdout)["installed"]}
    assert {name for name, one in names.items() if one.get("requested")} == {"pip", "setuptools", "warmline-scripts"}
    assert names.keys() > NEEDED and "warmline" not in names
    assert run(python, *PIP[:-1], "uninstall", "--yes", "warmline-scripts", folder=tmp_path).returncode == 0
    assert list(python.parents[1].rglob("warmline*")) == []
