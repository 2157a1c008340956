"""Attacks on the HTTP port beside calls: are commands and callers slower than beside a harmless listener?

Ten callers a second come to a lab; their agents leave every second call, and give a disposition for each. During an
attack, probes give commands, open connections and log in. The control is the same load beside the same attackers, at
the same nice value, against a listener that only reads and discards. Its attackers cost the machine as much, and the
app nothing.

Commands take two ways: the local one, which no stranger can fill, and HTTP connections with a token, which were open
before the attack. The attacks are those of B1, B4, B5, B7, W3, W4, W8 and W20 in a security review; their rates are at
least as high.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tools.bench.capacity.measured_process import program
from tools.bench.flood import costly_requests, heavy_reads, held_places, large_heads, unread_log, wrong_passwords
from tools.bench.flood.attack_block import AttackBlock, block
from tools.bench.flood.attack_plan import Attack, AttackPlan
from tools.bench.flood.call_load import LOGINS, CallLoad, call_load
from tools.bench.flood.flood_result import rows
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, ResultRow

# The last one restarts the app with another log.
ATTACKS = (
    *costly_requests.ATTACKS,
    *heavy_reads.ATTACKS,
    *held_places.ATTACKS,
    *wrong_passwords.ATTACKS,
    *large_heads.ATTACKS,
    *unread_log.ATTACKS,
)
COUNT = len(ATTACKS)
SECONDS = 30.0
WARM = 3.0  # seconds of calls before the first block
EASES = 2.0  # seconds after an attack


async def measure(count: int, step: Step, *, only: str = "", seconds: float = 0.0) -> BenchResult:
    """Measure the first `count` attacks of those that `only` names, for `seconds` each. Raises CannotMeasureError."""
    found: list[ResultRow] = []
    async with call_load() as load, _discarding() as discards:
        await load.call(WARM)
        for attack in chosen(only)[:count]:
            logins = [f"login-{number}" for number in range(LOGINS)] if attack in wrong_passwords.ATTACKS else []
            await attack.prepare(load)
            plan = attack.plan(load.tokens["reader"])
            turns = ((discards, logins[::2]), (load.port, logins[1::2]))
            theirs, ours = [await _eased(load, plan, port, seconds or SECONDS, some) for port, some in turns]
            found += rows(attack, ours, theirs)
            _tell(attack, ours)
            step()
    return BenchResult("flood", "control", found)


def chosen(only: str) -> Sequence[Attack]:
    """Return the attacks in a list such as B1,W3; all for "". Raises CannotMeasureError."""
    wanted = [word for word in only.split(",") if word]
    for word in wanted:
        if not any(is_named(one, word) for one in ATTACKS):
            known = ", ".join(one.name for one in ATTACKS)
            raise CannotMeasureError(f"{word} is no attack; known: {known}")
    return [one for one in ATTACKS if not wanted or any(is_named(one, word) for word in wanted)]


def is_named(attack: Attack, word: str) -> bool:
    """Return whether the word is the attack's name, or that of its family, such as B1."""
    return word in (attack.name, attack.name.partition("-")[0])


async def _eased(load: CallLoad, plan: AttackPlan, port: int, seconds: float, logins: list[str]) -> AttackBlock:
    found = await block(load, plan, port, seconds, logins)
    await asyncio.sleep(EASES)
    return found


@asynccontextmanager
async def _discarding() -> AsyncIterator[int]:
    """Run the control's listener; yield its port."""
    async with program("tools.bench.flood.discarding") as (_, port):
        yield int(port)


def _tell(attack: Attack, ours: AttackBlock) -> None:
    """Print on stderr how the attackers were answered, and the first commands that were refused."""
    parts = [f"flood: {attack.name}: answers {json.dumps(ours.sent['answers'])}, opened {ours.sent['opened']}"]
    parts += [f"refused: {text}" for text in ours.refused[:3]] + ours.guard[:3]
    print("; ".join(parts), file=sys.stderr)
