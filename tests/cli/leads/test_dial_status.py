"""`warmline dial status` and `watch`: the state of diallers on the command line."""

import json
import re

import pytest

from cli.leads import dial_status
from cli.leads.dial_status import NONE
from tests.cli.app import App
from tests.http.v1.test_json_diallers import started
from warmline.centre import app_client
from warmline.centre.app_answer import AppAway

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
