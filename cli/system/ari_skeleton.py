"""Writes a new ARI script with a test, which needs no Asterisk."""

import sys
from pathlib import Path

from cli.system import script_skeleton

LONGEST = 30  # characters of the name of an ARI script

BODY = '''\
#!{python}
"""Call people one after the other; a person who presses 1 goes to the in-group SALESLINE."""

import asyncio
import sys

from warmline.ari import Ari, AriError, Channel, ChannelGone, connect

INGROUP = "SALESLINE"


async def call(ari: Ari, number: str) -> str:
    """Call a number and ask the person; return the result in words."""
    called = await ari.call(number)
    if not called:
        return called.outcome.value

    try:
        return await ask(ari, called.channel)
    except (AriError, ChannelGone) as error:
        await called.channel.let_go()
        return str(error)


async def ask(ari: Ari, person: Channel) -> str:
    """Offer the key 1; return the answer of the person in words."""
    key = await person.play("vm-press", 1, keys="1") or await person.get_key(5, keys="1")
    if key:
        await ari.hand_over(person, f"ingroup:{{INGROUP}}")
        return "handed over"

    await person.play("vm-goodbye")
    await person.hang_up()
    return "pressed nothing"


async def main(numbers: list[str]) -> dict[str, str]:
    """Call everyone; return the result of each number."""
    results: dict[str, str] = {{}}
    async with connect("{name}") as ari:
        for number in numbers:
            results[number] = await call(ari, number)
            print(number, results[number], flush=True)
    return results


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
'''
TEST = '''\
"""Run the script {name} without Asterisk: the people whom it calls are in this test, and no time passes."""

import unittest
from pathlib import Path

from warmline.ari import DialOutcome, testing

script = testing.load(Path(__file__).resolve().with_name("{name}"))


class PersonTest(unittest.IsolatedAsyncioTestCase):
    async def test_a_person_who_presses_1_enters_the_queue(self) -> None:
        async with testing.world(ingroups=[script.INGROUP]) as world:
            person = world.party("8005550123", keys={{"vm-press": "1"}})
            await script.main(["8005550123"])
        self.assertEqual(person.heard, ["vm-press"])
        self.assertEqual(person.handed_over, f"ingroup:{{script.INGROUP}}")

    async def test_a_person_who_presses_nothing_is_hung_up(self) -> None:
        async with testing.world(ingroups=[script.INGROUP]) as world:
            person = world.party("8005550123")
            await script.main(["8005550123"])
        self.assertEqual(person.heard, ["vm-press", "say number 1", "vm-goodbye"])
        self.assertEqual(person.hung_up, "script")

    async def test_the_next_person_is_called_after_one_who_is_busy_or_hangs_up(self) -> None:
        async with testing.world(ingroups=[script.INGROUP]) as world:
            world.party("8005550123", DialOutcome.BUSY)
            impatient = world.party("8005550124", hang_up_at="vm-press")
            last = world.party("8005550125", keys={{"say number 1": "1"}})
            results = await script.main(["8005550123", "8005550124", "8005550125"])
        self.assertEqual(results["8005550123"], "busy")
        self.assertEqual(impatient.hung_up, "party")
        self.assertEqual(last.handed_over, f"ingroup:{{script.INGROUP}}")


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
