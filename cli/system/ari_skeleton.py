"""Writes a new ARI script with a test, which needs no Asterisk."""

import sys
from pathlib import Path

from cli.system import script_skeleton

LONGEST = 30  # characters of the name of an ARI script

BODY = '''\
#!{python}
"""Serve the callers of the dialplan; a caller who presses 1 goes to the in-group SALESLINE."""

import asyncio

from warmline.ari import Ari, Channel, serve

INGROUP = "SALESLINE"


async def answer(ari: Ari, caller: Channel) -> None:
    """Offer the key 1. All other callers go on in the dialplan, also after an error."""
    await caller.answer()
    key = await caller.play("vm-press", 1, keys="1") or await caller.get_key(5, keys="1")
    if key:
        await ari.hand_over(caller, f"ingroup:{{INGROUP}}")
    else:
        await caller.play("vm-goodbye")


if __name__ == "__main__":
    asyncio.run(serve("{name}", answer))
'''
TEST = '''\
"""Run the script {name} without Asterisk: its callers are in this test, and no time passes."""

import unittest
from pathlib import Path

from warmline.ari import serve, testing

script = testing.load(Path(__file__).resolve().with_name("{name}"))


class CallerTest(unittest.IsolatedAsyncioTestCase):
    async def test_a_caller_who_presses_1_enters_the_queue(self) -> None:
        async with testing.world(ingroups=[script.INGROUP]) as world:
            world.start(serve("{name}", script.answer))
            caller = world.caller("8005550123", keys={{"vm-press": "1"}})
            await world.until(lambda: not caller.on_line)
        self.assertEqual(caller.heard, ["vm-press"])
        self.assertEqual(caller.handed_over, f"ingroup:{{script.INGROUP}}")

    async def test_a_caller_who_presses_nothing_goes_on_in_the_dialplan(self) -> None:
        async with testing.world(ingroups=[script.INGROUP]) as world:
            world.start(serve("{name}", script.answer))
            caller = world.caller("8005550123")
            await world.until(lambda: caller.in_dialplan)
        self.assertEqual(caller.heard, ["vm-press", "say number 1", "vm-goodbye"])

    async def test_an_in_group_that_is_missing_ends_one_call_alone(self) -> None:
        async with testing.world() as world:
            world.start(serve("{name}", script.answer))
            caller = world.caller("8005550123", keys={{"vm-press": "1"}})
            patient = world.caller("8005550124", keys={{"say number 1": "9"}})
            await world.until(lambda: caller.in_dialplan)
            self.assertIn(script.INGROUP, caller.variables["WARMLINE_REASON"])
            await world.until(lambda: patient.in_dialplan)
        self.assertEqual(patient.heard[-1], "vm-goodbye")


if __name__ == "__main__":
    unittest.main()
'''


def write(name: str, folder: Path) -> tuple[Path, Path]:
    """Write the script and a test, and return their paths. Raises CodedError; then nothing is written."""
    script_skeleton.check_name(name, LONGEST)
    script, test = folder / name, folder / f"test_{name}.py"
    texts = {script: BODY.format(name=name, python=sys.executable), test: TEST.format(name=name)}
    script_skeleton.write_all(texts, script)
    return script, test
