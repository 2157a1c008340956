"""What `warmline dialplan lint` knows of Warmline on its machine: scripts, sounds, in-groups, agents and DIDs."""

import sys
from pathlib import Path

import pytest

from cli.install import recipes
from contrib.dialplan_lint.tests.examples import ASTERISK, SCRIPT, SCRIPTS
from contrib.dialplan_lint.tests.test_lint_codes import find_findings
from tests.agi.own_scripts import FIRST
from tests.other_user import folder_for_all, who_may_nothing
from warmline.system.program_files import DIALPLAN, agi_scripts
from warmline_contrib.dialplan_lint import dialplan_reading as reading
from warmline_contrib.dialplan_lint.dialplan_lint import lint
from warmline_contrib.dialplan_lint.warmline_facts import WarmlineFacts

WHOLE = f"{SCRIPT}\n\nrun(vip)\n"


def link_scripts(folder: Path) -> None:
    """Link Warmline's own scripts as `warmline install` does."""
    (folder / "agi").mkdir()
    for file in agi_scripts():
        (folder / "agi" / file.name).symlink_to(file)


@pytest.mark.parametrize(
    ("step", "script", "words"),
    [
        ("AGI(vipp)", WHOLE, "agi/vipp; did you mean vip?"),
        ("ExecIf(1?AGI(vipp))", WHOLE, "did you mean vip?"),
        ("AGI(vip)", WHOLE.replace("\n", "\r\n"), "vip: its lines end as on Windows"),
        ("AGI(vip)", WHOLE.replace("/usr/bin/env python3", "/opt/none/bin/python"), "a missing program: #!/opt/none"),
        ("AGI(vip)", WHOLE.replace("None:", "None"), "vip: line 5: expected ':'"),
        ("AGI(vip)", SCRIPT, "vip: it calls no function; end it with: run(vip)"),
        ("AGI(vip)", WHOLE[2:], "vip: it cannot be executed; run: chmod 755"),
        ("AGI(vip,1)", WHOLE, ""),
        ("AGI(vip)", f'{SCRIPT}if __name__ == "__main__":\n    run(vip)\n', ""),
        ("AGI(agi://127.0.0.1/none)", WHOLE, ""),
        ("AGI(/dev/zero)", WHOLE, "there is no file /dev/zero"),
        ("AGI(.)", WHOLE, "there is no file"),
        ("AGI(v\0p)", WHOLE, "there is no file"),
        (f"AGI({'vip' * 5000})", WHOLE, "there is no file"),
        ("AGI()", WHOLE, ""),
        (f"Playback({'x' * 100_000})", WHOLE, "does not exist"),
        ("Playback(/v\0p)", WHOLE, "does not exist"),
        ("Goto(warmline-ingroup,S\udcffLES,1)", WHOLE, ""),
        ("AGI(${SCRIPT})", WHOLE, ""),
        ("Playback(digits/1&our-menus)", WHOLE, "the sound our-menus does not exist; did you mean our-menu?"),
        ("Playback(our-menu.wav)", WHOLE, "the sound our-menu.wav does not exist; did you mean our-menu?"),
        ("Background(digits/1&our-menu)", WHOLE, ""),
        ("Goto(warmline-ingroup,SALES,1)", WHOLE, "in-group SALES does not exist; did you mean SALESLINE?"),
        ("Gosub(warmline-ingroup,saleslin,1)", WHOLE, "in-group saleslin does not exist; did you mean SALESLINE?"),
        ("Goto(warmline-ingroup,AGENTDIRECT,1)", WHOLE, "use warmline-agent with the agent"),
        ("Goto(warmline-agent,100,1)", WHOLE, "agent 100 does not exist; did you mean 1000?"),
        ("GotoIf($[${A}]?warmline-agent,1000,1)", WHOLE, ""),
        ("Goto(warmline-from-trunk,8005550101,1)", WHOLE, "DID 8005550101 does not exist"),
        ("Goto(warmline-from-trunk,+8005550100,1)", WHOLE, ""),
        ("Goto(warmline-from-trunk,${EXTEN},1)", WHOLE, ""),
        ("AGI(enter_ingroup,SALES)", WHOLE, "did you mean SALESLINE?"),
    ],
)
def test_a_mistake_is_found_and_what_is_right_is_not(tmp_path: Path, step: str, script: str, words: str) -> None:
    link_scripts(tmp_path)
    text = f"""exten => 1,1,Set(AGISIGHUP=no)\n same => n,{step}\n same => n,Hangup()\n#include "{DIALPLAN}"\n"""
    text += "[warmline-away]\nexten => s,1,Hangup()\n"
    found = find_findings(tmp_path, text, SCRIPTS | {"agi/vip": script})
    told = [one.found for one in found if one.context == "test"]
    assert bool(told) == bool(words) and words in "".join(told[:1]), found


def test_no_alarm_about_the_recipes_and_their_scripts(tmp_path: Path) -> None:
    text = f'#include "{DIALPLAN}"\n[warmline-away]\nexten => s,1,Hangup()\n'
    link_scripts(tmp_path)
    files = dict(ASTERISK)
    for name in recipes.names():
        recipe = recipes.find(name)
        if recipe.dialplan:
            text += f'#include "{recipe.dialplan}"\n'
        if recipe.script:
            files[f"agi/{recipe.context}"] = recipe.script.read_text().replace(FIRST, f"#!{sys.executable}")
    assert find_findings(tmp_path, text, files) == []


def test_what_this_user_cannot_read_is_not_checked() -> None:
    with folder_for_all() as folder:
        for name in ("agi", "sounds", "spool"):
            (folder / name).mkdir(mode=0o700)
        (folder / "asterisk.conf").write_text(ASTERISK["asterisk.conf"].replace("$folder", str(folder)))
        (folder / "extensions.conf").write_text(
            "[a]\nexten => 1,1,AGI(vip)\n same => n,Playback(hi)\n same => n,Stasis(script-vip)\n same => n,Hangup()\n"
        )
        with who_may_nothing():
            facts = reading.around(folder)
            facts.warmline = WarmlineFacts("none", folder / "spool")
            assert lint(reading.from_file(folder / "extensions.conf", folder), facts) == []
        found = lint(reading.from_file(folder / "extensions.conf", folder), reading.around(folder))
        assert {one.code for one in found} == {"script_missing", "sound_missing"}
