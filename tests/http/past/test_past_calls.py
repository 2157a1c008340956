"""/api/v1/past-calls: filters, words of notes, pages, and each role's bounds."""

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.people.people_site import PeopleSite, add_people, people_site
from tests.rows import check_rows
from warmline.core.messages.commands import Kind
from warmline.store.notes import note_index


@pytest.fixture
def calls(site: JsonSite) -> list[str]:
    """Provide the ids of two ended calls of agent 1000, the first with a note."""
    return [end_call(site, "1000", notes) for notes in ("wants a café table", "")]


def end_call(site: JsonSite, agent: str, notes: str = "", status: str = "SALE") -> str:
    """Let an agent serve the next caller, and return the call's id."""
    call = site.customer()
    assert site.driver.call().agent == agent
    site.driver.wait(5)
    site.driver.hang_up("cust")
    site.driver.ask(Kind.STATUS, agent, status=status, notes=notes)
    site.driver.wait(2)
    return call


def found(site: JsonSite, query: str = "") -> list[str]:
    told = site.ask("GET", f"/past-calls?since=2020-01-01{query}")
    assert told.status == 200, told.body
    return [one["call"] for one in told.body]


def index(site: JsonSite) -> None:
    note_index.fill(site.database, time.time_ns() // 1000 + 2 * note_index.LATE)


def test_calls_are_filtered_and_come_in_pages(site: JsonSite, calls: list[str]) -> None:
    newest = calls[::-1]
    assert found(site) == newest
    assert found(site, "&limit=1") == newest[:1] and found(site, f"&limit=1&after={newest[0]}") == newest[1:]
    assert found(site, "&agent=1000&outcome=answered&length=4s..&disposition=SALE&ingroup=SALESLINE") == newest
    assert found(site, "&outcome=missed") == found(site, "&length=..1s") == found(site, "&recorded=true") == []
    [row] = site.ask("GET", "/past-calls?since=2020-01-01&limit=1").body
    assert (row["code"], row["direction"], row["outcome"], row["agent"]) == ("SALE", "in", "answered", "1000")
    assert row["length_ms"] >= 5000 and row["waited_ms"] is not None


def test_calls_are_found_by_words_of_their_notes(site: JsonSite, calls: list[str]) -> None:
    told = site.ask("GET", "/past-calls?notes=cafe")
    assert told.status == 409 and "warmline db index-notes" in str(told.body)
    index(site)
    assert found(site, "&notes=cafe+tab") == calls[:1]
    assert found(site, "&notes=cafe+chair") == []


def test_a_wrong_filter_is_refused(site: JsonSite) -> None:
    def check(query: str, status: int) -> None:
        assert site.ask("GET", f"/past-calls?{query}").status == status

    check_rows(
        check,
        [
            ("agent=nobody", 404),
            ("after=nothing", 404),
            ("outcome=lost", 422),
            ("transfer=FLY", 422),
            ("length=long", 422),
            ("recorded=maybe", 422),
            ("recorded=", 422),
            ("lead=x", 422),
            ("lead=0", 422),
            ("lead=9999999999999999999999", 422),
            ("limit=0", 422),
            ("day=today&since=1h", 422),
            (f"notes={'x' * 201}", 422),
            ("notice=x", 422),
        ],
    )


def test_a_story_has_all_records_of_a_call(site: JsonSite, calls: list[str]) -> None:
    told = site.ask("GET", f"/past-calls/{calls[0]}")
    assert told.status == 200
    story: dict[str, Any] = told.body
    assert story["call"]["id"] == calls[0] and story["legs"] and story["intervals"] and story["journal"]
    assert [one["notes"] for one in story["dispositions"]] == ["wants a café table"]
    assert site.ask("GET", "/past-calls/last").body["call"]["id"] == calls[1]
    assert site.ask("GET", "/past-calls/01J0").status == 404
    both = next(end for end in range(1, 27) if calls[0][:end] != calls[1][:end]) - 1
    assert site.ask("GET", f"/past-calls/{calls[0][:both]}").status == 409


def test_people_see_the_calls_of_their_agents(demo_database: Path, tmp_path: Path) -> None:
    add_people(database := Path(shutil.copy(demo_database, tmp_path / "people.db")))
    (run := tmp_path / "run").mkdir()
    with people_site(database, run) as site:
        mine = end_call(site, "1000")
        site.driver.ask(Kind.PAUSE, "1000")
        site.driver.log_in("1002")
        theirs = end_call(site, "1002")
        seen = {user: listed(site, user) for user in ("anna", "ben", "mia", "ada")}
        assert seen == {"anna": [mine], "ben": [mine], "mia": [theirs, mine], "ada": [theirs, mine]}
        asked = {
            user: [site.as_user(user, "GET", f"/past-calls/{one}").status for one in (mine, theirs)] for user in seen
        }
        assert asked == {"anna": [403, 403], "ben": [200, 403], "mia": [200, 200], "ada": [200, 200]}
        for user, statuses in asked.items():
            for call, status in zip((mine, theirs), statuses, strict=True):
                assert site.as_user(user, "GET", f"/past-calls/{call}/timeline").status == status
        assert site.as_user("anna", "GET", "/past-calls?agent=1002").status == 403


def listed(site: PeopleSite, user: str) -> list[str]:
    return [one["call"] for one in site.as_user(user, "GET", "/past-calls?since=2020-01-01").body]
