"""The lock of an ARI script: it tells whether the script lives, and whether something of it may be left."""

import fcntl
import secrets
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from warmline.ari import ConnectionLost, script_lock

NAME = "script-survey"
HOLDS = """
import sys
from warmline.ari import script_lock
with script_lock.hold_lock(*sys.argv[1:]):
    print(flush=True)
    input()
"""

FORKS = """
import os, sys
from warmline.ari import script_lock
with script_lock.hold_lock(*sys.argv[1:]):
    if not os.fork():
        print(flush=True)
    input()
"""


def test_a_living_script_is_not_dead_and_a_second_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "spool").mkdir()
    with script_lock.hold_lock(str(tmp_path / "spool"), NAME) as lock:
        assert not lock.has_leftovers and script_lock.list_dead_scripts(str(tmp_path / "spool")) == []
        script_lock.forget_script(str(tmp_path / "spool"), NAME)
        assert (tmp_path / "spool/script-survey.script").exists()
        with (
            pytest.raises(ConnectionLost, match="script-survey runs already"),
            script_lock.hold_lock(str(tmp_path / "spool"), NAME),
        ):
            pass
        lock.remove_file()
    assert list((tmp_path / "spool").iterdir()) == []


def test_without_a_spool_the_lock_is_one_of_the_machine() -> None:
    url = f"http://127.0.0.1/{secrets.token_hex(4)}"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, "", NAME, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stdout.readline() == b"\n"
        with pytest.raises(ConnectionLost, match="runs already"), script_lock.hold_lock("", NAME, url):
            pass
        with script_lock.hold_lock("", NAME, f"{url}/of-another-asterisk"):
            pass
        process.kill()
    with script_lock.hold_lock("", NAME, url) as lock:
        assert lock.has_leftovers
        lock.remove_file()


def test_a_killed_script_is_dead_until_it_is_forgotten(tmp_path: Path) -> None:
    spool = str(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, spool, NAME], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stdout.readline() == b"\n"
        assert script_lock.list_dead_scripts(spool) == []
        process.kill()
    assert script_lock.list_dead_scripts(spool) == [NAME]
    with script_lock.hold_lock(spool, NAME) as lock:
        assert lock.has_leftovers and script_lock.list_dead_scripts(spool) == []
    assert script_lock.list_dead_scripts(spool) == [NAME]
    script_lock.forget_script(spool, NAME)
    assert script_lock.list_dead_scripts(spool) == []


def test_a_process_that_a_killed_script_has_forked_does_not_hold_its_lock(tmp_path: Path) -> None:
    """Such as one of `multiprocessing`, which can live on: the calls of the script are ended all the same."""
    with subprocess.Popen(
        [sys.executable, "-c", FORKS, str(tmp_path), NAME], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stdout.readline() == b"\n"
        assert script_lock.list_dead_scripts(str(tmp_path)) == []
        process.kill()
        process.wait()
        assert script_lock.list_dead_scripts(str(tmp_path)) == [NAME]


def test_a_spool_that_is_not_there_has_no_dead_scripts(tmp_path: Path) -> None:
    assert script_lock.list_dead_scripts(str(tmp_path / "nowhere")) == []
    with (
        pytest.raises(ConnectionLost, match="check the setting spool"),
        script_lock.hold_lock(str(tmp_path / "nowhere"), NAME),
    ):
        pass


def test_files_of_others_in_the_spool_are_no_scripts(tmp_path: Path) -> None:
    (tmp_path / "room.script").touch()
    assert script_lock.list_dead_scripts(str(tmp_path)) == []


def test_the_look_of_the_app_does_not_refuse_a_script(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.script").touch()
    with (tmp_path / f"{NAME}.script").open() as lock_file:
        fcntl.flock(lock_file, fcntl.LOCK_SH)
        timer = threading.Timer(0.1, fcntl.flock, (lock_file.fileno(), fcntl.LOCK_UN))
        timer.start()
        with script_lock.hold_lock(str(tmp_path), NAME) as lock:
            assert lock.has_leftovers
        timer.join()
