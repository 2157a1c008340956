"""`warmline doctor`: the settings that name other sites."""

import pytest

from cli.doctor.checks import api_process_check
from tests.cli.doctor.made_machine import Machine


@pytest.mark.parametrize(
    ("frames", "callers", "code", "named"),
    [
        ("", "", "origins_none", ""),
        ("https://crm.example", "", "origins_named", "https://crm.example"),
        ("", "https://crm.example/", "origins_invalid", "api_origins"),
        ("http://crm.example", "", "origins_invalid", "workspace_frames"),
    ],
)
def test_the_origins_are_checked(machine: Machine, frames: str, callers: str, code: str, named: str) -> None:
    facts = machine.facts()
    facts.settings = facts.settings._replace(workspace_frames=frames, api_origins=callers)
    [only] = api_process_check.origins(facts)
    assert only.code == code and named in only.found
    assert (code == "origins_invalid") == (api_process_check.RESTART in only.fix)
