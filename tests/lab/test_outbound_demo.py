"""The outbound demo: its claims are true on a real Asterisk, and a record unlike a phone's story is found."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import typer
from rich.console import Console

from cli.system import demo as command
from lab.demo_checklist import Checklist
from lab.outbound import demo_leads, outbound_claims, outbound_demo
from lab.outbound.demo_leads import ANSWERS, NO_ANSWER, LeadKind
from lab.outbound.lead_story import LeadStory
from lab.sip import IncomingCall
from tests.lab.test_demo import programs
from tests.lab.warm_warmline import warm_warmline
from warmline.store.reports.drop_windows import DropsOfWindow

LIMIT = 150  # seconds until a hanging demo is ended
UNANSWERED = {"status": "NA", "ended_by": "dial_timeout", "cause": None, "agent": "", "dropped": None}
UNANSWERED |= {"ringing": 1_000_000, "answered": None, "ended": 16_050_000}


def test_every_claim_holds(short_path: Path) -> None:
    words = ["demo", "outbound", "--leads", str(command.FEWEST), "--json", "--dir", str(short_path / "lab")]
    done = subprocess.run([warm_warmline(), *words], capture_output=True, text=True, timeout=LIMIT)
    document = json.loads(done.stdout)
    assert [one for one in document["claims"] if not one["holds"]] == [] and document["holds"]
    assert done.returncode == 0 and "No claim is broken." in done.stderr and "✗" not in done.stderr
    ends = {one["number"]: (one["status"], one["ended_by"]) for one in document["leads"]}
    assert ends == {lead.number: (lead.kind.status, lead.kind.ended_by) for lead in demo_leads.leads(command.FEWEST)}
    assert not programs(short_path), "something is left running"


def story(heard: tuple[str, ...] = (), picked_up: float | None = None, number: str = "1", **row: Any) -> LeadStory:
    """Return the story of a phone that rang for 15 s, or until its answer, and its record."""
    moments = {"ringing": 100.0, "answered": picked_up, "ended": 115.0}
    call = SimpleNamespace(number=number, **{name: SimpleNamespace(at=at) for name, at in moments.items()})
    return LeadStory(cast(IncomingCall, call), UNANSWERED | row, heard=heard)


def test_a_false_claim_fails_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told = {"holds": False, "claims": [], "leads": []}
    monkeypatch.setattr(outbound_demo, "play", lambda directory, leads, as_json: told)
    with pytest.raises(typer.Exit) as exit_code:
        command.outbound(None, command.FEWEST, as_json=True)
    assert exit_code.value.exit_code == 1 and json.loads(capsys.readouterr().out) == told


@pytest.mark.parametrize(
    ("change", "window", "false"),
    [
        ({}, {}, []),
        ({"sound_after": 2.3}, {}, ["within 2.2 s"]),
        ({"sound_after": None, "silent_for": 5.0}, {}, ["within 2.2 s", "in silence"]),
        ({"heard_by": ("1001",)}, {}, ["heard each other"]),
        ({"connected_after": None}, {}, ["heard each other"]),
        ({"beeps": True}, {}, ["heard a beep"]),
        ({}, {"dropped": 1}, ["drop rate"]),
        ({}, {"answered": 0}, ["drop rate"]),
    ],
)
def test_a_false_measurement_fails_its_claim(change: dict[str, Any], window: dict[str, int], false: list[str]) -> None:
    talked = {"sound_after": 0.03, "silent_for": 0.1, "connected_after": 0.03, "heard_by": ("1000",)}
    row = {"status": "SALE", "ended_by": "agent", "answered": 3_000_000, "agent": "1000"}
    found = replace(story(("1000",), 102.0, **row), **(talked | change))
    counted = DropsOfWindow("TESTCAMP", 0, 1, 30, **({"answered": 1} | window))
    assert judged([ANSWERS, NO_ANSWER], [found, story(number="2")], counted) == false


def judged(kinds: list[LeadKind], stories: list[LeadStory], window: DropsOfWindow) -> list[str]:
    """Return a part of each false claim about leads with the numbers 1, 2 and so on."""
    parts = (*("within 2.2 s", "in silence", "heard each other", "heard a beep", "at least 15 s"),)
    parts += ("equals its record", "dialled once", "drop rate")
    checklist = Checklist(Console(quiet=True))
    wanted = [demo_leads.DemoLead(str(n), 0, kind) for n, kind in enumerate(kinds, 1)]
    beeps = {"1000": sum(one.heard == ("1000",) for one in stories)}
    outbound_claims.judge(checklist, wanted, stories, beeps, [window])
    assert len(checklist.claims) == len(parts)
    return [part for part, claim in zip(parts, checklist.claims, strict=True) if not claim.holds and part in claim.text]
