"""`warmline dial status` and `watch`: the state of diallers on the command line."""

import json
import re
from io import StringIO

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


def test_without_a_campaign_that_dials_there_is_one_line(app: App) -> None:
    assert app.done("dial", "status") == f"{NONE}\n"
    assert json.loads(app.done("dial", "status", "--json")) == []


def test_the_state_of_a_dialler_is_a_table(app: App) -> None:
    started(app.site)
    told, named = (CLOCK.sub("", app.done("dial", "status", *words)) for words in ((), ("TESTCAMP",)))
    assert told == named
    heads, row, _, window_heads, *windows = told.splitlines()
    assert heads.split()[:3] == ["campaign", "method", "dialler"]
    assert row.split()[:3] == ["TESTCAMP", "PROGRESSIVE", "running"]
    assert window_heads.split()[:2] == ["campaign", "window"]
    assert [one.split()[1] for one in windows[:2]] == ["PERIOD", "DAY"]


def test_an_idle_dialler_has_the_word(app: App) -> None:
    started(app.site)
    [one] = json.loads(app.done("dial", "status", "--json"))
    assert one["idle"] is False
    [line] = lines([one | {"idle": True, "why": "no lead is left"}])
    assert "  idle  " in line and line.endswith("no lead is left")


def test_json_is_that_of_the_api(app: App) -> None:
    started(app.site)
    [one] = json.loads(app.done("dial", "status", "--json"))
    assert one == json.loads(app.done("dial", "status", "TESTCAMP", "--json"))
    assert (one["campaign"], one["running"], one["ready"]) == ("TESTCAMP", True, 1)


def test_an_unknown_campaign_is_not_found(app: App) -> None:
    code, out, err = app.run("dial", "status", "NOSUCH")
    assert (code, out) == (3, "") and "campaign 'NOSUCH' does not exist" in err


def test_a_halt_and_a_reason_are_in_the_line_of_a_dialler(app: App) -> None:
    started(app.site)
    [one] = json.loads(app.done("dial", "status", "--json"))
    assert lines([]) == [NONE] == [page([])]
    stopped = one | {"running": False, "why": reasons.DIALLER_STOPPED.text(campaign="TESTCAMP")}
    assert "stopped" in lines([stopped])[0] and stopped["why"] in lines([stopped])[0]
    end = "2026-11-23T09:00:00.000+00:00"
    halted = one | {"until": end, "halted_until": end, "why": reasons.DIALLER_WAITS.text()}
    assert "halted" in lines([halted])[0] and "until " in lines([halted])[0]


def test_a_window_above_its_limit_has_the_word(app: App) -> None:
    started(app.site)
    [one] = json.loads(app.done("dial", "status", "--json"))
    console = Console(width=180, record=True, file=StringIO())
    console.print(page([one]))
    assert LIMIT_REACHED not in console.export_text()
    one["drop_windows"][1]["above"] = True
    console.print(page([one]))
    assert console.export_text().count(LIMIT_REACHED) == 1


def test_a_followed_view_prints_each_change(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    started(app.site)
    [one] = json.loads(app.done("dial", "status", "--json"))
    halted = one | {"why": "the disk is full"}
    monkeypatch.setattr(dial_status, "looks", lambda _place: iter([[one], [one], [halted]]))
    assert app.done("dial", "watch").splitlines() == [*lines([one]), *lines([halted])]
    told = app.done("dial", "watch", "--json").splitlines()
    assert [json.loads(line)[0]["why"] for line in told] == ["", "the disk is full"]


def test_a_terminal_gets_both_tables(app: App) -> None:
    started(app.site)
    console = Console(width=160, record=True, file=StringIO())
    console.print(page(json.loads(app.done("dial", "status", "--json"))))
    shown = console.export_text()
    assert "no call now" in shown and "may drop" in shown and "PROGRESSIVE" in shown


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
