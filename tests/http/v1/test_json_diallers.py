"""The state of diallers over HTTP."""

from pathlib import Path
from typing import Any

from tests.http.json_site import JsonSite
from tests.rows import check_each
from warmline.core.messages.commands import Kind
from warmline.core.model.dialler import PulseFacts
from warmline.core.rules import reasons
from warmline.system import dial_stop_file

OPTIONS: dict[str, Any] = {
    "dial_method": "PROGRESSIVE",
    "campaign_cid": "3125550199",
    "safe_harbor_audio": "sorry",
    "drop_window": "BOTH",
}


def started(site: JsonSite) -> None:
    site.driver.configure("campaigns", "TESTCAMP", **OPTIONS)
    assert site.driver.ask(Kind.DIALLER_START, agent="", campaign="TESTCAMP") == ""


def test_the_emergency_stop_and_a_lost_asterisk_are_why(site: JsonSite) -> None:
    started(site)
    site.board.connected = False
    assert site.ask("GET", "/diallers/TESTCAMP").body["why"] == reasons.NOT_CONNECTED.text()
    dial_stop_file.stop(Path(site.api.run))
    assert site.ask("GET", "/diallers/TESTCAMP").body["why"] == dial_stop_file.WHY


def test_the_state_of_the_pulse_is_shown(site: JsonSite) -> None:
    started(site)
    site.board.pulses["TESTCAMP"] = PulseFacts(0, reasons.LEADS_NOT_DUE.text(), 1_800_000_000_000_000, 2.25, 90)
    one = site.ask("GET", "/diallers/TESTCAMP").body
    assert (one["leads"], one["free_soon"], one["why"]) == (0, 2.2, reasons.LEADS_NOT_DUE.text())
    assert (one["until"], one["halted_until"]) == ("2027-01-15T08:00:00.000+00:00", None)


def test_allowing_takes_a_reason(site: JsonSite) -> None:
    def check(body: dict[str, str]) -> None:
        site.ask("POST", "/dialling/stop", {})
        told = site.ask("POST", "/dialling/allow", body)
        assert (told.status, told.body["code"]) == (422, "body_invalid")
        assert dial_stop_file.is_set(site.api.run)

    check_each(check, [{}, {"why": ""}, {"why": " "}, {"why": "a\nb"}, {"why": "x" * 201}, {"reason": "x"}])


def test_an_emergency_stop_that_cannot_be_written_says_so(site: JsonSite) -> None:
    Path(site.api.run, dial_stop_file.NAME).mkdir()
    told = site.ask("POST", "/dialling/allow", {"why": "new list"})
    assert (told.status, told.body["code"]) == (503, "dial_stop_unwritable")
    assert "on the machine of the app: warmline dial allow --why TEXT" in told.body["detail"]
