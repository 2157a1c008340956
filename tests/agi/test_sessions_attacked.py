"""Scripts that hang, fork, flood and cannot start, and changed sessions, in `own-script test`, `record` and `new`."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.agi.conftest import Run
from tests.internals.scripts import (
    ScriptLink,
    ScriptMissing,
    SessionLine,
    SessionStep,
    session_file,
    session_player,
    start_script,
)
from tests.wording.said import refused

SESSION = [SessionStep("", ("agi_request: x", "")), SessionStep("ANSWER", ("200 result=0",))]
CHILD = "(trap '' HUP TERM; exec sleep 600) & echo $! >CHILD"


def script(folder: Path, text: str, mode: int = 0o755) -> str:
    file = folder / "own"
    file.write_text(text.replace("CHILD", str(folder / "child")))
    file.chmod(mode)
    return str(file)


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Path]:
    """A file for the process id of a script's child, which is killed after the test."""
    yield tmp_path / "child"
    with suppress(OSError, ValueError):
        os.kill(int((tmp_path / "child").read_text()), signal.SIGKILL)


def has_ended(file: Path) -> bool:
    """Whether the process in a file ends within 20 s; a zombie has ended."""
    try:
        process = os.pidfd_open(int(file.read_text()))
    except ProcessLookupError:
        return True
    try:
        return _readable(process)
    finally:
        os.close(process)


def _readable(number: int) -> bool:
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(20_000))


@pytest.mark.parametrize("last_line", ["wait", "exit 0"])
def test_children_of_a_script_end_with_its_test(tmp_path: Path, child: Path, last_line: str) -> None:
    own_script = script(tmp_path, f"#!/bin/bash\necho ANSWER\n{CHILD}\n{last_line}\n")
    difference = session_player.play(SESSION, own_script, os.environ, timeout_seconds=1).difference
    assert difference is not None and (difference.step, difference.got) == (2, "nothing within 1 s")
    assert has_ended(child)


def test_a_child_that_keeps_only_stderr_delays_nothing(tmp_path: Path, child: Path) -> None:
    own_script = script(tmp_path, f"#!/bin/bash\necho ANSWER\nexec >&-\n{CHILD}\nexit 0\n")
    assert session_player.play(SESSION, own_script, os.environ, timeout_seconds=9).difference is None
    assert has_ended(child)


def test_a_script_that_floods_stderr_gives_its_last_line(tmp_path: Path) -> None:
    flood = "head -c 5000000 /dev/zero >&2\necho >&2"
    own_script = script(tmp_path, f"#!/bin/sh\n{flood}\necho ANSWER\necho broken >&2\nexit 4\n")
    difference = session_player.play(SESSION, own_script, os.environ).difference
    assert difference is not None and (difference.step, difference.got) == (2, "the script ended with code 4: broken")


def test_a_script_that_ends_without_a_word_has_no_colon(tmp_path: Path) -> None:
    difference = session_player.play(SESSION, script(tmp_path, "#!/bin/sh\nexit 3\n"), os.environ).difference
    assert difference is not None and difference.got == "the script ended with code 3"
    difference = session_player.play(SESSION, script(tmp_path, "#!/bin/sh\nkill -9 $$\n"), os.environ).difference
    assert difference is not None and difference.got == "the script ended by signal 9"


def test_a_line_without_end_is_cut(tmp_path: Path) -> None:
    own_script = script(tmp_path, "#!/bin/sh\nexec cat /dev/zero\n")
    difference = session_player.play(SESSION, own_script, os.environ).difference
    assert difference is not None and len(difference.got) < 2 * session_player.LINE_MAX_BYTES


def test_a_script_that_reads_nothing_ends(tmp_path: Path) -> None:
    own_script = script(tmp_path, "#!/bin/sh\nexec sleep 600\n")
    steps = [SessionStep("", ("agi_request: x" * 100_000, "")), SESSION[1]]
    difference = session_player.play(steps, own_script, os.environ, timeout_seconds=1).difference
    assert difference is not None and difference.got == "nothing within 1 s"


def test_output_shows_the_beginning_of_a_long_command(run: Run, tmp_path: Path) -> None:
    own_script = script(tmp_path, "#!/bin/sh\nhead -c 9000 /dev/zero | tr '\\0' A\necho\n")
    file = tmp_path / "session"
    session_file.write_session(
        file, [SessionLine("<", "agi_request: x"), SessionLine("<", ""), SessionLine(">", "ANSWER")]
    )
    code, stdout, _ = run("own-script", "test", file, own_script)
    assert code == 2 and "A…\n" in stdout and len(stdout) < 3000


@pytest.mark.parametrize(
    ("text", "mode", "cause"),
    [
        ("#!/no/such/python\n", 0o755, "its first line names a missing program: #!/no/such/python"),
        ("print()\n", 0o755, "its first line must be #! and the path of a program"),
        ("#!/bin/sh\n", 0o644, "it cannot be executed; run: chmod 755 "),
        ("#!/bin/sh -e\r\n", 0o755, "its lines end as on Windows, with CR and LF; run: sed -i 's/\\r$//' "),
    ],
)
def test_a_script_that_cannot_be_started_gives_the_cause(tmp_path: Path, text: str, mode: int, cause: str) -> None:
    with refused(ScriptMissing, "script_not_started") as error:
        start_script(script(tmp_path, text, mode), [], os.environ, is_test=True)
    assert cause in str(error.value)


