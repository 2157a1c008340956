"""`warmline own-script new --ari`: a script that serves calls, and its test."""

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.agi.conftest import Run
from warmline.ari import script_lock


def outcome_of(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the test of the new script."""
    words = [sys.executable, str(folder / "test_doorbell.py")]
    return subprocess.run(words, capture_output=True, text=True, timeout=60)


def test_a_new_script_passes_its_test_as_written(run: Run, tmp_path: Path) -> None:
    code, stdout, _ = run("own-script", "new", "doorbell", "--ari", "--to", tmp_path)
    assert code == 0 and f"{sys.executable} {tmp_path / 'test_doorbell.py'}" in stdout
    assert not (tmp_path / "doorbell.session").exists()
    done = outcome_of(tmp_path)
    assert done.returncode == 0 and "Ran 3 tests" in done.stderr, done.stderr
    assert (tmp_path / "doorbell").stat().st_mode & 0o777 == 0o755


def test_a_name_is_one_that_connect_takes(run: Run, tmp_path: Path) -> None:
    code, _, err = run("own-script", "new", "x" * 31, "--ari", "--to", tmp_path)
    assert code == 1 and "at most 30" in err
    assert run("own-script", "new", "x" * 30, "--ari", "--to", tmp_path)[0] == 0
    folder = tmp_path / "new" / "of scripts"
    _, stdout, _ = run("own-script", "new", "my-bell", "--ari", "--to", folder, "--json")
    names = ["my-bell", "test_my_bell.py", "script-my-bell.service"]
    assert json.loads(stdout)["files"] == [str(folder / name) for name in names]
    assert run("own-script", "new", "my-bell", "--to", folder)[0] == 1


def test_systemd_reads_the_unit(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / '50% of "scripts"'
    run("own-script", "new", "doorbell", "--ari", "--to", folder)
    unit = folder / "script-doorbell.service"
    command = next(line for line in unit.read_text().splitlines() if line.startswith("ExecStart="))
    script = str(folder / "doorbell").replace('"', '\\"').replace("%", "%%")
    assert command == f'ExecStart={sys.executable} "{script}"'
    assert f"\n#   install -m 644 {shlex.quote(str(unit))} /etc/systemd/system/\n" in unit.read_text()
    if analyze := shutil.which("systemd-analyze"):
        verified = subprocess.run([analyze, "verify", unit], capture_output=True, text=True, timeout=60)
        assert (verified.returncode, verified.stderr) == (0, "")


def test_scripts_of_this_machine_are_listed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path))
    monkeypatch.setenv("WARMLINE_ARI_URL", "http://127.0.0.1:1/ari")
    with script_lock.hold_lock(str(tmp_path), "script-my-bell"):
        (tmp_path / "script-old.script").touch()
        code, stdout, stderr = run("own-script", "list", "--json")
        rows = json.loads(stdout)
        assert [(row["script"], row["state"], row["channels"]) for row in rows] == [
            ("my-bell", "running", None),
            ("old", "dead", None),
        ]
        assert code == 0 and rows[0]["since"] and "the channels are not known: no connection to Asterisk" in stderr
        assert run("own-script", "list")[1].splitlines()[1].split()[:2] == ["my-bell", "running"]
    (tmp_path / "script-my-bell.script").unlink()
    (tmp_path / "script-old.script").unlink()
    assert run("own-script", "list")[1] == "No ARI script runs.\n"
