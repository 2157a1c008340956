"""`warmline install --new-password`: the same new password in both files; the change is shown without it."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.client import asterisk_conf
from tests.cli.command_line import Run
from tests.cli.install.test_install import install, kill_at_each_change
from tests.cli.installed import Box
from tests.soak import soaking
from tests.wording.said import says

STEP = 1 if soaking() else 7  # changes from one kill to the next


def passwords(box: Box) -> tuple[str, str]:
    theirs = asterisk_conf.read(box.etc, "ari.conf").value("warmline", "password")
    ours = tomllib.loads((box.folder / "warmline/secrets.toml").read_text())["ari_password"]
    return theirs or "", str(ours)


def renew(run: Run, box: Box, *more: str) -> tuple[int, str, str]:
    return run("install", *box.words, "--new-password", *more)


def included(box: Box) -> None:
    path = box.etc / "ari.conf"
    (box.etc / "ari_more.conf").write_text("[warmline](+)\npassword = another\n")
    path.write_text(path.read_text() + "#include ari_more.conf\n")


def crypt(box: Box) -> None:
    path = box.etc / "ari.conf"
    path.write_text(path.read_text() + "[warmline](+)\npassword_format = crypt\n")


def without(box: Box) -> None:
    (box.folder / "warmline/secrets.toml").write_text('webhook_secret = "x"\n')


def test_the_password_of_another_server_stays(run: Run, box: Box) -> None:
    install(run, box)
    (box.folder / "warmline/warmline.toml").open("a").write('[server.b]\nari_url = "http://127.0.0.1:1/ari"\n')
    (box.folder / "warmline/secrets.toml").open("a").write('[server.b]\nari_password = "of-b"\n')
    old = passwords(box)
    assert renew(run, box, "--yes")[0] == 0
    new, ours = passwords(box)
    assert (new, ours) == (ours, new) and new not in old
    found = tomllib.loads((box.folder / "warmline/secrets.toml").read_text())
    assert found["server"] == {"b": {"ari_password": "of-b"}}


def test_both_files_get_the_same_and_nothing_else_changes(run: Run, box: Box) -> None:
    first = box.tree()
    install(run, box, "--from-trunk", "from-trunk")
    (box.etc / "ari.conf").chmod(0o640)
    before, (old, _) = box.tree(), passwords(box)
    code, out, err = renew(run, box, "--dry-run")
    assert (code, err) == (0, "") and box.tree() == before and "Nothing has been changed." in out
    code, out, err = renew(run, box, "--yes")
    assert (code, err) == (0, "")
    new, ours = passwords(box)
    assert new == ours != old and len(new) > 30
    assert new not in out and old not in out
    assert "+password = (the new password)" in out.splitlines() and "-password = (the old password)" in out.splitlines()
    assert "asterisk -rx 'module reload res_ari.so'" in out and "systemctl restart warmline-guard warmline" in out
    after = box.tree()
    assert {name for name in after if after[name] != before[name]} == {"etc/ari.conf", "warmline/secrets.toml"}
    assert {name: after[name][0] for name in after} == {name: before[name][0] for name in before}
    (box.etc / "ari.conf").chmod(first["etc/ari.conf"][0] & 0o777)
    assert "Everything is installed already." in install(run, box, "--from-trunk", "from-trunk")
    assert run("uninstall", "--yes")[0] == 0 and box.tree() == first


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda box: (box.etc / "ari.conf").unlink(), "settings_file_missing"),
        (included, "ari_section_without_password"),
        (crypt, "ari_section_without_password"),
        (without, "settings_without_password"),
    ],
)
def test_a_password_that_cannot_be_renewed_is_refused(
    run: Run,
    box: Box,
    make: Callable[[Box], object],
    reason: str,
) -> None:
    install(run, box)
    make(box)
    before = box.tree()
    code, _, err = renew(run, box, "--yes")
    assert code == 1 and says(err, reason) and box.tree() == before


def test_killed_at_each_change(run: Run, box: Box) -> None:
    """Each file is complete; the command again makes both equal, and `uninstall` works."""
    first = box.tree()
    install(run, box)
    for _ in kill_at_each_change(STEP, "install", *box.words, "--new-password", "--yes", least=5):
        assert all(re.fullmatch(r"[\w-]{32}", one) for one in passwords(box))
        assert renew(run, box, "--yes")[0] == 0
        assert len(set(passwords(box))) == 1
    assert run("uninstall", "--yes")[0] == 0 and box.tree() == first
    assert not list(Path(box.etc).glob("*.warmline-new"))
