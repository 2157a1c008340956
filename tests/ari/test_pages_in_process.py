"""The scripts of the page on ARI scripts, as they are there, in the world of a test without Asterisk."""

import asyncio
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.product_names import ROOT
from warmline.ari import DialOutcome, testing

NUMBER, OTHER = "8005550123", "4930555888"
PAGE = (ROOT / "docs/how-to/ari-scripts.md").read_text()
REMIND, TEST, DOORBELL, WATCH = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def load_page(folder: Path, text: str, *words: str) -> ModuleType:
    file = folder / "script"
    file.write_text(text)
    return testing.load(file, *words)


@pytest.fixture
def doorbell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "argv", ["doorbell", OTHER])
    return load_page(tmp_path, DOORBELL)


async def test_a_list_of_people_is_called_and_one_is_handed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = load_page(tmp_path, REMIND)
    async with testing.world(ingroups=["SALESLINE"]) as world:
        world.party(NUMBER, DialOutcome.BUSY)
        person = world.party(OTHER, keys={"vm-press": "1"})
        silent_party, impatient_party = world.party("4930555777"), world.party("4930555776", hang_up_at="vm-press")
        await script.remind([NUMBER, OTHER, silent_party.number, impatient_party.number])
    assert capsys.readouterr().out.splitlines() == [
        f"{NUMBER} busy User busy",
        f"{OTHER} pressed 1",
        "4930555777 pressed nothing",
        "4930555776 4930555776 is gone: the party hung up, or another program took the call",
    ]
    assert (person.handed_over, person.heard, world.handed_over) == ("ingroup:SALESLINE", ["vm-press"], [person])
    assert (silent_party.hung_up, silent_party.heard) == ("script", ["vm-press", "say number 1"])
    assert (impatient_party.hung_up, impatient_party.heard) == ("party", ["vm-press"])


async def test_a_caller_from_the_dialplan_is_joined_with_a_colleague(doorbell: ModuleType) -> None:
    async with testing.world(ingroups=["SALESLINE"]) as world:
        colleague = world.party(OTHER)
        world.start(doorbell.serve("doorbell", doorbell.doorbell))
        caller = world.caller(NUMBER)
        await world.until(lambda: caller.talking_with == [colleague])
        assert (caller.heard, caller.answered) == (["ring"], True)
        colleague.hang_up()
        await world.until(lambda: not caller.on_line)
        assert (caller.hung_up, colleague.hung_up) == ("script", "party")


async def test_a_caller_of_a_busy_colleague_enters_the_queue(doorbell: ModuleType) -> None:
    async with testing.world(ingroups=["SALESLINE"]) as world:
        colleague = world.party(OTHER, DialOutcome.NO_ANSWER)
        world.start(doorbell.serve("doorbell", doorbell.doorbell))
        caller = world.caller(NUMBER)
        await world.until(lambda: world.handed_over)
        assert (caller.handed_over, colleague.calls, world.seconds) == ("ingroup:SALESLINE", 1, 20.0)


async def test_a_caller_who_hangs_up_withdraws_the_call_to_the_colleague(doorbell: ModuleType) -> None:
    async with testing.world() as world:
        colleague = world.party(OTHER, answers_after=10)
        world.start(doorbell.serve("doorbell", doorbell.doorbell))
        caller = world.caller(NUMBER)
        await world.until(lambda: colleague.ringing)
        caller.hang_up()
        await world.until(lambda: not colleague.ringing)
        assert (colleague.hung_up, colleague.answered) == ("script", False)


async def test_a_caller_of_an_ended_script_goes_on_in_the_dialplan(doorbell: ModuleType) -> None:
    async with testing.world() as world:
        colleague = world.party(OTHER, answers_after=10)
        script_task = world.start(doorbell.serve("doorbell", doorbell.doorbell))
        caller = world.caller(NUMBER)
        await world.until(lambda: colleague.ringing)
        script_task.cancel()
        await asyncio.wait((script_task,))
        assert (caller.in_dialplan, caller.hung_up, colleague.hung_up) == (True, "", "script")


async def test_events_of_a_party_are_watched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = load_page(tmp_path, WATCH, OTHER)
    async with testing.world() as world:
        party = world.party(OTHER)
        world.start(script.watch(OTHER))
        await world.until(lambda: party.on_line)
        for action in (lambda: party.press("5"), party.hold, party.hang_up):
            action()
            await asyncio.sleep(1)
    assert capsys.readouterr().out.splitlines() == ["answered", "key 5", "hold", "the call left the script"]


def test_the_test_on_the_page_passes(tmp_path: Path) -> None:
    (tmp_path / "remind").write_text(REMIND)
    (tmp_path / "test_remind.py").write_text(TEST)
    assert pytest.main(["-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)]) == 0
