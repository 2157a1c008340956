"""An agent leaves USER out: which words of a command then mean what, for every command of agents."""

from pathlib import Path
from typing import Any

import pytest

from cli.client.own_agent import ME
from cli.main import tree
from cli.tree.agent_rows import AGENT
from warmline.centre import login_file
from warmline.centre.login_file import AppLogin

URL = "http://127.0.0.1:1"
WORDS = {"to": "customer", "what": "start"}  # other arguments take any word


def commands() -> list[Any]:
    """Every command of the group whose first argument is USER, loaded."""
    group: Any = tree().load("agent")
    loaded = [group.load(row.name) for row in AGENT]
    return [one for one in loaded if (first := positional(one)) and first[0].name == "user" and first[0].required]


def positional(command: Any) -> list[Any]:
    return [one for one in command.params if one.param_type_name == "argument"]


def parsed(command: Any, *words: str) -> dict[str, Any]:
    """The parameters of a command line."""
    needed = ("--phone", "1009") if any(one.name == "phone" and one.required for one in command.params) else ()
    params: dict[str, Any] = command.make_context(command.name, [*words, *needed]).params
    return params


@pytest.fixture
def as_role(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in ("WARMLINE_URL", "WARMLINE_DB", "WARMLINE_RUN", "WARMLINE_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return lambda role, agent: login_file.write(AppLogin(URL, "token", "ada", role, agent))


def test_an_agent_may_write_user_or_not_and_others_leave_it_out_only_without_words(as_role: Any) -> None:
    names = {command.name for command in commands()}
    assert len(names) > 25 and {"login", "pause", "dispo", "dial", "dtmf", "record", "swap", "audio-play"} <= names
    as_role("agent", "1000")
    for command in commands():
        others = [WORDS.get(one.name, "12") for one in positional(command)[1:]]
        required = [word for word, one in zip(others, positional(command)[1:], strict=True) if one.required]
        for rest in {tuple(others), tuple(required)}:
            left_out, written = parsed(command, *rest), parsed(command, "1000", *rest)
            assert (left_out.pop("user"), written.pop("user")) == (ME, "1000"), command.name
            assert left_out == written and parsed(command, ME, *rest) == left_out | {"user": ME}, command.name
    as_role("supervisor", "1009")
    for command in commands():
        others = [WORDS.get(one.name, "12") for one in positional(command)[1:]]
        assert parsed(command, "1000", *others)["user"] == "1000", command.name
        if not any(one.required for one in positional(command)[1:]):
            assert (parsed(command)["user"], parsed(command, "1000")["user"]) == (ME, "1000"), command.name
