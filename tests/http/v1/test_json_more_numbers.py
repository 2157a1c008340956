"""Further numbers of leads over HTTP: written, found, and dialled for their lead."""

import pytest

from tests.http.json_site import JsonSite
from tests.http.v1.test_json_leads import CALLER, external_dial
from warmline.core.messages.commands import Kind
from warmline.store.leads import dnc, leads

MORE = "+12125550187:office|8501"


@pytest.fixture
def lead(site: JsonSite) -> int:
    """Provide a lead with further numbers, and a paused agent."""
    given = {"phone_number": CALLER, "phone_code": "1", "more_numbers": "+1 212 555 0187: office|8501"}
    made = site.ask("POST", "/leads", {"list_id": "998", **given})
    assert (made.status, made.body["more_numbers"]) == (201, MORE)
    site.ask("POST", "/agents/1000/pause")
    return int(made.body["lead_id"])


def test_lead_is_read_changed_and_found(site: JsonSite, lead: int) -> None:
    where = f"/leads/{lead}"
    assert site.ask("PATCH", where, {"city": "Oslo"}).body["more_numbers"] == MORE
    assert [one["lead_id"] for one in site.ask("GET", "/leads?number=12125550187").body] == [lead]
    assert site.ask("PATCH", where, {"more_numbers": "8502"}).body["more_numbers"] == "8502"
    assert site.ask("GET", where).body["lead"]["more_numbers"] == "8502"
    assert site.ask("GET", "/leads?number=12125550187").body == []
    for wrong in ("8502 office", "x" * 1201, ["8502"], "|".join(f"80{n}" for n in range(10, 40))):
        assert site.ask("PATCH", where, {"city": "Rome", "more_numbers": wrong}).status == 422
    assert site.ask("GET", where).body["lead"]["city"] == "Oslo"


def test_further_number_is_dialled_for_its_lead(site: JsonSite, lead: int) -> None:
    site.ask("PATCH", f"/leads/{lead}", {"phone_code": "", "more_numbers": "8500|8501"})
    assert site.ask("POST", "/agents/1000/dial", {"number": "8500", "lead": lead}).status == 201
    assert (site.driver.call().number, site.driver.call().lead) == ("8500", lead)
    site.driver.wait(1)
    site.driver.ask(Kind.HANGUP)
    site.driver.ask(Kind.STATUS, status="NI")
    said = external_dial(site, lead_id=str(lead), alt_dial="SEARCH", value="8501")
    assert said == "SUCCESS: external_dial function set - 8501|1000||NO|NO|NO||E||||\n"
    assert (site.driver.call().number, site.driver.call().lead) == ("8501", lead)
    assert len(leads.page(site.database)) == 1


def test_further_number_on_a_do_not_call_list_is_not_dialled(site: JsonSite, lead: int) -> None:
    dnc.add(site.database, "2125550187", who="test")
    told = site.ask("POST", "/agents/1000/dial", {"number": "12125550187", "lead": lead})
    assert (told.status, told.body["code"]) == (409, "do_not_call")
    assert site.ask("GET", "/calls").body == []
