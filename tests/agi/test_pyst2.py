"""Warmline's AGI compared with pyst2's: what a script calls, what Asterisk receives, what the script gets back."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from asterisk import agi as pyst2  # type: ignore[import-untyped]  # it has no types

from tests.agi.other_end import OtherEnd
from warmline import agi as ours
from warmline.core.model import ids

REPLIES = {
    "GET VARIABLE": "200 result=1 (some (odd) value)",
    "GET FULL VARIABLE": "200 result=1 (a=b c)",
    "GET DATA": "200 result=1234",
    "STREAM FILE": "200 result=49 endpos=7680",
    "CONTROL STREAM FILE": "200 result=0 endpos=7680",
    "GET OPTION": "200 result=42 endpos=0",
    "WAIT FOR DIGIT": "200 result=35",
    "RECEIVE CHAR": "200 result=97",
    "RECORD FILE": "200 result=35 (dtmf) endpos=160",
    "SEND IMAGE": "200 result=0",
    "SAY": "200 result=0",
    "CHANNEL STATUS": "200 result=6",
    "DATABASE GET": "200 result=1 (stored)",
    "EXEC": "200 result=0",
}

CALLS: list[tuple[str, tuple[object, ...]]] = [
    ("answer", ()),
    ("wait_for_digit", ()),
    ("wait_for_digit", (500,)),
    ("send_text", ("hello there",)),
    ("receive_char", ()),
    ("tdd_mode", ("on",)),
    ("stream_file", ("beep",)),
    ("stream_file", ("beep", "12", 80)),
    ("stream_file", ("beep", [1, "2", 3])),
    ("control_stream_file", ("beep", "*#", 1000, "1", "2", "3")),
    ("send_image", ("logo",)),
    ("say_digits", ("0123", [4, "5"])),
    ("say_digits", ([1, 2, 3],)),
    ("say_number", (42,)),
    ("say_alpha", ("abc",)),
    ("say_phonetic", ("abc", "#")),
    ("say_date", (0,)),
    ("say_time", (86400, "#")),
    ("say_datetime", (86400, "#", "ABdY", "UTC")),
    ("get_data", ("agent-pass",)),
    ("get_data", ("agent-pass", 5000, 4)),
    ("get_option", ("beep", "12")),
    ("get_option", ("beep", "12", 700)),
    ("set_context", ("from-trunk",)),
    ("set_extension", ("s",)),
    ("goto_on_exit", ("away", "s", "1")),
    ("goto_on_exit", ()),
    ("record_file", ("message", "wav", "#", 5000, 0, "beep", 2)),
    ("set_autohangup", (30,)),
    ("hangup", ()),
    ("hangup", ("PJSIP/trunk-00000002",)),
    ("appexec", ("Dial", "PJSIP/1000,20,tT")),
    ("set_callerid", ("5551234",)),
    ("channel_status", ()),
    ("set_variable", ("NAME", "some value")),
    ("set_variable", ("NAME", 7)),
    ("get_variable", ("NAME",)),
    ("get_full_variable", ("${NAME}",)),
    ("get_full_variable", ("${NAME}", "PJSIP/trunk-00000002")),
    ("verbose", ("a message", 3)),
    ("database_get", ("family", "key")),
    ("database_put", ("family", "key", "value")),
    ("database_del", ("family", "key")),
    ("database_deltree", ("family", "key")),
    ("noop", ()),
    ("exec_command", ("Dial", "PJSIP/1000", 20)),
    ("execute", ("EXEC", "Playback", "beep")),
    ("test_hangup", ()),
]

FAILURES = {
    "510 Invalid or unknown command": "AGIInvalidCommand",
    "520-Invalid command syntax.  Proper usage follows:\nUsage: NOOP\n520 End of proper usage.": "AGIUsageError",
    "300 what": "AGIUnknownError",
    "200 result=-1": "AGIAppError",
    "200 result=0 (hangup)": "AGIResultHangup",
}


def reply(words: list[str]) -> str:
    line = " ".join(words)
    return next((text for command, text in REPLIES.items() if line.startswith(command)), "200 result=1")


@contextmanager
def quiet_pyst2(end: OtherEnd) -> Iterator[Any]:
    """Return pyst2's AGI, without its messages about each line."""
    with open("/dev/null", "w") as null_device:
        yield pyst2.AGI(end.stdin, end.stdout, null_device)


@contextmanager
def our_own(end: OtherEnd) -> Iterator[ours.AGI]:
    yield ours.AGI(end.stdin, end.stdout, sighup=False)


@pytest.fixture(autouse=True)
def _sighup_as_before() -> Iterator[None]:
    import signal

    previous_handler = signal.getsignal(signal.SIGHUP)
    yield
    signal.signal(signal.SIGHUP, previous_handler)


