"""The programs of docs/how-to/centre-in-python.md, as they are there."""

import asyncio
import re
import sys

import pytest

from tests.centre.program import Program
from tests.core.core_stage import SLOW
from tests.product_names import ROOT
from warmline.core.model.call_states import State

PAGE = (ROOT / "docs/how-to/centre-in-python.md").read_text()
TRANSFER, WATCH, RECORDS, _ = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def play(text: str) -> None:
    exec(compile(text, "page", "exec"), {"__name__": "__main__"})  # noqa: S102 - the page's own text


def test_a_warm_transfer(program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    program.app.site.customer()
    monkeypatch.setattr(sys, "argv", ["transfer", SLOW])
    with program.app.site.turning():
        answer = program.app._when_followed(lambda: program.driver.wait(4))
        asyncio.run_coroutine_threadsafe(answer, program.app.site.loop)
        play(TRANSFER)
    assert program.driver.call().state is State.HANDED_OFF
    assert capsys.readouterr().out == "answered 2\n"


def test_past_calls_and_events(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    call = program.app.site.customer()
    text = WATCH.replace("event.type, event.call)", "event.type, event.call)\n            raise SystemExit")
    with program.app.site.turning(), pytest.raises(SystemExit):
        event = program.app._when_followed(lambda: program.driver.hang_up("cust"))
        asyncio.run_coroutine_threadsafe(event, program.app.site.loop)
        play(text)
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(call) and second.endswith(call)


def test_records(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    play(RECORDS)
    play(RECORDS)
    assert capsys.readouterr().out == "8005551234@\nit is on the list already\n"
