"""Emergency numbers by the JSON API: a person in a session reaches one, and a program with a token does not."""

import pytest

from tests.http.people.people_site import PeopleSite

ASKED = {"number": "112"}
REFUSED = "112 is the emergency number 112, which only a person may dial, by typing it"


@pytest.fixture
def site(people: PeopleSite) -> PeopleSite:
    """Provide the site with agent 1000 at work, whose far end has the emergency number."""
    people.driver.asterisk.far_ends["112"] = [(0.1, "ringing"), (1.0, "up")]
    people.driver.log_in("1000")
    return people


def test_an_agent_in_a_session_reaches_one(site: PeopleSite) -> None:
    told = site.as_user("anna", "POST", "/agents/1000/dial", ASKED)
    assert (told.status, site.driver.asterisk.dialled[-1:]) == (201, ["112"])


def test_a_program_in_the_session_of_a_person_does_not(site: PeopleSite) -> None:
    told = site.as_user("anna", "POST", "/agents/1000/dial", ASKED | {"by_program": True})
    assert (told.status, told.body["code"], told.body["detail"]) == (409, "emergency_number", REFUSED)
    assert site.driver.asterisk.dialled == []
    told = site.as_user("anna", "POST", "/agents/1000/dial", {"number": "8500", "by_program": True})
    assert (told.status, site.driver.asterisk.dialled) == (201, ["8500"])


def test_a_token_does_not(site: PeopleSite) -> None:
    told = site.ask("POST", "/agents/1000/dial", ASKED)
    assert (told.status, told.body["code"], told.body["detail"]) == (409, "emergency_number", REFUSED)
    told = site.ask("POST", "/agents/1000/dial", ASKED | {"by_person": True})
    assert told.status in (400, 409, 422), "a program cannot say that it is one"
    assert site.driver.asterisk.dialled == []


def test_an_agent_in_a_call_adds_one_and_a_token_does_not(site: PeopleSite) -> None:
    call = site.customer()
    asked = {"kind": "DIAL_WITH_CUSTOMER", **ASKED}
    told = site.ask("POST", f"/calls/{call}/transfers", asked)
    assert told.body["code"] == "emergency_number"
    told = site.as_user("anna", "POST", f"/calls/{call}/transfers", asked)
    assert (told.status, site.driver.asterisk.dialled[-1:]) == (201, ["112"])
