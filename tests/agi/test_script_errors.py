"""Errors of scripts: each typo is told with file, line and the name that was meant, and is kept for doctor and log."""

import os
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.agi import own_scripts
from tests.agi.other_end import ENVIRONMENT, Answer, OtherEnd
from tests.agi.test_own_scripts import ask_script, reason
from warmline.agi import AGI, AGIDeadChannel, fastagi_server, script_errors
from warmline.store.agi import failed_scripts

BEFORE = f"{own_scripts.FIRST}\nfrom warmline import agi as library\nfrom warmline.agi import AGI, explain, run, say\n"
SCRIPT = BEFORE + "\n\ndef typo(agi: AGI) -> None:\n    number = agi.env['agi_callerid']\n    {}\n\n\nrun(typo)\n"
TYPOS = [
    (("{}", "agi.getdata('beep')"), "'AGI' object has no attribute 'getdata'", "get_data"),
    (("{}", "agi.xyzzy()"), "'AGI' object has no attribute 'xyzzy'", ""),
    (("run(typo)", "run(typos)"), "NameError: name 'typos' is not defined", "typo"),
    (("run(typo)", "AGI().getdata('x')"), "'AGI' object has no attribute 'getdata'", "get_data"),
]


class ScriptRun:
    """The commands and stderr of a script that Asterisk has started, and its notes in the spool."""

    def __init__(
        self, script: Path, folder: Path, answer: Answer = lambda words: "200 result=1", **environment: str
    ) -> None:
        (folder / "spool").mkdir(exist_ok=True)
        places = {"WARMLINE_DB": f"{folder}/none.db", "WARMLINE_SPOOL": f"{folder}/spool", "AST_AGI_DIR": str(folder)}
        with OtherEnd(answer, ENVIRONMENT) as asterisk:
            done = subprocess.run(
                [script],
                stdin=asterisk.stdin,
                stdout=asterisk.stdout,
                stderr=subprocess.PIPE,
                env={**own_scripts.clean_environment(), **places, **environment},
                timeout=20,
            )
        self.code, self.stderr, self.heard = done.returncode, done.stderr.decode(), asterisk.heard
        self.notes = failed_scripts.read(folder / "spool", 0)


def run_script(text: str, folder: Path, name: str = "typo", **environment: str) -> ScriptRun:
    return ScriptRun(own_scripts.write(text, folder / name), folder, **environment)


def test_a_typo_is_told_with_its_line_and_the_name_that_was_meant(tmp_path: Path) -> None:
    for change, error, name in TYPOS:
        script_run = run_script(SCRIPT.replace(*change).format("pass"), tmp_path)
        text = reason(script_run.heard)
        line = text.removeprefix("typo line ").partition(":")[0]
        assert text.startswith("typo line ") and error in text, text
        assert text.endswith(f"; did you mean {name}") if name else "did you mean" not in text
        assert ["VERBOSE", f"warmline: no route: {text}", "1"] in script_run.heard
        assert f'typo", line {line}, in ' in script_run.stderr
        *_, note = script_run.notes
        assert (note.script, note.reason, note.caller) == ("typo", text, "15551234")
        assert f"line {line}, in " in note.trace


def test_a_program_that_imports_the_library_keeps_its_hook_for_errors() -> None:
    program = "import sys, warmline.agi; print(sys.excepthook is sys.__excepthook__)"
    environment = {key: value for key, value in os.environ.items() if key != "AST_AGI_DIR"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout == "True\n"


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


def test_a_program_that_a_script_starts_may_call_no_function(tmp_path: Path) -> None:
    text = f"{own_scripts.LAUNCHED}\nfrom warmline.agi import AGI, run\n\ndef helper(agi): ...\n"
    child = own_scripts.write(text, tmp_path / "child")
    script_run = run_script(SCRIPT.format(f"import subprocess; subprocess.run(['{child}'], check=True)"), tmp_path)
    assert (script_run.code, script_run.heard, script_run.notes, script_run.stderr) == (0, [], [], "")


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
