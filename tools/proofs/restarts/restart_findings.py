"""The facts at the end of a run, compared with what clients, readers and callers saw."""

from dataclasses import dataclass, field

from tools.bench.tools import final_checks
from tools.proofs.restarts.keyed_commands import wrong_effects
from tools.proofs.restarts.restarts_centre import RestartsCentre

ARRIVED = "SELECT count(*) FROM (SELECT id FROM call WHERE number LIKE '1555%' UNION SELECT id FROM fallback)"
DISPOSED = """
SELECT call || ' of ' || agent || ' has ' || count(*) || ' dispositions' FROM disposition_entry
WHERE NOT correction GROUP BY call, agent HAVING count(*) > 1
"""


@dataclass
class EndFindings:
    """Errors as texts, the callers at the fallback, and how many commands and requests there were."""

    lost: list[str] = field(default_factory=list)  # commands that never succeeded
    effects: list[str] = field(default_factory=list)  # keys that are not exactly once in the journal and its effect
    answers: list[str] = field(default_factory=list)  # that are neither success nor 503 or `ERROR:`
    events: list[str] = field(default_factory=list)  # differences of streams from the journal
    pictures: list[str] = field(default_factory=list)  # differences of the live state from a fresh one
    callers: list[str] = field(default_factory=list)  # that are in no record, or never hung up
    records: list[str] = field(default_factory=list)  # calls, receipts, recordings without an end, or untrue
    orphans: list[str] = field(default_factory=list)
    journal: list[str] = field(default_factory=list)
    fell_back: list[int] = field(default_factory=list)  # when callers took the fallback, microseconds UTC
    commands: int = 0
    repeated: int = 0  # requests that failed as they may
    breaks: int = 0  # of streams, which were resumed


async def findings(centre: RestartsCentre) -> EndFindings:
    """Return what is wrong after `finish`."""
    found, db, sent = EndFindings(), centre.here.lab.db, centre.sent
    found.lost, found.answers = sent.lost, [*sent.wrong]
    found.effects = wrong_effects(db, [one.command for one in sent.done])
    found.commands, found.repeated = len(sent.done), sent.failures.total()
    for reader in (*centre.events, *centre.live):
        found.answers += reader.wrong
        found.breaks += reader.streams - 1
    for follower in centre.events:
        found.events += follower.differences(db)
    for live in centre.live:
        found.pictures += await live.differences()
    arrived = int(centre.read(ARRIVED)[0][0])
    found.callers = [f"{centre.load.made} called, {arrived} are in the records"] * (arrived != centre.load.made)
    found.callers += centre.load.stuck
    found.records = final_checks.still_open(db) + final_checks.endless(db) + final_checks.untrue(db)
    found.records += [str(text) for (text,) in centre.read(DISPOSED)]
    found.fell_back = [int(at) for (at,) in centre.read("SELECT at FROM fallback")]
    found.orphans = await centre.orphans()
    found.journal = final_checks.broken(db)
    return found
