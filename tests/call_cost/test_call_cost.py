"""A plain call costs no more than the kept figures; `python -m tests.call_cost` prints and keeps them."""

import json
import os
import subprocess
import sys

from tests.call_cost.__main__ import KEPT, SAME_HASHES
from tests.call_cost.call_cost import ROOT, CallCost, grown

BEFORE = CallCost({"a.py:first": 60, "a.py:second": 40}, {"INSERT INTO journal": 12}, {"POST channels/*/answer": 1})


def test_a_call_costs_no_more_than_5_percent_above_the_kept_figures() -> None:
    command = [sys.executable, "-m", "tests.call_cost", "--json"]
    env = os.environ | SAME_HASHES
    run = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    now, kept = CallCost(**json.loads(run.stdout)), CallCost(**json.loads(KEPT.read_text()))
    assert now.sums()["functions"] > 1000 and now.statements["COMMIT"] >= 10  # the story was told
    assert grown(now, kept) == []


def test_the_functions_that_grew_are_named_with_the_one_that_grew_most_first() -> None:
    now = BEFORE._replace(functions={"a.py:first": 62, "a.py:second": 39, "a.py:third": 5})
    (told,) = grown(now, BEFORE)
    assert told.splitlines() == [
        "functions of a call: 106; kept: 100, and 5 % more is allowed. These grew:",
        "  a.py:third: 0 before, 5 now",
        "  a.py:first: 60 before, 62 now",
    ]


def test_five_percent_more_is_allowed_and_less_too() -> None:
    assert grown(BEFORE._replace(functions={"a.py:first": 65, "a.py:second": 40}), BEFORE) == []
    assert grown(BEFORE._replace(functions={}), BEFORE) == []


def test_one_more_statement_or_request_of_a_call_is_noticed() -> None:
    more = {"INSERT INTO journal": 12.0, "SELECT": 1.0}
    assert len(grown(BEFORE._replace(statements=more), BEFORE)) == 1
    assert len(grown(BEFORE._replace(requests={"POST channels/*/answer": 2}), BEFORE)) == 1
