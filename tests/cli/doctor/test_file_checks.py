"""`warmline doctor` and made-up files: owners and modes, the database, recordings, keys, and changed settings."""

import os
import pwd
import sqlite3
import subprocess
import tempfile
import time
import tomllib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cli.doctor.check_list import TABLE
from cli.doctor.checks import (
    secrets_check,
)
from cli.doctor.facts.check_facts import AsteriskOwner, CheckFacts
from cli.doctor.facts.finding import Finding, Severity
from cli.doctor.facts.settings_command import change
from cli.install import install_manifest
from cli.install.file_changes import FOLDER, FileChange
from tests.asterisk.test_recording_measurement import write as write_sound
from tests.cli.doctor.made_machine import Machine, fixed, only
from tests.other_user import folder_for_all
from tests.store.records import CALL
from warmline.store.configuration import config
from warmline.store.database import link_key
from warmline.store.database.database import connect
from warmline.store.journal import projections
from warmline.store.lookups import signed_recording_links
from warmline.store.lookups.signed_recording_links import LocalMaker
from warmline.store.maintenance import backup_and_vacuum
from warmline.system import systemd_service


def test_a_closed_folder_of_asterisks_user_is_found(machine: Machine) -> None:
    """Only root can test another user's rights; here other users have all rights."""
    with tempfile.TemporaryDirectory() as closed:  # for its owner alone
        (Path(closed) / "notes").mkdir()
        machine.file.write_text(f'spool = "{closed}/notes"\n')
        facts = machine.facts()
        facts.__dict__["owner"] = AsteriskOwner(65534, 65534, "nobody")
        (found,) = next(check for check in TABLE if check.name == "AGI scripts").look(facts)
    is_root = os.geteuid() == 0
    assert found.severity == (Severity.ERROR if is_root else Severity.GOOD)
    assert is_root is (f"enter {closed}" in found.found) is (f"chmod a+x {closed}" in found.fix)


