"""What the database knows against a number that an agent wants to dial; the core knows the rest."""

import asyncio
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from warmline.core.commands import Command, Kind
from warmline.core.world import World
from warmline.store import dialled


async def judged(command: Command, world: World, db: str, now: int) -> Command:
    """The command, or the same with why it is impossible. `now` in microseconds UTC. Raises StoreError, sqlite3.Error.

    The reason goes into the journal with the command: the core decides the same when it is replayed.
    """
    session = world.sessions.get(command.agent)
    if command.kind is not Kind.DIAL or command.impossible or session is None:
        return command
    limit = world.rules.campaign(session.campaign).daily_limit_manual
    if not limit:
        return command
    since = midnight(now, world.rules.timezone)
    count = await asyncio.to_thread(dialled.since, db, command.agent, since)
    why = f"{limit} customers have been dialled today already: daily_limit_manual"
    return replace(command, impossible=why) if count >= limit else command


def midnight(now: int, zone: str) -> int:
    """When the day began at that place; microseconds UTC."""
    here = datetime.fromtimestamp(now / 1_000_000, ZoneInfo(zone))
    return int(here.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()) * 1_000_000
