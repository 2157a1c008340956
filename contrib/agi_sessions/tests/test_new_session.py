"""A new script: with this package it has a session that its test plays, and without it a test alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.system import script_skeleton
from tests.cli.command_line import Run


@pytest.mark.parametrize(("names", "cases"), [(("ticket.session",), 3), ((), 2)])
def test_a_new_script_has_a_session_if_a_command_can_play_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], cases: int
) -> None:
    if not names:
        monkeypatch.setattr(script_skeleton, "NEW_SCRIPT_FILES", ())
    code, out, _ = run("own-script", "new", "ticket", "--to", str(tmp_path), "--json")
    files = [str(tmp_path / name) for name in ("ticket", *names, "test_ticket.py")]
    assert code == 0 and json.loads(out)["files"] == files
    test = subprocess.run([sys.executable, files[-1]], capture_output=True, text=True, timeout=60)
    assert test.returncode == 0 and f"Ran {cases} tests" in test.stderr, test.stderr
