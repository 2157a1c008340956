"""Errors of scripts: each typo is told with file, line and the name that was meant, and is kept for doctor and log."""

import asyncio
import logging
import os
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from ari_app.background import failed_script_poller
from tests.agi import own_scripts
from tests.agi.conftest import Run
from tests.agi.other_end import ENVIRONMENT, Answer, OtherEnd
from tests.agi.test_own_scripts import ask_script, reason
from warmline.agi import AGI, AGIDeadChannel, fastagi_server, script_errors
from warmline.store.agi import failed_scripts

BEFORE = f"{own_scripts.FIRST}\nfrom warmline import agi as library\nfrom warmline.agi import AGI, explain, run, say\n"
SCRIPT = BEFORE + "\n\ndef typo(agi: AGI) -> None:\n    number = agi.env['agi_callerid']\n    {}\n\n\nrun(typo)\n"
ERROR_LINE = 8

TYPOS = [
    ("agi.getdata('beep')", "'AGI' object has no attribute 'getdata'", "get_data"),
    ("agi.streamfile('beep')", "'AGI' object has no attribute 'streamfile'", "stream_file"),
    ("agi.Answer()", "'AGI' object has no attribute 'Answer'", "answer"),
    ("agi.hang_up()", "'AGI' object has no attribute 'hang_up'", "hangup"),
    ("agi.set_varible('A', 1)", "'AGI' object has no attribute 'set_varible'", "set_variable"),
    ("agi.getvariable('A')", "'AGI' object has no attribute 'getvariable'", "get_variable"),
    ("agi.say_digit('1')", "'AGI' object has no attribute 'say_digit'", "say_digits"),
    ("agi.wait_digit()", "'AGI' object has no attribute 'wait_digit'", "wait_for_digit"),
    ("agi.databse_get('a', 'b')", "'AGI' object has no attribute 'databse_get'", "database_get"),
    ("library.find_lead(number)", "module 'warmline.agi' has no attribute 'find_lead'", "find_leads"),
    ("library.write_date(agi, {})", "module 'warmline.agi' has no attribute 'write_date'", "write_data"),
    ("library.enter_in_group(agi, 'A')", "module 'warmline.agi' has no attribute 'enter_in_group'", "enter_ingroup"),
    ("say(agi, nunber)", "name 'nunber' is not defined", "number"),
    ("sayy(agi, 'beep')", "name 'sayy' is not defined", "say"),
    ("say(agi, 'beep', key='1')", "say() got an unexpected keyword argument 'key'", "keys"),
    ("agi.get_data('a', max_digit=4)", "AGI.get_data() got an unexpected keyword argument 'max_digit'", "max_digits"),
    ("explain(number, caler='1')", "explain() got an unexpected keyword argument 'caler'", "caller"),
    ("agi.env['agi_calerid']", "'agi_calerid'", "agi_callerid"),
    ("from warmline.agi import find_lead", "cannot import name 'find_lead' from 'warmline.agi'", "find_leads"),
    ("from warmline.agi import Digit", "cannot import name 'Digit' from 'warmline.agi'", "Digits"),
    ("agi.get_data()", "missing 1 required positional argument: 'filename'", ""),
    ("agi.xyzzy()", "'AGI' object has no attribute 'xyzzy'", ""),
    ("number + 1", 'can only concatenate str (not "int") to str', ""),
    ("[number][7]", "IndexError: list index out of range", ""),
    ("library.read_lead(1)", "none.db does not exist", ""),
]


class ScriptRun:
    """The commands and stderr of a script that Asterisk has started, and its notes in the spool."""

    def __init__(self, script: Path, folder: Path, answer: Answer = lambda words: "200 result=1") -> None:
        (folder / "spool").mkdir(exist_ok=True)
        places = {"WARMLINE_DB": f"{folder}/none.db", "WARMLINE_SPOOL": f"{folder}/spool", "AST_AGI_DIR": str(folder)}
        with OtherEnd(answer, ENVIRONMENT) as asterisk:
            done = subprocess.run(
                [script],
                stdin=asterisk.stdin,
                stdout=asterisk.stdout,
                stderr=subprocess.PIPE,
                env={**own_scripts.clean_environment(), **places},
                timeout=20,
            )
        self.code, self.stderr, self.heard = done.returncode, done.stderr.decode(), asterisk.heard
        self.notes = failed_scripts.read(folder / "spool", 0)


