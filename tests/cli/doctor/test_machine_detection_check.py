"""`warmline doctor`: a campaign with machine detection needs modules of Asterisk, and amd.conf."""

import pytest

from cli.doctor.checks import dialling_check
from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Finding, Severity
from tests.cli.doctor.made_machine import Machine
from warmline.system.asterisk_requirements import AMD_MODULES


def found(machine: Machine, monkeypatch: pytest.MonkeyPatch, amd: str, running: set[str]) -> Finding:
    """Return the finding with a campaign of this `amd`, and with these modules of detection."""
    told = [{"name": name, "status": "Running" if name in running else "Not Running"} for name in AMD_MODULES]
    monkeypatch.setattr(CheckFacts, "get", lambda facts, path: told)
    facts = machine.facts()
    facts._shown["campaign"] = {"SALES": {"amd": amd}}
    [only] = dialling_check.machine_detection(facts)
    return only


def test_without_detection_nothing_is_needed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(machine, monkeypatch, "OFF", set()).code == "amd_off"


def test_detection_with_its_modules_is_good(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(machine, monkeypatch, "MARK", {*AMD_MODULES}).code == "amd_good"


@pytest.mark.parametrize("missing", sorted(AMD_MODULES))
def test_a_missing_module_is_found_and_fixed(
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    missing: str,
) -> None:
    file = machine.etc / "amd.conf"
    file.unlink(missing_ok=True)
    problem = found(machine, monkeypatch, "TAKE", {*AMD_MODULES} - {missing})
    assert problem.severity is Severity.ERROR and problem.code == "amd_modules_missing"
    assert "SALES" in problem.found and missing in problem.found and f"module load {missing}" in problem.fix
    machine.shell(problem.fix)
    assert file.exists() == (missing == "app_amd.so")
    if file.exists():
        assert file.read_text().strip() == "[general]\nsilence_threshold = 256"
        again = found(machine, monkeypatch, "TAKE", {*AMD_MODULES} - {missing})
        assert "printf" not in again.fix
