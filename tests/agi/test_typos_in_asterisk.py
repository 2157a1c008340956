"""The twenty typos of a newcomer in scripts of a real Asterisk: the dialplan gets file, line and remedy."""

import re

import pytest

from tests.agi import own_scripts
from tests.agi.conftest import World
from tests.agi.test_twenty_typos import AGI_LINE, AGI_SCRIPT, AGI_TYPOS, ids

# Asterisk does not say why a sound was not played; the call of tests does.
IN_ASTERISK = {"there is no sound 'vm-gooodbye'": 'STREAM FILE "vm-gooodbye" failed'}


@pytest.mark.parametrize(("line", "remedy"), AGI_TYPOS, ids=ids(AGI_TYPOS))
def test_a_typo_is_told_to_the_dialplan(world: World, line: str, remedy: str) -> None:
    text = f"{own_scripts.LAUNCHED}\n" + AGI_SCRIPT.format(line=line.replace("{{", "{").replace("}}", "}"))
    own_scripts.write(text, world.pbx.folder / "agi" / "typo")
    world.pbx.console("dialplan set global OWN typo")
    with world.sent_away("7800") as agi:
        reason = agi.get_variable("WARMLINE_REASON")
    for in_tests, in_asterisk in IN_ASTERISK.items():
        remedy = remedy.replace(in_tests, in_asterisk)
    assert re.fullmatch(f"typo line {AGI_LINE + 1}: .*(?:{remedy}).*", reason), reason