def run_script(text: str, folder: Path, name: str = "typo") -> ScriptRun:
    return ScriptRun(own_scripts.write(text, folder / name), folder)


@pytest.mark.parametrize(("typo", "error", "suggested_name"), TYPOS, ids=[typo for typo, _, _ in TYPOS])
def test_a_typo_is_told_with_its_line_and_the_name_that_was_meant(
    tmp_path: Path, typo: str, error: str, suggested_name: str
) -> None:
    script_run = run_script(SCRIPT.format(typo), tmp_path)
    text = reason(script_run.heard)
    assert text.startswith(f"typo line {ERROR_LINE}: ") and error in text
    assert text.endswith(f"; did you mean {suggested_name}") if suggested_name else "did you mean" not in text
    assert ["VERBOSE", f"warmline: no route: {text}", "1"] in script_run.heard
    assert script_run.code == 0 and f'typo", line {ERROR_LINE}, in typo\n' in script_run.stderr
    assert not suggested_name or f"Did you mean: '{suggested_name}'?" in script_run.stderr
    [note] = script_run.notes
    assert (note.script, note.reason, note.caller) == ("typo", text, "15551234")
    assert f"line {ERROR_LINE}, in typo" in note.trace


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (("explain, run", "explan, run"), "cannot import name 'explan' from 'warmline.agi' ("),
        (("run(typo)", "run(typos)"), "typo line 11: NameError: name 'typos' is not defined; did you mean typo"),
        (("run(typo)", "AGI().getdata('x')"), "'AGI' object has no attribute 'getdata'; did you mean get_data"),
    ],
)
def test_an_error_outside_of_run_is_told_too(tmp_path: Path, change: tuple[str, str], text: str) -> None:
    script_run = run_script(SCRIPT.replace(*change).format("pass"), tmp_path)
    assert text in reason(script_run.heard) and reason(script_run.heard).startswith("typo line ")
    assert "did you mean" in reason(script_run.heard)
    assert script_run.code == 1 and "Traceback" in script_run.stderr and len(script_run.notes) == 1


@pytest.mark.parametrize(
    "line", ["agi.stream_file('vm-gooodbye')", "agi.get_data('vm-gooodbye')", "say(agi, 'vm-gooodbye')"]
)
def test_a_sound_that_does_not_exist_is_named(tmp_path: Path, line: str) -> None:
    answer: Answer = lambda words: f"200 result={-1 if 'vm-gooodbye' in words else 6} endpos=0"  # noqa: E731
    script = own_scripts.write(SCRIPT.format(line), tmp_path / "typo")
    text = reason(ScriptRun(script, tmp_path, answer).heard)
    command = "GET DATA" if "get_data" in line else "STREAM FILE"
    assert text == (
        f'typo line {ERROR_LINE}: AGIAppError: {command} "vm-gooodbye" failed, or the caller hung up; '
        "did you mean vm-goodbye"
    )


def test_a_program_that_imports_the_library_keeps_its_hook_for_errors() -> None:
    program = "import sys, warmline.agi; print(sys.excepthook is sys.__excepthook__)"
    environment = {key: value for key, value in os.environ.items() if key != "AST_AGI_DIR"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout == "True\n"


def test_a_caller_who_hangs_up_is_no_failure(tmp_path: Path) -> None:
    text = SCRIPT.format("from warmline.agi import AGIResultHangup; raise AGIResultHangup('gone')")
    script_run = run_script(text, tmp_path)
    assert (script_run.code, script_run.stderr, script_run.notes, script_run.heard) == (0, "", [], [])


def test_an_object_that_refuses_questions_does_not_hide_the_error(tmp_path: Path) -> None:
    text = SCRIPT.format("Odd().name").replace(
        "\n\ndef typo", "class Odd:\n    def __dir__(self): raise ValueError\n\n\ndef typo"
    )
    assert "'Odd' object has no attribute 'name'" in reason(run_script(text, tmp_path).heard)


def test_a_fastagi_script_is_told_in_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def typo(agi: AGI) -> None:
        agi.getdata("beep")  # type: ignore[attr-defined]

    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path))
    with fastagi_server.open_server("127.0.0.1:0", {"typo": (typo, ())}) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        text = reason(ask_script(server.server_address[1], "typo"))
        server.shutdown()
    line = typo.__code__.co_firstlineno + 1
    assert text.startswith(f"{Path(__file__).name} line {line}: ") and text.endswith("; did you mean get_data")
    assert f"line {line}, in typo" in capfd.readouterr().err
    assert [note.reason for note in failed_scripts.read(tmp_path, 0)] == [text]


