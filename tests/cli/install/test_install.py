"""`warmline install` and `uninstall`: what they show, change and undo; and kills at each step."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.client import asterisk_conf
from cli.install import file_changes, install_manifest, install_paths, systemd_units
from tests.cli.command_line import Run
from tests.cli.installed import Box, kill_at_each_change
from tests.copied_database import new_database
from tests.soak import soaking
from tests.wording.said import said, says
from warmline.store.database.leader_lock_file import hold
from warmline.system import guard_lock, systemd_service
from warmline.system.program_files import FILES

STEP = 1 if soaking() else 25  # changes from one kill to the next


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


def test_the_command_is_where_sudo_looks(run: Run, box: Box) -> None:
    """A link in /usr/bin, which `uninstall` removes; another program of that name stays."""
    link = box.folder / "usr-bin/warmline"
    install(run, box)
    assert subprocess.run([link, "--version"], capture_output=True, check=True).stdout.startswith(b"warmline ")
    run("uninstall", "--yes")
    assert not os.path.lexists(link)
    link.write_text("mine")
    out = install(run, box)
    assert f"! {link} is another program, and stays: type " in out and link.read_text() == "mine"
    run("uninstall", "--yes")
    assert link.read_text() == "mine"


def test_a_dry_run_of_uninstall_changes_nothing_beside_the_app(run: Run, box: Box) -> None:
    install(run, box)
    before = box.tree()
    with hold(box.folder / "lib/warmline.db"):
        code, out, err = run("uninstall", "--dry-run")
    assert (code, err) == (0, "") and f"- folder {box.folder}/lib, if it is then empty\n" in out
    assert out.endswith("Nothing has been changed.\n") and box.tree() == before


def test_uninstall_restores_every_byte(run: Run, box: Box) -> None:
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
    assert "Everything is installed already." in install(run, box, "--from-trunk", "from-trunk")
    code, out, err = run("uninstall", "--yes")
    assert (code, err) == (0, "") and "- lines" in out
    assert f"Not empty, so it stays: {box.folder}/lib\n" in out
    assert box.tree() == before
    assert (box.folder / "lib/warmline.db").exists()
    assert run("uninstall")[1].startswith("Nothing is installed")


def test_files_of_an_older_warmline_are_renewed(run: Run, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    before = box.tree()
    install(run, box, "--from-trunk", "from-trunk")
    unit = box.folder / "units/warmline.service"
    older = unit.read_text()
    made = systemd_units.text
    monkeypatch.setattr(systemd_units, "text", lambda *given: made(*given) + "# newer\n")
    (box.folder / "agi/fallback").unlink()
    out = install(run, box, "--login", "700@phones")
    for line in (
        f"--- {unit}",
        "+# newer",
        f"+ link {box.folder}/agi/fallback -> {FILES}/agi-bin/fallback",
    ):
        assert line in out.splitlines()
    assert "systemctl daemon-reload && systemctl restart warmline-guard warmline.target" in out
    assert unit.read_text() == older + "# newer\n"
    conf = asterisk_conf.read(box.etc, "extensions.conf")
    assert ("exten", "700,1,Goto(warmline-login,s,1)") in conf.named("phones")[-1].lines
    unit.write_text("mine")
    assert f"! {unit} is not as `warmline install` made it, and stays as it is" in install(run, box).splitlines()
    unit.write_text(older + "# newer\n")
    code, _, err = run("uninstall", "--yes")
    assert (code, err) == (0, "") and box.tree() == before


def test_units_of_the_package_stay_its_own(run: Run, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a unit that does not fit this machine gets a copy, which replaces that of the package."""
    install(run, box)
    units, packaged = box.folder / "units", box.folder / "packaged"
    shutil.copytree(units, packaged)
    run("uninstall", "--yes")
    monkeypatch.setattr(systemd_units, "PACKAGED", packaged)
    before = box.tree()
    (packaged / "warmline.service").write_text("of a machine with other paths")
    assert "1 unit" in install(run, box)
    assert [path.name for path in units.iterdir()] == ["warmline.service"]
    assert "Everything is installed already." in install(run, box)
    assert run("uninstall", "--yes")[0] == 0
    (packaged / "warmline.service").write_bytes(bytes.fromhex(before["packaged/warmline.service"][1]))
    assert box.tree() == before


