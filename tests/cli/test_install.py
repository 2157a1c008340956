"""`warmline install`, `uninstall`: what they show, change and take back; and killed at each step."""

import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.installed import Box
from warmline.cli import asterisk_conf
from warmline.cli.main import main
from warmline.store.lock import hold
from warmline.store.migrations import migrate

Run = Callable[..., tuple[int, str, str]]
CHANGES = {"os.rename", "os.symlink", "os.mkdir", "os.chmod", "os.chown", "os.remove", "os.rmdir", "sqlite3.connect"}


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Box:
    made = Box(tmp_path / "box")
    for name, value in made.environ.items():
        monkeypatch.setenv(name, value)
    return made


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line: exit code, stdout, stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def install(run: Run, box: Box, *more: str) -> str:
    code, out, err = run("install", *box.words, "--yes", *more)
    assert (code, err) == (0, "")
    return out


def test_a_dry_run_shows_everything_and_changes_nothing(run: Run, box: Box) -> None:
    before = box.tree()
    code, out, _ = run("install", *box.words, "--from-trunk", "from-trunk", "--login", "700@phones", "--dry-run")
    assert code == 0 and box.tree() == before and not (box.folder / "lib").exists()
    for line in (
        "+[general](+)",
        "+websocket_write_timeout = 5000",
        "+password = (the password)",
        "+include => warmline-from-trunk",
        "+exten => 700,1,Goto(warmline-login,s,1)",
        "+Type=notify",
        f"+ folder {box.folder}/spool/recording",
        "Nothing has been changed.",
    ):
        assert line in out.splitlines()


def test_it_is_taken_back_byte_for_byte(run: Run, box: Box) -> None:
    before = box.tree()
    install(run, box, "--from-trunk", "from-trunk")
    after = box.tree()
    assert {name for name in before if after[name] != before[name]} == {
        "etc/ari.conf",
        "etc/extensions.conf",
        "etc/http.conf",
    }
    for name in ("etc/ari.conf", "etc/extensions.conf", "etc/http.conf"):
        assert after[name][1].startswith(before[name][1]) and after[name][0] == before[name][0]
    assert (box.folder / "lib/installed.json").stat().st_mode & 0o777 == 0o600
    assert "It is installed already" in install(run, box)
    code, out, err = run("uninstall", "--yes")
    assert (code, err) == (0, "") and "- lines" in out
    assert f"Not empty, so it stays: {box.folder}/lib\n" in out
    assert box.tree() == before
    assert (box.folder / "lib/warmline.db").exists()
    assert run("uninstall")[1].startswith("Nothing is installed")


def test_asterisk_sees_that_a_file_was_changed(run: Run, box: Box) -> None:
    """It reads again what has another time or size; and the password of a second install is as long as the first's."""
    times = []
    for words in (("install", *box.words, "--yes"), ("uninstall", "--yes"), ("install", *box.words, "--yes")):
        assert run(*words)[0] == 0
        times.append((box.etc / "ari.conf").stat().st_mtime_ns)
    assert times == sorted(set(times))


def test_asterisk_reads_what_was_meant(run: Run, box: Box) -> None:
    install(run, box, "--from-trunk", "from-trunk", "--login", "700@phones")
    ari, http, plan = (asterisk_conf.read(box.etc, f"{name}.conf") for name in ("ari", "http", "extensions"))
    assert (http.on("general", "enabled"), http.value("general", "bindaddr")) == (True, "127.0.0.1")
    assert ari.value("general", "channelvars") == "WARMLINE_CALL,WARMLINE_SESSION,WARMLINE_DIALLED,WARMLINE_WHY"
    settings = (box.folder / "warmline/warmline.toml").read_text()
    assert f'ari_password = "{ari.value("warmline", "password")}"' in settings
    assert len(ari.value("warmline", "password") or "") > 30
    assert plan.named("warmline-from-trunk") and plan.named("from-trunk")[-1].lines[-1][0] == "include"
    assert sorted(path.name for path in (box.folder / "agi").iterdir()) == sorted(
        ("agent_login", "enter_agentdirect", "enter_ingroup", "fallback", "route_did")
    )


