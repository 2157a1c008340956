"""Secrets that are typed or come by a pipe, and the export of changed options alone."""

import io
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.wording.said import said


@pytest.fixture
def run(demo_db: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run a command line on the lab's configuration: exit code, stdout, stderr."""
    monkeypatch.setenv("SUDO_USER", "ada")

    return run


def test_a_secret_is_typed_twice(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["8362", "8326", "8362", "8362"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    code, _, err = run("agent", "set", "1000", "pin=-")
    assert code == 1 and said("secret_repeated_differently", name="pin") in err
    assert run("agent", "set", "1000", "pin=-") == (0, "agent 1000: pin changed\n", "")


def test_an_empty_pipe_does_not_remove_a_secret(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("agent", "set", "1000", "pin=8362")[0] == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    code, _, err = run("agent", "set", "1000", "pin=-")
    assert code == 1 and said("secret_not_given", name="pin") in err
    assert run("agent", "set", "1000", "pin=") == (0, "agent 1000: pin changed\n", "")


def test_a_password_that_is_not_given_is_required(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("long-enough-77\n"))
    assert run("user", "create", "sue", "pass=-")[0] == 0
    code, _, err = run("user", "password", "sue")
    assert code == 1 and said("secret_not_given", name="pass") in err
    assert "pass is required" in err and "To remove it" not in err


def test_a_password_of_an_unknown_user_is_not_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or "long-enough-77")
    code, _, err = run("user", "password", "nobody")
    assert code == 3 and "nobody" in err and asked == []


def test_an_export_with_changed_writes_only_differing_options(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "conf"
    run("campaign", "set", "TESTCAMP", "dial_timeout=25")
    assert run("config", "export", str(folder), "--changed")[0] == 0
    text = (folder / "campaign.toml").read_text()
    assert "dial_timeout = 25" in text and "xferconf_a_number" not in text and len(text.splitlines()) < 12
    assert run("config", "diff", str(folder))[0] == 0, "omitted options keep their values"
