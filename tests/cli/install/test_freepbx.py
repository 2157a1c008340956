"""FreePBX writes its files again at each change, so Warmline's lines are in the files that it includes for them."""

import pytest

from cli.client import asterisk_conf
from tests.cli import freepbx_files
from tests.cli.command_line import Run
from tests.cli.installed import Box
from warmline.system.program_files import DIALPLAN


@pytest.fixture
def freepbx(box: Box) -> Box:
    """Provide a machine whose Asterisk is FreePBX's."""
    freepbx_files.write(box.etc)
    return box


def texts(box: Box) -> dict[str, str]:
    return {path.name: path.read_text(errors="replace") for path in box.etc.glob("*.conf")}


def install(run: Run, box: Box, *more: str) -> None:
    code, _, err = run("install", *box.words, "--yes", *more)
    assert (code, err) == (0, "")


def test_the_lines_are_in_the_files_for_an_administrator(run: Run, freepbx: Box) -> None:
    before = texts(freepbx)
    install(run, freepbx, "--login", "700@from-internal-custom")
    after = texts(freepbx)
    assert {name for name in after if after[name] != before.get(name)} == freepbx_files.OWN
    dialplan = asterisk_conf.read(freepbx.etc, "extensions.conf")
    assert dialplan.has(DIALPLAN, freepbx.etc)
    [own] = dialplan.named("from-internal-custom")
    assert own.lines == [("exten", "700,1,Goto(warmline-login,s,1)")]
    ari = asterisk_conf.read(freepbx.etc, "ari.conf")
    assert len(ari.value("warmline", "password") or "") > 20 and ari.on("general", "enabled")
    assert "WARMLINE_CALL" in (ari.value("general", "channelvars") or "")


def test_files_that_freepbx_writes_again_lose_nothing(run: Run, freepbx: Box) -> None:
    install(run, freepbx)
    for name, text in freepbx_files.GENERATED.items():
        (freepbx.etc / name).write_text(text)
    code, out, _ = run("install", *freepbx.words, "--dry-run")
    assert code == 0 and "Everything is installed already." in out


def test_uninstall_leaves_them_as_they_were(run: Run, freepbx: Box) -> None:
    before = texts(freepbx)
    install(run, freepbx, "--login", "700@from-internal-custom")
    assert run("uninstall", "--yes")[0] == 0
    assert texts(freepbx) == before


def test_a_new_password_is_where_the_old_one_was(run: Run, freepbx: Box) -> None:
    install(run, freepbx)
    before = texts(freepbx)
    code, _, err = run("install", *freepbx.words, "--new-password", "--yes")
    assert (code, err) == (0, "")
    assert {name for name, text in texts(freepbx).items() if text != before[name]} == {"ari_additional_custom.conf"}
