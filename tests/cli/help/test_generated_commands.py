"""Every command of the registry is on the command line, by its own function or by one generated from its row."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from cli.agent import generated_commands
from cli.agent.generated_commands import OF_SERVERS, WRITTEN, made, order, target
from cli.lazy_group import command_of
from cli.tree.agent_rows import MADE
from tests.cli.app import App, opened
from tests.cli.whole_tree import whole_tree
from tools.pages.made_commands import row as row_of
from warmline.core.commands.command_registry import REGISTERED_COMMANDS, Handling, RegisteredCommand
from warmline.core.messages.agent_command_types import Preview
from warmline.core.messages.commands import CODE, NAME, CommandFields, Kind, argument


@dataclass(frozen=True, kw_only=True)
class Greet(CommandFields):
    """Say a word to the agent."""

    kind: ClassVar = Kind.RESUME
    loudly: bool = argument("So that everybody hears it.", default=False)
    word: str = argument("What to say.", CODE, needed=True)
    how_often: int = argument("How many times.", default=1)
    ingroup: str = argument("The in-group whose callers hear it.", NAME)


GREET = RegisteredCommand(Greet, Handling.ACT_ON_SESSION, lambda *_: "", custom_name="greet-agent")


@pytest.fixture
def talking(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Agent 1000 talks to a customer."""
    with opened(demo_database, tmp_path, capsys) as app:
        app.site.customer()
        yield app


def test_no_registered_command_is_missing_from_the_help() -> None:
    groups = {name: group.commands for name, group in whole_tree().commands.items() if hasattr(group, "commands")}
    for path in WRITTEN:
        group, command = path.split()
        assert command in groups[group]
    given = {kind for kinds in WRITTEN.values() for kind in kinds} | {row.kind for row in made()} | {*OF_SERVERS}
    assert given == {kind for kind, row in REGISTERED_COMMANDS.items() if not row.agent_api_only}
    assert [(row.name, row.target) for row in MADE] == [(row.public_name, target(row)) for row in made()]
    assert {row.public_name for row in made()} <= set(groups["agent"])


def test_the_arguments_of_a_new_command_are_those_of_its_row() -> None:
    new = command_of(order(GREET), name=GREET.public_name)
    assert [(one.name, one.param_type_name, one.required) for one in new.params] == [
        ("user", "argument", True),
        ("word", "argument", True),
        ("loudly", "option", False),
        ("how_often", "option", False),
        ("ingroup", "option", False),
        ("as_json", "option", False),
    ]
    assert new.params[3].opts == ["--how-often"]
    assert [one.name for one in new.params if one._custom_shell_complete] == ["user", "ingroup"]
    row = row_of(GREET)
    assert '("1000 SALE", "1000 SALE --json")' in row and '"Say a word to the agent."' in row
    compile(f"({row})", "row", "eval")


def test_an_argument_that_is_no_word_needs_a_function_of_its_own() -> None:
    with pytest.raises(TypeError, match="callback is no text, number or yes or no: write a function"):
        order(REGISTERED_COMMANDS[Kind.PREVIEW]._replace(shape=Preview))


def test_an_unregistered_command_is_no_attribute() -> None:
    assert not hasattr(generated_commands, "audio_louder")


def test_a_made_order_is_given(talking: App) -> None:
    driver = talking.site.driver
    assert talking.done("agent", "audio-play", "1000", "demo-thanks") == "agent 1000: audio play\n"
    assert driver.call().audio.files == "demo-thanks"
    code, _, err = talking.run("agent", "audio-play", "1000", "beep")
    assert code == 5 and "demo-thanks is playing" in err
    talking.done("agent", "audio-play", "1000", "beep", "--instead")
    assert driver.call().audio.files == "beep"
    talking.done("agent", "audio-stop", "1000")
    assert driver.call().audio.files == ""


def test_the_message_of_a_call_is_chosen(talking: App) -> None:
    call = talking.site.driver.call().id
    assert talking.done("call", "vm-message", call, "vm-goodbye") == f"call {call}: the message is vm-goodbye\n"
    assert talking.site.driver.call().prompts.vm_message == "vm-goodbye"


def test_the_dialler_of_a_campaign_is_started_and_stopped(talking: App) -> None:
    driver = talking.site.driver
    code, _, err = talking.run("campaign", "start", "TESTCAMP")
    assert code == 5 and "needs a caller id (campaign_cid or cid_group), a message for dropped leads" in err
    assert "warmline campaign set TESTCAMP campaign_cid=NUMBER safe_harbor_audio=SOUND dial_method=PREDICTIVE" in err
    assert "it also needs a list of leads: warmline list create 101 campaign=TESTCAMP country=US" in err
    options = {"dial_method": "PROGRESSIVE", "campaign_cid": "3125550199", "safe_harbor_audio": "sorry"}
    driver.configure("campaigns", "TESTCAMP", **options)
    code, out, err = talking.run("campaign", "start", "TESTCAMP")
    assert (code, out) == (0, "campaign TESTCAMP: the dialler runs\n")
    assert "has nothing to dial without a list of leads: warmline list create 101" in err
    assert driver.world.diallers["TESTCAMP"].running
    assert talking.done("campaign", "stop", "TESTCAMP") == "campaign TESTCAMP: the dialler begins no more calls\n"
    assert not driver.world.diallers["TESTCAMP"].running
    talking.done("list", "create", "101", "campaign=TESTCAMP")
    assert "without leads: warmline lead import FILE.csv --list 101" in talking.run("campaign", "start", "TESTCAMP")[2]
    talking.done("lead", "create", "--list", "101", "phone_number=030555777")
    err = talking.run("campaign", "start", "TESTCAMP")[2]
    assert "without the country of list 101: warmline list set 101 country=US" in err
    talking.done("list", "set", "101", "country=DE")
    assert talking.done("campaign", "start", "TESTCAMP") == "campaign TESTCAMP: the dialler runs\n"
    code, _, err = talking.run("campaign", "stop", "NOSUCH")
    assert code == 3 and "campaign 'NOSUCH' does not exist" in err
