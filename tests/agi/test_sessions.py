"""Recorded sessions: their files, the masked secrets, the recorder, the player, and the commands for all that."""

import json
import os
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agi import own_scripts
from tests.agi.conftest import Run
from tests.agi.other_end import ENVIRONMENT, OtherEnd
from tests.internals.scripts import (
    ASTERISK,
    SCRIPT,
    ScriptMissing,
    SessionError,
    SessionLine,
    dnc,
    script_skeleton,
    session_file,
    session_masks,
    session_player,
    session_recorder,
)
from tests.wording.said import refused
from warmline.agi import AGI, fastagi_server

PIN = """\
#!/opt/warmline/.venv/bin/python
from warmline.agi import AGI, add_dnc, run


def pin(agi: AGI, number: str) -> None:
    typed = agi.get_data("agent-pass", 5000, 6)
    agi.set_variable("TYPED", typed)
    agi.set_variables({"USER_PIN": "99,99", "OTHER": number})
    add_dnc(number)
    agi.verbose("done")


run(pin, "NUMBER")
"""


def talk(*pairs: tuple[str, str]) -> list[SessionLine]:
    """Return the lines of commands with their replies."""
    return [line for command, reply in pairs for line in (SessionLine(SCRIPT, command), SessionLine(ASTERISK, reply))]


def hidden(*pairs: tuple[str, str], keep: tuple[str, ...] = ()) -> list[str]:
    return [line.text for line in session_masks.mask_session(talk(*pairs), keep)[0]]


def test_typed_keys_are_zeros_here_and_wherever_they_occur_again() -> None:
    pairs = ('GET DATA "agent-pass" "5000" "20"', "200 result=2468"), ('SET VARIABLE "TYPED" "2468"', "200 result=1")
    assert hidden(*pairs) == [pairs[0][0], "200 result=0000", 'SET VARIABLE "TYPED" "***"', "200 result=1"]
    assert hidden(*pairs, keep=("agent-pass",)) == [text for pair in pairs for text in pair]
    assert hidden(('GET DATA "menu" "5000" "1"', "200 result=2"))[1] == "200 result=2"
    assert hidden(('GET DATA "x" "5000"', "200 result=-1"))[1] == "200 result=-1"


def test_two_keys_are_masked_as_a_word() -> None:
    lines = hidden(('GET DATA "x" "2200"', "200 result=22"), ('SET VARIABLE "TYPED" "22"', "200 result=1"))
    assert lines == ['GET DATA "x" "2200"', "200 result=00", 'SET VARIABLE "TYPED" "***"', "200 result=1"]


def test_keys_that_are_a_word_of_the_protocol_too_change_no_other_line() -> None:
    lines = hidden(('GET DATA "x" "2000"', "200 result=200"), ('SET VARIABLE "TYPED" "200"', "200 result=1"))
    assert lines == ['GET DATA "x" "***0"', "200 result=000", 'SET VARIABLE "TYPED" "***"', "200 result=1"]
    assert session_file.is_same_command(lines[0], 'GET DATA "x" "2000"') and session_file.is_same_command(
        lines[2], 'SET VARIABLE "TYPED" "000"'
    )


def test_a_secret_of_several_lines_is_masked() -> None:
    lines = [
        SessionLine(SCRIPT, 'GET VARIABLE "PASSWORD"'),
        *(SessionLine(ASTERISK, text) for text in ("200 result=1 (one", "two", "three)", "HANGUP")),
    ]
    masked_lines, _ = session_masks.mask_session(lines)
    assert [line.text for line in masked_lines[1:]] == ["200 result=1 (***", "***", "***)", "HANGUP"]


def test_keys_in_a_row_are_masked_and_a_single_one_is_not() -> None:
    key_pair = ('WAIT FOR DIGIT "2000"', "200 result=53")
    menu = ('STREAM FILE "menu" "0123456789"', "200 result=0 endpos=80")
    assert hidden(key_pair, menu, key_pair)[1::4] == ["200 result=53", "200 result=53"]
    assert hidden(key_pair, key_pair, (key_pair[0], "200 result=0"))[1::2] == [
        "200 result=48",
        "200 result=48",
        "200 result=0",
    ]