def test_notes_have_a_limit_and_damaged_ones_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path))
    for number in range(210):
        failed_scripts.keep("script", f"reason {number}", "x" * 9000)
    files = [tmp_path / name for name in (failed_scripts.NAME, failed_scripts.OLDER)]
    assert all(file.stat().st_size < failed_scripts.LARGEST + 10_000 for file in files)
    notes = failed_scripts.read(tmp_path, 0)
    assert [note.reason for note in notes][-1] == "reason 209" and 40 < len(notes) < 100
    assert failed_scripts.read(tmp_path, notes[-1].at) == notes[-1:]
    with files[0].open("ab") as stream:
        stream.write(b'{}\n[1]\n[1, "a", "b", 4]\n\xff\n[9, "a", "b"')
    assert failed_scripts.read(tmp_path, 0) == notes


def test_a_spool_that_is_missing_or_closed_stops_no_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path / "none"))
    failed_scripts.keep("script", "reason", "")
    assert failed_scripts.read(tmp_path / "none", 0) == [] and not (tmp_path / "none").exists()
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / failed_scripts.NAME).symlink_to(tmp_path / "other")
    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path / "spool"))
    failed_scripts.keep("script", "reason", "")
    assert not (tmp_path / "other").exists()


def test_the_app_logs_the_traceback_and_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path))
    monkeypatch.setattr(failed_script_poller, "EVERY", 0.001)
    failed_scripts.keep("old", "an earlier one", "")
    start_us = time.time_ns() // 1000

    async def follow_one() -> None:
        count_event = asyncio.Event()
        follower = asyncio.create_task(failed_script_poller.follow(str(tmp_path), count_event.set, start_us))
        failed_scripts.keep("typo", "typo line 8: a bug", "Traceback\n  line 8\n")
        await asyncio.wait_for(count_event.wait(), 10)
        count_event.clear()
        failed_scripts.keep("typo", "typo line 9: a bug", "")
        await asyncio.wait_for(count_event.wait(), 10)
        follower.cancel()

    with caplog.at_level(logging.WARNING):
        asyncio.run(follow_one())
    assert [record.getMessage() for record in caplog.records] == [
        "script typo failed: typo line 8: a bug\nTraceback\n  line 8", "script typo failed: typo line 9: a bug",
    ]  # fmt: skip


def test_the_names_of_an_error_without_a_script_are_none() -> None:
    assert script_errors.describe_error(ValueError("x")) == "ValueError: x"
    assert script_errors.suggest_name(NameError("name 'x' is not defined", name="x")) == ""


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            ("agi.get_data", "agi.getdata"),
            "AttributeError: 'AGI' object has no attribute 'getdata'; did you mean get_data",
        ),
        (("import AGI, run", "import AGI, runn"), "ImportError: cannot import name 'runn' from 'warmline.agi'"),
        (("agi.answer()", "agi.answer("), "SyntaxError: '(' was never closed"),
    ],
)
def test_script_test_shows_the_same(run: Run, tmp_path: Path, change: tuple[str, str], text: str) -> None:
    assert run("own-script", "new", "ticket", "--to", tmp_path)[0] == 0
    script = tmp_path / "ticket"
    original_text = script.read_text()
    script.write_text(changed_text := original_text.replace(*change))
    lines = zip(original_text.splitlines(), changed_text.splitlines(), strict=True)
    line = next(
        number for number, (original_line, changed_line) in enumerate(lines, 1) if original_line != changed_line
    )
    code, stdout, _ = run("own-script", "test", tmp_path / "ticket.session", script)
    assert code == 2 and f"ticket line {line}: {text}" in stdout


