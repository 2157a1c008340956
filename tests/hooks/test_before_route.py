"""The hook before_route in the scripts of the dialplan and in FastAGI, with a real worker."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ari_app import fastagi
from tests.agi.conftest import make_database
from tests.agi.test_fastagi import door
from tests.agi.test_scripts import script, variables
from tests.hooks.folder import Hooks, hooks_in
from warmline.store.agi.routing_facts import KeptDatabase

NUMBER = "8005550100"


@pytest.fixture
def hooks(tmp_path: Path) -> Iterator[Hooks]:
    with hooks_in(tmp_path) as found:
        yield found


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return a database with a deadline that a busy machine can keep. An administrator can allow 1 s at most."""
    path = make_database(tmp_path / "warmline.db")
    _deadline(path, 10_000)
    return path


def given(hooks: Hooks, database: Path, name: str = "route_did", *arguments: str) -> dict[str, str]:
    """Run a script, and return the variables that it sets."""
    run = str(Path(hooks.path).parent)
    said = script(
        name, *(arguments or (NUMBER,)), WARMLINE_DB=str(database), WARMLINE_HOOKS=str(hooks.folder), WARMLINE_RUN=run
    )
    return variables(said)


def test_a_route_is_changed(hooks: Hooks, database: Path) -> None:
    hooks.body('return route.change(target="agent:1000", reason=f"{caller.number} called {caller.dialled}; a VIP")')
    found = given(hooks, database)
    assert found["WARMLINE_ROUTE"] == "agent,1000"
    assert found["WARMLINE_WHY"].split("; ") == [
        f"number: {NUMBER}",
        f"did: {NUMBER} goes to ingroup:SALESLINE",
        "blocklist: caller 15551234 is not in SPAM",
        "in-group: in-group SALESLINE is active",
        f"before_route: mine.py: sent to agent:1000 because 15551234 called {NUMBER}, a VIP",
    ]


def test_priority_and_data_go_with_the_call(hooks: Hooks, database: Path) -> None:
    hooks.body('return route.change(priority=-7, data={"crm": "gold, 4 & 5"})')
    found = given(hooks, database)
    assert found["WARMLINE_ROUTE"] == "ingroup,SALESLINE,*-7,crm=gold%2C+4+%26+5"
    assert "before_route: mine.py: priority -7; " in found["WARMLINE_WHY"]


def test_a_caller_is_refused(hooks: Hooks, database: Path) -> None:
    hooks.body('return route.refuse("called too often")')
    found = given(hooks, database)
    assert "WARMLINE_ROUTE" not in found
    assert found["WARMLINE_GOTO"] == "warmline-hangup,s,1"
    assert found["WARMLINE_REASON"] == "sent to hangup because mine.py: sent to hangup because called too often"


def test_a_number_without_a_did_is_routed(hooks: Hooks, database: Path) -> None:
    hooks.body('return None if route.target else route.change(target="ingroup:SALESLINE", reason=route.reason)')
    assert given(hooks, database, "route_did", "8009999999")["WARMLINE_ROUTE"] == "ingroup,SALESLINE"
    assert given(hooks, database)["WARMLINE_ROUTE"] == "ingroup,SALESLINE"


@pytest.mark.parametrize(
    ("script_name", "target", "route"),
    [("enter_ingroup", "SALESLINE", "agent,1000"), ("enter_agentdirect", "1000", "ingroup,SALESLINE")],
)
def test_a_call_that_names_its_target_is_asked_too(
    hooks: Hooks, database: Path, script_name: str, target: str, route: str
) -> None:
    hooks.body('return route.change(target="ingroup:SALESLINE" if "agent" in route.target else "agent:1000")')
    assert given(hooks, database, script_name, target)["WARMLINE_ROUTE"] == route


UNCHANGED = {
    "no such in-group": ('return route.change(target="ingroup:NONE")', "refused: in-group NONE does not exist"),
    "inactive": ('return route.change(target="ingroup:CLOSEDLINE")', "refused: in-group CLOSEDLINE is not active"),
    "no such agent": ('return route.change(target="agent:99")', "refused: agent 99 does not exist"),
    "a channel": (
        'return route.change(target="PJSIP/1000")',
        "refused: the route PJSIP/1000 is none that this version knows",
    ),
    "dialplan code": (
        'return route.change(target="extension:1,n,System(x)")',
        "refused: the route extension:1,n,System(x)",
    ),
    "priority": ("return route.change(priority=100)", "the answer is not valid: priority (allowed: -99 to 99)"),
    "raises": ('raise ValueError("no CRM")', "raised ValueError: no CRM (mine.py:6)"),
    "sleeps": ("time.sleep(60)", "no answer within 200 ms"),
    "nothing": ("return None", "no change"),
}


@pytest.mark.parametrize(("line", "why"), UNCHANGED.values(), ids=UNCHANGED)
def test_without_a_valid_answer_the_route_is_as_without_a_hook(
    hooks: Hooks, database: Path, line: str, why: str
) -> None:
    hooks.body(line)
    if line == UNCHANGED["sleeps"][0]:
        _deadline(database, 200)
    found = given(hooks, database)
    assert found["WARMLINE_ROUTE"] == "ingroup,SALESLINE"
    [said] = [one for one in found["WARMLINE_WHY"].split("; ") if one.startswith("before_route: ")]
    assert why in said


def test_a_worker_that_is_away_changes_nothing(tmp_path: Path, database: Path) -> None:
    hooks = Hooks(tmp_path, tmp_path / "log")
    hooks.path = str(tmp_path / "hooks")
    found = given(hooks, database)
    assert found["WARMLINE_ROUTE"] == "ingroup,SALESLINE"
    assert "before_route: the hooks of the app cannot be reached: No such file or directory" in found["WARMLINE_WHY"]


def test_a_long_decision_keeps_the_hooks_line(hooks: Hooks, database: Path) -> None:
    hooks.body('return route.change(target="agent:1000", reason="x" * 500)')
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("UPDATE did SET filter_phone_group_id = ?, filter_inbound_number = 'GROUP'", ("VIP",))
    why = given(hooks, database)["WARMLINE_WHY"]
    assert why.split("; ")[1].startswith("before_route: mine.py: sent to agent:1000 because xxx")
    assert len(why) <= 250


def test_an_invalid_number_is_not_asked_about(hooks: Hooks, database: Path) -> None:
    hooks.body('return route.change(target="agent:1000")')
    assert given(hooks, database, "route_did", "++1")["WARMLINE_REASON"] == "'+1' is no number"


def test_fastagi_asks_the_same(hooks: Hooks, database: Path) -> None:
    hooks.body('return route.change(target="agent:1000", data={"crm": caller.number})')

    async def scenario() -> list[list[str]]:
        kept = KeptDatabase(str(database))
        with closing(kept):
            async with door(fastagi.scripts(kept, hooks.path)) as opened:
                return await opened.heard("route_did", NUMBER)

    found = variables(asyncio.run(scenario()))
    assert found["WARMLINE_ROUTE"] == "agent,1000,crm=15551234"


def _deadline(database: Path, milliseconds: int) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("UPDATE setting SET hook_deadline = ?", (milliseconds,))