def test_a_pin_is_masked_though_its_first_key_ended_the_prompt_or_the_script_logs_between() -> None:
    prompt = ('STREAM FILE "agent-pass" "0123456789"', "200 result=50 endpos=80")
    key, log = ('WAIT FOR DIGIT "2000"', "200 result=53"), ('VERBOSE "a key"', "200 result=1")
    assert hidden(prompt, log, key, log, key)[1::2] == [
        "200 result=48 endpos=80", "200 result=1", "200 result=48", "200 result=1", "200 result=48",
    ]  # fmt: skip
    assert hidden(prompt, prompt)[1::2] == [prompt[1], prompt[1]]  # two menus


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ('GET VARIABLE "USER_PIN"', "200 result=1 (s3cr3t)"),
        ('GET FULL VARIABLE "${API_TOKEN}"', "200 result=1 (s3cr3t)"),
        ('DATABASE GET "cidname" "passwords"', "200 result=1 (s3cr3t)"),
        ('SET VARIABLE "CARD_NUMBER" "s3cr3t"', "200 result=1"),
        ('DATABASE PUT "secret" "1000" "s3cr3t"', "200 result=1"),
        ('EXEC "MSet" "NAME=a\\\\,b,USER_PIN=s3cr3t,OTHER=c"', "200 result=0"),
        ('EXEC "MSet" "USER_PIN=s3cr3t\\\\,t,OTHER=c"', "200 result=0"),
    ],
)
def test_secret_variables_are_masked(command: str, reply: str) -> None:
    lines, notes = session_masks.mask_session(talk((command, reply), ('VERBOSE "it is s3cr3t"', "200 result=1")))
    assert "s3cr3t" not in str(lines[:2]) and "***" in str(lines[:2])
    assert notes and "s3cr3t" not in str(notes)


@given(st.lists(st.tuples(st.sampled_from("<>"), st.text(st.characters(exclude_characters="\n\r"), max_size=30))))
def test_a_written_session_is_read_back_equal(lines: list[tuple[str, str]]) -> None:
    given_ = [SessionLine(*line) for line in lines]
    text = session_file.to_text(given_, ["a note"])
    assert list(session_file.parse_lines("file", text)) == given_


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "session_unknown"),
        ("< x\n", "session_unknown"),
        (f"{session_file.FIRST_LINE}\nx\n", "session_line_invalid"),
        (f"{session_file.FIRST_LINE}\n", "session_without_environment"),
        (f"{session_file.FIRST_LINE}\n> ANSWER\n< 200 result=0\n", "session_without_environment"),
    ],
)
def test_another_file_is_no_session(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "file").write_text(text)
    with refused(SessionError, code, file=tmp_path / "file"):
        session_file.read_steps(tmp_path / "file")


@pytest.mark.parametrize(
    ("recorded_command", "sent_command", "is_same"),
    [
        ("ANSWER", "ANSWER", True),
        ("ANSWER", "ANSWER ", False),
        ('SAY DATE "***" ""', 'SAY DATE "1765432100" ""', True),
        ("X 01ARZ3NDEKTSV4RRFFQ69G5FAV.", "X 01ARZ3NDEKTSV4RRFFQ69G5FAW.", True),
        ("X 01ARZ3NDEKTSV4RRFFQ69G5FAV", "X y", False),
        ("a.b", "axb", False),
        ("a***b", "ab", True),
        ("a***b***", "a-b-", True),
        ("a***ab", "ab", False),
        ("******1", "A" * 1900, False),
        ("***A" * 60 + "Q", "A" * 1900, False),
        ("*** 01ARZ3NDEKTSV4RRFFQ69G5FAV", "X 01ARZ3NDEKTSV4RRFFQ69G5FAW", True),
    ],
)
def test_commands_are_compared(recorded_command: str, sent_command: str, is_same: bool) -> None:
    assert session_file.is_same_command(recorded_command, sent_command) is is_same


