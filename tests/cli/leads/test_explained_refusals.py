"""`warmline explain lead` names each rule that keeps a lead from being dialled, and the hopper then leaves it out."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.command_line import Run
from tests.leads.dialled_leads import FLORIDA, NOON, add, automatic_call, call, chosen, prepare, writing
from warmline.store.configuration import config
from warmline.store.leads import dnc

NUMBER = f"{FLORIDA}5550100"
HOUR = 3_600_000_000


def stopped_campaign(db: Path, _: int) -> None:
    config.set_options(db, "campaign", "SALES", {"active": "N"}, who="test")


def stopped_list(db: Path, _: int) -> None:
    config.set_options(db, "list", "101", {"active": "N"}, who="test")


def other_status(db: Path, _: int) -> None:
    config.set_options(db, "campaign", "SALES", {"dial_statuses": "CALLBK"}, who="test")


def filtered(db: Path, _: int) -> None:
    config.set_options(db, "campaign", "SALES", {"lead_filter": "state=TX"}, who="test")


def called_too_often(db: Path, lead: int) -> None:
    config.set_options(db, "campaign", "SALES", {"call_count_limit": "1"}, who="test")
    with writing(db) as opened:
        opened.execute("UPDATE lead SET called_count = 1 WHERE lead_id = ?", [lead])


def in_a_call(db: Path, lead: int) -> None:
    with writing(db) as opened:
        opened.execute(
            "INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, ended_by,"
            " status, lead, direction) VALUES ('LIVE', 'V', 'talking', ?, '1', '', '', '', '', '', '', ?, 'out')",
            [NOON, lead],
        )


def night(db: Path, _: int) -> None:
    config.create(db, "call-time", "NIGHT", {"ct_default_start": "0", "ct_default_stop": "100"}, who="test")
    config.set_options(db, "campaign", "SALES", {"local_call_time": "NIGHT"}, who="test")


def denied(db: Path, _: int) -> None:
    config.set_options(db, "campaign", "SALES", {"dial_deny": "_1305X."}, who="test")


def on_a_list(db: Path, _: int) -> None:
    dnc.add(db, f"+1{NUMBER}", who="test")


def three_calls_to_the_number(db: Path, _: int) -> None:
    for hours in (20, 19, 18):
        call(db, 0, f"1{NUMBER}", NOON - hours * HOUR)


def four_calls_to_a_number_in_france(db: Path, lead: int) -> None:
    with writing(db) as opened:
        opened.execute("UPDATE lead SET jurisdictions = 'FR', time_zones = 'Europe/Paris' WHERE lead_id = ?", [lead])
    for days in (29, 20, 10, 5):
        call(db, 0, f"1{NUMBER}", NOON - days * 24 * HOUR)


def a_call_today(db: Path, lead: int) -> None:
    config.set_options(db, "campaign", "SALES", {"daily_call_count_limit": "1"}, who="test")
    call(db, lead, "1", NOON - HOUR)


def sold_as_another_lead(db: Path, _: int) -> None:
    call(db, 0, f"1{NUMBER}", NOON - HOUR, "SALE")


def dropped_yesterday(db: Path, _: int) -> None:
    automatic_call(db, 0, f"1{NUMBER}", NOON - 24 * HOUR, "DROP", dropped=NOON - 24 * HOUR)


def no_number_to_show(db: Path, _: int) -> None:
    config.create(db, "cid-group", "WEST", {"caller_ids": "213:2135550003"}, who="test")
    config.set_options(db, "campaign", "SALES", {"cid_group": "WEST", "campaign_cid": "0000000000"}, who="test")


CASES: dict[str, Callable[[Path, int], None]] = {
    "campaign": stopped_campaign,
    "list": stopped_list,
    "status": other_status,
    "lead filter": filtered,
    "calls in all": called_too_often,
    "live calls": in_a_call,
    "hours": night,
    "do-not-call": on_a_list,
    "dial rules": denied,
    "calls in 24 hours": three_calls_to_the_number,
    "calls in 30 days": four_calls_to_a_number_in_france,
    "calls in a day": a_call_today,
    "contacted": sold_as_another_lead,
    "wait after a drop": dropped_yesterday,
    "caller id": no_number_to_show,
}
NOT_OF_THE_HOPPER = {"live calls"}  # the dialler itself refuses it


def explained(run: Run, db: Path, lead: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the answer of each rule."""
    monkeypatch.setenv("WARMLINE_DB", str(db))
    monkeypatch.setattr("cli.leads.explain_lead.time", SimpleNamespace(time_ns=lambda: NOON * 1000))
    code, out, err = run("explain", "lead", str(lead), "--json")
    assert code in (0, 1), err
    return {one["rule"]: one["why"] for one in json.loads(out)["rules"]}


@pytest.fixture
def db(tmp_path: Path, new_database: Path) -> Path:
    path = Path(shutil.copy(new_database, tmp_path / "warmline.db"))
    prepare(path)
    return path


@pytest.mark.parametrize("rule", CASES)
def test_each_refusal_is_explained(rule: str, run: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = add(db, NUMBER)
    before = explained(run, db, lead, monkeypatch)
    assert list(before) == list(CASES), "a case for each rule"
    assert not any(before.values()) and chosen(db) == [lead]
    CASES[rule](db, lead)
    after = explained(run, db, lead, monkeypatch)
    assert after[rule]
    assert rule in NOT_OF_THE_HOPPER or chosen(db) == []
