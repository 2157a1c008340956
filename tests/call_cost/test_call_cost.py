"""A plain call costs no more than the kept figures; `python -m tests.call_cost` prints and keeps them."""

import json
import os
import subprocess
import sys

from tests.call_cost.__main__ import KEPT, SAME_HASHES
from tests.call_cost.call_cost import ROOT, CallCost, grown


def test_a_call_costs_no_more_than_5_percent_above_the_kept_figures() -> None:
    command = [sys.executable, "-m", "tests.call_cost", "--json"]
    env = os.environ | SAME_HASHES
    run = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    now, kept = CallCost(**json.loads(run.stdout)), CallCost(**json.loads(KEPT.read_text()))
    assert now.sums()["functions"] > 1000 and now.statements["COMMIT"] >= 10  # the story was told
    assert grown(now, kept) == []


def test_one_more_statement_or_request_of_a_call_is_noticed() -> None:
    kept = CallCost({"a.py:first": 100}, {"INSERT INTO journal": 12}, {"POST channels/*/answer": 1})
    assert len(grown(kept._replace(statements={"INSERT INTO journal": 12.0, "SELECT": 1.0}), kept)) == 1
    assert len(grown(kept._replace(requests={"POST channels/*/answer": 2}), kept)) == 1
