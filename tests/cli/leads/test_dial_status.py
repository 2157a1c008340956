"""`warmline dial status` and `watch`: the state of diallers on the command line."""

import json
import re
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from cli.client import app_client
from cli.client.app_answer import AppAway
from cli.leads import dial_status
from cli.leads.dial_status import LIMIT_REACHED, NONE, lines, page
from tests.cli.app import App
from tests.http.v1.test_json_diallers import started
from warmline.core.rules import reasons

CLOCK = re.compile(r"\d+:\d\d:\d\d")  # a length of time, which grows from one command to the next


def test_the_view_outlives_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[object] = [[], AppAway("away", "away"), [{"campaign": "A"}]]

    def get(_place: object, _path: str) -> object:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(app_client, "get", get)
    monkeypatch.setattr(dial_status, "EVERY", 0.0)
    looks = dial_status.looks(app_client.here())
    assert [next(looks), next(looks), next(looks)] == [[], None, [{"campaign": "A"}]]


def test_the_state_of_a_dialler_is_a_table(app: App) -> None:
    assert app.done("dial", "status") == f"{NONE}\n"
    assert json.loads(app.done("dial", "status", "--json")) == []
    code, out, err = app.run("dial", "status", "NOSUCH")
    assert (code, out) == (3, "") and "campaign 'NOSUCH' does not exist" in err
    started(app.site)
    told, named = (CLOCK.sub("", app.done("dial", "status", *words)) for words in ((), ("TESTCAMP",)))
    assert told == named
    heads, row, _, window_heads, *windows = told.splitlines()
    assert heads.split()[:3] == ["campaign", "method", "dialler"]
    assert row.split()[:3] == ["TESTCAMP", "PROGRESSIVE", "running"]
    assert window_heads.split()[:2] == ["campaign", "window"]
    assert [one.split()[1] for one in windows[:2]] == ["PERIOD", "DAY"]
    [dialler] = json.loads(app.done("dial", "status", "--json"))
    assert dialler == json.loads(app.done("dial", "status", "TESTCAMP", "--json"))
    assert [dialler[name] for name in ("campaign", "running", "ready", "idle")] == ["TESTCAMP", True, 1, False]


@pytest.fixture
def dialler(app: App) -> dict[str, Any]:
    """Provide the state of a dialler that runs, as JSON has it."""
    started(app.site)
    [found] = json.loads(app.done("dial", "status", "--json"))
    return dict(found)


def shown(dialler: dict[str, Any]) -> str:
    console = Console(width=180, record=True, file=StringIO())
    console.print(page([dialler]))
    return console.export_text()


def test_a_halt_a_reason_and_a_limit_are_in_the_line_of_a_dialler(dialler: dict[str, Any]) -> None:
    assert lines([]) == [NONE] == [page([])]
    [line] = lines([dialler | {"idle": True, "why": "no lead is left"}])
    assert "  idle  " in line and line.endswith("no lead is left")
    stopped = dialler | {"running": False, "why": reasons.DIALLER_STOPPED.text(campaign="TESTCAMP")}
    assert "stopped" in lines([stopped])[0] and stopped["why"] in lines([stopped])[0]
    end = "2026-11-23T09:00:00.000+00:00"
    [halted] = lines([dialler | {"until": end, "halted_until": end, "why": reasons.DIALLER_WAITS.text()}])
    assert "halted" in halted and "until " in halted
    text = shown(dialler)
    assert "no call now" in text and "may drop" in text and "PROGRESSIVE" in text and LIMIT_REACHED not in text
    dialler["drop_windows"][1]["above"] = True
    assert shown(dialler).count(LIMIT_REACHED) == 1


def test_a_followed_view_prints_each_change(app: App, dialler: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    halted = dialler | {"why": "the disk is full"}
    monkeypatch.setattr(dial_status, "looks", lambda _place: iter([[dialler], [dialler], [halted]]))
    assert app.done("dial", "watch").splitlines() == [*lines([dialler]), *lines([halted])]
    told = app.done("dial", "watch", "--json").splitlines()
    assert [json.loads(line)[0]["why"] for line in told] == ["", "the disk is full"]
