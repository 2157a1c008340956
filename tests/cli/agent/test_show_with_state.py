"""`show` of an agent or an in-group, and the list of in-groups, tell the state now; a logout in a call says when."""

from pathlib import Path

import pytest

from tests.cli.app import App
from tests.cli.command_line import Run


def test_an_agent_has_the_state_and_the_call(app: App) -> None:
    app.site.customer()
    *_, row, last = app.done("agent", "show", "1000").splitlines()
    assert row.split()[:2] == ["1000", "INCALL"] and "warmline agent status 1000" in last
    assert "INCALL" not in app.done("agent", "show", "1000", "--json")
    assert "Agent 1001 is not logged in." in app.done("agent", "show", "1001")


def test_an_ingroup_has_its_callers_and_agents(app: App) -> None:
    app.site.customer()
    out = app.done("ingroup", "show", "SALESLINE")
    assert "No caller waits." in out
    assert any(row.split()[:3] == ["1000", "Y", "INCALL"] for row in out.splitlines())
    assert "warmline live" in out.splitlines()[-1]
    app.site.driver.customer(name="later")
    assert "1 caller waits, the longest for " in app.done("ingroup", "show", "SALESLINE")


def test_the_list_of_ingroups_has_the_callers_and_agents_of_each(app: App) -> None:
    app.site.customer()
    app.site.driver.customer(name="later")
    now, last = app.done("ingroup", "list").split("\n\n")[1].splitlines()[1:], "Callers and agents now: warmline live"
    rows = {row.split()[0]: row.split()[1:] for row in now if row != last}
    assert rows["SALESLINE"][0] == "1" and rows["SALESLINE"][-2:] == ["1", "0"] and now[-1] == last
    assert "READY" not in app.done("ingroup", "list", "--json") + app.done("ingroup", "list", "--csv")


def test_without_the_app_the_options_remain(demo_database: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_DB", str(demo_database))
    for kind, name in (("agent", "1000"), ("ingroup", "SALESLINE")):
        code, out, err = run(kind, "show", name)
        assert "READY" not in run(kind, "list")[1]
        assert (code, err) == (0, "") and "not logged in" not in out and "caller" not in out.lower().split("callers")[0]


def test_a_logout_in_a_call_says_how_to_end_the_call(app: App) -> None:
    app.site.customer()
    told = "agent 1000: logs out when the call has ended; to end it now: warmline agent hangup 1000\n"
    assert app.done("agent", "logout", "1000") == told


def test_a_logout_without_a_call_acts_at_once(app: App) -> None:
    assert app.done("agent", "logout", "1000") == "agent 1000: logs out\n"
