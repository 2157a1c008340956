"""Type checkers see the names of `warmline.agi` and `warmline.ari` in an environment with the wheel.

mypy and pyright check each script of the documentation and of the examples there, as an author's editor does.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.agi import own_scripts
from tests.package.conftest import kept
from tests.package.installed_wheel import PIP, run
from tools.release.wheel import PROJECT
from warmline import agi

LOCK = Path(__file__).with_name("pyright.lock")
PAGES = tuple(f"docs/how-to/{page}.md" for page in ("scripts", "ari-scripts", "centre-in-python"))
BLOCK = re.compile(r"^ *```python\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
FUNCTION = "\n\n\ndef script(agi: AGI) -> None:\n    "
USED_ARI = "from warmline.ari import Ari\n\n\nasync def script(ari: Ari) -> None:\n    "
# A type checker sees a union of the events, the types of answers, and which values there are.
ARI_TYPES = """\
from typing import assert_type

from warmline.ari import Ari, EventReader, Reconnected, events, resources


async def script(ari: Ari) -> None:
    async for event in ari.events(events.ChannelHold, events.ChannelUnhold):
        print(event.channel.id)
    reader = ari.events(events.Dial, events.ChannelHold, events.StasisEnd, events.StasisStart, Reconnected)
    assert_type(
        reader, EventReader[events.Dial | events.ChannelHold | events.StasisEnd | events.StasisStart | Reconnected]
    )
    assert_type(await ari.api.bridges.list(), tuple[resources.Bridge, ...])
    channel = await ari.api.channels.originate(endpoint="PJSIP/1000", app=ari.name, variables={"SHOE": "46"})
    playback = await ari.api.channels.play(channel.id, media=["sound:beep", "number:7"])
    print(channel.state == "Up", playback.state == "paused")
"""
TYPOS = {
    "typo_method": (f"from warmline.agi import AGI{FUNCTION}agi.getdata('beep')\n", "getdata"),
    "typo_name": ("from warmline.agi import find_lead\n\nprint(find_lead)\n", "find_lead"),
    "typo_argument": (f"from warmline.agi import AGI, say{FUNCTION}say(agi, 'beep', kez='1')\n", "kez"),
    "typo_operation": (f"{USED_ARI}await ari.api.channels.send_dmtf('1')\n", "send_dmtf"),
    "typo_value": (f"{USED_ARI}await ari.api.channels.mute('1', direction='inn')\n", "inn"),
    "typo_result": ("from warmline.agi import explain\n\nprint(explain('1').rout)\n", "rout"),
}


def scripts() -> dict[str, str]:
    """Return the scripts of pages and examples, by a name that a module can have."""
    found = {}
    for page in map(PROJECT.joinpath, PAGES):
        for number, text in enumerate(BLOCK.findall(page.read_text()), 1):
            found[f"{page.stem.replace('-', '_')}_{number}"] = text
    for example in (PROJECT / "examples").rglob("*"):
        if example.is_file() and example.read_text().startswith(own_scripts.FIRST):
            found[example.name.replace("-", "_")] = example.read_text()
    return found


@pytest.fixture(scope="module")
def folder(warmline: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all scripts, and those of `own-script new`."""
    folder = tmp_path_factory.mktemp("scripts")
    for name, text in scripts().items():
        (folder / f"{name}.py").write_text(text)
    (folder / "ari_types.py").write_text(ARI_TYPES)
    for name, *more in (("ticket",), ("doorbell", "--ari")):
        made = run(warmline, "own-script", "new", name, *more, folder=folder, WARMLINE_DB=f"{folder}/none.db")
        assert made.returncode == 0, made.stderr
        (folder / name).rename(folder / f"{name}.py")
    return folder


@pytest.fixture(scope="module")
def pyright(warmline: Path) -> tuple[Path, ...]:
    """Return the start of a command that checks files for the environment of the wheel."""

    def make(folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        site = next(folder.glob("lib/python*/site-packages"))
        words = ("--require-hashes", "--no-deps", "--target", site, "-r", LOCK)
        subprocess.run([sys.executable, *PIP, *words], check=True)

    program = kept("pyright", LOCK, make) / "bin/python"
    return program, Path("-m"), Path("basedpyright"), Path("--pythonpath"), warmline.with_name("python")


def mypy(warmline: Path, folder: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    """Check files as an author does, whose mypy is in another environment."""
    words = ("--strict", "--python-executable", str(warmline.with_name("python")), "--cache-dir", str(folder / ".mypy"))
    return run(sys.executable, "-m", "mypy", *words, *files, folder=folder, limit=120)


def test_each_script_passes_mypy(warmline: Path, folder: Path) -> None:
    assert len(list(folder.glob("*.py"))) > 10
    done = mypy(warmline, folder, *folder.glob("*.py"))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_each_public_name_has_a_type(warmline: Path, tmp_path: Path) -> None:
    """A name without a type would be Any or object."""
    file = tmp_path / "names.py"
    file.write_text("from warmline import agi\n\n" + "".join(f"reveal_type(agi.{name})\n" for name in agi.__all__))
    done = mypy(warmline, tmp_path, file)
    types = re.findall(r'Revealed type is "(.*?)"$', done.stdout, re.MULTILINE)
    assert len(types) == len(agi.__all__), done.stdout
    assert [name for name, kind in zip(agi.__all__, types, strict=True) if kind in ("Any", "builtins.object")] == []


def test_each_script_passes_pyright(pyright: tuple[Path, ...], folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    for file in folder.glob("*.py"):
        (tmp_path / file.name).write_text(file.read_text())
    assert errors(pyright, tmp_path) == {}
    for name, (text, _) in TYPOS.items():
        (tmp_path / f"{name}.py").write_text(text)
    told = errors(pyright, tmp_path)
    assert set(told) == set(TYPOS) and all(TYPOS[name][1] in text for name, text in told.items()), told


def errors(pyright: tuple[Path, ...], folder: Path) -> dict[str, str]:
    """Return the first error of each file that has one, after a run over all files of a folder."""
    done = run(*pyright, "--outputjson", "--project", folder, folder=folder, limit=120)
    told = json.loads(done.stdout)
    assert told["summary"]["filesAnalyzed"] == len(list(folder.glob("*.py"))), done.stdout
    wrong = [one for one in told["generalDiagnostics"] if one["severity"] == "error"]
    return {Path(one["file"]).stem: one["message"] for one in reversed(wrong)}


def test_the_pages_have_scripts() -> None:
    assert set(own_scripts.examples().values()) <= set(scripts().values())
