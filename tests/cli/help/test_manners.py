"""Rules for all commands: JSON with chosen fields, exit codes, shell completion, files without permission."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.output import json_output
from cli.output.exit_codes import ExitCode
from tests.cli.command_line import Run
from tests.cli.whole_tree import whole_tree
from tests.lab.warm_warmline import warm_warmline
from tests.other_user import who_may_nothing
from tests.wording.said import said, says
from warmline.store.configuration import config
from warmline.store.database import leader_lock_file
from warmline.system.settings import AS_ROOT, OR_LOGIN

TREE = whole_tree()


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Return every command with a function, and the words that lead to it."""
    if not hasattr(command, "commands"):
        yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from leaves(inner, (*path, name))


LEAVES = dict(leaves(TREE))

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def db(tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARMLINE_RUN", str(tmp_path))
    config.create(db, "campaign", "SHOP", {"dial_timeout": "20"}, who="ada")
    config.create(db, "campaign", "SHIP", {}, who="ada")
    config.create(db, "agent", "1000", {"campaign": "SHOP"}, who="ada")
    return db


def test_commands_with_json_have_fields_to_choose() -> None:
    names = {path: {name for parameter in one.params for name in parameter.opts} for path, one in LEAVES.items()}
    with_json = [path for path in LEAVES if "--json" in names[path]]
    assert len(with_json) > 100
    assert [path for path in with_json if not {"--fields", "--json-version"} <= names[path]] == []


def test_fields_are_picked_in_the_order_that_is_asked_for(run: Run) -> None:
    code, out, _ = run("campaign", "list", "--json", "--fields", "dial_timeout,name")
    assert code == 0
    assert json.loads(out) == [{"dial_timeout": 0, "name": "SHIP"}, {"dial_timeout": 20, "name": "SHOP"}]
    assert out.index("dial_timeout") < out.index("name")
    assert json.loads(run("campaign", "show", "SHOP", "--json", "--fields", "name")[1]) == {"name": "SHOP"}
    assert len(json.loads(run("campaign", "show", "SHOP", "--json")[1])) > 50
    code, out, err = run("campaign", "list", "--json", "--fields", "nmae")
    assert (code, out) == (1, "") and said("json_field_unknown", field="nmae") + "name, " in err
    code, out, err = run("campaign", "list", "--fields", "name")
    assert (code, out) == (1, "") and said("fields_without_json") in err


def test_a_version_that_is_not_ours_is_refused(run: Run) -> None:
    assert run("campaign", "list", "--json", "--json-version", str(json_output.VERSION))[0] == 0
    code, out, err = run("campaign", "list", "--json", "--json-version", "99")
    assert (code, out) == (1, "") and said("json_version_differs", wanted=99, ours=json_output.VERSION) in err


def test_each_exit_code_comes_when_it_should(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text("[phone.7]\n")
    for expected, arguments in {
        ExitCode.DONE: ("campaign", "list"),
        ExitCode.FAILED: ("campaign", "set", "SHOP", "dial_timeout=301"),
        ExitCode.DIFFERS: ("config", "diff", str(tmp_path / "new.toml")),
        ExitCode.NOT_FOUND: ("campaign", "show", "NOPE"),
        ExitCode.AWAY: ("agent", "status"),
        ExitCode.REFUSED: ("config", "apply", str(tmp_path / "new.toml")),
    }.items():
        assert run(*arguments)[0] == expected, arguments
    assert [int(code) for code in ExitCode] == list(range(6))
    assert run("doctor", "--only", "nonsense")[0] == ExitCode.NOT_FOUND


@pytest.mark.parametrize("words", [("db", "restore", "copy.db", "--yes"), ("db", "vacuum")])
def test_a_lock_that_may_not_be_seen_is_not_said_to_be_held(run: Run, db: Path, words: tuple[str, ...]) -> None:
    leader_lock_file.hold(db).close()
    Path(f"{db}.lock").chmod(0)
    with who_may_nothing():
        code, out, err = run(*words)
    assert (code, out) == (1, "")
    assert says(err, "lock_file_not_opened", path=f"{db}.lock") and "Permission denied" in err


def test_settings_that_may_not_be_read_name_the_way_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "closed" / "warmline.toml"
    file.parent.mkdir(mode=0)
    told = f"warmline: settings file {file} cannot be read: Permission denied"
    monkeypatch.setattr("warmline.system.settings.DEFAULT_FILE", str(file))
    with who_may_nothing():
        assert run("campaign", "list") == (1, "", f"{told}; {AS_ROOT}{OR_LOGIN}\n")
        assert run("db", "check") == (1, "", f"{told}; {AS_ROOT}\n"), "a login does not help a local command"
        monkeypatch.setenv("WARMLINE_CONFIG", str(file))
        assert run("campaign", "list") == (1, "", f"{told} (WARMLINE_CONFIG names it); {AS_ROOT}{OR_LOGIN}\n")
    file.parent.chmod(0o700)


def test_a_reader_who_closes_the_pipe_causes_no_error(db: Path) -> None:
    program = "from cli.main import main; main()"
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", program],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"WARMLINE_DB": str(db)},
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def offered(words: list[str], db: Path) -> list[str]:
    """Return the completions that bash gets for the last of these words.

    The program is a fork of a loaded one. `test_bash_itself_is_given_the_names` starts Python, as bash does.
    """
    environ = {
        **os.environ,
        "_WARMLINE_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(["warmline", *words]),
        "COMP_CWORD": str(len(words)),
        "WARMLINE_DB": str(db),
    }
    done = subprocess.run([warm_warmline()], env=environ, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split()


def test_the_tab_key_knows_commands_names_options_and_values(db: Path) -> None:
    assert offered(["camp"], db) == ["campaign"]
    assert {"show", "set", "edit"} <= set(offered(["campaign", ""], db))
    assert offered(["campaign", "show", "S"], db) == ["SHIP", "SHOP"]
    assert offered(["campaign", "set", "SHOP", "dial_t"], db) == ["dial_template=", "dial_timeout="]
    assert offered(["campaign", "describe", "dial_ti"], db) == ["dial_timeout"]
    assert offered(["agent", "create", "1001", "campaign=SH"], db) == ["campaign=SHIP", "campaign=SHOP"]
    # bash cuts at the sign
    assert offered(["agent", "create", "1001", "campaign", "=", "SHO"], db) == ["SHOP"]
    assert offered(["campaign", "set", "SHOP", "login_state", "="], db) == ["PAUSED", "READY"]


def test_bash_itself_is_given_the_names(db: Path, run: Run, tmp_path: Path) -> None:
    program = tmp_path / "warmline"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'from cli.main import main; main()'\n")
    program.chmod(0o700)
    press = 'COMP_WORDS=(warmline campaign show S) COMP_CWORD=3; _warmline_completion "$0"; echo "${COMPREPLY[@]}"'
    script = run("completion", "bash")[1] + press
    done = subprocess.run(["bash", "-c", script, program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("SHIP SHOP\n", "")


def test_an_argument_that_is_not_utf8_is_refused(run: Run) -> None:
    for words in (("list", "counts"), ("dial", "hopper"), ("campaign", "show")):
        code, out, err = run(*words, "city=\udcff")
        assert (code, out) == (1, "") and "is not valid UTF-8" in err, words


def test_ctrl_c_leaves_no_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("warmline.centre.app_client.post", hangs)
    for words in (("agent", "ready", "1000"), ("agent", "dial", "1000", "--lead", "1")):
        assert run(*words) == (130, "", ""), words


def test_a_file_without_permission_gives_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    for database, words in (
        ("warmline.db", "config apply {closed}/conf --yes"),
        ("warmline.db", "config apply {closed} --yes"),
        ("warmline.db", "db backup {closed}/copy.db"),
        ("warmline.db", "db restore {closed}/copy.db --yes"),
        ("closed/warmline.db", "db restore copy.db --yes"),
        ("closed/warmline.db", "db migrate"),
        ("closed/warmline.db", "campaign list"),
        ("closed/warmline.db", "audit calls"),
    ):
        monkeypatch.setenv("WARMLINE_DB", str(tmp_path / database))
        run(*words.split())  # loads all modules that the command needs
        closed.mkdir(mode=0)
        with who_may_nothing():
            code, out, err = run(*words.format(closed=closed).split())
        closed.rmdir()
        assert (code, out) == (1, ""), words
        assert err.startswith("warmline: ") and err.count("\n") == 1 and "Permission denied" in err, words
