"""`warmline doctor` and made-up files: their owners, modes and space, and the database."""

import os
import pwd
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from cli.client import systemd_service
from cli.doctor.check_list import TABLE
from cli.doctor.checks import (
    sound_check,
    warmline_check,
)
from cli.doctor.facts.check_facts import AsteriskOwner, CheckFacts
from cli.doctor.facts.finding import Severity
from cli.install import install_manifest
from cli.install.file_changes import FOLDER, FileChange
from tests.cli.doctor.made_machine import Machine, fixed, only
from tests.other_user import folder_for_all
from tests.store import left_databases
from tests.wording.said import said
from warmline.store.configuration import config
from warmline.store.maintenance import backup_and_vacuum
from warmline.system.settings import Settings


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


def test_a_full_disk(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    fixed(machine, "recording folder")
    monkeypatch.setattr(sound_check, "LEAST_SPACE", 1 << 60)
    assert only(machine.found("recording folder"), Severity.WARNING).code == "disk_nearly_full"


def test_the_rights_of_a_folder_depend_on_its_owner_and_group(tmp_path: Path) -> None:
    tmp_path.chmod(0o570)
    user, group = tmp_path.stat().st_uid, tmp_path.stat().st_gid
    assert AsteriskOwner(0, 0, "root").may_write(tmp_path)
    assert not AsteriskOwner(user + 1, group + 1, "somebody").may_write(tmp_path)
    assert AsteriskOwner(user + 1, group, "somebody").may_write(tmp_path)


def test_a_database_that_is_missing(machine: Machine) -> None:
    fixed(machine, "database")
    Path(machine.settings.db).unlink()
    found = only(machine.found("database"))
    assert found.safe and said("database_missing", path=machine.settings.db) == found.found
    machine.shell(found.fix)
    fixed(machine, "database")


def test_a_database_of_an_older_warmline(machine: Machine) -> None:
    Path(machine.settings.db).unlink()
    left_databases.write("0.9.0", Path(machine.settings.db))
    found = only(machine.found("database"))
    assert found.code == "database_unusable" and "schema 3" in found.found
    machine.shell(found.fix)
    fixed(machine, "database")


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


@pytest.mark.parametrize("which", ["spool", "run"])
def test_folders_that_are_missing(machine: Machine, which: str) -> None:
    fixed(machine, "folders")
    Path(getattr(machine.settings, which)).rmdir()
    found = only(machine.found("folders"))
    assert found.safe
    machine.shell(found.fix)
    fixed(machine, "folders")


def test_an_api_user_who_is_locked_is_named(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    config.create(machine.settings.db, "api-user", "crm", {"pass": "a-long-one-of-25-letters"}, who="test")
    lock = {"user": "crm", "address": "10.0.0.7", "until": "2026-11-21T13:33:20.000000+00:00"}
    asked = []

    def get(_settings: Settings, path: str) -> list[dict[str, str]]:
        asked.append(path)
        return [lock]

    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr("cli.client.api_port.get", get)
    found = [one for one in machine.found("passwords") if one.code == "api_user_locked"]
    assert asked == ["api-users/crm/locks"]
    one = only(found, Severity.WARNING)
    assert all(part in one.found for part in ("crm", "10.0.0.7", "13:33"))
    assert one.fix == "warmline api-user unlock crm"


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


def test_a_queue_log_where_the_apps_user_may_not_write(machine: Machine) -> None:
    machine.file.write_text(f'queue_log = "{machine.folder}/etc/queue_log"\n')
    (machine.folder / "etc").chmod(0o755)
    facts = machine.facts()
    facts.__dict__["owner"] = AsteriskOwner(65534, 65534, "nobody")
    found = only(list(warmline_check.folders(facts)))
    assert found.code == "folder_closed" and f"{machine.folder}/etc" in found.found
    machine.shell(found.fix)
    assert machine.settings.queue_log == f"{machine.folder}/queue_log"
