"""`warmline install --gate`: a media server has the guard, the media process and Asterisk's lines, and no app."""

import tomllib
from pathlib import Path

from tests.cli.command_line import Run
from tests.cli.installed import Box
from tests.wording.said import says

GATE = "192.0.2.7:8189"
UNITS = {"warmline-guard.service", "warmline-media.service"}


def settings_of(box: Box) -> dict[str, object]:
    return tomllib.loads((box.folder / "warmline/warmline.toml").read_text())


def units(box: Box) -> set[str]:
    return {path.name for path in (box.folder / "units").iterdir()}


def test_a_media_server_gets_no_app_and_uninstalls_to_the_same_bytes(run: Run, box: Box) -> None:
    before = box.tree()
    code, out, err = run("install", *box.words, "--yes", "--gate", GATE, "--from-trunk", "from-trunk")
    assert (code, err) == (0, "")
    assert units(box) == UNITS and not (box.folder / "lib/warmline.db").exists()
    known = settings_of(box)
    assert known["gate"] == GATE and known["fastagi"] == "127.0.0.1:4573"
    assert known["gate_certificate"] == f"{box.folder}/warmline/gate.pem"
    secrets = tomllib.loads((box.folder / "warmline/secrets.toml").read_text())
    assert set(secrets) == {"ari_password"}
    dialplan = (box.etc / "extensions.conf").read_text()
    assert "WARMLINE_FASTAGI = agi://127.0.0.1:4573\n" in dialplan and "include => warmline-from-trunk" in dialplan
    assert out.splitlines()[-4:] == [
        "  asterisk -rx 'core reload'",
        f"  a certificate and its key: {box.folder}/warmline/gate.pem; see docs/how-to/server-gate.md",
        "  systemctl daemon-reload && systemctl enable --now warmline-guard warmline-media",
        "  warmline doctor --only gate",
    ]
    (box.folder / "lib/gate-epoch").write_text("3\n")
    code, out, err = run("uninstall", "--yes")
    assert (code, err) == (0, "") and f"These stay: the recordings in {box.folder}/spool/recording.\n" in out
    assert box.tree() == before and not (box.folder / "lib").exists()


def test_an_upgrade_keeps_a_media_server_without_the_app(run: Run, box: Box) -> None:
    """The maintainer script of the package runs `install --yes` without a further option."""
    assert run("install", *box.words, "--yes", "--gate", GATE)[0] == 0
    assert "Everything is installed already." in run("install", *box.words, "--yes")[1]
    unit = box.folder / "units/warmline-media.service"
    unit.unlink()
    code, out, _ = run("install", *box.words, "--yes")
    assert code == 0 and units(box) == UNITS and not (box.folder / "lib/warmline.db").exists()
    assert "systemctl restart warmline-guard warmline-media" in out


def test_a_machine_with_the_app_does_not_become_a_media_server(run: Run, box: Box) -> None:
    assert run("install", *box.words, "--yes")[0] == 0
    code, _, err = run("install", *box.words, "--yes", "--gate", GATE)
    assert code == 1 and says(err, "install_gate_beside_app")


def test_a_gate_on_loopback_needs_no_certificate_and_the_files_own_address_counts(run: Run, box: Box) -> None:
    assert run("install", *box.words, "--yes", "--gate", "127.0.0.1:8189")[0] == 0
    assert "gate_certificate" not in settings_of(box)
    code, _, err = run("install", *box.words, "--yes", "--gate", GATE)
    assert code == 1 and says(err, "install_gate_differs")
    assert Path(box.folder / "warmline/warmline.toml").stat().st_mode & 0o777 in (0o644, 0o600)
