"""`warmline own-script test --write`: a run is written only if the script did not fail, and without its secrets."""

import os
import stat
import threading
from pathlib import Path

import pytest

from tests.agi.conftest import Run
from tests.agi.test_sessions import change_script
from tests.internals.scripts import SCRIPT, SessionLine, session_file
from warmline.agi import AGI, fastagi_server

NEW = "    write_data"  # a line of the skeleton, before which a test adds some


@pytest.fixture
def session(run: Run, tmp_path: Path) -> Path:
    """Return the session of a new script."""
    run("own-script", "new", "ticket", "--to", tmp_path)
    return tmp_path / "ticket.session"


@pytest.mark.parametrize("statement", ["agi.getdata('beep')", "agi.database_get('a', 'b')", "raise ValueError('x')"])
def test_a_run_that_raised_an_error_is_not_written(run: Run, session: Path, statement: str) -> None:
    """The script itself ends with code 0, because the call continues."""
    original_text = session.read_text()
    code, _, err = run(
        "own-script", "test", session, change_script(session.parent, (NEW, f"    {statement}\n{NEW}")), "--write"
    )
    assert code == 1 and "is unchanged, because the script failed: ticket line " in err
    assert session.read_text() == original_text


def test_a_run_of_a_fastagi_server_that_raised_an_error_is_not_written(
    run: Run, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ticket(agi: AGI) -> None:
        agi.verbose("changed")
        if failures:
            agi.getdata("beep")  # type: ignore[attr-defined]

    failures = [True]
    original_text = session.read_text()
    with fastagi_server.open_server("127.0.0.1:0", {"ticket": (ticket, ())}) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"agi://127.0.0.1:{server.server_address[1]}/ticket"
        environment = original_text.replace("< agi_request", "< agi_network_script: ticket\n< agi_request", 1)
        session.write_text(environment)
        code, _, err = run("own-script", "test", session, url, "--write")
        assert code == 1 and "has no attribute 'getdata'; did you mean get_data" in err
        assert session.read_text() == environment
        failures.clear()
        assert run("own-script", "test", session, url, "--write")[0] == 0
        server.shutdown()
    assert '> VERBOSE "changed" "1"\n' in session.read_text()


def test_secrets_in_new_commands_are_masked(run: Run, session: Path) -> None:
    statements = (
        "agi.set_variable('X_PIN', '8642')", "agi.verbose('pin 8642')", "agi.set_variable('PLAIN', 'text')",
        "agi.set_variables({'USER_SECRET': 'xyzzy', 'B': 'c'})",
    )  # fmt: skip
    script = change_script(session.parent, (NEW, "".join(f"    {statement}\n" for statement in statements) + NEW))
    code, stdout, _ = run("own-script", "test", session, script, "--json")
    assert code == 2 and not any(secret in stdout for secret in ("8642", "xyzzy"))
    assert run("own-script", "test", session, script, "--write")[0] == 0
    text = session.read_text()
    assert not any(secret in text for secret in ("8642", "xyzzy"))
    for line in ('SET VARIABLE "X_PIN" ***', 'VERBOSE "pin ***" "1"', 'SET VARIABLE "PLAIN" "text"'):
        assert f"> {line}\n" in text
    assert "USER_SECRET=***,B=c" in text
    assert run("own-script", "test", session, script)[0] == 0


def test_the_error_of_a_script_is_not_masked(run: Run, session: Path) -> None:
    script = change_script(session.parent, (NEW, "    {'number': 1}['nummber']\n" + NEW))
    code, stdout, _ = run("own-script", "test", session, script, "--json")
    assert code == 2 and "WARMLINE_REASON" in stdout and "KeyError: 'nummber'" in stdout and "***" not in stdout


def test_a_session_keeps_its_mode_and_its_place(tmp_path: Path) -> None:
    shared, link, new_file = tmp_path / "shared", tmp_path / "link", tmp_path / "new"
    shared.write_text("old")
    shared.chmod(0o664)
    link.symlink_to(shared)
    for file in link, new_file:
        session_file.write_session(file, [SessionLine(SCRIPT, "NOOP")])
    assert link.is_symlink() and shared.read_text() == new_file.read_text() == f"{session_file.FIRST_LINE}\n> NOOP\n"
    assert [stat.S_IMODE(file.stat().st_mode) for file in (shared, new_file)] == [0o664, 0o600]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can write a file of another user")
def test_a_session_that_root_writes_keeps_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "session"
    file.touch()
    os.chown(file, 65534, 65534)
    session_file.write_session(file, [SessionLine(SCRIPT, "NOOP")])
    assert (file.stat().st_uid, file.stat().st_gid) == (65534, 65534)
