"""The functions about past calls, recordings and statistics, by recorded answers and questions of their own."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import history_rows, vector_site
from tests.http.non_agent.vector_site import USUAL, Ids, SetUps

Shared = Callable[[list[str], SetUps], tuple[JsonSite, Ids]]

HISTORY = SetUps(rows={"history": history_rows.history}, live={"history": lambda _made: history_rows.IDS})
WRITES = ("log_entry",)


@pytest.mark.parametrize(
    "vector",
    [one for one in vector_site.vectors("history") if one["id"] not in WRITES],
    ids=lambda vector: vector["id"],
)
def test_history_functions_answer_as_recorded(vector: Mapping[str, Any], shared: Shared) -> None:
    made, ids = shared(vector.get("setup", []), HISTORY)
    vector_site.answered(made, vector, ids)


def ask(shared: Shared, function: str, **query: str) -> str:
    made, _ = shared(["history"], HISTORY)
    return vector_site.ask(made, USUAL | query | {"function": function})
