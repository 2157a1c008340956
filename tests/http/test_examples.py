"""VICIdial's own answers (examples/agent_api.json), each in its precondition, in both modes of api_impossible."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.http.core_board import CoreBoard
from tests.http.door import PASSWORDS, USERS, visit
from tests.http.examples.setups import bring_about
from tests.worlds.core_driver import Driver
from warmline.ari_app.http.agc.functions import NOT_SUPPORTED
from warmline.core.receipt import Outcome
from warmline.store.api_users import ApiUser

Example = dict[str, Any]
EXAMPLES: list[Example] = json.loads(Path(__file__).with_name("examples").joinpath("agent_api.json").read_text())
FEW = ApiUser("6666", "", frozenset({"version", "external_pause"}), api_access=True, user_group="ADMIN")

# What VICIdial takes although it can come to nothing; with api_impossible=ERROR it is refused.
IMPOSSIBLE = {
    "park_dead": "the customer is no longer on this call",
    "pause_substring": "value is XPAUSEX; it can be PAUSE, RESUME",
}


def each(*, supported: bool) -> list[Any]:
    return [
        pytest.param(example, id=example["id"])
        for example in EXAMPLES
        if (example["query"].get("function") not in NOT_SUPPORTED) is supported
    ]


def answered(example: Example, mode: str) -> tuple[CoreBoard, int, str]:
    """The board, status and body, asked in the example's precondition."""
    board = CoreBoard(bring_about(example["setup"], mode))
    query = dict(example["query"])
    if re.fullmatch("Y[0-9]{19}", query.get("value", "")):
        query["value"] = board.driver.call().agc_id
    few = example["setup"] == "user_without_permission"

    def verify(user: str, password: str) -> tuple[ApiUser | None, bool]:
        return FEW if few else USERS.get(user), PASSWORDS.get(user) == password

    async def talk(client: Any, _token: str) -> tuple[int, str]:
        async with client.get("/agc/api.php", params=query) as response:
            return response.status, await response.text()

    status, body = visit(board, talk, verify)
    return board, status, body


def wanted(example: Example, lab: Driver) -> str:
    """The expected body as a pattern."""
    if "expect_re" in example:
        return str(example["expect_re"])
    holes = {"EPOCH": r"\d{10}", "CALLERID": r"[A-Z]\d{15,19}", "ANY_AGENT": "100[01]", "SERVER_IP": r"127\.0\.0\.1"}
    holes["CONF_EXTEN"] = "86000\\d\\d"
    pattern = re.escape(example["expect"])
    for name, hole in holes.items():
        pattern = pattern.replace(re.escape("{" + name + "}"), hole)
    return f"^{pattern}$"


@pytest.mark.parametrize("example", each(supported=True))
def test_in_mode_success_every_answer_is_vicidials_and_the_receipt_tells_the_truth(example: Example) -> None:
    board, status, body = answered(example, "SUCCESS")
    assert status == example.get("http_status", 200)
    assert re.search(wanted(example, board.driver), body), body
    assert all(receipt.outcome in (None, Outcome.COMPLETED, Outcome.REFUSED) for receipt in board.receipts())
    refused = [receipt.cause for receipt in board.receipts() if receipt.outcome is Outcome.REFUSED]
    assert refused == [why for name, why in IMPOSSIBLE.items() if name == example["id"]]
    assert bool(board.given) == ("SUCCESS: " in body)


@pytest.mark.parametrize("example", each(supported=True))
def test_in_mode_error_only_what_is_impossible_is_answered_otherwise(example: Example) -> None:
    board, _, body = answered(example, "ERROR")
    if why := IMPOSSIBLE.get(example["id"]):
        query = example["query"]
        assert body == f"ERROR: {query['function']} {why} - {query['value']}|1000\n"
        assert [receipt.outcome for receipt in board.receipts()] == [Outcome.REFUSED]
    else:
        assert re.search(wanted(example, board.driver), body), body


@pytest.mark.parametrize("example", each(supported=False))
def test_what_is_not_ours_says_so_after_its_permission_check(example: Example) -> None:
    board, _, body = answered(example, "SUCCESS")
    if "PERMISSION" in example.get("expect", ""):
        assert body == example["expect"]
    else:
        query = example["query"]
        assert body == f"ERROR: function not supported - {query['function']}|{query['agent_user']}\n"
    assert board.given == []


def test_every_precondition_of_the_examples_can_be_brought_about() -> None:
    assert len(EXAMPLES) == 58