def test_what_is_there_stays_as_it_is(run: Run, box: Box) -> None:
    """A user who has ARI already, in a file that does not end with a line."""
    (box.etc / "ari.conf").write_text("[general]\nenabled=yes\nchannelvars=SHOP\n[warmline]\npassword=theirs-to-keep")
    (box.etc / "http.conf").write_text("[general]\nenabled=yes\nbindaddr=0.0.0.0\nbindport=8077\nprefix=pbx\n")
    (box.folder / "units/warmline.service").write_text("mine")
    before = box.tree()
    out = install(run, box)
    assert "! ari.conf has channelvars=SHOP: add WARMLINE_CALL,WARMLINE_SESSION," in out
    assert "warmline.service is there already and stays as it is" in out
    assert box.tree()["etc/http.conf"] == before["etc/http.conf"]
    ari = (box.etc / "ari.conf").read_text()
    assert ari.endswith("uninstall` takes it out\n[general](+)\nwebsocket_write_timeout = 5000\n")
    settings = (box.folder / "warmline/warmline.toml").read_text()
    assert 'ari_password = "theirs-to-keep"' in settings
    assert 'ari_url = "http://127.0.0.1:8077/pbx/ari"' in settings
    run("uninstall", "--yes")
    assert box.tree() == before


@pytest.mark.parametrize("more", [("--yes",), ()])
def test_not_while_the_app_runs(run: Run, box: Box, more: tuple[str, ...]) -> None:
    install(run, box)
    before = box.tree()
    with hold(box.environ["WARMLINE_DB"]):
        code, _, err = run("uninstall", *more)
    assert (code, box.tree()) == (1, before) and f"is in use by process {os.getpid()}; stop it first" in err


def test_files_that_are_not_there_are_made(run: Run, box: Box) -> None:
    for name in ("ari.conf", "http.conf"):
        (box.etc / name).unlink()
    before = box.tree()
    install(run, box)
    assert (box.etc / "http.conf").read_text().endswith("[general]\nenabled = yes\nbindaddr = 127.0.0.1\n")
    run("uninstall", "--yes")
    assert box.tree() == before


def test_what_the_user_wrote_since_stays(run: Run, box: Box) -> None:
    before = box.tree()
    install(run, box)
    with open(box.etc / "extensions.conf", "a") as conf:
        conf.write("[mine]\n")
    settings = box.folder / "warmline/warmline.toml"
    settings.write_text(settings.read_text() + "# mine\n")
    ari = box.etc / "ari.conf"
    ari.write_text(ari.read_text().replace("websocket_write_timeout = 5000", "websocket_write_timeout = 7000"))
    code, _, err = run("uninstall", "--yes")
    assert code == 1
    assert err.splitlines() == [
        f"warmline: {ari}: our lines were changed since: they stay",
        f"warmline: {settings} was changed since: it stays",
    ]
    after = box.tree()
    assert after["etc/extensions.conf"][1] == before["etc/extensions.conf"][1] + b"[mine]\n".hex()
    assert after["etc/http.conf"] == before["etc/http.conf"]
    ari.write_text(re.sub(r"\n; added by.*", "", ari.read_text(), flags=re.DOTALL))
    settings.unlink()
    assert run("uninstall", "--yes")[0] == 0
    assert not (box.folder / "lib/installed.json").exists()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda box: (box.etc / "extensions.conf").unlink(), "--etc names the folder of Asterisk's configuration"),
        (lambda box: script(box).write_text("mine"), "is there and is not Warmline's fallback: move it away"),
        (lambda box: settings(box, 'ari_password = "one"'), "the passwords of [warmline] in ari.conf and of ari_pass"),
        (lambda box: settings(box, ""), "has no ari_password: write one there"),
        (lambda box: (box.etc / "asterisk.conf").unlink(), "asterisk.conf cannot be read: No such file"),
    ],
)
def test_what_is_in_the_way_is_named(run: Run, box: Box, make: Callable[[Box], object], why: str) -> None:
    with open(box.etc / "ari.conf", "a") as conf:
        conf.write("[warmline]\npassword = two\n")
    make(box)
    before = box.tree()
    code, out, err = run("install", *box.words, "--yes")
    assert (code, out) == (1, "") and why in err and "Traceback" not in err
    assert box.tree() == before


