"""VICIdial's own answers (examples/agent_api.json), each in its precondition, in both modes of api_impossible."""

import re
from typing import Any

import pytest

from tests.http.agent_api import PASSWORDS, USERS, visit
from tests.http.core_call_control import CoreBoard
from tests.http.examples.contract import EXAMPLES, IMPOSSIBLE, NEED_A_LEAD, Example, expected, query_of, supported
from tests.http.examples.setups import bring_about
from tests.internals.agent_api import ApiUser, Outcome

FEW = ApiUser("6666", "", frozenset({"version", "external_pause"}), api_access=True, user_group="ADMIN")


def each(*, ours: bool) -> list[Any]:
    here = (example for example in EXAMPLES if example["id"] not in NEED_A_LEAD)  # test_leads.py has those
    return [pytest.param(example, id=example["id"]) for example in here if supported(example) is ours]


def answered(example: Example, mode: str) -> tuple[CoreBoard, int, str]:
    """Return the switchboard, the status and the body of the answer in the example's precondition."""
    board = CoreBoard(bring_about(example["setup"], mode))
    calls = board.world.calls.values()
    query = query_of(example, next((call.agc_id for call in calls), ""))
    few = example["setup"] == "user_without_permission"

    def verify(user: str, password: str) -> tuple[ApiUser | None, bool]:
        return FEW if few else USERS.get(user), PASSWORDS.get(user) == password

    async def talk(client: Any, _token: str) -> tuple[int, str]:
        async with client.get("/agc/api.php", params=query) as response:
            return response.status, await response.text()

    status, body = visit(board, talk, verify)
    return board, status, body


@pytest.mark.parametrize("example", each(ours=True))
def test_in_mode_success_every_answer_is_vicidials_and_the_receipt_tells_the_truth(example: Example) -> None:
    board, status, body = answered(example, "SUCCESS")
    assert status == example.get("http_status", 200)
    assert re.search(expected(example, "SUCCESS"), body), body
    assert all(receipt.outcome in (None, Outcome.COMPLETED, Outcome.REFUSED) for receipt in board.receipts())
    refused = [receipt.cause for receipt in board.receipts() if receipt.outcome is Outcome.REFUSED]
    assert refused == [why for name, why in IMPOSSIBLE.items() if name == example["id"]]
    assert bool(board.given) == ("SUCCESS: " in body)


@pytest.mark.parametrize("example", each(ours=True))
def test_mode_error_differs_only_for_impossible_requests(example: Example) -> None:
    board, _, body = answered(example, "ERROR")
    assert re.search(expected(example, "ERROR"), body), body
    if example["id"] in IMPOSSIBLE:
        assert [receipt.outcome for receipt in board.receipts()] == [Outcome.REFUSED]


@pytest.mark.parametrize("example", each(ours=False))
def test_a_function_outside_warmline_says_so_after_its_permission_check(example: Example) -> None:
    board, _, body = answered(example, "SUCCESS")
    assert re.search(expected(example, "SUCCESS"), body), body
    assert board.given == []


def test_every_precondition_of_the_examples_can_be_brought_about() -> None:
    assert len(EXAMPLES) == 58
