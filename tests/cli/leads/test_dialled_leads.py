"""`warmline dial hopper`, `explain lead` and `list reset`: what they print."""

import json
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.leads.dialled_leads import call
from warmline.store.leads import leads

pytestmark = pytest.mark.usefixtures("db")


def test_the_next_leads_are_shown_and_the_rest_is_counted(run: Run) -> None:
    assert run("lead", "create", "--list", "101", "phone_number=01 5344961", "status=SALE")[0] == 0
    said = run("dial", "hopper", "SALES")[1]
    assert "4315344960" in said and "4315344961" not in said
    assert "status SALE is not in dial_statuses" in said and "may be dialled" in said
    found = json.loads(run("dial", "hopper", "SALES", "--json")[1])
    [lead] = found["next"]
    assert (lead["lead"], lead["number"], lead["time_zones"], lead["source"]) == (
        1,
        "4315344960",
        "Europe/Vienna",
        "list",
    )
    assert {(one["why"], one["leads"]) for one in found["leads"]} == {
        ("", 1),
        ("status SALE is not in dial_statuses", 1),
    }
    assert run("dial", "hopper", "NOWHERE")[0] == 3


def test_a_list_is_reset(run: Run, db: Path) -> None:
    call(db, 1, "4315344960", 1_000_000, "NEW")
    assert run("dial", "hopper", "SALES")[1].startswith("campaign SALES has no lead to dial now.\n")
    assert run("list", "reset", "101") == (0, "list 101: 1 leads reset\n", "")
    assert json.loads(run("list", "reset", "101", "--json")[1]) == {"list": "101", "leads": 0}
    assert len(json.loads(run("dial", "hopper", "SALES", "--json")[1])["next"]) == 1


def test_only_leads_with_a_status_are_reset(run: Run, db: Path) -> None:
    assert run("lead", "create", "--list", "101", "phone_number=01 5344961")[0] == 0
    call(db, 1, "4315344960", 1_000_000, "NI")
    call(db, 2, "4315344961", 1_000_000, "B")
    said = "list 101: 1 leads reset\n1 leads stay undialled: status B is not in dial_statuses\n"
    assert run("list", "reset", "101", "--status", "NA, B") == (0, said, "")
    assert [lead["passes"] for lead in leads.page(db)] == [1, 0]
    assert run("list", "reset", "101", "--status", "NA,b")[1] == "list 101: 0 leads reset\n"
    for nothing in ("", " , "):
        code, said, err = run("list", "reset", "101", "--status", nothing)
        assert code != 0 and said == "" and "has no code" in err
    for strange in ("a|b", "é", "NA,+", "TOOLONG"):
        code, said, err = run("list", "reset", "101", "--status", strange)
        assert (code, said) == (1, "") and "status cannot be" in err
    assert [lead["passes"] for lead in leads.page(db)] == [1, 0]


def test_a_lead_is_explained(run: Run, db: Path) -> None:
    said = run("explain", "lead", "1")[1]
    assert said.startswith(
        "lead 1, campaign SALES: 4315344960 may be dialled now\n\nmain number 4315344960\ntime zones: Eur"
    )
    leads.update(db, 1, {"status": "SALE"})
    assert "lead 1, campaign SALES: is not dialled now" in run("explain", "lead", "1")[1]
    found = json.loads(run("explain", "lead", "1", "--campaign", "SALES", "--json")[1])
    assert not found["dialled_now"] and found["jurisdictions"] == "AT"
    assert [rule for rule in found["rules"] if rule["why"]] == [
        {"rule": "status", "why": "status SALE is not dialled; dial_statuses: NEW", "until": None}
    ]
    assert run("explain", "lead", "9")[0] == 3


def test_a_filter_that_is_set_says_how_many_leads_match(run: Run) -> None:
    assert run("lead", "create", "--list", "101", "phone_number=01 5344961", "city=Tokyo")[0] == 0
    said = run("campaign", "set", "SALES", "lead_filter=city=Tokyo|Osaka", "dial_timeout=30")[1]
    assert said == "campaign SALES: lead_filter=city=Tokyo|Osaka, dial_timeout=30, 1 of 2 leads match\n"
    assert "match" not in run("campaign", "set", "SALES", "lead_filter=")[1]
    code, _, refused = run("campaign", "set", "SALES", "lead_filter=city=Tokyo, rank=0")
    assert code != 0 and "at character 11, ','" in refused and "city=Tokyo|Osaka" in refused
