"""Every command of the registry is on the command line, by its own function or by one generated from its row."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.agent.generated_commands import OF_SERVERS, WRITTEN, made, target
from cli.tree.agent_rows import MADE
from tests.cli.app import App, opened
from tests.cli.whole_tree import whole_tree
from warmline.core.commands.command_registry import REGISTERED_COMMANDS


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
    call = driver.call().id
    assert talking.done("call", "vm-message", call, "vm-goodbye") == f"call {call}: the message is vm-goodbye\n"
    assert driver.call().prompts.vm_message == "vm-goodbye"


def test_the_dialler_of_a_campaign_is_started_and_stopped(talking: App) -> None:
    driver = talking.site.driver
    code, _, err = talking.run("campaign", "start", "TESTCAMP")
    assert code == 5 and "needs a caller id (campaign_cid or cid_group), a message for dropped leads" in err
    options = {"dial_method": "PROGRESSIVE", "campaign_cid": "3125550199", "safe_harbor_audio": "sorry"}
    driver.configure("campaigns", "TESTCAMP", **options)
    assert talking.run("campaign", "start", "TESTCAMP")[0] == 0
    assert driver.world.diallers["TESTCAMP"].running
    talking.done("campaign", "stop", "TESTCAMP")
    assert not driver.world.diallers["TESTCAMP"].running
    assert talking.run("campaign", "stop", "NOSUCH")[0] == 3
