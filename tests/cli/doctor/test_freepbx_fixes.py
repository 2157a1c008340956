"""A fix of `warmline doctor` is in the file that FreePBX includes for an administrator, so it stays."""

from pathlib import Path

import pytest

from cli.doctor.facts.finding import Severity
from tests.cli import freepbx_files
from tests.cli.doctor.made_machine import Machine


@pytest.fixture
def freepbx(tmp_path: Path) -> Machine:
    """Provide a made-up machine with FreePBX's files, and with an ARI that waits too short for the app."""
    made = Machine(tmp_path)
    (made.etc / "asterisk.conf").write_text("[options]\nmaxfiles = 20000\n")
    freepbx_files.write(made.etc)
    return made


def test_the_fix_changes_only_the_file_for_own_lines(freepbx: Machine) -> None:
    before = {path.name: path.read_text() for path in freepbx.etc.iterdir()}
    [found] = freepbx.found("websocket_write_timeout")
    freepbx.shell(found.fix)
    changed = {path.name for path in freepbx.etc.iterdir() if path.read_text() != before.get(path.name)}
    assert changed == {"ari_additional_custom.conf"}
    [found] = freepbx.found("websocket_write_timeout")
    assert found.severity is Severity.GOOD


@pytest.mark.parametrize(
    "name, own",
    [
        ("extensions.conf", "extensions_custom.conf"),
        ("ari.conf", "ari_additional_custom.conf"),
        ("http.conf", "http_custom.conf"),
        ("pjsip.conf", "pjsip.conf"),
    ],
)
def test_each_file_has_its_file_for_own_lines(freepbx: Machine, name: str, own: str) -> None:
    assert freepbx.facts().own_file(name) == freepbx.etc / own
