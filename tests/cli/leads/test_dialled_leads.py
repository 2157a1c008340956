"""`warmline dial hopper`, `explain lead` and `list reset`: what they print."""

import json
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.leads.dialled_leads import call
from warmline.store.leads import leads

pytestmark = pytest.mark.usefixtures("db")


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