def test_killed_while_more_is_installed(run: Run, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second installation changes nothing, and after `uninstall` all is as before."""
    monkeypatch.setattr(os, "fsync", lambda file: None)
    (box.folder / "lib").mkdir()
    new_database(box.environ["WARMLINE_DB"])
    before = box.tree()
    made = systemd_units.text
    install(run, box)
    monkeypatch.setattr(systemd_units, "text", lambda *given: made(*given) + "# newer\n")
    words = ("install", *box.words, "--yes", "--login", "700@phones")
    for number in kill_at_each_change(STEP, *words, least=10):
        install(run, box, "--login", "700@phones")
        units = [*(box.folder / "units").iterdir()]
        assert len(units) > 3 and all(file.read_text().endswith("# newer\n") for file in units)
        assert (box.etc / "extensions.conf").read_text().count("700,1,Goto(warmline-login,s,1)") == 1, number
        assert run("uninstall", "--yes")[0] == 0
        assert box.tree() == before, number
        with monkeypatch.context() as older:
            older.setattr(systemd_units, "text", made)
            install(run, box)


def broken_off(box: Box) -> Path:
    """Return the record of an unfinished installation, with one line of a user's file as the change."""
    install_record = box.folder / "lib/installed.json"
    line = file_changes.lines(box.etc / "extensions.conf", "mine\n")
    file_changes.do(line)
    install_manifest._save(install_record, [line], whole=False)
    return install_record


def test_a_broken_off_one_is_not_taken_back_unasked(run: Run, box: Box) -> None:
    told = broken_off(box)
    before = box.tree()
    code, out, err = run("install", *box.words)
    assert code == 5 and "--yes" in err and f"- lines {box.etc}/extensions.conf" in out.splitlines()
    assert box.tree() == before and told.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of somebody else's")
@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_a_manifest_of_another_user_is_refused(run: Run, box: Box, command: str) -> None:
    """The app's user owns the folder, and could make root undo arbitrary changes."""
    told = broken_off(box)
    os.chown(told, 65534, 65534)
    before = box.tree()
    words = box.words if command == "install" else []
    code, _, err = run(command, *words, "--yes")
    assert (code, box.tree()) == (1, before)
    assert err.startswith(f"warmline: {said('manifest_of_another_user', file=told, owner=65534, user=0)}")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_settings_are_roots_with_their_folder(run: Run, box: Box) -> None:
    """Otherwise, Asterisk's user could replace them, with commands that root's `warmline` runs."""
    name = pwd.getpwuid(65534).pw_name
    assert run("install", *box.words[:-1], name, "--yes")[0] == 0
    names = ("warmline", "warmline/warmline.toml", "warmline/secrets.toml", "lib", "lib/spool", "run")
    found = {one: (box.folder / one).stat() for one in names}
    assert {one: (stat.st_uid, stat.st_mode & 0o777) for one, stat in found.items()} == {
        "warmline": (0, 0o755),
        "warmline/warmline.toml": (0, 0o644),
        "warmline/secrets.toml": (0, 0o640),
        "lib": (65534, 0o750),
        "lib/spool": (65534, 0o750),
        "run": (65534, 0o751),  # as the units and tmpfiles.d make it: `warmline-api` passes through to its socket
    }


def test_the_unit_lets_the_queue_log_and_recordings_of_other_servers_be_changed(
    run: Run, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if they are configured later; a missing folder does not prevent the app's start."""
    install(run, box)
    unit = box.folder / "units/warmline-workers.service"
    assert "/var/log" not in unit.read_text()
    monkeypatch.setenv("WARMLINE_QUEUE_LOG", "/var/log/pbx/queue_log")
    with (box.folder / "warmline/warmline.toml").open("a") as settings:
        settings.write('[server.b]\nari_url = "http://127.0.0.1:1/ari"\nrecordings = "/mnt/b"\n')
    install(run, box)
    (line,) = (line for line in unit.read_text().splitlines() if line.startswith("ReadWritePaths="))
    assert {"-/var/log/pbx", "-/mnt/b"} <= {*line.partition("=")[2].split()}


@pytest.mark.parametrize(
    ("settings", "streams"),
    [
        ({}, {"warmline-api": "127.0.0.1:8089"}),
        (
            {"LISTEN_HOST": "localhost", "FASTAGI": "localhost:4573"},
            {"warmline-api": "127.0.0.1:8089", "warmline-agi": "127.0.0.1:4573"},
        ),
        (
            {"LISTEN_HOST": "::1", "LISTEN_PORT": "9000", "FASTAGI": "[::1]:4573"},
            {"warmline-api": "[::1]:9000", "warmline-agi": "[::1]:4573"},
        ),
    ],
)
def test_the_socket_units_have_the_ports_of_the_settings(
    run: Run, box: Box, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], streams: dict[str, str]
) -> None:
    """Also after a change; and they are removed like the others."""
    before = box.tree()
    install(run, box)
    for key, value in settings.items():
        monkeypatch.setenv(f"WARMLINE_{key}", value)
    install(run, box)
    units = {file.stem: file.read_text().splitlines() for file in (box.folder / "units").glob("*.socket")}
    listens = {name: [line for line in unit if line.startswith("ListenStream=")] for name, unit in units.items()}
    ours = {"warmline": "calls-api", "warmline-local": "calls-local"}
    wanted = {name: f"{box.folder}/run/{socket}" for name, socket in ours.items()} | streams
    assert listens == {name: [f"ListenStream={stream}"] for name, stream in wanted.items()}
    assert (box.folder / "units/warmline-agi.service").exists() == ("warmline-agi" in streams)
    assert run("uninstall", "--yes")[0] == 0 and box.tree() == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_once_there_it_stays_with_its_user(run: Run, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """The units of a newer Warmline run as the owner of the database's folder, even if Asterisk's user has changed."""
    name = pwd.getpwuid(65534).pw_name
    assert run("install", *box.words[:-1], name, "--yes")[0] == 0
    monkeypatch.setattr(install_paths, "runs_as", lambda etc: "root")
    code, out, _ = run("install", *box.words[:-2], "--yes")
    assert code == 0 and "Everything is installed already." in out


def test_the_user_of_asterisk_comes_from_its_file_process_or_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its own file, otherwise by its process, otherwise by its package."""
    nobody = pwd.getpwuid(65534 if os.geteuid() == 0 else os.geteuid())
    with tempfile.TemporaryDirectory() as folder:
        etc = Path(folder)
        etc.chmod(0o755)
        program = etc / "asterisk"
        program.symlink_to(shutil.which("sleep") or "")
        (etc / "asterisk.conf").write_text(f"[directories]\nastrundir => {etc}\n[options]\nmaxfiles = 1\n")
        with subprocess.Popen([program, "60"], user=nobody.pw_uid if os.geteuid() == 0 else None) as asterisk:
            try:
                (etc / "asterisk.pid").write_text(f"{asterisk.pid}\n")
                assert install_paths.runs_as(etc) == nobody.pw_name
                with open(etc / "asterisk.conf", "a") as conf:
                    conf.write("runuser = pbx\n")
                assert install_paths.runs_as(etc) == "pbx"
            finally:
                asterisk.kill()
        (etc / "asterisk.conf").write_text(f"[directories]\nastrundir => {etc}\n")
        monkeypatch.setattr(pwd, "getpwnam", {"asterisk": nobody}.__getitem__)
        assert install_paths.runs_as(etc) == nobody.pw_name


def test_install_follows_no_link_when_it_writes(run: Run, box: Box, tmp_path: Path) -> None:
    """In folders of other users, the file could be a link to any file."""
    treasure = tmp_path / "treasure"
    treasure.write_text("root's")
    (box.folder / "lib").mkdir()
    for link in ("lib/installed.json.new", "etc/ari.conf.warmline-new"):
        (box.folder / link).symlink_to(treasure)
    install(run, box)
    assert treasure.read_text() == "root's" and "channelvars" in (box.etc / "ari.conf").read_text()


def test_uninstall_waits_until_systemd_has_stopped_its_units(
    run: Run, box: Box, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`systemctl` is a program that tells one line of a file after the other; the last one stays."""
    install(run, box)
    before = box.tree()
    told, asked = tmp_path / "told", tmp_path / "bin/systemctl"
    asked.parent.mkdir()
    asked.write_text(f"#!/bin/sh\nhead -n 1 {told} | tr ';' '\\n'\n[ $(wc -l <{told}) = 1 ] || sed -i 1d {told}\n")
    asked.chmod(0o755)
    monkeypatch.setenv("PATH", f"{asked.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(systemd_service, "BOOTED", tmp_path)
    monkeypatch.setattr(systemd_service, "STOP_POLL_SECONDS", 0.01)
    monkeypatch.setattr("warmline.system.settings.DEFAULT_FILE", box.environ["WARMLINE_CONFIG"])
    guard = "Id=warmline-guard.service;ActiveState={};Job={};"
    app = "Id=warmline.service;ActiveState={};Job={};"
    told.write_text(f"{guard};{app}\n".format("inactive", "", "active", ""))
    code, _, err = run("uninstall", "--yes")
    assert (code, err) == (1, f"warmline: {said('units_run', units='warmline.service')}\n")
    assert box.tree() == before
    states = (("deactivating", "", "active", "7"), ("inactive", "", "deactivating", ""), ("inactive", "", "failed", ""))
    told.write_text("".join(f"{guard};{app}\n".format(*one) for one in states))
    assert run("uninstall", "--yes")[0] == 0
    assert told.read_text().count("\n") == 1 and not (box.folder / "units/warmline.service").exists()


def test_uninstall_is_refused_while_the_guard_runs(run: Run, box: Box) -> None:
    """It would have the old password, and report this only when it is needed."""
    install(run, box)
    before = box.tree()
    with guard_lock.mark(box.folder / "warmline/warmline.toml"):
        code, _, err = run("uninstall", "--yes")
    assert (code, box.tree()) == (1, before)
    assert "the guard runs; stop it first: systemctl disable --now warmline-guard" in err
    assert run("uninstall", "--yes")[1].endswith("asterisk -rx 'core reload'\n  systemctl daemon-reload\n")


def test_asterisk_sees_that_a_file_was_changed(run: Run, box: Box) -> None:
    """Asterisk detects a changed time or size; a second password has the same length as the first."""
    times = []
    for words in (("install", *box.words, "--yes"), ("uninstall", "--yes"), ("install", *box.words, "--yes")):
        assert run(*words)[0] == 0
        times.append((box.etc / "ari.conf").stat().st_mtime_ns)
    assert times == sorted(set(times))


def test_asterisk_reads_the_installed_configuration_as_intended(run: Run, box: Box) -> None:
    install(run, box, "--from-trunk", "from-trunk", "--login", "700@phones")
    ari, http, plan = (asterisk_conf.read(box.etc, f"{name}.conf") for name in ("ari", "http", "extensions"))
    assert (http.on("general", "enabled"), http.value("general", "bindaddr")) == (True, "127.0.0.1")
    assert ari.value("general", "channelvars") == "WARMLINE_CALL,WARMLINE_SESSION,WARMLINE_DIALLED,WARMLINE_WHY"
    settings = (box.folder / "warmline/warmline.toml").read_text()
    secrets = (box.folder / "warmline/secrets.toml").read_text()
    assert f'ari_password = "{ari.value("warmline", "password")}"' in secrets and "ari_password" not in settings
    assert len(ari.value("warmline", "password") or "") > 30
    assert plan.named("warmline-from-trunk") and plan.named("from-trunk")[-1].lines[-1][0] == "include"
    assert sorted(path.name for path in (box.folder / "agi").iterdir()) == sorted(
        ("agent_login", "call_result", "enter_agentdirect", "enter_ingroup", "fallback", "route_did")
    )


@pytest.mark.parametrize(
    ("lines", "port"),
    [
        ("tlsenable=yes\n", 8090),
        ("tlsenable=yes\ntlsbindaddr=0.0.0.0:8089\nbindport=8090\n", 8091),
        ("tlsenable=yes\ntlsbindaddr=[::]\n", 8090),
        ("tlsenable=yes\ntlsbindaddr=[::]:443\n", None),
        ("tlsbindaddr=0.0.0.0:8089\n", None),
    ],
)
def test_a_port_that_asterisk_has_is_left_to_it(run: Run, box: Box, lines: str, port: int | None) -> None:
    (box.etc / "http.conf").write_text(f"[general]\nenabled=yes\nbindaddr=127.0.0.1\n{lines}")
    out = install(run, box)
    settings = (box.folder / "warmline/warmline.toml").read_text()
    assert (f"listen_port = {port}\n" in settings) is bool(port) is ("listen_port" in settings)
    assert ("! Asterisk's HTTP server has port 8089 (http.conf): " in out) is bool(port)


def test_ari_and_http_that_are_off_are_switched_on_and_named(run: Run, box: Box) -> None:
    (box.etc / "ari.conf").write_text("[general]\nenabled = no\n")
    (box.etc / "http.conf").write_text("[general]\nenabled=false\n")
    before = box.tree()
    out = install(run, box)
    assert "! ari.conf has enabled = no: a line at its end switches it on" in out.splitlines()
    assert "! http.conf has enabled = false: a line at its end switches it on" in out.splitlines()
    assert all(asterisk_conf.read(box.etc, name).on("general", "enabled") for name in ("ari.conf", "http.conf"))
    run("uninstall", "--yes")
    assert box.tree() == before


def test_existing_ari_users_and_settings_stay_unchanged(run: Run, box: Box) -> None:
    """A user who already has ARI, in a file whose last line has no line feed."""
    (box.etc / "ari.conf").write_text("[general]\nenabled=yes\nchannelvars=SHOP\n[warmline]\npassword=theirs-to-keep")
    (box.etc / "http.conf").write_text("[general]\nenabled=yes\nbindaddr=0.0.0.0\nbindport=8077\nprefix=pbx\n")
    (box.folder / "units/warmline.service").write_text("mine")
    before = box.tree()
    out = install(run, box)
    assert "! ari.conf has channelvars=SHOP: add WARMLINE_CALL,WARMLINE_SESSION," in out
    assert "warmline.service is not as `warmline install` made it, and stays as it is" in out
    assert box.tree()["etc/http.conf"] == before["etc/http.conf"]
    ari = (box.etc / "ari.conf").read_text()
    assert ari.endswith("uninstall` takes it out\n[general](+)\nwebsocket_write_timeout = 5000\n")
    settings = (box.folder / "warmline/warmline.toml").read_text()
    assert 'ari_password = "theirs-to-keep"' in (box.folder / "warmline/secrets.toml").read_text()
    assert 'ari_url = "http://127.0.0.1:8077/pbx/ari"' in settings
    run("uninstall", "--yes")
    assert box.tree() == before


@pytest.mark.parametrize("more", [("--yes",), ()])
def test_uninstall_is_refused_while_the_app_runs(run: Run, box: Box, more: tuple[str, ...]) -> None:
    install(run, box)
    before = box.tree()
    with hold(box.environ["WARMLINE_DB"]):
        code, _, err = run("uninstall", *more)
    assert (code, box.tree()) == (1, before) and f" is in use by process {os.getpid()}; " in err


def test_later_changes_of_the_user_survive_uninstall(run: Run, box: Box) -> None:
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
        f"warmline: {ari}: Warmline's lines were changed since: they stay",
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
    ("make", "code"),
    [
        (lambda box: (box.etc / "extensions.conf").unlink(), "etc_not_asterisk"),
        (lambda box: script(box).write_text("mine"), "agi_link_taken"),
        (lambda box: settings(box, 'ari_password = "one"'), "ari_passwords_differ"),
        (lambda box: settings(box, ""), "ari_password_missing"),
        (lambda box: (box.etc / "asterisk.conf").unlink(), "conf_unreadable"),
    ],
)
def test_an_obstacle_to_the_installation_is_named(run: Run, box: Box, make: Callable[[Box], object], code: str) -> None:
    with open(box.etc / "ari.conf", "a") as conf:
        conf.write("[warmline]\npassword = two\n")
    make(box)
    before = box.tree()
    found, out, err = run("install", *box.words, "--yes")
    assert (found, out) == (1, "") and says(err, code) and "Traceback" not in err
    assert box.tree() == before


def script(box: Box) -> Path:
    (box.folder / "agi").mkdir()
    return box.folder / "agi/fallback"


def settings(box: Box, text: str) -> None:
    (box.folder / "warmline").mkdir()
    (box.folder / "warmline/warmline.toml").write_text(f"{text}\n")


def without_password(tree: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Each installation creates a new password, and a new key of second factors."""
    secret = re.compile(rb"(?:password|second_factor_key) = .*\n")
    return {
        name: (mode, secret.sub(b"", bytes.fromhex(text)).hex() if name.endswith((".toml", ".conf")) else text)
        for name, (mode, text) in tree.items()
        if not name.startswith("agi/")
    } | {name: found for name, found in tree.items() if name.startswith("agi/")}


def test_killed_at_each_change(run: Run, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file of the user is old or new, and both commands work after it."""
    monkeypatch.setattr(os, "fsync", lambda file: None)  # the machine stays on
    (box.folder / "lib").mkdir()
    new_database(box.environ["WARMLINE_DB"])
    before = box.tree()
    install(run, box, "--from-trunk", "trunk")
    after = without_password(box.tree())
    run("uninstall", "--yes")
    assert box.tree() == before
    words = ("install", *box.words, "--yes", "--from-trunk", "trunk")
    for number in kill_at_each_change(STEP, *words, least=40):
        now = without_password(box.tree())
        old = without_password(before)
        for name in ("etc/ari.conf", "etc/http.conf", "etc/extensions.conf"):
            assert now[name] in (old[name], after[name]), (number, name)
        if now["etc/extensions.conf"] == after["etc/extensions.conf"]:  # the switch: all that it needs exists
            assert {name: now.get(name) for name in after} == after, number
        if number % 2:
            install(run, box, "--from-trunk", "trunk")
            again = without_password(box.tree())
            assert {name for name in after | again if after.get(name) != again.get(name)} == set(), number
        assert run("uninstall", "--yes")[0] == 0
        assert box.tree() == before, number


def test_killed_while_it_is_taken_back(run: Run, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda file: None)
    (box.folder / "lib").mkdir()
    new_database(box.environ["WARMLINE_DB"])
    before = box.tree()
    install(run, box)
    for number in kill_at_each_change(STEP, "uninstall", "--yes", least=20):
        assert run("uninstall", "--yes")[0] == 0
        assert box.tree() == before, number
        install(run, box)


def test_browser_phones_are_added_and_taken_back_byte_for_byte(run: Run, box: Box) -> None:
    before = box.tree()
    out = install(run, box, "--browser-phones")
    secret = re.search(r'browser_password = "(.+)"', (box.folder / "warmline/secrets.toml").read_text())
    assert secret and secret[1] not in out
    pjsip = asterisk_conf.read(box.etc, "pjsip.conf")
    assert pjsip.value("warmline-browser", "password") == secret[1]
    assert pjsip.value("warmline-browser", "context") == "warmline-browser"
    assert (pjsip.value("warmline-browser", "deny"), pjsip.value("warmline-browser", "permit")) == (
        "0.0.0.0/0",
        "127.0.0.1/32",
    )
    assert 'browser_sip = "127.0.0.1:5060"' in (box.folder / "warmline/warmline.toml").read_text()
    assert "Everything is installed already." in install(run, box, "--browser-phones")
    assert run("uninstall", "--yes")[0] == 0 and box.tree() == before


def test_browser_phones_can_be_added_later(run: Run, box: Box) -> None:
    before = box.tree()
    install(run, box)
    first = box.tree()
    with (box.etc / "pjsip.conf").open("a") as file:
        file.write("[udp]\ntype = transport\nbind = 0.0.0.0:5070\n")
    out = install(run, box, "--browser-phones")
    text = (box.folder / "warmline/secrets.toml").read_text()
    assert text.count("browser_password") == 1 and text.split('browser_password = "')[1][:-2] not in out
    assert 'browser_sip = "127.0.0.1:5070"' in (box.folder / "warmline/warmline.toml").read_text()
    now = box.tree()
    changed = {name for name in first if now[name] != first[name]}
    assert changed == {"etc/pjsip.conf", "warmline/secrets.toml", "warmline/warmline.toml"}
    assert run("uninstall", "--yes")[0] == 0
    assert box.tree().keys() == before.keys()


def test_an_extension_that_is_taken_is_refused(run: Run, box: Box) -> None:
    with open(box.etc / "extensions.conf", "a") as conf:
        conf.write("[from-phones]\nexten => 700, 1,Answer()\nexten => 701,hint,PJSIP/1000\n")
    code, _, err = run("install", *box.words, "--yes", "--login", "700@from-phones")
    assert code == 1 and said("login_extension_taken", context="from-phones", extension="700, 1,Answer()") in err
