"""external_dial and preview_dial_action: their commands and answers."""

from dataclasses import replace
from typing import Any

import pytest

from tests.http.agent_api import RULES, FakeBoard, get, world
from tests.rows import check_each, check_rows
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Command, Kind
from warmline.core.model.call_states import AgentState
from warmline.core.world.world import World

ON_1000 = {"source": "test", "user": "6666", "pass": "1234", "agent_user": "1000"}
FLAGS = {"search": "NO", "preview": "NO", "focus": "NO"}
DIAL = ON_1000 | FLAGS | {"function": "external_dial", "value": "7275551212"}
PREVIEW = ON_1000 | {"function": "preview_dial_action", "value": "DIALONLY"}


def paused(**campaign: Any) -> World:
    live = world(AgentState.PAUSED)
    rules = {"TESTCAMP": replace(RULES.campaigns["TESTCAMP"], **campaign)}
    live.rules = replace(live.rules, campaigns=rules)
    return live


def asks(query: dict[str, str], live: World | None = None) -> tuple[list[Command], str]:
    """Return the commands that reach the switchboard, and the body."""
    board = FakeBoard(live or paused())
    _, body = get(board, query)
    return [command for command, _, _ in board.asked], body


def done(body: str) -> list[str]:
    """Return the fields of the success without the time."""
    fields = body.removeprefix("SUCCESS: external_dial function set - ").strip("\n").split("|")
    assert fields.pop(7).isdigit()
    return fields


def test_a_number_is_dialled() -> None:
    commands, body = asks(DIAL | {"vendor_id": "V7"})
    assert commands == [make_command(Kind.DIAL, "1000", number="7275551212")]
    assert done(body) == ["7275551212", "1000", "", "NO", "NO", "NO", "V7", "", "", "", ""]


def test_with_code_alias_and_without_prefix() -> None:
    asked = DIAL | {"phone_code": "1", "group_alias": "GOODALIAS", "dial_prefix": "X", "alt_dial": "MAIN"}
    commands, body = asks(asked)
    assert commands == [
        make_command(Kind.DIAL, "1000", number="17275551212", caller_id="7275551212", dial_override=True)
    ]
    assert done(body) == ["7275551212", "1000", "1", "NO", "NO", "NO", "", "X", "GOODALIAS", "7275551212", "MAIN"]


def test_a_look_first() -> None:
    commands, _ = asks(DIAL | {"preview": "YES"})
    assert commands == [make_command(Kind.PREVIEW, "1000", number="7275551212")]


def test_an_invalid_field_of_external_dial_is_refused() -> None:
    def check(more: dict[str, str], text: str) -> None:
        assert asks(DIAL | more) == ([], f"ERROR: {text}\n")

    check_rows(
        check,
        [
            ({"group_alias": "NOALIAS"}, "group_alias is not valid - 1000|NOALIAS"),
            ({"group_alias": "OLDALIAS"}, "group_alias is not valid - 1000|OLDALIAS"),
            ({"group_alias": "BADALIAS"}, "caller_id_number from group_alias is not valid - 1000|BADALIAS|3"),
            ({"outbound_cid": "4930"}, "outbound_cid is not allowed on this system - 1000|4930|DISABLED"),
            ({"value": "", "lead_id": "99"}, "lead_id is not valid - 1000|99"),
        ],
    )


@pytest.mark.parametrize("state", [AgentState.READY, AgentState.DISPO])
def test_external_dial_without_a_pause_is_refused(state: AgentState) -> None:
    for query in (DIAL, PREVIEW):
        assert asks(query, world(state)) == ([], "ERROR: agent_user is not paused - 1000\n")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"dial_prefix": "9"}, "dial_prefix can be X, for none; the campaign's goes before the number otherwise"),
    ],
)
def test_unsupported_values_of_external_dial_give_the_reason(more: dict[str, str], why: str) -> None:
    [command], _ = asks(DIAL | more)
    assert command.impossible == why


def test_the_next_lead() -> None:
    commands, body = asks(DIAL | {"value": "MANUALNEXT"})
    assert commands == [make_command(Kind.DIAL_NEXT, "1000")]
    assert body.startswith("SUCCESS: external_dial function set - MANUALNEXT|1000|")
    assert asks(DIAL | {"value": "MANUALNEXT", "preview": "YES"})[0] == [
        make_command(Kind.DIAL_NEXT, "1000", preview=True)
    ]


def test_the_number_that_is_looked_at() -> None:
    commands, body = asks(PREVIEW)
    assert (commands, body) == (
        [make_command(Kind.DIAL, "1000")],
        "SUCCESS: preview_dial_action function set - DIALONLY|1000|DIALONLY\n",
    )
    commands, body = asks(PREVIEW | {"value": "SKIP"})
    assert commands == [make_command(Kind.SKIP, "1000")]


@pytest.mark.parametrize(
    ("value", "setting", "text"),
    [
        ("DIALONLY", "DISABLED", "preview dialing not allowed on this campaign - 1000|TESTCAMP|DISABLED"),
        ("SKIP", "PREVIEW_ONLY", "preview dial skipping not allowed on this campaign - 1000|TESTCAMP|PREVIEW_ONLY"),
        ("ALTDIAL", "PREVIEW_ONLY", "alt number dialing not allowed on this campaign - 1000|TESTCAMP|N"),
    ],
)
def test_a_preview_action_that_the_campaign_forbids_is_refused(value: str, setting: str, text: str) -> None:
    assert asks(PREVIEW | {"value": value}, paused(manual_preview_dial=setting)) == ([], f"ERROR: {text}\n")


def test_a_preview_without_an_action_is_refused() -> None:
    assert asks(PREVIEW | {"value": "NO-pe"}) == ([], "ERROR: preview_dial_action not valid - NO||1000|\n")


def test_only_digits_of_the_number_count() -> None:
    for value in ("727-555-1212", "(727) 555-1212", "+727.555.1212", " 727 555 1212\r\n", "727\u2011555\u00a01212"):
        commands, body = asks(DIAL | {"value": value})
        assert [one.number for one in commands] == ["7275551212"] and "- 7275551212|1000|" in body
    assert asks(DIAL | {"value": "x7"}) == ([], "ERROR: external_dial not valid - 7||NO|NO|NO||1000|\n")


def test_another_number_than_was_sent_is_not_dialled() -> None:
    def check(value: str) -> None:
        said = f"ERROR: phone number is not valid - 1000|{value}||\n"
        assert asks(DIAL | {"value": value}) == ([], said)
        assert asks(DIAL | {"value": value, "preview": "YES"}) == ([], said)

    check_each(
        check,
        [
            "8500&PJSIP/1",
            "Local/700@from-phones",
            "8500,30,g",
            "727-555-1212x",
            "72755_51212",
            "49+301234",
            "*318500",
            "٣85",
        ],
    )


def test_an_invalid_phone_code_is_refused() -> None:
    assert asks(DIAL | {"phone_code": "4&9"}) == ([], "ERROR: phone number is not valid - 1000|4&9||\n")
    commands, _ = asks(DIAL | {"phone_code": "+49"})
    assert [one.number for one in commands] == ["497275551212"]
