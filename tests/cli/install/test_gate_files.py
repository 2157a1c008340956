"""The files of a gate: the guard's unit may write them, `uninstall` removes them, and `db restore` reads the epoch."""

from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.cli.installed import Box
from warmline.store.database import leader_epoch
from warmline.system import gate_protocol

GATE = "127.0.0.1:8190"


def guard_unit(box: Box) -> list[str]:
    """Return the lines of the guard's unit that are in effect."""
    lines = (box.folder / "units/warmline-guard.service").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_guard_writes_the_files_of_a_gate_if_there_is_one(
    run: Run, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("install", *box.words, "--yes")[0] == 0
    without = guard_unit(box)
    assert not any(line.startswith(("ReadWritePaths", "RuntimeDirectory")) for line in without)
    monkeypatch.setenv("WARMLINE_GATE", GATE)
    assert run("install", *box.words, "--yes")[0] == 0
    added = [line for line in guard_unit(box) if line not in without]
    folders = {str(box.folder / "lib"), str(box.folder / "run")}
    assert added == [
        "RuntimeDirectory=warmline",
        "RuntimeDirectoryMode=0751",
        "RuntimeDirectoryPreserve=yes",
        f"ReadWritePaths={' '.join(sorted(folders))}",
    ]
    assert Path(gate_protocol.epoch_file(str(box.folder / "lib/spool"))).parent == box.folder / "lib"
    assert "WantedBy=multi-user.target" in (box.folder / "units/warmline-media.service").read_text().splitlines()


def test_uninstall_removes_the_epoch_and_names_the_certificate(
    run: Run, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, path in (("GATE", GATE), ("GATE_CERTIFICATE", "gate.pem"), ("GATE_KEY", "gate.key")):
        monkeypatch.setenv(f"WARMLINE_{name}", path if name == "GATE" else str(box.folder / path))
    for name in ("gate.pem", "gate.key"):
        (box.folder / name).touch()
    assert run("install", *box.words, "--yes")[0] == 0
    epoch = gate_protocol.epoch_file(str(box.folder / "lib/spool"))
    epoch.write_text("7\n")
    code, out, _ = run("uninstall", "--dry-run")
    assert code == 0 and f"- file {epoch}\n" in out and epoch.exists()
    named = f"the gate's certificate and key ({box.folder}/gate.key, {box.folder}/gate.pem), and the recordings in "
    assert named in out
    code, out, err = run("uninstall", "--yes")
    assert (code, err) == (0, "") and not epoch.exists() and (box.folder / "gate.key").exists()


def test_a_restore_leads_by_the_epoch_of_this_machines_gate(run: Run, box: Box) -> None:
    assert run("install", *box.words, "--yes")[0] == 0
    database, copy = box.folder / "lib/warmline.db", box.folder / "copy.db"
    assert run("db", "backup", str(copy))[0] == 0
    gate_protocol.epoch_file(str(box.folder / "lib/spool")).write_text("12\n")
    code, out, _ = run("db", "restore", str(copy), "--yes")
    assert code == 0 and "Its epoch is raised to 12, so that the gates let this app lead.\n" in out
    assert leader_epoch.read(database) == 12
