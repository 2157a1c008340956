"""Texts of callers, files or forged rows cannot control the reader's terminal."""

import json
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from rich.console import Console

from cli.agent import agent_view
from cli.calls import events, live
from cli.client import live_view
from cli.doctor.checks import phone_check, secrets_check
from cli.output import json_output
from cli.output.printing import complain
from tests.cli.doctor.made_machine import Machine, machine  # noqa: F401 - the fixture

EVIL = "1\x9b31mEVIL\x9b2J\x1b[2J\x7f"
TOLD = "1?31mEVIL?2J?[2J?"
AGENT = {
    "user": "1000", "full_name": EVIL, "state": "INCALL", "since": "2026-11-21T10:00:00Z", "call": "C", "muted": False,
}  # fmt: skip
CALL: dict[str, Any] = {
    "id": "C", "agc_id": "M1", "state": "talking", "since": "2026-11-21T10:00:00Z", "customer": EVIL, "third": EVIL,
    "agent": "1000", "full_name": "", "ingroup": "SALESLINE", "group_name": EVIL,
    "connected": "2026-11-21T10:00:00Z", "arrived": "", "recording": "", "legs": [],
}  # fmt: skip
FLOOR = {"ingroups": [], "agents": [AGENT], "calls": [CALL], "today": {}}
WATCHED = AGENT | {"call": CALL, "lead": {"lead": None, "script": f"Say {EVIL}\\nand go", "calls": []}}


def drawn(page: object) -> str:
    console = Console(width=200, record=True, file=open("/dev/null", "w"))  # noqa: SIM115 - closed with the test
    console.print(page)
    return console.export_text()


@pytest.mark.parametrize(("picture", "page"), [(FLOOR, live.page), (WATCHED, agent_view.page)])
def test_the_live_view_shows_no_control_characters(
    picture: dict[str, Any], page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    class Screen:
        """Draw each picture once."""

        def __init__(self, get_renderable: Any, **_: object) -> None:
            self._draw = get_renderable

        def __enter__(self) -> "Screen":
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing is left on it."""

        def refresh(self) -> None:
            shown.append(drawn(self._draw()))

    monkeypatch.setattr("rich.live.Live", Screen)
    live_view._live(iter([picture]), page)
    assert TOLD in shown[0] and shown[0].replace("\n", "").isprintable()


def test_the_lines_of_a_followed_view_have_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    live_view._print(iter([FLOOR]), live.lines)
    out = capsys.readouterr().out
    assert TOLD in out and out.replace("\n", "").isprintable()


def test_an_event_in_a_line() -> None:
    event = {"id": "1-0", "at": "", "type": "leg.arrived", "call": "C", "agent": "", "data": {"number": EVIL}}
    assert f"number={TOLD}" in events.line(event)


def test_json_says_the_same_in_signs_that_do_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    said = {"number": EVIL, "name": "Zoë \N{GRINNING FACE}\u2028\U000e0001", "text": "two\\nlines"}
    for text in (json_output.json_line(said), json_output.escaped(json.dumps([said], indent=1, ensure_ascii=False))):
        assert "\\u009b31m" in text and "Zoë \N{GRINNING FACE}" in text and text.replace("\n", "").isprintable()
        assert json.loads(text) in (said, [said])
    json_output.print_json(said)
    assert json.loads(capsys.readouterr().out) == said


def test_an_error_message_has_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    complain(f"there is no {EVIL}")
    assert capsys.readouterr().err == f"warmline: there is no {TOLD}\n"


def commands(found: Iterator[Any]) -> list[list[str]]:
    return [shlex.split(part) for one in found for part in one.fix.split(" && ")]


def test_commands_printed_by_doctor_are_safe_to_run(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Names in the database can be written by an intruder."""
    name = "9;touch${IFS}x;$(id)'"
    facts = machine.facts()
    monkeypatch.setattr(facts, "endpoint", lambda phone: {})
    monkeypatch.setattr(type(facts), "entities", lambda self, kind: {name: {"dial_template": "PJSIP/{number}@t"}})
    assert ["warmline", "phone", "delete", name] in commands(phone_check._missing_phones(facts, [name]))
    assert ["warmline", "campaign", "set", name] == commands(phone_check._missing_trunks(facts))[0][:4]
    monkeypatch.setattr(secrets_check.weak_secrets, "api_users", lambda db: [name])
    monkeypatch.setattr(secrets_check.weak_secrets, "agents", lambda db: [name])
    assert commands(secrets_check._people(facts)) == [
        ["warmline", "api-user", "set", name, "pass=-"],
        ["warmline", "agent", "set", name, "pin=-"],
    ]
