"""`warmline install --recipe` and `uninstall --recipe`: what they show, change and undo; and kills at each step."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cli.client import asterisk_conf
from cli.install import install_manifest, recipes
from tests.cli.command_line import Run
from tests.cli.installed import Box, kill_at_each_change
from tests.copied_database import new_database
from tests.soak import soaking
from tests.wording.said import says
from warmline.system.program_files import DIALPLAN

STEP = 1 if soaking() else 7  # changes from one kill to the next
NAME = "vip-by-crm"  # has a dialplan and a script
CONF, SCRIPT = f"etc/cookbook-{NAME}.conf", f"agi/cookbook-{NAME}"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Box:
    """A machine with Asterisk and without Warmline."""
    monkeypatch.setattr(os, "fsync", lambda file: None)  # the machine stays on
    made = Box(tmp_path / "box")
    for name, value in made.environ.items():
        monkeypatch.setenv(name, value)
    return made


@pytest.fixture
def box(empty: Box, run: Run) -> Box:
    """A machine with Warmline."""
    assert run("install", *empty.words, "--yes")[0] == 0
    return empty


def install(run: Run, box: Box, *more: str, name: str = NAME) -> str:
    code, out, err = run("install", "--recipe", name, *box.words, "--yes", *more)
    assert (code, err) == (0, "")
    return out


def test_a_recipe_is_put_in_and_taken_out_to_the_same_bytes(run: Run, box: Box) -> None:
    before = box.tree()
    assert run("install", "--recipe", NAME, *box.words, "--dry-run")[0] == 0 and box.tree() == before
    out = install(run, box, "--number", "798@phones")
    assert "Before the first call:\n  CRM_URL = " in out and "asterisk -rx 'dialplan reload'" in out
    after = box.tree()
    assert set(after) - set(before) == {CONF, SCRIPT}
    assert {name for name in before if after[name] != before[name]} == {"etc/extensions.conf"}
    assert (box.folder / CONF).read_text() == (recipes.RECIPES / f"{NAME}.conf").read_text()
    first, rest = (box.folder / SCRIPT).read_text().split("\n", 1)
    assert first == f"#!{sys.executable} -Pmwarmline.agi"
    assert rest == (recipes.RECIPES / NAME).read_text().split("\n", 1)[1]
    assert os.access(box.folder / SCRIPT, os.X_OK)
    conf = asterisk_conf.read(box.etc, "extensions.conf")
    assert (
        conf.named(f"cookbook-{NAME}")
        and ("exten", f"798,1,Goto(cookbook-{NAME},s,1)") in conf.named("phones")[-1].lines
    )
    assert install(run, box, "--number", "798@phones").startswith("The recipe is installed already.")
    code, out, err = run("uninstall", "--recipe", NAME, "--yes")
    assert (code, err) == (0, "") and f"- file {box.folder / SCRIPT}" in out
    assert box.tree() == before
    assert run("uninstall", "--recipe", NAME)[:2] == (0, f"The recipe {NAME} is not installed.\n")


def test_recipes_leave_in_any_order_and_with_warmline_itself(run: Run, empty: Box, box: Box) -> None:
    before = box.tree()
    for name in ("language-menu", "on-call-list", NAME):
        install(run, box, name=name)
    for name in ("on-call-list", "language-menu"):
        assert run("uninstall", "--recipe", name, "--yes")[0] == 0
    assert set(box.tree()) - set(before) == {CONF, SCRIPT}
    install(run, box, name="language-menu")
    assert run("uninstall", "--yes")[0] == 0
    assert not [name for name in box.tree() if "cookbook" in name]
    assert not (box.folder / "lib/installed.json").exists()


def test_the_copy_is_the_users(run: Run, box: Box) -> None:
    """A changed copy stays when the recipe leaves; an unchanged copy is renewed by a newer Warmline."""
    install(run, box)
    conf, script = box.folder / CONF, box.folder / SCRIPT
    conf.write_text(conf.read_text() + "; mine\n")
    assert f"! {conf} was changed since, and stays as it is" in install(run, box).splitlines()
    older = script.read_text() + "# older\n"
    record = box.folder / "lib/installed.json"
    script.write_text(older)
    changes = install_manifest.read(record)
    renewed = [replace(change, text=older) if change.path == str(script) else change for change in changes]
    install_manifest.rewrite(record, renewed)
    install(run, box)
    assert script.read_text() == older.removesuffix("# older\n")
    code, _, err = run("uninstall", "--recipe", NAME, "--yes")
    assert (code, err) == (1, f"warmline: {conf} was changed since: it stays\n")
    assert conf.exists() and not script.exists()
    assert f"cookbook-{NAME}" not in (box.etc / "extensions.conf").read_text()
    conf.unlink()
    assert run("uninstall", "--recipe", NAME, "--yes")[0] == 0


def test_a_recipe_for_the_end_of_a_call_is_led_to_from_warmlines_context(run: Run, box: Box) -> None:
    before = box.tree()
    out = install(run, box, name="sticky-agent")
    assert "[warmline-ended]" not in [line[1:] for line in out.splitlines() if line.startswith("!")]
    conf = asterisk_conf.read(box.etc, "extensions.conf")
    assert conf.named("warmline-ended")[-1].lines == [("exten", "s,1,Goto(cookbook-sticky-agent,ended,1)")]
    out = install(run, box, name="ticket-at-end")
    place = "cookbook-ticket-at-end,ended,1"
    assert f"! [warmline-ended] has an extension s already: add the recipe there, at {place}" in out.splitlines()
    assert len(asterisk_conf.read(box.etc, "extensions.conf").named("warmline-ended")[-1].lines) == 1
    for name in ("sticky-agent", "ticket-at-end"):
        assert run("uninstall", "--recipe", name, "--yes")[0] == 0
    assert box.tree() == before


def test_an_invalid_recipe_is_named_and_changes_nothing(run: Run, box: Box) -> None:
    for words, code in (
        (("--recipe", "vip-by-crn"), "recipe_unknown"),
        (("--recipe", "../warmline"), "recipe_unknown"),
        (("--recipe", NAME, "--number", "798"), "recipe_number_invalid"),
        (("--recipe", NAME, "--number", "1,1,Goto(a)@phones"), "recipe_number_invalid"),
        (("--recipe", NAME, "--number", "700@phones"), "recipe_number_taken"),
        (("--recipe", NAME, "--login", "700@phones"), "recipe_with_others"),
        (("--number", "798@phones"), "recipe_options_alone"),
        (("--json",), "recipe_options_alone"),
    ):
        with open(box.etc / "extensions.conf", "a") as conf:
            conf.write("[phones]\nexten => 700,1,Hangup()\n")
        before = box.tree()
        found, _, err = run("install", *words, *box.words, "--yes")
        assert found != 0 and says(err, code) and "Traceback" not in err
        assert box.tree() == before, words


def test_a_file_that_is_not_the_recipes_stays(run: Run, box: Box) -> None:
    (box.folder / SCRIPT).write_text("mine")
    before = box.tree()
    code, _, err = run("install", "--recipe", NAME, *box.words, "--yes")
    assert code == 1 and says(err, "recipe_file_taken") and box.tree() == before


def test_a_recipe_needs_warmline_and_survives_its_installation(run: Run, empty: Box) -> None:
    """Warmline may have been included by hand, so that nothing is recorded yet."""
    code, _, err = run("install", "--recipe", NAME, *empty.words, "--yes")
    assert code == 1 and says(err, "recipe_without_warmline")
    before = empty.tree()
    with open(empty.etc / "extensions.conf", "a") as conf:
        conf.write(f'#include "{DIALPLAN}"\n')
    (empty.folder / "agi").mkdir()
    (empty.folder / "lib").mkdir()
    by_hand = empty.tree()
    install(run, empty)
    assert run("install", *empty.words, "--yes")[0] == 0
    assert (empty.folder / "lib/warmline.db").exists()
    assert run("uninstall", "--recipe", NAME, "--yes")[0] == 0
    assert run("uninstall", "--yes")[0] == 0
    assert {**empty.tree(), "agi": None} == {**by_hand, "agi": None} != before


def test_without_a_terminal_nothing_is_done(run: Run, box: Box) -> None:
    before = box.tree()
    assert run("install", "--recipe", NAME, *box.words)[0] == 5 and box.tree() == before
    install(run, box)
    before = box.tree()
    assert run("uninstall", "--recipe", NAME)[0] == 5 and box.tree() == before


def test_killed_at_each_change(run: Run, box: Box) -> None:
    """The dialplan is old or new, Asterisk finds all that it names, and both commands work after it."""
    new_database(box.environ["WARMLINE_DB"])
    before = box.tree()
    install(run, box, "--number", "798@phones")
    after = box.tree()
    assert run("uninstall", "--recipe", NAME, "--yes")[0] == 0
    words = ("install", "--recipe", NAME, *box.words, "--yes", "--number", "798@phones")
    for number in kill_at_each_change(STEP, *words, least=8):
        now = box.tree()
        assert now["etc/extensions.conf"] in (before["etc/extensions.conf"], after["etc/extensions.conf"]), number
        if now["etc/extensions.conf"] == after["etc/extensions.conf"]:  # the switch: all that it needs exists
            assert {name: now.get(name) for name in after} == after, number
        if number % 2:
            install(run, box, "--number", "798@phones")
            assert box.tree() == after, number
        assert run("uninstall", "--recipe", NAME, "--yes")[0] == 0
        assert box.tree() == before, number


def test_killed_while_it_is_taken_out(run: Run, box: Box) -> None:
    before = box.tree()
    install(run, box)
    for number in kill_at_each_change(STEP, "uninstall", "--recipe", NAME, "--yes", least=5):
        assert run("uninstall", "--recipe", NAME, "--yes")[0] == 0
        assert box.tree() == before, number
        install(run, box)
