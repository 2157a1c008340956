"""`warmline dial simulate`: the leads that would be dialled, and the reasons against the others.

An hour takes more than a second to simulate, so the tests share three simulations.
"""

import io
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from cli.main import main
from tests.cli.command_line import Run
from tests.leads.dialled_leads import FLORIDA, NOON, prepare, promised, write_call, writing
from warmline.store.configuration import config
from warmline.store.leads import dnc
from warmline.store.leads.lead_import import LeadImport
from warmline.store.migrations.schema_migration import migrate
from warmline.store.outbound import simulation_answer
from warmline.store.outbound.simulation_answer import SimulationAnswer

HOUR = 3_600_000_000
SECOND = 1_000_000
AUTOMATIC = {"dial_method": "PREDICTIVE", "campaign_cid": "3125550199", "safe_harbor_audio": "sorry"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with 600 leads in Florida, of which one is on a do-not-call list, and 20 in Hawaii."""
    path = tmp_path_factory.mktemp("simulated") / "warmline.db"
    migrate(path)
    prepare(path, **AUTOMATIC)
    numbers = [f"{FLORIDA}555{1000 + n}" for n in range(600)] + [f"808555{1000 + n}" for n in range(20)]
    (file := path.with_name("leads.csv")).write_text("\n".join(["phone_number", *numbers]))
    assert LeadImport(file, str(path), "101", "test").run().imported == len(numbers)
    dnc.add(path, f"+1{FLORIDA}5551000", who="test")
    return path


@contextmanager
def at_noon(path: Path) -> Iterator[None]:
    """Let commands act on a database, at noon in Florida."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cli.client.outbound_records.time", SimpleNamespace(time_ns=lambda: NOON * 1000))
        patch.setenv("WARMLINE_DB", str(path))
        yield


@pytest.fixture
def db(tmp_path: Path, prepared: Path) -> Iterator[Path]:
    """Return a copy of the database, at noon in Florida."""
    path = Path(shutil.copy(prepared, tmp_path / "warmline.db"))
    with at_noon(path):
        yield path


def simulated(path: Path, *options: str) -> Any:
    """Return what the command prints as JSON."""
    with at_noon(path), redirect_stdout(io.StringIO()) as out, pytest.raises(SystemExit) as ended:
        main(("dial", "simulate", "SALES", "--json", *options))
    assert not ended.value.code
    return json.loads(out.getvalue())


@pytest.fixture(scope="module")
def found(prepared: Path) -> Any:
    """Return the answer for five agents."""
    return simulated(prepared, "--agents", "5")


