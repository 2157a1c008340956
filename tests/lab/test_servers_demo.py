"""The demo of several servers: a loss and a party of another call are found; `tools/nightly servers` plays it."""

import json
import subprocess
from pathlib import Path
from typing import Any, cast

import pytest
import typer
from rich.console import Console

from cli.system import demo as command
from lab.demo_checklist import Checklist
from lab.servers import servers_claims, servers_demo
from lab.servers.servers_story import DemoCall, DemoKill
from lab.sip import Hearing, SipCall, Span
from tests.lab.test_demo import programs
from tests.soak import soaking
from tools.simulation.call_centre.command_line import WARMLINE
from warmline.core.messages.values.server_action import MAIN_SERVER

LIMIT = 240  # seconds until a hanging demo is ended
COSTS = ("the leave costs no packet", "the restart costs no packet")  # the claims that a busy machine may spoil
ALONG, STRANGERS, _, LOST_ON_B = range(4)  # of the claims about a restart


@pytest.mark.skipif(not soaking(), reason="tools/nightly servers; test_demo.py plays the same steps on one server")
def test_every_claim_holds_on_two_servers(short_path: Path) -> None:
    words = [*WARMLINE, "demo", "servers", "--json", "--dir", str(short_path / "lab")]
    done = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT)
    print(done.stderr)
    document = json.loads(done.stdout)
    failed = [one["claim"] for one in document["claims"] if not one["holds"]]
    assert [claim for claim in failed if not any(cost in claim for cost in COSTS)] == []
    assert done.returncode == (1 if failed else 0) and document["holds"] == (not failed)
    assert set(document["adopted_seconds"]) == {MAIN_SERVER, "b"} and max(document["adopted_seconds"].values()) < LIMIT
    texts = [one["claim"] for one in document["claims"]]
    assert any(text.startswith("b: a customer dials") for text in texts)
    assert not programs(short_path), "something is left running"


class Heard:
    """A hearing in which all hear all of their own call, but for what a test changes."""

    def __init__(self, parties: dict[str, SipCall]) -> None:
        self.parties = parties
        self.deaf: set[tuple[object, object, float]] = set()  # in the half second from then
        self.strange: set[tuple[object, object]] = set()
        self.lost: dict[tuple[object, object], int] = {}
        self.steady = 1.0

    def hears(self, listener: SipCall, speaker: SipCall, since: float, until: float) -> bool:
        return (listener, speaker, since) not in self.deaf

    def share(self, listener: SipCall, speaker: SipCall, since: float, until: float) -> float:
        return self.steady

    def silent_of(self, listener: SipCall, speaker: SipCall, since: float, until: float) -> bool:
        return (listener, speaker) not in self.strange

    def unheard(self, listener: SipCall, speaker: SipCall, since: float, until: float) -> int:
        return self.lost.get((listener, speaker), 0)

    def spacing(self, listener: SipCall, speaker: SipCall, since: float, until: float) -> float:
        return 20.0


def party() -> SipCall:
    return cast(SipCall, object())


class Stage:
    """A restart with a call on each server, and the claims about it."""

    def __init__(self) -> None:
        self.on_main, self.on_b = ({role: party() for role in ("customer", "third")} for _ in range(2))
        self.ear = Heard({**self.on_main, **self.on_b})
        self.beside = {name: Heard({"customer": party(), "agent": party()}) for name in (MAIN_SERVER, "b")}

    def false(self) -> list[int]:
        """Return the places of the claims that are false."""
        checklist = Checklist(Console(width=200))
        talks = [DemoCall(MAIN_SERVER, self.on_main), DemoCall("b", self.on_b)]
        beside = cast(dict[str, Hearing], self.beside)
        kill = DemoKill(talks, cast(Hearing, self.ear), beside, Span(0.0, 3.0), {MAIN_SERVER: 0.3, "b": 0.4})
        servers_claims.judge_restart(kill, checklist)
        assert len(checklist.claims) == 4
        return [place for place, claim in enumerate(checklist.claims) if not claim.holds]


def test_a_restart_without_a_loss_makes_every_claim_true() -> None:
    assert Stage().false() == []


def test_a_party_who_is_no_longer_heard_is_found_unless_the_machine_stood_still() -> None:
    stage = Stage()
    stage.ear.deaf.add((stage.on_b["third"], stage.on_b["customer"], 0.5))
    assert stage.false() == [ALONG]
    stage.beside["b"].steady = 0.5
    assert stage.false() == []
    stage.ear.deaf |= {(stage.on_b["third"], stage.on_b["customer"], step / 2) for step in range(6)}
    assert stage.false() == [ALONG], "no half second has all"


def test_a_party_of_another_call_is_found() -> None:
    stage = Stage()
    stage.ear.strange.add((stage.on_main["third"], stage.on_b["customer"]))
    assert stage.false() == [STRANGERS]


@pytest.mark.parametrize(("beside", "false"), [(0, [LOST_ON_B]), (2, [LOST_ON_B]), (3, [])])
def test_packets_are_compared_with_the_call_on_the_same_server(beside: int, false: list[int]) -> None:
    stage = Stage()
    stage.ear.lost[stage.on_b["customer"], stage.on_b["third"]] = 3
    pair = tuple(stage.beside["b"].parties.values())
    stage.beside["b"].lost[pair] = beside
    other = tuple(stage.beside[MAIN_SERVER].parties.values())
    stage.beside[MAIN_SERVER].lost[other] = 9
    assert stage.false() == false


def test_a_false_claim_fails_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told: dict[str, Any] = {"holds": False, "claims": [], "adopted_seconds": {}}
    monkeypatch.setattr(servers_demo, "play", lambda directory, as_json: told)
    with pytest.raises(typer.Exit) as exit_code:
        command.servers(None, as_json=True)
    assert exit_code.value.exit_code == 1 and json.loads(capsys.readouterr().out) == told
