"""The app's database queries about a number, and their results if it cannot be read."""

import asyncio
from pathlib import Path

import pytest

from ari_app.calls.dial_facts_lookup import DialFactsLookup
from tests.http.json_site import JsonSite
from tests.http.v1.test_json_dial import configure
from tests.wording.said import said
from warmline.core.messages.commands import Kind
from warmline.core.messages.dial_facts_messages import DialFacts, DialFactsFound, FindDialFacts
from warmline.core.messages.refer_messages import LegRedirected, ReferReceived
from warmline.core.model.receipt import Outcome
from warmline.core.permission import dial_facts_queries
from warmline.core.rules.reasons import DO_NOT_CALL_UNREADABLE
from warmline.core.world.world import World
from warmline.store.leads import dnc

AWAY = "4930"


def answer(asked: FindDialFacts, db: Path) -> DialFactsFound:
    """Return the switchboard's answer to this question."""

    async def look() -> DialFactsFound:
        events: asyncio.Queue[DialFactsFound] = asyncio.Queue()
        lookup = DialFactsLookup(str(db), World, events.put_nowait)  # type: ignore[arg-type] # it posts nothing else
        lookup.find(asked)
        try:
            return await asyncio.wait_for(events.get(), 5)
        finally:
            lookup.close()

    return asyncio.run(look())


def test_a_number_is_found_by_any_of_its_readings(site: JsonSite) -> None:
    dnc.add(site.database, "5551234", who="test")
    asked = FindDialFacts("R1", "1000", "TESTCAMP", "*31#5551234", ("*31#5551234", "5551234"), 1)
    assert answer(asked, site.database) == DialFactsFound("R1", "1000", DialFacts("the system's do-not-call list"))


def test_a_callback_that_was_erased_is_a_problem(site: JsonSite) -> None:
    asked = FindDialFacts("R1", "1000", "TESTCAMP", "8500", (), 1, callback="gone")
    assert answer(asked, site.database).facts.problem == said("callback_unknown", callback="gone")


def test_a_list_that_cannot_be_read_is_no_leave_to_dial(tmp_path: Path) -> None:
    asked = FindDialFacts("R1", "1000", "TESTCAMP", "8500", (), 1)
    assert answer(asked, tmp_path / "missing.db") == DialFactsFound(
        "R1", "1000", DialFacts(problem=DO_NOT_CALL_UNREADABLE.text())
    )


def test_an_api_says_that_the_database_cannot_be_read(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site.driver, "facts", lambda asked: DialFacts(problem=DO_NOT_CALL_UNREADABLE.text()))
    told = site.ask("POST", "/agents/1000/dial", {"number": "8500"}, Idempotency_Key="k")
    assert (told.status, told.body["detail"]) == (503, "the database cannot be read; the app's log says more")
    assert site.driver.receipt(site.board.given[-1]).cause == DO_NOT_CALL_UNREADABLE.text()
    monkeypatch.undo()
    assert site.ask("POST", "/agents/1000/dial", {"number": "8500"}, Idempotency_Key="k").status == 201


@pytest.mark.parametrize(
    ("target", "answers", "dialled"),
    [("5551234", ["declined"], []), ("8500", [], ["8500"]), ("SUPPORTLINE", ["answered"], [])],
)
def test_a_phones_transfer_key(site: JsonSite, target: str, answers: list[str], dialled: list[str]) -> None:
    dnc.add(site.database, "5551234", who="test")
    site.customer()
    site.driver.wait(2)
    site.driver.feed(ReferReceived("phone-1000", target))
    assert site.driver.asterisk.dialled == dialled
    assert [said for _, said in site.driver.asterisk.referred][: len(answers)] == answers


def test_each_redirect_counts_against_the_days_limit(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dial_facts_queries, "find_midnight_us", lambda now, zone: 1)
    configure(site, follow_redirects="3", daily_limit_manual="2")
    site.driver.asterisk.far_ends |= {"5559999": [(0.1, "ringing")], AWAY: [(0.1, "ringing")]}
    assert site.ask("POST", "/agents/1000/dial", {"number": "5559999"}).status == 201
    first = str(site.driver.call().customer)
    site.driver.feed(LegRedirected(first, AWAY))
    site.driver.hang_up(first, 23)
    second = str(site.driver.call().customer)
    assert second != first and site.driver.asterisk.dialled[-1] == AWAY
    site.driver.feed(LegRedirected(second, "4931"))
    site.driver.hang_up(second, 23)
    receipt = site.driver.receipt(site.board.given[-1])
    over = "2 parties have been dialled or looked at today already: daily_limit_manual"
    assert (receipt.outcome, receipt.cause) == (Outcome.FAILED, f"redirected to 4931: {over}")


def test_a_dial_that_waited_when_the_app_was_killed_is_refused(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as lost:
        lost.setattr(site.driver, "perform", lambda action: None)
        site.driver.ask(Kind.DIAL, number="8500")
        site.driver.die()
    site.driver.come_back()
    assert site.driver.receipt().cause == "Warmline was started again before the do-not-call list was read"
    assert site.driver.asterisk.dialled == [] and site.driver.session().dial_checks == ()
