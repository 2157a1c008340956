"""`warmline install` moves secrets out of the settings file of an older Warmline; `uninstall` puts them back."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from cli.install import install_manifest, secret_lines
from cli.install.file_changes import SECRETS
from tests.cli.command_line import Run
from tests.cli.install.test_install import install
from tests.cli.installed import Box, kill_at_each_change
from tests.soak import soaking

STEP = 1 if soaking() else 7  # changes from one kill to the next


def as_older(box: Box) -> None:
    """Leave what an older Warmline leaves: one file with everything, and its record."""
    file, secrets = box.folder / "warmline/warmline.toml", box.folder / "warmline/secrets.toml"
    password = secrets.read_text().splitlines()[1]
    file.write_text(f'{file.read_text()}{password}\nwebhook_secret = "of-webhooks"\n')
    file.chmod(0o640)
    secrets.unlink()
    record = box.folder / "lib/installed.json"
    changes = [
        replace(one, text=file.read_text(), mode=0o640) if one.path == str(file) else one
        for one in install_manifest.read(record)
        if one.path != str(secrets) and one.kind != SECRETS
    ]
    install_manifest.rewrite(record, changes)


def by_hand(box: Box) -> None:
    (box.folder / "warmline").mkdir()
    (box.folder / "warmline/warmline.toml").write_text('# mine\nari_password = "theirs"\nlisten_port = 8090\n')
    (box.folder / "warmline/warmline.toml").chmod(0o600)


def older(run: Run, box: Box) -> None:
    install(run, box)
    as_older(box)


@pytest.mark.parametrize("before", [older, lambda run, box: by_hand(box)], ids=["installed", "by hand"])
def test_secrets_are_moved_and_put_back(run: Run, box: Box, before: Callable[[Run, Box], None]) -> None:
    first = box.tree()
    before(run, box)
    file, secrets = box.folder / "warmline/warmline.toml", box.folder / "warmline/secrets.toml"
    whole = file.read_text()
    password = re.search('ari_password = "(.*)"', whole)
    assert password
    out = install(run, box)
    assert "secrets out of warmline.toml" in out
    assert '-ari_password = "(the password)"' in out.splitlines() and password[1] not in out
    assert "of-webhooks" not in out
    assert file.read_text() == secret_lines.parted(whole)[0] and "ari_password" not in file.read_text()
    assert password[0] in secrets.read_text().splitlines()
    assert secrets.stat().st_mode & 0o007 == 0
    assert "Everything is installed already." in install(run, box)
    assert run("uninstall", "--yes")[0] == 0
    if whole.startswith("# mine"):
        assert file.read_text() == whole and file.stat().st_mode & 0o007 == 0
    else:
        assert box.tree() == first


def test_killed_at_each_change(run: Run, box: Box) -> None:
    """The password is always in a file, and the command again moves the rest."""
    first = box.tree()
    install(run, box)
    files = [box.folder / "warmline" / name for name in ("warmline.toml", "secrets.toml")]
    as_older(box)
    password = re.findall('ari_password = ".*"', files[0].read_text())
    for _ in kill_at_each_change(STEP, "install", *box.words, "--yes", least=4):
        there = "".join(file.read_text() for file in files if file.exists())
        assert set(re.findall('ari_password = ".*"', there)) == set(password)
        install(run, box)
        assert "ari_password" not in files[0].read_text() and password[0] in files[1].read_text()
        as_older(box)
    install(run, box)
    assert run("uninstall", "--yes")[0] == 0 and box.tree() == first


def test_lines_that_cannot_be_taken_out_stay(run: Run, box: Box) -> None:
    by_hand(box)
    file = box.folder / "warmline/warmline.toml"
    file.write_text('ari_password = """\ntheirs"""\n')
    with open(box.etc / "ari.conf", "a") as conf:
        conf.write("[warmline]\npassword = theirs\n")
    out = install(run, box)
    assert f"! {file} has secrets: move these lines to {box.folder}/warmline/secrets.toml by hand" in out.splitlines()
    assert "theirs" in file.read_text() and not (box.folder / "warmline/secrets.toml").exists()


def test_a_settings_file_is_parted() -> None:
    rest, secrets = "# a\nlisten_port = 1\n", '  ari_password = "x"  # here\nwebhook_secret="y"'
    assert secret_lines.parted(rest + secrets) == (rest, secrets + "\n")
    assert secret_lines.parted(nothing := "listen_port = 1\n") == (nothing, "")
    assert secret_lines.parted(other := '"ari_password" = "x"\n') == (other, "")
