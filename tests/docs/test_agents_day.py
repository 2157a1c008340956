"""The page of an agent's day: every command on it is valid, and it shows a whole shift."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from cli.place import login_file
from cli.place.login_file import AppLogin
from tests.cli.whole_tree import whole_tree

PAGE = (Path(__file__).parents[2] / "docs/tutorial/agents-day.md").read_text()
TYPED = re.findall(r"^\$ warmline (.*)$", PAGE, re.MULTILINE)
ORDERS = (
    "login", "dial", "mute", "hold", "dtmf", "pause", "ready", "conference", "leave", "transfer", "dispo", "hangup",
    "logout",
)  # fmt: skip
APP: Any = whole_tree()


@pytest.fixture(autouse=True)
def agent_is_logged_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WARMLINE_URL", "WARMLINE_DB", "WARMLINE_RUN", "WARMLINE_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    login_file.write(AppLogin("https://pbx.example.org:8089", "token", "ada", "agent", "1000"))


def parsed(line: str) -> dict[str, Any]:
    """Parse a command line without running it. Raises the error of an invalid one."""
    command, words = APP, shlex.split(line)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    made: dict[str, Any] = command.make_context(line, words).params
    return made


@pytest.mark.parametrize("line", sorted(set(TYPED)))
def test_each_typed_command_is_valid(line: str) -> None:
    assert parsed(line)


def test_an_invalid_command_is_detected() -> None:
    for wrong in ("agent dial 1000 --now", "agent mute 1000 1000"):
        with pytest.raises(typer.TyperException):
            parsed(wrong)
    with pytest.raises(KeyError):
        parsed("agent sleep 1000")


def test_the_shift_is_whole() -> None:
    words = [line.split()[:2] for line in TYPED]
    for order in ORDERS:
        assert ["agent", order] in words, order
    assert ["callback", "dial"] in words and "history" in TYPED
    assert TYPED[0].startswith("login https://") and TYPED[1] == "agent login"
    assert "logout" in TYPED and "audit agent 1000 --day today" in TYPED


def test_no_command_of_the_shift_names_the_agent() -> None:
    assert [line for line in TYPED[: TYPED.index("logout")] if "1000" in line.split()] == []


def test_the_times_of_the_day_add_up() -> None:
    logged_in = re.search(r"^Agent 1000, .*: (\S+) logged in", PAGE, re.MULTILINE)
    states = dict(re.findall(r"^(pause|wait|talk|hold|dead|dispo|all) +(\d+:\d\d:\d\d) ", PAGE, re.MULTILINE))
    assert logged_in and states.pop("all") == logged_in[1]
    assert sum(map(seconds, states.values())) == seconds(logged_in[1])


def seconds(text: str) -> int:
    hours, minutes, rest = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + rest
