"""The wheel has everything that runs, and nothing else; its program works outside the checkout."""

import json
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from tests.cli.installed import Box
from tests.package.clone import clone
from tests.package.installed_wheel import run
from tools.release import scripts_wheel
from tools.release.wheel import PROJECT, build

SHIPPED = ("warmline", "ari_app", "cli", "lab")
UNITS = "packaging/systemd/"
FILES = ("agi-bin", "dialplan", "examples", "systemd", "workspace", "schema.sql")
NOT_SHIPPED = {"lab/make-venv", "warmline/core/THEORY.md"}  # they make a checkout, and explain it
LARGEST = 3_300_000  # bytes: room for a release; a folder of tests or pictures by mistake is more
SCRIPTS_ALONE = Path(__file__).with_name("scripts_alone.py")
LEAVE_COST = "the leave costs no packet"  # the one claim of the demo that a busy machine may spoil


def tracked() -> set[str]:
    listed = subprocess.run(["git", "-C", PROJECT, "ls-files", "-z"], check=True, capture_output=True, text=True)
    return {name for name in listed.stdout.split("\0") if (PROJECT / name).is_file()}


def test_the_wheel_has_only_files_that_run(packages: tuple[Path, Path]) -> None:
    wanted = {name for name in tracked() if name.split("/")[0] in SHIPPED} - NOT_SHIPPED
    files = [name.removeprefix("packaging/") if name.startswith(UNITS) else name for name in tracked()]
    wanted |= {name.split("/", 2)[2] for name in tracked() if "/warmline_contrib/" in name}
    wanted |= {f"warmline/files/{name}" for name in files if name.split("/")[0] in FILES}
    with zipfile.ZipFile(packages[0]) as wheel:
        found = {one.filename: one for one in wheel.infolist()}
    assert {name for name in found if ".dist-info/" not in name} == wanted
    scripts = [one for name, one in found.items() if "/files/agi-bin/" in name or name.endswith("/files/examples/pin")]
    assert scripts and all(one.external_attr >> 16 & 0o111 == 0o111 for one in scripts)
    assert packages[0].stat().st_size < LARGEST


def test_the_same_commit_gives_the_same_bytes(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """The sources are in another folder, with other times."""
    source = clone(tmp_path / "clone")
    again = build(tmp_path / "dist", source)
    assert [one.read_bytes() for one in again] == [one.read_bytes() for one in packages]


def test_the_wheel_of_the_scripts_has_some_of_these_files_and_runs_alone(
    packages: tuple[Path, Path], tmp_path: Path
) -> None:
    built = scripts_wheel.build(packages[0], tmp_path)
    whole, part = contents(packages[0]), contents(built)
    files = {name: content for name, content in part.items() if ".dist-info/" not in name}
    assert files.items() < whole.items()
    assert {name for name in whole if name.startswith(("warmline/agi/", "warmline/ari/"))} < files.keys()
    metadata = part[f"warmline_scripts-{built.name.split('-')[1]}.dist-info/METADATA"].decode()
    assert re.findall(r"^Requires-Dist: ([\w-]+)", metadata, re.MULTILINE) == ["aiohttp", "msgspec"]
    with zipfile.ZipFile(built) as wheel:
        wheel.extractall(tmp_path / "alone")
    path = f"{tmp_path / 'alone'}:{sysconfig.get_path('purelib')}"
    played = run(sys.executable, "-S", SCRIPTS_ALONE, folder=tmp_path, PYTHONPATH=path)  # -S: without this checkout
    assert (played.returncode, played.stderr) == (0, "")


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {one: opened.read(one) for one in opened.namelist()}


def test_the_environment_has_no_tools_of_the_tests(warmline: Path, tmp_path: Path) -> None:
    listed = run(warmline.with_name("python"), "-m", "pip", "list", "--format=json", folder=tmp_path)
    names = {one["name"].lower() for one in json.loads(listed.stdout)}
    assert "warmline" in names and not names & {"pytest", "hypothesis", "mypy", "ruff", "schemathesis", "sphinx"}
    assert run(warmline.with_name("python"), "-m", "pip", "check", folder=tmp_path).returncode == 0


def test_commands_that_need_no_asterisk(warmline: Path, tmp_path: Path) -> None:
    wheel_version = run(warmline, "--version", folder=tmp_path).stdout
    assert re.search(r"\d+\.\d+", wheel_version)
    assert run(warmline, "man", "man1", folder=tmp_path).returncode == 0
    assert (tmp_path / "man1/warmline-agent.1").stat().st_size > 1000
    assert "_WARMLINE_COMPLETE" in run(warmline, "completion", "bash", folder=tmp_path).stdout
    recipes = run(warmline, "install", "--recipes", "--json", folder=tmp_path, WARMLINE_DB=f"{tmp_path}/w.db")
    assert len(json.loads(recipes.stdout)["recipes"]) == len(list((PROJECT / "examples/recipes").glob("*.conf")))


def test_install_doctor_and_uninstall(warmline: Path, tmp_path: Path) -> None:
    """The links, the units and the dialplan lead into the environment, and /usr/bin/python3 runs its scripts."""
    box = Box(tmp_path / "box")
    before = box.tree()
    done = run(warmline, "install", *box.words, "--yes", folder=tmp_path, **box.environ)
    assert done.returncode == 0, done.stderr
    files = next(warmline.parents[1].glob("lib/python*/site-packages")) / "warmline/files"
    assert f'#include "{files}/dialplan/warmline.conf"' in (box.etc / "extensions.conf").read_text()
    assert f"ExecStart={warmline} serve calls" in (tmp_path / "box/units/warmline.service").read_text()
    script = tmp_path / "box/agi/route_did"
    assert script.resolve() == files / "agi-bin/route_did"
    asked = subprocess.run(
        [script, "800"],
        input="agi_uniqueid: 1\n\n" + "200 result=1\n" * 20,
        env={"WARMLINE_CONFIG": box.environ["WARMLINE_CONFIG"]},
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert "WARMLINE_REASON" in asked.stdout and asked.stderr == ""
    assert run(warmline, "db", "check", folder=tmp_path, **box.environ).returncode == 0
    found = run(warmline, "doctor", "--json", folder=tmp_path, **box.environ)
    codes = {one["code"] for one in json.loads(found.stdout)}
    assert found.stderr == "" and {"database_good", "installed_good"} <= codes
    assert run(warmline, "uninstall", "--yes", folder=tmp_path, **box.environ).returncode == 0
    assert box.tree() == before


def test_the_demo_plays(warmline: Path, short_path: Path) -> None:
    done = run(warmline, "demo", "--dir", short_path / "lab", folder=short_path, limit=120)
    false = [line for line in done.stdout.splitlines() if "✗" in line and LEAVE_COST not in line]
    assert (false, done.stderr) == ([], "")
    assert done.returncode == (1 if "✗" in done.stdout else 0)
    assert "│ third          │ customer        │ -               │" in done.stdout
    assert str(PROJECT) not in (short_path / "lab/etc/extensions.conf").read_text()