def record_session(script: str, *arguments: str) -> tuple[list[SessionLine], list[list[str]]]:
    """Record a script that is called with typed keys; return the lines and the commands that reach Asterisk."""
    environment = f"{ENVIRONMENT}agi_arg_1: the recorder's\n"
    with OtherEnd(lambda words: f"200 result={2468 if words[1] == 'DATA' else 1}", environment) as asterisk:
        lines = session_recorder.record(script, arguments, asterisk.stdin.fileno(), asterisk.stdout.fileno())
    return lines, asterisk.heard


def test_a_script_is_recorded_and_played(run: Run, database: Path, tmp_path: Path) -> None:
    script = own_scripts.write(PIN, tmp_path / "pin")
    lines, commands = record_session(str(script), "5550009999")
    assert dnc.listed(database, "5550009999")
    dnc.delete(database, "5550009999", who="test")
    assert commands[1] == ["SET", "VARIABLE", "TYPED", "2468"]
    file = tmp_path / "pin.session"
    session_file.write_session(file, *session_masks.mask_session(lines))
    text = file.read_text()
    session_text = text.replace(str(script), "").replace("5550009999", "")  # a folder's name may have any digits
    assert "2468" not in session_text and "99" not in session_text and "> VERBOSE" in text
    assert f"< agi_request: {script}\n" in text and "< agi_arg_1: 5550009999\n" in text and "recorder's" not in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    assert run("own-script", "test", file, script) == (0, "4 commands, no difference\n", "")
    assert dnc.listed(database, "5550009999") == ""  # the script worked on a copy

    own_scripts.write(PIN.replace('"done"', '"changed"'), script)
    code, stdout, _ = run("own-script", "test", file, script)
    assert (code, stdout.splitlines()[0]) == (2, "command 4 of 4 differs")
    assert '\n-VERBOSE "done" "1"\n+VERBOSE "changed" "1"\n' in stdout
    code, stdout, _ = run("own-script", "test", file, script, "--json")
    assert code == 2 and re.search(r'"step": 4', stdout)


def test_an_error_of_a_script_has_its_file_and_line_and_behind_v_its_traceback(run: Run, tmp_path: Path) -> None:
    script = own_scripts.write(PIN, tmp_path / "pin")
    session_file.write_session(tmp_path / "session", record_session(str(script), "5550009999")[0])
    own_scripts.write(changed_text := PIN.replace("agi.verbose", "agi.getdata"), script)
    line = next(number for number, text in enumerate(changed_text.splitlines(), 1) if "getdata" in text)
    code, stdout, _ = run("own-script", "test", tmp_path / "session", script)
    assert code == 2 and f"no route: pin line {line}: AttributeError: 'AGI' object has no attribute 'getdata'" in stdout
    assert "Traceback" not in stdout and "add -v" in stdout
    assert "Traceback (most recent call last)" in run("own-script", "test", tmp_path / "session", script, "-v")[1]


@pytest.mark.parametrize(
    ("change", "got_text"),
    [
        (("agi.verbose", "__import__('os')._exit(3)  #"), "the script ended with code 3"),
        (
            ("agi.verbose", "raise SystemExit('broken')  #"),
            """VERBOSE "warmline: no route: pin line 10: sys.exit('broken')" "1\"""",
        ),
        (("agi.verbose", "print  #"), "the end of the script"),
        (('    agi.verbose("done")', '    agi.verbose("done")\n    agi.verbose("more")'), 'VERBOSE "more" "1"'),
        (("agi.verbose", "__import__('time').sleep(9)  #"), "nothing within 2 s"),
    ],
)
def test_a_changed_script_is_reported_with_its_first_differing_step(
    run: Run, tmp_path: Path, change: tuple[str, str], got_text: str
) -> None:
    script = own_scripts.write(PIN, tmp_path / "pin")
    lines, _ = record_session(str(script), "5550009999")
    session_file.write_session(tmp_path / "session", lines)
    own_scripts.write(PIN.replace(*change), script)
    steps = session_file.read_steps(tmp_path / "session")
    difference = session_player.play(steps, str(script), os.environ, timeout_seconds=2).difference
    assert difference is not None and (difference.got, difference.step) == (got_text, 5 if "more" in got_text else 4)


