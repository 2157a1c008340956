"""Further numbers of leads on the command line."""

import json

from tests.cli.command_line import Run


def test_lead_is_set_shown_and_found_with_further_numbers(run: Run, db: object) -> None:
    assert db and run("list", "set", "101", "country=US")[0] == 0
    code, said, err = run("lead", "set", "1", "more_numbers=(212) 555-0187: office")
    assert (code, said, err) == (0, "lead 1: more_numbers changed\n", "")
    shown = [line.split() for line in run("lead", "show", "1")[1].splitlines()]
    assert ["more_numbers", "+12125550187:office"] in shown
    assert [one["lead_id"] for one in json.loads(run("lead", "find", "212 5550187", "--json")[1])] == [1]
    assert ":office|" in run("lead", "describe", "more_numbers")[1]
    code, said, err = run("lead", "set", "1", "more_numbers=nobody")
    assert (code, said) == (1, "") and "contains 'n'" in err
