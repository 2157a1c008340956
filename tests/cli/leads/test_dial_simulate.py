"""`warmline dial simulate`: the leads that would be dialled, and the reasons against the others."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.command_line import Run
from tests.leads.dialled_leads import FLORIDA, NOON, prepare, promised, write_call, writing
from warmline.store.configuration import config
from warmline.store.leads import dnc
from warmline.store.leads.lead_import import LeadImport
from warmline.store.migrations import migrate

HOUR = 3_600_000_000
SECOND = 1_000_000
AUTOMATIC = {"dial_method": "PREDICTIVE", "campaign_cid": "3125550199", "safe_harbor_audio": "sorry"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with 600 leads in Florida and 20 in Hawaii."""
    path = tmp_path_factory.mktemp("simulated") / "warmline.db"
    migrate(path)
    prepare(path, **AUTOMATIC)
    numbers = [f"{FLORIDA}555{1000 + n}" for n in range(600)] + [f"808555{1000 + n}" for n in range(20)]
    (file := path.with_name("leads.csv")).write_text("\n".join(["phone_number", *numbers]))
    assert LeadImport(file, str(path), "101", "test").run().imported == len(numbers)
    return path


@pytest.fixture
def db(tmp_path: Path, prepared: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of the database, at noon in Florida."""
    path = Path(shutil.copy(prepared, tmp_path / "warmline.db"))
    monkeypatch.setattr("cli.client.outbound_records.time", SimpleNamespace(time_ns=lambda: NOON * 1000))
    monkeypatch.setenv("WARMLINE_DB", str(path))
    yield path


def simulated(run: Run, *options: str) -> Any:
    code, out, err = run("dial", "simulate", "SALES", "--json", *options)
    assert code == 0, err
    return json.loads(out)


def test_every_lead_is_dialled_or_has_its_reason(run: Run, db: Path) -> None:
    dnc.add(db, f"+1{FLORIDA}5551000", who="test")
    found = simulated(run, "--agents", "5")
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


def test_the_same_question_has_the_same_answer(run: Run, db: Path) -> None:
    assert simulated(run, "--agents", "1") == simulated(run, "--agents", "1")


def test_leads_whose_hours_begin_are_dialled_then(run: Run, db: Path) -> None:
    with writing(db) as opened:
        opened.execute("DELETE FROM lead WHERE time_zones LIKE '%New_York%'")
    found = simulated(run, "--agents", "3", "--hours", "2")
    [hour] = found["dialled"]
    assert (hour["begins"], hour["leads"] - found["again"]) == ("2026-11-23T18:00:00.000000+00:00", 20)
    assert found["rest"] == []


def test_without_recycle_no_lead_is_dialled_again(run: Run, db: Path) -> None:
    config.set_options(db, "campaign", "SALES", {"recycle": ""}, who="test")
    assert simulated(run, "--agents", "1")["again"] == 0


def test_callbacks_are_dialled_when_they_are_due(run: Run, db: Path) -> None:
    promised(db, NOON + HOUR // 2)  # without a lead
    promised(db, NOON + 3 * HOUR, 5, f"1{FLORIDA}5551004", name="LATER")
    assert simulated(run, "--agents", "1")["callbacks"] == 1


def test_the_world_is_that_of_the_campaigns_calls(run: Run, db: Path) -> None:
    record(db, 400)
    found = simulated(run, "--agents", "1")
    world = {one["what"]: (one["value"], one["measured"]) for one in found["world"]}
    assert found["history"] == {"calls": 400, "talks": 100}
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


def test_the_tables_for_people(run: Run, db: Path) -> None:
    code, out, _ = run("dial", "simulate", "SALES", "--agents", "1")
    assert code == 0
    for text in ("campaign SALES, PREDICTIVE, 1 agents, from", "would be dialled", "talk share", "outside its hours"):
        assert text in out, text
    assert "assumed" in out and "second or later ones (recycle), 0 callbacks" in out
    assert out.count("not simulated: ") == 2