def test_a_server_is_recorded_and_played(tmp_path: Path) -> None:
    def greet(agi: AGI, name: str) -> None:
        agi.verbose(f"hello {name}")

    with fastagi_server.open_server("127.0.0.1:0", {"greet": (greet, ("NAME",))}) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"agi://127.0.0.1:{server.server_address[1]}/greet"
        lines, _ = record_session(url, "ann")
        session_file.write_session(tmp_path / "session", lines)
        steps = session_file.read_steps(tmp_path / "session")
        assert [step.command for step in steps] == ["", 'VERBOSE "hello ann" "1"']
        assert session_player.play(steps, url, {}) == (tuple(steps), None, "")
        assert session_player.play(session_changed(tmp_path, "hello ann", "hello bob"), url, {}).difference == (
            1, 'VERBOSE "hello bob" "1"', 'VERBOSE "hello ann" "1"', "",
        )  # fmt: skip
        server.shutdown()


def session_changed(folder: Path, old_text: str, new_text: str) -> list[session_file.SessionStep]:
    text = (folder / "session").read_text()
    (folder / "session").write_text(text.replace(old_text, new_text))
    return session_file.read_steps(folder / "session")


@pytest.mark.parametrize("script", ["/no/such/script", "agi://127.0.0.1:1/x", "agi://"])
def test_a_script_that_cannot_be_started(script: str) -> None:
    with pytest.raises(ScriptMissing, match=r"cannot be started|is not a URL"):
        session_player.play([session_file.SessionStep("", ())], script, {})