def talk(make: Callable[[OtherEnd], Any], method: str, args: tuple[object, ...]) -> tuple[object, list[list[str]]]:
    """Return the method's result, and what Asterisk received."""
    with OtherEnd(reply) as end:
        with make(end) as agi:
            result = getattr(agi, method)(*args)
        return result, end.heard


@pytest.mark.parametrize(("method", "args"), CALLS)
def test_a_method_sends_and_returns_the_same_as_that_of_pyst2(method: str, args: tuple[object, ...]) -> None:
    result, commands = talk(our_own, method, args)
    pyst2_result, pyst2_commands = talk(quiet_pyst2, method, args)
    assert result == pyst2_result
    assert commands == [
        [word.upper() if word in ("set", "priority") else word for word in words] for words in pyst2_commands
    ]


@pytest.mark.parametrize(
    "method", [name for name, _ in inspect.getmembers(pyst2.AGI, inspect.isfunction) if name[0] != "_"]
)
def test_a_method_takes_the_same_arguments_as_that_of_pyst2(method: str) -> None:
    """By name and in order, except the stream that pyst2's get_result takes and never uses."""
    if method == "get_result":
        return
    pyst2_parameters = inspect.signature(getattr(pyst2.AGI, method)).parameters.values()
    warmline_parameters = list(inspect.signature(getattr(ours.AGI, method)).parameters.values())
    for index, parameter in enumerate(pyst2_parameters):
        assert (warmline_parameters[index].name, warmline_parameters[index].default) == (
            parameter.name,
            parameter.default,
        )


@pytest.mark.parametrize(("text", "exception"), FAILURES.items())
def test_a_failure_is_pyst2s(text: str, exception: str) -> None:
    for module, make in ((ours, our_own), (pyst2, quiet_pyst2)):
        with OtherEnd(lambda words: text) as end, make(end) as agi, pytest.raises(getattr(module, exception)) as caught:
            agi.noop()
        assert type(caught.value).__name__ == exception


def test_the_exceptions_are_related_as_in_pyst2() -> None:
    for name, pyst2_class in inspect.getmembers(pyst2, inspect.isclass):
        if name == "AGI":
            continue
        family = [parent.__name__ for parent in getattr(ours, name).__mro__]
        assert family == [parent.__name__ for parent in pyst2_class.__mro__]


def routed(make: Callable[[OtherEnd], Any], dialled: str = "", number: str = "") -> tuple[str, dict[str, str]]:
    """Return the result of `route`, and the variables that it sets. `dialled` is WARMLINE_DIALLED."""

    def answer(words: list[str]) -> str:
        return (
            f"200 result=1 ({dialled})"
            if words == ["GET", "VARIABLE", "WARMLINE_DIALLED"] and dialled
            else "200 result=1"
        )

    with OtherEnd(answer) as end:
        with make(end) as agi:
            result = ours.route(agi, number)
        assert any(words[0] == "VERBOSE" for words in end.heard)
        return result, {words[2]: words[3] for words in end.heard if words[:2] == ["SET", "VARIABLE"]}


@pytest.mark.parametrize("make", [our_own, quiet_pyst2])
def test_a_script_of_pyst2_routes_a_call(
    make: Callable[[OtherEnd], Any], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARMLINE_DB", str(database))
    route, variables = routed(make)  # the extension is 8005550100
    assert route == variables["WARMLINE_ROUTE"] == "ingroup,SALESLINE"
    assert ids.is_ulid(variables["WARMLINE_CALL"])
    assert variables["WARMLINE_WHY"].startswith("number: 8005550100; did: 8005550100 goes to ingroup:SALESLINE; ")
    assert routed(make, dialled="+8005550102")[0] == "agent,1000"
    assert routed(make, dialled="8005550102", number="8005550100")[0] == "ingroup,SALESLINE"
    route, variables = routed(make, dialled="8005550113")
    assert (route, variables["WARMLINE_GOTO"], variables["WARMLINE_REASON"]) == (
        "",
        "warmline-hangup,s,1",
        "sent to hangup",
    )


@pytest.mark.parametrize("make", [our_own, quiet_pyst2])
def test_text_of_a_caller_ends_no_word_of_pyst2s(
    make: Callable[[OtherEnd], Any], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARMLINE_DB", str(database))
    route, variables = routed(make, number='8" "x\\\nEXEC System id\n"')
    assert route == ""
    assert set(variables) == {"WARMLINE_CALL", "WARMLINE_REASON"}
    assert variables["WARMLINE_REASON"] == "'8' 'x///nEXEC System id/n'' is no number"