@pytest.fixture(scope="module")
def without_recycle(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy whose campaign has no recycle, and has two promised callbacks."""
    path = Path(shutil.copy(prepared, tmp_path_factory.mktemp("promised") / "warmline.db"))
    config.set_options(path, "campaign", "SALES", {"recycle": ""}, who="test")
    promised(path, NOON + HOUR // 2)  # without a lead
    promised(path, NOON + 3 * HOUR, 5, f"1{FLORIDA}5551004", name="LATER")
    return path


@pytest.fixture(scope="module")
def found_without_recycle(without_recycle: Path) -> Any:
    """Return the answer for one agent there."""
    return simulated(without_recycle, "--agents", "1")


@pytest.fixture(scope="module")
def found_in_hawaii(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the answer for two hours with the leads in Hawaii alone, after 400 automatic calls were made."""
    path = Path(shutil.copy(prepared, tmp_path_factory.mktemp("hawaii") / "warmline.db"))
    with writing(path) as opened:
        opened.execute("DELETE FROM lead WHERE time_zones LIKE '%New_York%'")
    record(path, 400)
    return simulated(path, "--agents", "1", "--hours", "2")


def test_every_lead_is_dialled_or_has_its_reason(found: Any) -> None:
    dialled = sum(one["leads"] for one in found["dialled"])
    assert 100 < dialled == found["expected"]["dials"]
    rest = {one["why"]: one["leads"] for one in found["rest"]}
    assert rest.pop("on a do-not-call list") == 1
    assert rest.pop("outside its hours") == 20, "it is 7:00 in Hawaii"
    assert 0 < found["again"] < dialled and found["callbacks"] == 0
    assert rest == {"no agent was free for it in this time": 599 - (dialled - found["again"])}
    assert found["first"][0]["number"] == f"1{FLORIDA}5551001"
    assert 0.2 < found["expected"]["talk_share"] < 0.9
    assert found["expected"]["drop_rate"] <= 0.1
    assert not any(one["measured"] for one in found["world"])


def test_the_same_question_has_the_same_answer(found_without_recycle: Any, without_recycle: Path) -> None:
    assert simulated(without_recycle, "--agents", "1") == found_without_recycle


def test_leads_whose_hours_begin_are_dialled_then(found_in_hawaii: Any) -> None:
    [hour] = found_in_hawaii["dialled"]
    again = found_in_hawaii["again"]
    assert (hour["begins"], hour["leads"] - again) == ("2026-11-23T18:00:00.000000+00:00", 20)
    assert found_in_hawaii["rest"] == []


def test_without_recycle_no_lead_is_dialled_again(found_without_recycle: Any) -> None:
    assert found_without_recycle["again"] == 0


def test_callbacks_are_dialled_when_they_are_due(found_without_recycle: Any) -> None:
    assert found_without_recycle["callbacks"] == 1


def test_the_world_is_that_of_the_campaigns_calls(found_in_hawaii: Any) -> None:
    world = {one["what"]: (one["value"], one["measured"]) for one in found_in_hawaii["world"]}
    assert found_in_hawaii["history"] == {"calls": 400, "talks": 100}
    assert world["answered"] == ("25.0 %", True)
    assert world["ring time of answers"] == ("8 s", True)
    assert world["talk"] == ("60 s", True)
    assert world["wrap-up"] == ("15 s", True)
    assert world["ended at once"] == ("0.0 %", True)


def record(db: Path, count: int) -> None:
    """Write automatic calls of yesterday, of which each fourth is answered after 8 s for a talk of 60 s."""
    with writing(db) as opened:
        opened.execute("BEGIN")
        for n in range(count):
            record_call(opened, n)
        opened.execute("COMMIT")


def record_call(opened: sqlite3.Connection, n: int) -> None:
    """Write one automatic call of yesterday."""
    at, answered = NOON - 30 * HOUR + n * SECOND, n % 4 == 0
    name = f"A{n}"
    ended = at + (70 if answered else 27) * SECOND
    status = "SALE" if answered else "NA"
    write_call(opened, n + 1, f"1{FLORIDA}555{1000 + n}", at, status, name, ended=ended, origin="dialler")
    values = {
        "call": name, "campaign": "SALES", "origin": "dialler", "list_id": "101", "source": "list", "passes": 0,
        "zones": "", "open_until": 0, "caller_id": "", "ready": 1, "in_flight": 0, "threshold": 0, "risk": 0,
        "ringing": at + 2 * SECOND, "cause": 0, "answered": at + 10 * SECOND if answered else None,
        "agent": "1000" if answered else "", "dropped": None, "by_fault": 0, "message_at": None, "opted_out": 0,
    }  # fmt: skip
    marks = ", ".join(f":{one}" for one in values)
    opened.execute(f"INSERT INTO attempt ({', '.join(values)}) VALUES ({marks})", values)  # noqa: S608
    if answered:
        wrapped = (f"I{n}", "S", "1000", "DISPO", "", 0, name, ended, ended + 15 * SECOND)
        opened.execute("INSERT INTO agent_interval VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", wrapped)


def test_a_campaign_without_agents_or_dialler_is_not_simulated(run: Run, db: Path) -> None:
    code, _, err = run("dial", "simulate", "SALES")
    assert "no agent of campaign SALES is logged in; name a number" in err and code
    config.set_options(db, "campaign", "SALES", {"dial_method": "MANUAL"}, who="test")
    code, _, err = run("dial", "simulate", "SALES", "--agents", "3")
    assert code and "campaign SALES has dial_method=MANUAL" in err


def test_the_tables_for_people(run: Run, db: Path, found: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation_answer, "answer", lambda *_: msgspec.convert(found, SimulationAnswer))
    code, out, _ = run("dial", "simulate", "SALES", "--agents", "5")
    assert code == 0
    for text in ("campaign SALES, PREDICTIVE, 5 agents, from", "would be dialled", "talk share", "outside its hours"):
        assert text in out, text
    assert "assumed" in out and "second or later ones (recycle), 0 callbacks" in out
    assert out.count("not simulated: ") == 2