SHUT = ("", ".lock", "-spill", "-heads", "-notes", "-link-key")  # endings of files that a copy by root leaves


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_one_line_gives_the_data_files_to_the_users_of_the_units(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check that the other checks do not conclude from the same symptom, and that nothing is wrong after the line."""
    app, reader = pwd.getpwnam("nobody"), pwd.getpwnam("daemon")
    monkeypatch.setattr(CheckFacts, "owner", AsteriskOwner(app.pw_uid, app.pw_gid, app.pw_name))
    with folder_for_all() as folder:
        machine.folder = machine.folder.rename(folder / "machine")
        machine.file, machine.etc = machine.folder / "warmline.toml", machine.folder / "etc"
        (machine.folder / "asterisk.pid").write_text(str(os.getpid()))
        monkeypatch.setattr(systemd_service, "FOLDERS", [folder])
        (folder / "warmline.service").write_text(f"[Service]\nUser={app.pw_name}\n")
        (folder / "warmline-api.service").write_text(f"[Service]\nUser={reader.pw_name}\n")
        settings = machine.settings
        files = [Path(f"{settings.db}{ending}") for ending in SHUT]
        for file in files:
            file.touch()
            file.chmod(0o600)
        for name in ("", "notes", "spool/recording"):
            (machine.folder / name).chmod(0o750)
        os.chown(machine.folder, app.pw_uid, reader.pw_gid)
        machine.folder.chmod(0o700)
        (pins := Path(settings.spool) / "pins").mkdir()
        wrong = only(machine.found("data files"))
        for name in ("app", "api process", "recording links"):
            assert machine.found(name)[0].severity == Severity.UNKNOWN, name
        for name in ("AGI scripts", "spill file"):
            assert not [one for one in machine.found(name) if "chown" in one.fix or "chgrp" in one.fix], name
        machine.shell(wrong.fix)
        fixed(machine, "data files")
        fixed(machine, "api process")
        assert machine.found("app")[0].code == "app_away"
        owners = {(file.stat().st_uid, file.stat().st_gid) for file in files}
        assert owners == {(app.pw_uid, reader.pw_gid)}
        assert {folder.stat().st_uid for folder in (pins.parent, pins)} == {app.pw_uid}
        assert [file.stat().st_mode & 0o777 for file in files] == [0o640, *[0o600] * 3, 0o640, 0o600]
        machine.file.chmod(0o600)
        lines = {only(machine.found(name)).fix for name in ("AGI scripts", "api process")}
        assert lines == {f"chmod a+r {machine.file}"}
        machine.shell(*lines)
        fixed(machine, "AGI scripts")
        fixed(machine, "api process")
        machine.file.write_text('ari_password = "x"\n')
        machine.file.chmod(0o600)
        assert {only(machine.found(name)).fix for name in ("AGI scripts", "api process")} == {"warmline install"}


def test_the_rights_of_a_folder_depend_on_its_owner_and_group(tmp_path: Path) -> None:
    tmp_path.chmod(0o570)
    user, group = tmp_path.stat().st_uid, tmp_path.stat().st_gid
    assert AsteriskOwner(0, 0, "root").may_write(tmp_path)
    assert not AsteriskOwner(user + 1, group + 1, "somebody").may_write(tmp_path)
    assert AsteriskOwner(user + 1, group, "somebody").may_write(tmp_path)


def test_a_database_that_is_damaged(machine: Machine) -> None:
    path = Path(machine.settings.db)
    backup_and_vacuum.backup(path, path.with_name("friday.db"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'journal_call'").fetchone()
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'leg'").fetchone()
        connection.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = 'journal_call'", (root,))
        connection.commit()
        assert page != root
    found = only(machine.found("database"))
    machine.shell(found.fix.replace("systemctl stop warmline.target; ", ""))
    fixed(machine, "database")


@pytest.mark.skipif(os.geteuid() != 0, reason="of root's command line alone")
@pytest.mark.parametrize("which", ["etc-warmline", "etc-warmline/warmline.toml"])
def test_settings_that_others_can_change(machine: Machine, which: str) -> None:
    folder = machine.folder / "etc-warmline"
    folder.mkdir()
    machine.file = machine.file.rename(folder / "warmline.toml")
    machine.file.chmod(0o640)
    for private in ("spool/recording", "notes"):
        (machine.folder / private).chmod(0o750)
    fixed(machine, "readers")
    os.chown(machine.folder / which, 65534, 65534)
    found = only(machine.found("readers"), Severity.WARNING)
    assert found.code == "settings_writable_by_others" and str(machine.folder / which) in found.found
    machine.shell(found.fix)
    fixed(machine, "readers")


def test_secrets_that_the_api_process_could_read(machine: Machine) -> None:
    """A lab has one file for all; `warmline install` moves only what it has installed."""
    machine.file.write_text('ari_password = "of-an-older-warmline"\n')
    machine.file.chmod(0o640)
    for private in ("spool/recording", "notes"):
        (machine.folder / private).chmod(0o750)
    fixed(machine, "readers")
    install_manifest._save(machine.folder / install_manifest.NAME, [FileChange(FOLDER, "/nowhere")], whole=True)
    found = only(machine.found("readers"), Severity.WARNING)
    assert (found.code, found.fix) == ("secrets_in_settings", "warmline install")
    (machine.folder / "secrets.toml").write_text(machine.file.read_text())
    (machine.folder / "secrets.toml").chmod(0o640)
    machine.file.write_text("")
    fixed(machine, "readers")
    (machine.folder / "secrets.toml").chmod(0o644)
    assert only(machine.found("readers"), Severity.WARNING).code == "file_readable_by_all"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_api_user_reads_only_the_files_it_needs(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    with folder_for_all() as folder:
        machine.folder = machine.folder.rename(folder / "machine")
        machine.file, machine.etc = machine.folder / "warmline.toml", machine.folder / "etc"
        (machine.folder / "asterisk.pid").write_text(str(os.getpid()))
        monkeypatch.setattr(systemd_service, "FOLDERS", [folder])
        unit = folder / "warmline-api.service"
        fixed(machine, "api process")
        unit.write_text("[Service]\nUser=nobody\n")
        for name in ("", "spool/recording", "notes"):
            (machine.folder / name).chmod(0o750)
        db, key, secrets = (machine.folder / name for name in ("warmline.db", "key.pem", "secrets.toml"))
        key.touch(mode=0o600)
        machine.file.write_text(f'tls_key = "{key}"\n')
        assert machine.found("api process")[0].code == "not_looked_at"  # the check of data files has the folder
        os.chown(machine.folder, 0, pwd.getpwnam("nobody").pw_gid)
        os.chown(db, 0, pwd.getpwnam("nobody").pw_gid)
        db.chmod(0o640)
        told = only(machine.found("api process"))
        assert told.code == "api_file_unreadable" and str(key) in told.found
        machine.shell(told.fix)
        fixed(machine, "api process")
        secrets.touch()
        told = only(machine.found("api process"), Severity.WARNING)
        assert told.code == "api_may_read" and str(secrets) in told.found
        machine.shell(told.fix)
        db.chmod(0o660)
        assert only(machine.found("api process"), Severity.WARNING).code == "api_may_write"
        unit.write_text("[Service]\nUser=warmline-nobody\n")
        assert only(machine.found("api process")).code == "api_user_missing"


def test_a_queue_log_that_cannot_be_written(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is created; the unit, which makes the rest of the machine read-only, must name it."""
    monkeypatch.setattr(systemd_service, "FOLDERS", [machine.folder])
    machine.file.write_text(f'queue_log = "{machine.folder}/log/queue_log"\n')
    found = only(machine.found("folders"))
    assert found.safe
    machine.shell(found.fix)
    fixed(machine, "folders")
    unit = f"[Service]\nEnvironment=WARMLINE_CONFIG={machine.file}\nProtectSystem=strict\nReadWritePaths={{}} /var\n"
    file = machine.folder / "warmline-workers.service"
    file.write_text(unit.format("-/srv"))
    found = only(machine.found("folders"))
    assert found.code == "folder_closed_by_unit" and f"{machine.folder}/log" in found.found
    assert found.fix == "warmline install && systemctl daemon-reload && systemctl restart warmline-workers"
    file.write_text(unit.format(f"-{machine.folder}/log"))
    fixed(machine, "folders")
    file.write_text(unit.format("/srv").replace(f"{machine.file}", "/of/another.toml"))
    fixed(machine, "folders")


TABLE_OF_B = '[server.b]\nari_url = "http://127.0.0.1:1/ari"\nari_user = "of-b"\n'


RECORDING = """
    INSERT INTO recording (id, call, kind, reason, agent, asked, started, ended, status, cause, path, bytes, length,
        sha256, converted_path, converted_bytes, converted_sha256)
    VALUES (?, '01CALL', 'call', '', '', ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, '')
"""


SECOND = 1_000_000


def test_recordings_of_the_last_day_differ_from_their_rows(machine: Machine) -> None:
    now, folder = time.time_ns() // 1000, machine.folder / "spool/recording"
    write_sound(folder / "good.wav", 3000)
    (folder / "zeros.wav").write_bytes(bytes(20_800))
    rows = [
        ("good", now, now + 3 * SECOND, "kept", "", 3000),
        ("zeros", now, now + 1 * SECOND, "kept", "", 1000),
        ("gone", now, now + 1 * SECOND, "kept", "", 1000),
        ("failed", now, now, "failed", "its file has no sound", 0),
    ]
    expected = {
        1: ["recordings_whole"],
        2: ["recordings_differ"],
        3: ["recordings_differ"],
        4: ["recordings_failed", "recordings_differ"],
    }
    facts = machine.facts()
    for count, codes in expected.items():
        with closing(connect(facts.settings.db)) as db:
            if count == 1:
                for _, statement, values in projections.rows(replace(CALL, arrived=now)):
                    db.execute(statement, values)
            name, start, end, status, cause, length = rows[count - 1]
            path = folder / f"{name}.wav"
            size = path.stat().st_size if path.exists() else 1
            db.execute(RECORDING, (name, start, start, end, status, cause, str(path), size, length))
        found = machine.found("recorded files")
        assert [one.code for one in found] == codes
    assert "1 no sound" in found[1].found and "1 missing" in found[1].found
    with closing(connect(facts.settings.db)) as db:
        db.execute("UPDATE recording SET ended = ended + 4500000 WHERE id = 'good'")
    [short] = [one for one in machine.found("recorded files") if one.severity is Severity.WARNING]
    assert short.code == "recordings_short" and "1, by up to 4.5 s" in short.found


def test_a_command_changes_the_setting_alone(machine: Machine) -> None:
    facts = machine.facts()
    for text in ("", 'ari_user = "pbx"\n', "# a comment\n", TABLE_OF_B, f'ari_user = "pbx"\n{TABLE_OF_B}'):
        facts.file.write_text(text)
        for key, value in {"ari_user": "new", "listen_port": 8090}.items():
            subprocess.run(["sh", "-c", change(facts, key, value)], check=True)
        tables = tomllib.loads(TABLE_OF_B) if TABLE_OF_B in text else {}
        assert tomllib.loads(facts.file.read_text()) == {"ari_user": "new", "listen_port": 8090} | tables


def test_the_key_of_links_to_recordings(machine: Machine) -> None:
    db = machine.settings.db

    def finding() -> Finding:
        [found] = secrets_check.links(machine.facts())
        return found

    assert finding().code == "links_off"
    config.set_options(db, "setting", "warmline", {"recording_links": "admin"}, who="test")
    assert (finding().severity, finding().code) == (Severity.NOTE, "link_key_none")
    link_key.of.cache_clear()
    assert signed_recording_links.make(db, ["A_1"], LocalMaker("root"), 1)
    assert finding().code == "link_key_good"
    file = link_key.file(db)
    file.chmod(0o640)
    assert (finding().severity, finding().code) == (Severity.ERROR, "link_key_open")
    assert finding().fix.startswith(f"rm {file}"), "others can have read it, so it is replaced"
    file.rename(other := file.with_name("other"))
    file.symlink_to(other)
    assert finding().code == "link_key_no_file"


@pytest.mark.parametrize("before", ["", 'ari_password = "1234"\n'])
def test_a_new_password_leaves_that_of_another_server(machine: Machine, before: str) -> None:
    facts = machine.facts()
    facts.settings = facts.settings._replace(ari_password="1234")  # noqa: S106 - the check finds this sample
    facts.secrets.write_text(before + '[server.b]\nari_password = "of-b"\n')
    (fix,) = (one.fix for one in secrets_check._ari(facts))
    subprocess.run(["sh", "-c", fix.split(" && printf '\\n[")[0]], check=True)
    found = tomllib.loads(facts.secrets.read_text())
    assert len(found["ari_password"]) == 32 and found["server"] == {"b": {"ari_password": "of-b"}}