def test_a_new_script_passes_its_test(run: Run, tmp_path: Path) -> None:
    code, stdout, _ = run("own-script", "new", "ticket", "--to", tmp_path)
    assert code == 0 and f"{tmp_path / 'test_ticket.py'}: its test" in stdout
    done = subprocess.run([sys.executable, tmp_path / "test_ticket.py"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "ticket").read_text()
    (tmp_path / "ticket").write_text(text.replace("agi.answer()", "agi.noop()"))
    done = subprocess.run([sys.executable, tmp_path / "test_ticket.py"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "-ANSWER\n+NOOP\n" in done.stderr and "FAILED (failures=1)" in done.stderr


def test_a_new_script_replaces_no_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text("mine")
    code, _, err = run("own-script", "new", "mine", "--to", tmp_path)
    assert code == 1 and "test_mine.py exists" in err
    assert not (tmp_path / "mine").exists() and (tmp_path / "test_mine.py").read_text() == "mine"
    for name in ("Mine", "a b", "../x", "x" * 33):
        assert run("own-script", "new", name, "--to", tmp_path)[0] == 1
    assert run("own-script", "new", "mine", "--to", tmp_path / "test_mine.py" / "in-a-file")[0] == 1


def test_a_session_that_cannot_be_read_is_one_line(run: Run, tmp_path: Path) -> None:
    code, stdout, err = run("own-script", "test", tmp_path / "none", "script")
    assert (code, stdout) == (1, "") and "none cannot be read" in err


def change_script(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the script of `own-script new` with these changes."""
    text = (folder / "ticket").read_text()
    for change in changes:
        assert change[0] in text
        text = text.replace(*change)
    (folder / "ticket").write_text(text)
    return folder / "ticket"


def diff_of(stdout: str) -> list[str]:
    return [line for line in stdout.splitlines() if line[:1] in "+- " and line[:3] not in ("+++", "---")]


ANSWER, ASK, KEEP = (line for line, _ in script_skeleton.TALK)


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ([("    agi.answer()\n", "")], [f"-{ANSWER}", f" {ASK}", f" {KEEP}"]),
        ([("agi.answer()", "agi.noop()")], [f"-{ANSWER}", "+NOOP", f" {ASK}", f" {KEEP}"]),
        ([("agi.answer()", "agi.answer(); agi.noop()")], [f" {ANSWER}", "+NOOP", f" {ASK}", f" {KEEP}"]),
        (
            [("agi.answer()", "agi.noop()"), ("5000, 6", "5000, 4"), ('"ticket":', '"number":')],
            [
                f"-{ANSWER}", f"-{ASK}", f"-{KEEP}", "+NOOP", f"+{ASK.replace('6', '4')}",
                '+SET VARIABLE "WARMLINE_DATA_number" "0"',
            ],
        ),
        (
            [("    write_data", "    agi.verbose('x')\n    write_data")],
            [f" {ANSWER}", f" {ASK}", '+VERBOSE "x" "1"', f" {KEEP}"],
        ),
    ],
)  # fmt: skip
def test_all_differences_are_shown_as_a_diff(
    run: Run, tmp_path: Path, changes: list[tuple[str, str]], lines: list[str]
) -> None:
    run("own-script", "new", "ticket", "--to", tmp_path)
    session = tmp_path / "ticket.session"
    script = change_script(tmp_path, *changes)
    code, stdout, _ = run("own-script", "test", session, script)
    assert code == 2 and "--- ticket.session\n+++ ticket\n" in stdout
    assert diff_of(stdout) == lines
    assert json.loads(run("own-script", "test", session, script, "--json")[1])["diff"][3:] == lines


def test_an_approved_run_is_written_with_its_comments(run: Run, tmp_path: Path) -> None:
    run("own-script", "new", "ticket", "--to", tmp_path)
    session = tmp_path / "ticket.session"
    session.write_text(session.read_text().replace(f"> {KEEP}", f"> {KEEP.replace('4711', '***')}"))
    script = change_script(
        tmp_path,
        ("agi.answer()", "agi.noop()"),
        ("    write_data", "    agi.goto_on_exit('a', 's', 1)\n    write_data"),
    )
    code, stdout, err = run("own-script", "test", session, script, "--write")
    assert code == 0 and "-ANSWER" in stdout and "now has these commands of the script: 6" in err
    text = session.read_text()
    assert text.startswith(f"{session_file.FIRST_LINE}\n# {script_skeleton.NOTES[0]}\n# {script_skeleton.NOTES[1]}\n")
    assert "> NOOP\n< 200 result=0\n" in text and '> SET CONTEXT "a"\n< 200 result=0\n' in text
    assert 'WARMLINE_DATA_ticket" "***"' in text and "ANSWER" not in text
    assert run("own-script", "test", session, script) == (0, "6 commands, no difference\n", "")
    original_text = session.read_text()
    assert run("own-script", "test", session, script, "--write")[0] == 0 and session.read_text() == original_text


def test_a_run_of_a_script_that_failed_is_not_written(run: Run, tmp_path: Path) -> None:
    run("own-script", "new", "ticket", "--to", tmp_path)
    session = tmp_path / "ticket.session"
    original_text = session.read_text()
    script = change_script(tmp_path, ("agi.answer()", "raise SystemExit('broken')"))
    code, _, err = run("own-script", "test", session, script, "--write")
    assert (
        code == 1
        and "is unchanged, because the script failed: the script ended with code 1: ticket line 8: broken" in err
    )
    assert session.read_text() == original_text


@pytest.mark.usefixtures("run")  # its database
def test_a_script_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_player, "MAX_EXTRA_COMMANDS", 20)
    script = own_scripts.write(PIN.replace("agi.verbose", "while True: agi.verbose"), tmp_path / "pin")
    session_file.write_session(
        tmp_path / "session", record_session(str(own_scripts.write(PIN, tmp_path / "good")), "5550009999")[0]
    )
    played_session = session_player.play(session_file.read_steps(tmp_path / "session"), str(script), os.environ)
    assert played_session.difference and played_session.failure == "more than 20 commands beyond the session"
