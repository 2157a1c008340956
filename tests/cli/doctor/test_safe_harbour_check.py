"""`warmline doctor`: a campaign that dials automatically needs the heartbeat in the dialplan."""

import pytest

from cli.doctor.checks import dialling_check
from cli.doctor.facts.finding import Finding, Severity
from tests.cli.doctor.made_machine import Machine


def found(machine: Machine, method: str, beat: str) -> Finding:
    """Return the finding with a campaign of this dial_method, and this value of WARMLINE_BEAT."""
    facts = machine.facts()
    facts._shown["campaign"] = {"SALES": {"dial_method": method}}
    facts.__dict__["globals"] = {"WARMLINE_BEAT": beat} if beat else {}
    [only] = dialling_check.safe_harbour(facts)
    return only


def test_a_campaign_that_dials_by_hand_needs_no_heartbeat(machine: Machine) -> None:
    assert found(machine, "MANUAL", "").code == "dialler_off"


def test_a_dialler_with_the_heartbeat_is_good(machine: Machine) -> None:
    assert found(machine, "PROGRESSIVE", f"{machine.settings.run}/beat").code == "dialler_heartbeat_good"


@pytest.mark.parametrize("beat", ["", "/elsewhere/beat"])
def test_a_dialler_without_the_heartbeat_is_found_and_fixed(machine: Machine, beat: str) -> None:
    missing = found(machine, "PROGRESSIVE", beat)
    assert missing.severity is Severity.WARNING and missing.code == "dialler_heartbeat_missing"
    assert "SALES" in missing.found and missing.found.endswith(f"WARMLINE_BEAT={beat}")
    machine.shell(missing.fix)
    assert f"WARMLINE_BEAT = {machine.settings.run}/beat" in (machine.etc / "extensions.conf").read_text()
