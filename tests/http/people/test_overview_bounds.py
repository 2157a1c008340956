"""The overview of a supervisor: no agent, call, caller or sum of another group."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

from tests.http.people.people_site import PeopleSite
from warmline.core.messages.commands import Kind
from warmline.core.messages.events import ConfigurationChanged
from warmline.store.configuration import config
from warmline.store.configuration.full_names import full_names

HAMBURG, BERLIN = "1002", "1000"


@pytest.fixture
def overviews(people: PeopleSite) -> dict[str, Any]:
    """Return the overviews of ben, who leads BERLIN, and of mia, who sees all.

    An agent of HAMBURG has answered a call that is over and one that goes on; a caller waits for this agent alone.
    """
    driver = people.driver
    driver.ask(Kind.PAUSE, BERLIN)
    driver.log_in(HAMBURG)
    driver.customer(name="over")
    driver.wait(5)
    driver.hang_up("over")
    driver.ask(Kind.STATUS, HAMBURG, status="SALE")
    driver.customer(name="talks")
    driver.customer("agent", HAMBURG, name="for-one")
    driver.wait(1)
    clock = SimpleNamespace(time_ns=lambda: driver.asterisk.now * 1000)  # the day is that of the simulated calls
    with patch("ari_app.http.screen.overview.time", clock):
        return {user: people.as_user(user, "GET", "/overview").body for user in ("ben", "mia")}


def test_a_manager_sees_everything(overviews: dict[str, Any]) -> None:
    seen = overviews["mia"]
    assert [one["user"] for one in seen["agents"]] == [BERLIN, HAMBURG]
    assert [one["agent"] for one in seen["calls"]] == [HAMBURG, None]
    assert [one["direct"] for one in seen["waiting"]] == [HAMBURG]
    assert (seen["today"]["totals"]["offered"], seen["today"]["totals"]["answered"]) == (3, 2)
    [sales] = [one for one in seen["ingroups"] if one["ingroup"] == "SALESLINE"]
    assert (sales["offered"], sales["answered"], sales["agents"]) == (2, 2, 2)


def test_a_supervisor_sees_nothing_of_another_group(overviews: dict[str, Any]) -> None:
    seen = overviews["ben"]
    assert [one["user"] for one in seen["agents"]] == [BERLIN]
    assert seen["calls"] == [] and seen["waiting"] == []
    totals = seen["today"]["totals"]
    assert (totals["answered"], totals["offered"]) == (0, 1), (
        "as in the reports, a call that no agent has had is everyone's"
    )
    [sales] = [one for one in seen["ingroups"] if one["ingroup"] == "SALESLINE"]
    assert (sales["waiting"], sales["offered"], sales["answered"], sales["agents"]) == (0, 0, 0, 1)
    assert [one["waiting"] for one in seen["ingroups"]] == [0] * len(seen["ingroups"])
    assert HAMBURG not in str(seen)


@pytest.mark.usefixtures("overviews")
def test_a_report_and_its_sheet_have_only_agents_of_the_group(people: PeopleSite) -> None:
    for path in ("/reports/agents", "/reports/sheets/agents"):
        seen = {user: str(people.as_user(user, "GET", path).body) for user in ("ben", "mia")}
        assert BERLIN in seen["ben"] and HAMBURG not in seen["ben"], path
        assert BERLIN in seen["mia"] and HAMBURG in seen["mia"], path


def test_an_agent_without_a_name_has_that_of_its_user_everywhere(people: PeopleSite) -> None:
    people.driver.customer()
    people.driver.wait(5)

    def names() -> set[str]:
        seen = people.as_user("mia", "GET", "/overview").body
        live = [one for one in seen["agents"] + seen["calls"] if BERLIN in (one.get("user"), one.get("agent"))]
        told = [people.as_user("mia", "GET", path).body for path in ("/agents", "/calls", "/history?agent=1000")]
        report = people.as_user("mia", "GET", "/reports/agents").body["rows"]
        found = {
            "overview": {one["full_name"] for one in live},
            "lists": {
                one["full_name"] for rows in told for one in rows if BERLIN in (one.get("user"), one.get("agent"))
            },
            "screen": {people.as_user("anna", "GET", "/agents/1000/screen").body["agent"]["full_name"]},
            "reports": {one["name"] for one in report if one["agent"] == BERLIN},
            "terminal": {full_names(people.database, "agent").get(BERLIN, "")},
        }
        assert all(found.values())
        return set().union(*found.values())

    assert names() == {"Anna Berg"}
    config.set_options(people.database, "user", "anna", {"full_name": "Anna Stein"}, who="test")
    people.driver.feed(ConfigurationChanged(people.driver.rules()))
    assert names() == {"Anna Stein"}
    config.set_options(people.database, "agent", BERLIN, {"full_name": "Anna"}, who="test")
    people.driver.feed(ConfigurationChanged(people.driver.rules()))
    assert names() == {"Anna"}