def script(box: Box) -> Path:
    (box.folder / "agi").mkdir()
    return box.folder / "agi/fallback"


def settings(box: Box, text: str) -> None:
    (box.folder / "warmline").mkdir()
    (box.folder / "warmline/warmline.toml").write_text(f"{text}\n")


def test_without_a_terminal_nothing_is_done(run: Run, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    before = box.tree()
    code, _, err = run("install", *box.words)
    assert code == 5 and "--yes" in err and box.tree() == before


def killed_at(number: int, *arguments: str) -> bool:
    """Run a command line in a process of its own that kills itself before its n-th change; whether it came to that."""
    child = os.fork()
    if child == 0:
        left = number

        def changes(event: str, told: tuple[Any, ...]) -> None:
            nonlocal left
            opened = event == "open" and isinstance(told[2], int) and told[2] & (os.O_WRONLY | os.O_RDWR)
            left -= bool(opened or event in CHANGES)
            if left == 0 and event != "os.kill":
                os.kill(os.getpid(), signal.SIGKILL)

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.addaudithook(changes)
        try:
            main(arguments)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def without_password(tree: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Each installation makes a password of its own."""
    secret = re.compile(rb"password = .*\n")
    return {
        name: (mode, secret.sub(b"", bytes.fromhex(text)).hex() if name.endswith((".toml", ".conf")) else text)
        for name, (mode, text) in tree.items()
        if not name.startswith("agi/")
    } | {name: found for name, found in tree.items() if name.startswith("agi/")}


def test_killed_at_each_change(run: Run, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each file of the user's there is the old or the new one; and both ways lead on from there."""
    monkeypatch.setattr(os, "fsync", lambda file: None)  # the machine stays on
    (box.folder / "lib").mkdir()
    migrate(box.environ["WARMLINE_DB"])
    before = box.tree()
    install(run, box, "--from-trunk", "trunk")
    after = without_password(box.tree())
    run("uninstall", "--yes")
    assert box.tree() == before
    number = 0
    while True:
        number += 1
        was_killed = killed_at(number, "install", *box.words, "--yes", "--from-trunk", "trunk")
        now = without_password(box.tree())
        old = without_password(before)
        for name in ("etc/ari.conf", "etc/http.conf", "etc/extensions.conf"):
            assert now[name] in (old[name], after[name]), (number, name)
        if now["etc/extensions.conf"] == after["etc/extensions.conf"]:  # the switch: all that it needs is there
            assert {name: now.get(name) for name in after} == after, number
        if number % 2:
            install(run, box, "--from-trunk", "trunk")
            again = without_password(box.tree())
            assert {name for name in after | again if after.get(name) != again.get(name)} == set(), number
        assert run("uninstall", "--yes")[0] == 0
        assert box.tree() == before, number
        if not was_killed:
            break
    assert number > 40


def test_killed_while_it_is_taken_back(run: Run, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda file: None)
    (box.folder / "lib").mkdir()
    migrate(box.environ["WARMLINE_DB"])
    before = box.tree()
    number = 0
    while True:
        number += 1
        install(run, box)
        was_killed = killed_at(number, "uninstall", "--yes")
        assert run("uninstall", "--yes")[0] == 0
        assert box.tree() == before, number
        if not was_killed:
            break
    assert number > 20
