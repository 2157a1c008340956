"""The members of in-groups and campaigns, with their names."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.app import App, opened
from warmline.core.messages.commands import Kind


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
