"""Counts what the configuration uses of each part: toolkit, centre and dialler."""

import time
from pathlib import Path
from typing import NamedTuple

from warmline.core.rules.routing import AGENTDIRECT
from warmline.store.database.reading import reading, within

WITHIN = 0.1  # seconds
COUNT = """
    SELECT (SELECT count(*) FROM did WHERE did_active = 'Y'), (SELECT count(*) FROM agent WHERE active = 'Y'),
        (SELECT count(*) FROM ingroup WHERE active = 'Y' AND id <> ?),
        (SELECT count(*) FROM campaign WHERE active = 'Y' AND dial_method <> 'MANUAL')
"""


class PartsInUse(NamedTuple):
    """How many active DIDs, agents, in-groups, and campaigns that dial automatically, are configured."""

    dids: int
    agents: int
    ingroups: int
    dialling: int


def count(path: str | Path) -> PartsInUse:
    """Return the counts. Raises StoreError."""
    with within(time.monotonic() + WITHIN), reading(path) as db:
        return PartsInUse(*db.execute(COUNT, (AGENTDIRECT,)).fetchone())