def test_a_session_with_a_nul_in_an_argument(tmp_path: Path) -> None:
    steps = [SessionStep("", ("agi_arg_1: a\0b", ""))]
    with refused(ScriptMissing, "script_not_started"):
        session_player.play(steps, script(tmp_path, "#!/bin/sh\n"), os.environ)


@pytest.mark.parametrize("port", ["0", "65536", "99999"])
def test_a_port_that_does_not_exist(port: str) -> None:
    with refused(ScriptMissing, "script_url_invalid", url=f"agi://127.0.0.1:{port}/x"):
        start_script(f"agi://127.0.0.1:{port}/x", [], {})


def test_a_session_from_an_editor_of_windows(tmp_path: Path) -> None:
    text = session_file.to_text([SessionLine("<", "agi_request: x"), SessionLine("<", ""), SessionLine(">", "ANSWER")])
    (tmp_path / "session").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert session_file.read_steps(tmp_path / "session") == [SESSION[0], SessionStep("ANSWER", ())]


def test_a_link_at_the_unfinished_file_of_a_session_leads_nowhere(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / ".session.new").symlink_to(victim)
    session_file.write_session(tmp_path / "session", [SessionLine(">", "ANSWER")])
    assert victim.read_text() == "mine" and "ANSWER" in (tmp_path / "session").read_text()


def test_a_session_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "session").mkdir()
    with pytest.raises(OSError, match="directory"):
        session_file.write_session(tmp_path / "session", [SessionLine(">", "ANSWER")])
    assert [path.name for path in tmp_path.iterdir()] == ["session"]


def test_a_new_script_follows_no_link(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ticket").symlink_to(tmp_path / "victim")
    code, _, stderr = run("own-script", "new", "ticket", "--to", tmp_path)
    assert code == 1 and "exists" in stderr and not (tmp_path / "victim").exists()


def test_a_new_script_is_written_whole_or_not_at_all(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Path.open

    def fail_rename(path: Path, *arguments: str) -> object:
        if path.name == "test_ticket.py":
            raise OSError(28, "No space left on device")
        return original(path, *arguments)

    monkeypatch.setattr(Path, "open", fail_rename)
    code, _, stderr = run("own-script", "new", "ticket", "--to", tmp_path)
    assert code == 1 and "No space left on device" in stderr and not (tmp_path / "ticket").exists()
    assert not (tmp_path / "ticket.session").exists()


def test_a_test_that_is_ended_leaves_no_copy_and_no_script(database: Path, tmp_path: Path, child: Path) -> None:
    own_script = script(tmp_path, f"#!/bin/bash\necho ANSWER\n{CHILD}\necho >{tmp_path}/begun\nwait\n")
    session_file.write_session(tmp_path / "session", [SessionLine("<", "agi_request: x"), SessionLine(">", "ANSWER")])
    (tmp_path / "copies").mkdir()
    os.mkfifo(tmp_path / "begun")
    start_pipe = os.open(tmp_path / "begun", os.O_RDONLY | os.O_NONBLOCK)
    command = [Path(sys.executable).with_name("warmline"), "own-script", "test", tmp_path / "session", own_script]
    places = {"WARMLINE_DB": str(database), "TMPDIR": str(tmp_path / "copies")}
    with subprocess.Popen(command, env=os.environ | places) as test:
        assert _readable(start_pipe) and list((tmp_path / "copies").iterdir())
        test.terminate()
        assert test.wait(20) == 1
    os.close(start_pipe)
    assert list((tmp_path / "copies").iterdir()) == [] and has_ended(child)


def test_a_script_that_is_just_starting_is_ended_too(
    tmp_path: Path, child: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal came while Popen waited for the script, and the script was left."""
    own_script = script(tmp_path, f"#!/bin/bash\n{CHILD}\necho ANSWER\nwait\n")

    def interrupted(*arguments: Any, **options: Any) -> ScriptLink:
        link = start_script(*arguments, **options)
        assert _readable(link.output)  # the child has been started
        signal.raise_signal(signal.SIGTERM)
        return link

    def terminate(*_: object) -> None:
        raise SystemExit(1)

    monkeypatch.setattr(session_player, "start_script", interrupted)
    previous_handler = signal.signal(signal.SIGTERM, terminate)
    try:
        with pytest.raises(SystemExit):
            session_player.play(SESSION, own_script, os.environ)
    finally:
        assert signal.signal(signal.SIGTERM, previous_handler) is terminate
    assert has_ended(child)


def test_a_recorder_at_a_terminal_says_where_it_belongs(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    code, _, stderr = run("own-script", "record", tmp_path / "session", "ticket")
    assert code == 1 and f"warmline,own-script,record,--,{tmp_path / 'session'},ticket)" in stderr
