"""change_ingroups: VICIdial's words, and the commands that they give."""

from ari_app.http.agc.functions.change_ingroups import _names
from tests.core.core_stage import lab_with
from tests.http.agent_api import FakeBoard, get, world
from tests.rows import check_rows
from warmline.core.messages.command_classes import get_column
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState

BASE = {"source": "test", "user": "6666", "pass": "1234", "agent_user": "1000", "function": "change_ingroups"}
ASKED = BASE | {"blended": "NO"}
BEFORE = "SALESLINE"


def told(query: dict[str, str]) -> tuple[str, str]:
    """Return the in-groups of the command, and the body."""
    board = FakeBoard(world(AgentState.PAUSED))
    _, body = get(board, query)
    commands = [command for command, _, _ in board.asked]
    assert all(command.kind is Kind.CHANGE_INGROUPS and command.agent == "1000" for command in commands)
    return " / ".join(command.impossible or get_column(command, "message") for command in commands), body


def test_the_chosen_in_groups_are_set_and_shown() -> None:
    def check(value: str, choices: str, names: str, shown: str) -> None:
        done = f"SUCCESS: change_ingroups function set - 6666|1000|{shown}|NO|\n"
        assert told(ASKED | {"value": value, "ingroup_choices": choices}) == (names, done)

    check_rows(
        check,
        [
            ("CHANGE", " SUPPORTLINE SALESLINE -", "SUPPORTLINE SALESLINE", " SUPPORTLINE SALESLINE -"),
            ("CHANGE", "", "", ""),
            ("ADD", " SUPPORTLINE -", f"{BEFORE} SUPPORTLINE", f" {BEFORE} SUPPORTLINE -"),
            ("ADD", " SALESLINE -", BEFORE, f" {BEFORE} -"),
            ("ADD", "+SUPPORTLINE+-", f"{BEFORE} SUPPORTLINE", f" {BEFORE} SUPPORTLINE -"),
            ("REMOVE", " SALESLINE -", "", " -"),
            ("REMOVE", " SUPPORTLINE -", BEFORE, f" {BEFORE} -"),
        ],
    )


def test_added_in_groups_come_behind_those_of_the_agent_in_their_order() -> None:
    """As in VICIdial, whose list keeps its order and gets each new in-group once at its end."""
    before = ("SALESLINE", "AGENTDIRECT")
    assert _names("ADD", before, ["SUPPORTLINE", "SALESLINE"]) == ["SALESLINE", "AGENTDIRECT", "SUPPORTLINE"]


def test_an_invalid_choice_of_in_groups_is_refused() -> None:
    def check(query: dict[str, str], said: str) -> None:
        assert told(query) == ("", f"ERROR: {said}\n")

    check_rows(
        check,
        [
            (BASE | {"value": "ADD", "ingroup_choices": " X -"}, "change_ingroups not valid - ADD|| X -|1000"),
            (ASKED | {"value": "NO"}, "change_ingroups not valid - NO|NO||1000"),
            (ASKED | {"value": "ADD", "agent_user": "1"}, "change_ingroups not valid - ADD|NO||1"),
            (ASKED | {"value": "ADD", "agent_user": "1009"}, "agent_user is not logged in - 1009"),
            (
                ASKED | {"value": "ADD", "ingroup_choices": " SALESLINE FAKE_IN -"},
                "ingroup does not exist - 1000|FAKE_IN| SALESLINE FAKE_IN -",
            ),
            (ASKED | {"value": "REMOVE"}, "ingroup_choices are required for ADD and REMOVE values - 1000|REMOVE|"),
        ],
    )


def test_unsupported_values_of_change_ingroups_are_refused() -> None:
    names, _ = told(ASKED | {"value": "ADD", "ingroup_choices": " SUPPORTLINE -", "set_as_default": "YES"})
    assert names == "set_as_default is not kept here - use: warmline agent set"
    names, _ = told(ASKED | {"value": "SWAP", "ingroup_choices": " SUPPORTLINE -"})
    assert names == "value is SWAP; it can be CHANGE, ADD, REMOVE"


def test_a_waiting_call_of_an_added_in_group_is_connected_at_once() -> None:
    lab = lab_with()
    lab.ask(Kind.CHANGE_INGROUPS, message="SUPPORTLINE")
    lab.customer("ingroup", "SALESLINE")
    lab.wait(5)
    assert lab.call().agent is None
    assert lab.ask(Kind.CHANGE_INGROUPS, message="SUPPORTLINE SALESLINE") == ""
    assert lab.call().agent == "1000"
