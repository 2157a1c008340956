"""`warmline dialplan lint`: what it reads, its page, its JSON and its exit codes."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.client import ari_console
from cli.output.exit_codes import ExitCode
from tests.cli.command_line import Run
from tests.wording.said import says
from warmline_contrib.dialplan_lint import dialplan_reading

BAD = "[test]\nexten => _9.,1,Dial(PJSIP/${EXTEN:1})\n same => n,Queue(q)\n same => n,Hangup()\n"
UNSURE = "[test]\nexten => 1,1,Queue(q,T)\n same => n,Hangup()\n"
GOOD = "[test]\nexten => 1,1,Queue(q)\n same => n,Hangup()\n"
SHOWN = """[ Context 'test' created by 'pbx_config' ]
  '1' =>            1. Queue(q)                                   [extensions.conf:2]
     [end]          2. Goto(nowhere,s,1)                          [extensions.conf:3]
  Include =>        'parkedcalls'                                 [pbx_config]

-= 1 extension (2 priorities) in 1 context. =-
"""


@pytest.fixture
def run(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "warmline.toml").touch()
    monkeypatch.setenv("WARMLINE_CONFIG", str(tmp_path / "warmline.toml"))

    return lambda *arguments: run("dialplan", "lint", *arguments)


def test_the_exit_code_is_that_of_the_worst_finding(run: Run) -> None:
    for text, code in ((BAD, ExitCode.FAILED), (UNSURE, ExitCode.DIFFERS), (GOOD, ExitCode.DONE)):
        Path("extensions.conf").write_text(text)
        assert run("extensions.conf")[0] == code
        assert run("extensions.conf", "--json")[0] == code, text


def test_json_has_every_field(run: Run) -> None:
    Path("extensions.conf").write_text(BAD)
    Path("queues.conf").write_text("[general]\n")
    found = json.loads(run("extensions.conf", "--json")[1])
    assert found["version"] == 1
    assert found["read"] == {
        "files": ["extensions.conf", "queues.conf"],
        "contexts": 1,
        "extensions": 1,
        "priorities": 3,
        "queues": 0,
        "music_classes": None,
        "parking_lots": None,
    }
    first, second = found["findings"]
    assert (first["code"], first["severity"], first["certain"], first["line"]) == (
        "channel_untrusted",
        "error",
        True,
        2,
    )
    assert (second["code"], second["context"], second["extension"], second["priority"]) == (
        "queue_unknown",
        "test",
        "_9.",
        2,
    )
    assert {"file", "found", "harm", "fix"} <= set(first)


def test_a_code_can_be_ignored(run: Run) -> None:
    Path("extensions.conf").write_text(BAD)
    assert run("extensions.conf", "--ignore", "channel_untrusted")[0] == ExitCode.DONE
    code, _, err = run("extensions.conf", "--ignore", "chanel_untrusted")
    assert code == ExitCode.FAILED and says(err, "lint_code_unknown", code="chanel_untrusted")


def test_output_of_asterisk_comes_through_a_pipe_or_a_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SHOWN.encode())))
    piped = json.loads(run("-", "--json")[1])
    Path("show.txt").write_text(SHOWN)
    saved = json.loads(run("show.txt", "--json")[1])
    assert piped["findings"] == saved["findings"] and piped["read"]["files"] == ["-"]
    [found] = piped["findings"]
    assert (found["code"], found["file"], found["line"], found["priority"]) == (
        "target_missing",
        "extensions.conf",
        3,
        2,
    )


def test_a_running_asterisk_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {
        "dialplan show": SHOWN,
        "queue show": "q has 0 calls (max unlimited) in 'ringall' strategy\n   No Members\n   No Callers\n",
        "moh show classes": "No such command 'moh show classes'\n",
        "core show settings": f"  Data directory:              {Path.cwd()}\n",
    }
    monkeypatch.setattr(ari_console, "console", lambda _, command: answers[command])
    code, out, _ = run("--json")
    found = json.loads(out)
    assert code == ExitCode.FAILED and found["read"]["files"][:2] == ["dialplan show", "queue show"]
    assert {one["code"] for one in found["findings"]} == {"target_missing", "queue_empty"}
    assert (found["read"]["queues"], found["read"]["music_classes"]) == (1, None)


def test_an_empty_or_missing_dialplan_is_refused(run: Run) -> None:
    Path("empty").write_text("\n")
    code, _, err = run("empty")
    assert code == ExitCode.FAILED and says(err, "dialplan_empty", file="empty")
    code, _, err = run("none.conf")
    assert code == ExitCode.FAILED and says(err, "dialplan_unreadable", file="none.conf")


def test_hostile_names_do_not_reach_the_terminal(run: Run) -> None:
    Path("extensions.conf").write_text("[te\x1b[2Jst]\nexten => 1,1,Goto(a\x1b]0;x\x07,s,1)\n")
    out = run("extensions.conf")[1]
    assert "target_missing" in out and not set(out) & {"\x1b", "\x07"}


@pytest.mark.parametrize("file", ["/dev/zero", "-"])
def test_an_endless_file_ends(run: Run, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.setattr(dialplan_reading, "LARGEST", 100_000)
    with Path("/dev/zero").open("rb") as zeros:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(zeros))
        code, out, err = run(file)
    assert code == ExitCode.FAILED and not out and says(err, "dialplan_too_large", file=file)


@pytest.mark.parametrize("lines", [1, 3000])
def test_output_to_a_full_disk_is_no_traceback(tmp_path: Path, lines: int) -> None:
    (tmp_path / "extensions.conf").write_text("[test]\n" + "x\n" * lines)
    command = [Path(sys.executable).with_name("warmline"), "dialplan", "lint", tmp_path / "extensions.conf"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    said = "warmline: the output cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (ExitCode.FAILED, said)