def test_a_caller_who_hangs_up_at_a_prompt_is_no_failure(tmp_path: Path) -> None:
    """Asterisk answers -1, and refuses most later commands; without a hang-up, -1 is a failed command."""
    script = own_scripts.write(SCRIPT.format("agi.get_data('beep')"), tmp_path / "prompt")
    for gone, notes in (True, 0), (False, 1):

        def answer(words: list[str], gone: bool = gone) -> str:
            if words[:2] == ["GET", "DATA"]:
                return "200 result=-1"
            return "511 Command Not Permitted on a dead channel" if gone else "200 result=6"

        script_run = ScriptRun(script, tmp_path, answer)
        assert (script_run.code, len(script_run.notes)) == (0, notes) and ("Traceback" in script_run.stderr) is bool(
            notes
        )


@pytest.mark.parametrize("streams", ["", "sys.stdin, sys.stdout, sys.stderr"])
def test_a_script_without_run_is_told_in_the_same_way(tmp_path: Path, streams: str) -> None:
    """Scripts for pyst2 are of this form; some name the streams."""
    text = f"{own_scripts.FIRST}\nimport sys\nfrom warmline.agi import AGI\n\nAGI({streams}).get_data('beep')\n"
    script = own_scripts.write(text, tmp_path / "prompt")
    for gone, notes in (True, 0), (False, 1):

        def answer(words: list[str], gone: bool = gone) -> str:
            if words[:2] == ["GET", "DATA"]:
                return "200 result=-1"
            return "511 Command Not Permitted on a dead channel" if gone else "200 result=6"

        started_at = time.monotonic()
        script_run = ScriptRun(script, tmp_path, answer)
        assert time.monotonic() - started_at < 4  # a second AGI would wait 5 s for the caller's data
        assert (script_run.code, len(script_run.notes), "Traceback" in script_run.stderr) == (1, notes, True)
        assert bool(notes) is any("prompt line 5: AGIAppError" in word for words in script_run.heard for word in words)


def test_an_error_in_a_program_that_a_script_starts_sends_no_command(tmp_path: Path) -> None:
    """The program inherits the script's environment, stdin and stdout."""
    child = own_scripts.write(SCRIPT.replace("run(typo)", "run(typos)").format("pass"), tmp_path / "child")
    for statement in f"import subprocess; subprocess.run(['{child}'])", FORK:
        script_run = run_script(SCRIPT.format(statement), tmp_path)
        assert (script_run.code, script_run.heard, script_run.notes) == (0, [], []) and "Error: " in script_run.stderr


FORK = """import os
    if not os.fork():
        import sys; sys.excepthook(ValueError, ValueError('an error'), None); os._exit(0)
    os.wait()"""


def test_a_question_about_the_hangup_that_fails_does_not_hide_the_error(tmp_path: Path) -> None:
    script = own_scripts.write(SCRIPT.format("agi.get_data('beep')"), tmp_path / "prompt")
    for status in "510 Invalid or unknown command", "200 result=":

        def answer(words: list[str], status: str = status) -> str:
            if words[:2] == ["GET", "DATA"]:
                return "200 result=-1"
            return status if words[:2] == ["CHANNEL", "STATUS"] else "200 result=1"

        script_run = ScriptRun(script, tmp_path, answer)
        assert f"prompt line {ERROR_LINE}: AGIAppError: " in reason(script_run.heard)


def test_asterisk_is_told_before_the_note_is_written_and_a_hangup_keeps_the_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A spool on a slow disk must not make the caller wait."""
    order: list[str] = []
    monkeypatch.setattr(failed_scripts, "keep", lambda *_, caller: order.append("note"))

    def answer(words: list[str]) -> str:
        order.append(words[0])
        return "511 Command Not Permitted on a dead channel" if "gone" in words[1] else "200 result=1"

    for failure in "bug", "gone":
        order.clear()
        with OtherEnd(answer) as asterisk:
            agi = AGI(asterisk.stdin, asterisk.stdout, sighup=False)
            with pytest.raises(AGIDeadChannel) if failure == "gone" else nullcontext():
                script_errors.report(agi, ValueError(failure), "script")
        assert order == (["VERBOSE", "note"] if failure == "gone" else ["VERBOSE", "SET", "note"])
