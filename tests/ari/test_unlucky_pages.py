"""Each script of the pages after an error of Asterisk: no party stays on the line in silence."""

import asyncio
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.system import ari_skeleton
from tests.product_names import ROOT
from warmline.ari import AriError, testing
from warmline.ari.testing.simulated_client import SimulatedClient

NUMBER, OTHER = "8005550123", "4930555888"
HOW_TO = ROOT / "docs/how-to"
REMIND, _, DOORBELL, _ = re.findall(r"```python\n(.*?)```", (HOW_TO / "ari-scripts.md").read_text(), re.DOTALL)
CONFERENCE, _, _, MENU = re.findall(r"```python\n(.*?)```", (HOW_TO / "ari-recipes.md").read_text(), re.DOTALL)
SERVE = {"doorbell": DOORBELL, "conference": CONFERENCE, "menu": MENU}
HANDLERS = {"doorbell": "doorbell", "conference": "admit", "menu": "menu", "new": "answer"}


def unlucky(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """Let the first request with this word have no answer."""
    ask = SimulatedClient.request
    words = [word]

    async def request(client: SimulatedClient, method: str, *path: str, **options: Any) -> bytes:
        if words and words[0] in path:
            words.clear()
            raise AriError(0, "ari_no_answer", "no answer from Asterisk within {limit:g} s", limit=2)
        return await ask(client, method, *path, **options)

    monkeypatch.setattr(SimulatedClient, "request", request)


@pytest.mark.parametrize("request_line", ["answer", "ring", "addChannel", "continue"])
@pytest.mark.parametrize("name", HANDLERS)
async def test_a_caller_goes_on_in_the_dialplan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, request_line: str
) -> None:
    if name != "doorbell" and request_line == "ring":
        request_line = "play"
    monkeypatch.setenv("CONFERENCE_PIN", "4711")
    monkeypatch.setattr(sys, "argv", [name, OTHER])
    if name == "new":
        ari_skeleton.write(name, tmp_path)
    else:
        (tmp_path / name).write_text(SERVE[name])
    script = testing.load(tmp_path / name, OTHER)
    async with testing.world(ingroups=["SALESLINE"]) as world:
        if request_line != "continue":
            world.party(OTHER)
        unlucky(monkeypatch, request_line)
        world.start(script.serve(name, getattr(script, HANDLERS[name])))
        caller = world.caller(NUMBER, keys={"conf-getpin": "4711#", "vm-press": "1"})
        await asyncio.sleep(60)  # of the world's simulated time
        assert not caller.on_line or caller.talking_with or room_of_one(name, request_line), caller.state


def room_of_one(name: str, request_line: str) -> bool:
    """Return whether the caller waits in the conference for others, because nothing failed."""
    return name == "conference" and request_line == "continue"


@pytest.mark.parametrize("request_line", ["play", "continue"])
async def test_a_called_party_is_hung_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request_line: str) -> None:
    file = tmp_path / "reminder"
    file.write_text(REMIND)
    script = testing.load(file)
    async with testing.world(ingroups=["SALESLINE"]) as world:
        unlucky(monkeypatch, request_line)
        first_party, second_party = world.party(NUMBER, keys={"vm-press": "1"}), world.party(OTHER, answers_after=20)
        world.start(script.remind([first_party.number, second_party.number]))
        await world.until(lambda: second_party.ringing)
        await asyncio.sleep(5)  # of the world's simulated time
        assert not first_party.on_line, first_party.state
