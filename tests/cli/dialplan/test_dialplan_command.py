"""`warmline dialplan lint`: what it reads, its page, its JSON and its exit codes."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.client import ari_console
from cli.client.app_answer import AppAway
from cli.dialplan import dialplan_reading
from cli.output.exit_codes import ExitCode
from tests.cli.command_line import Run
from tests.wording.said import says
from warmline.dialplan.dialplan_files import from_sections
from warmline.dialplan.dialplan_output import from_output

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


def test_a_finding_has_its_place_its_effect_and_its_fix(run: Run) -> None:
    Path("extensions.conf").write_text(BAD)
    _, out, err = run("extensions.conf")
    head, harm, fix, *_ = out.splitlines()
    assert head.startswith("✗ extensions.conf:2 [test] _9.,1: Dial calls") and "[channel_untrusted]" in head
    assert harm.startswith("    a caller can") and fix.startswith("    → FILTER()") and err == ""
    assert "read: extensions.conf\n1 contexts, 1 extensions, 3 priorities: 1 error\n" in out


def test_a_run_without_findings_names_the_files_it_read(run: Run) -> None:
    Path("extensions.conf").write_text('#include "more/*.conf"\n' + GOOD)
    Path("more").mkdir()
    Path("more/a.conf").write_text("[a]\n")
    Path("queues.conf").write_text("[q]\nmember => PJSIP/1\n")
    code, out, _ = run("extensions.conf")
    assert code == ExitCode.DONE
    assert "extensions.conf, more/a.conf, queues.conf\n" in out and out.endswith("no findings\n")


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
    }
    monkeypatch.setattr(ari_console, "console", lambda _, command: answers[command])
    code, out, _ = run("--json")
    found = json.loads(out)
    assert code == ExitCode.FAILED and found["read"]["files"] == ["dialplan show", "queue show"]
    assert {one["code"] for one in found["findings"]} == {"target_missing", "queue_empty"}
    assert (found["read"]["queues"], found["read"]["music_classes"]) == (1, None)


def test_without_asterisk_the_exit_code_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> str:
        raise AppAway("console_timeout", "Asterisk's console has not answered within {seconds:.0f} s", seconds=5)

    monkeypatch.setattr(ari_console, "console", away)
    assert run()[0] == ExitCode.AWAY


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


def test_long_lines_of_output_take_no_time() -> None:
    assert list(from_output("[ Context 'a' created by 'b' ]\n  '1' => 1. A(" + "1. " * 400_000).extensions()) == []
    assert from_sections([]).contexts == {}


def test_an_explanation_is_printed_once_for_each_code(run: Run) -> None:
    Path("extensions.conf").write_text(BAD + "exten => _8.,1,Dial(PJSIP/${EXTEN:1})\n same => n,Hangup()\n")
    _, out, _ = run("extensions.conf")
    assert out.count("[channel_untrusted]") == 2 and out.count("→ FILTER() the text") == 1


def test_a_folder_that_is_none_is_refused(run: Run) -> None:
    Path("extensions.conf").write_text(GOOD)
    code, out, err = run("extensions.conf", "--etc", "nowhere")
    assert code == ExitCode.FAILED and not out and says(err, "lint_folder_missing", folder="nowhere")


@pytest.mark.parametrize("file", ["/dev/zero", "-"])
def test_an_endless_file_ends(run: Run, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.setattr(dialplan_reading, "LARGEST", 100_000)
    with Path("/dev/zero").open("rb") as zeros:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(zeros))
        code, out, err = run(file)
    assert code == ExitCode.FAILED and not out and says(err, "dialplan_too_large", file=file)


def test_the_dialplan_comes_before_the_files_around_it(run: Run) -> None:
    Path("extensions.conf").write_text("[test]\nexten => 1,1,Queue(q)\n same => n,MusicOnHold(jaz)\n")
    Path("queues.conf").write_text("[q]\nmusicclass=jazz\nmember => PJSIP/1\n")
    Path("musiconhold.conf").write_text("[default]\n")
    _, out, _ = run("extensions.conf")
    assert out.index("extensions.conf:3") < out.index("queues.conf:1")


def test_another_language_is_refused_once(run: Run) -> None:
    Path("extensions.ael").write_text("context phones {\n  100 => {\n    Dial(PJSIP/100);\n  }\n}\n" + "x" * 9000)
    code, out, err = run("extensions.ael")
    assert code == ExitCode.FAILED and not out and says(err, "dialplan_empty", file="extensions.ael")


def test_a_long_line_is_cut_in_its_finding(run: Run) -> None:
    Path("extensions.conf").write_text(GOOD + "x" * 9000)
    _, out, _ = run("extensions.conf")
    assert "[line_ignored]" in out and len(out) < 1000


@pytest.mark.parametrize("lines", [1, 3000])
def test_output_to_a_full_disk_is_no_traceback(tmp_path: Path, lines: int) -> None:
    (tmp_path / "extensions.conf").write_text("[test]\n" + "x\n" * lines)
    command = [Path(sys.executable).with_name("warmline"), "dialplan", "lint", tmp_path / "extensions.conf"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    said = "warmline: the output cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (ExitCode.FAILED, said)
