"""Names beside keys in lists and reports, and the members of in-groups and campaigns."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.app import App, opened
from warmline.core.messages.commands import Kind

EVER = ("--since", "2000-01-01")


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Agent 1000, Anna Berg, talks to a customer in SALESLINE, whose name is Sales."""
    with opened(demo_database, tmp_path, capsys) as app:
        driver = app.site.driver
        driver.configure("agents", "1000", full_name="Anna Berg")
        driver.configure("ingroups", "SALESLINE", group_name="Sales")
        app.site.customer()
        for kind, name, label in (
            ("agent", "1000", "full_name=Anna Berg"),
            ("ingroup", "SALESLINE", "group_name=Sales"),
        ):
            assert app.run(kind, "set", name, label)[0] == 0
        yield app


def on_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)


def test_live_lists_show_the_agent_s_name(app: App) -> None:
    for command in (("agent", "status"), ("call", "list")):
        head, row, *_ = app.done(*command).splitlines()
        assert row[head.index("name") :].startswith("Anna Berg  ")
    [agent] = json.loads(app.done("agent", "status", "--json"))
    [call] = json.loads(app.done("call", "list", "--json"))
    assert agent["full_name"] == call["full_name"] == "Anna Berg" and call["group_name"] == "Sales"


def test_the_story_of_a_call_names_its_agent_and_its_in_group(app: App) -> None:
    story = app.done("audit", "call", "last")
    assert "in-group    SALESLINE Sales\n" in story and "agent 1000  Anna Berg, with the customer after" in story
    told = json.loads(app.done("audit", "call", "last", "--json"))
    assert (told["full_names"], told["group_names"]) == ({"1000": "Anna Berg"}, {"SALESLINE": "Sales"})


def test_reports_show_names_and_hide_the_column_without_any(app: App) -> None:
    for report, name in (("audit calls", "Anna Berg"), ("report agents", "Anna Berg"), ("report day", "Sales")):
        assert name in app.done(*report.split(), *EVER)
    app.done("agent", "set", "1000", "full_name=")
    assert " name " not in app.done("audit", "calls", *EVER)
    assert json.loads(app.done("audit", "calls", *EVER, "--json"))["calls"][0]["full_name"] == ""


@pytest.mark.parametrize("command", [("agent", "status"), ("call", "list")])
def test_a_name_gives_way_on_a_narrow_terminal(
    app: App, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    app.site.driver.configure("agents", "1000", full_name="Anna Bergmann-Schmidt von der Wiese")
    on_terminal(80, monkeypatch)
    narrow = app.done(*command)
    assert max(map(len, narrow.splitlines())) <= 80 and "1000" in narrow and "Wiese" not in narrow
    on_terminal(200, monkeypatch)
    assert "Wiese" in app.done(*command)


def test_without_names_there_is_no_column_for_them(app: App) -> None:
    app.site.driver.configure("agents", "1000", full_name="")
    assert app.done("agent", "status").split()[:3] == ["agent", "state", "for"]


def test_the_members_of_an_in_group_and_of_a_campaign(app: App) -> None:
    app.site.driver.ask(Kind.CHANGE_INGROUPS, ingroups=("SUPPORTLINE",))
    app.done("agent", "set", "1001", "ingroups=SUPPORTLINE", "active=N", "ingroup_ranks=SUPPORTLINE:4")
    head, first, *_ = app.done("ingroup", "members", "SALESLINE").splitlines()
    assert head.split() == ["agent", "name", "active", "state", "for", "rank", "grade"]
    assert " ".join(first.split()).startswith("1000 Anna Berg Y INCALL, not for this ")
    members = {one["agent"]: one for one in json.loads(app.done("ingroup", "members", "SUPPORTLINE", "--json"))}
    assert (members["1000"]["state"], members["1000"]["serves"]) == ("INCALL", True)
    assert {name: members["1001"][name] for name in ("active", "state", "since", "rank", "grade")} == {
        "active": "N", "state": None, "since": None, "rank": 4, "grade": 1,
    }  # fmt: skip
    assert "1001" not in app.done("ingroup", "members", "SALESLINE")
    assert "1001" in app.done("campaign", "members", "TESTCAMP")


def test_an_in_group_without_members_and_one_that_does_not_exist(app: App) -> None:
    assert "agent set USER ingroups=CLOSEDLINE" in app.done("ingroup", "members", "CLOSEDLINE")
    assert app.run("ingroup", "members", "NOWHERE")[0] == 3


def test_members_are_listed_while_the_app_is_away(
    demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cli.main import main

    monkeypatch.setenv("WARMLINE_DB", str(demo_database))
    monkeypatch.setenv("WARMLINE_RUN", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main(("ingroup", "members", "SALESLINE"))
    out, err = capsys.readouterr()
    assert ended.value.code in (None, 0)
    assert out.splitlines()[0].split() == ["agent", "name", "active", "rank", "grade"] and "are not known" in err
