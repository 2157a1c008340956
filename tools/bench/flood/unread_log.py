"""B7: the app's log goes into a pipe without a reader, and strangers fill it."""

import asyncio
import os
from pathlib import Path

from lab import instance
from lab.description import Lab
from tools.bench.flood.attack_plan import Attack, AttackPlan, get
from tools.bench.flood.call_load import CallLoad

VALUE = "v" * 250
LINE = get(f"/agc/api.php?function=version&source=aa&value={VALUE}")
WRONG = tuple(get(f"/agc/api.php?source=aa&user=none{number}&pass=x&function=x&value={VALUE}") for number in range(100))


async def _unread(load: CallLoad) -> None:
    """Restart the app with a log that stays unread until the lab ends."""
    await load.restarted(await asyncio.to_thread(_restart, load))


def _restart(load: CallLoad) -> Lab:
    log = Path(load.here.lab.dir, "log/warmline.log")
    log.rename(log.with_suffix(".before"))
    os.mkfifo(log, 0o600)
    # Closed with this process: without a reader, the app could not open the pipe.
    os.open(log, os.O_RDONLY | os.O_NONBLOCK)
    return instance.restart_app(Path(load.here.lab.dir))


ATTACKS = (Attack("B7", "lines for an unread log", 1257, lambda _: AttackPlan(20, 1300, (LINE, *WRONG)), _unread),)
