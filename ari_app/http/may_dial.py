"""What the database knows against a number that an agent wants to dial; the core knows the rest."""

import asyncio
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from warmline.core.commands import DIALS, Command, Kind
from warmline.core.rules import Campaign
from warmline.core.world import World
from warmline.store import dialled, dnc

JUDGED = (Kind.DIAL, Kind.PREVIEW, *DIALS)


async def judged(command: Command, world: World, db: str, now: int) -> Command:
    """The command, or the same with why it is impossible. `now` in microseconds UTC. Raises StoreError, sqlite3.Error.

    The reason goes into the journal with the command: the core decides the same when it is replayed.
    """
    session = world.sessions.get(command.agent)
    if command.kind not in JUDGED or command.impossible or session is None:
        return command
    campaign = world.rules.campaign(session.campaign)
    since = midnight(now, world.rules.timezone)
    number = command.number or (session.preview if command.kind is Kind.DIAL else "")
    return replace(command, impossible=await asyncio.to_thread(_why_not, db, campaign, command, number, since))


def _why_not(db: str, campaign: Campaign, command: Command, number: str, since: int) -> str:
    if number and (where := dnc.listed(db, number, campaign.id)):
        return f"{number} is on {where}"
    limit = campaign.daily_limit_manual
    if limit and command.kind is Kind.DIAL and dialled.since(db, command.agent, since) >= limit:
        return f"{limit} customers have been dialled today already: daily_limit_manual"
    return ""


def midnight(now: int, zone: str) -> int:
    """When the day began at that place; microseconds UTC."""
    here = datetime.fromtimestamp(now / 1_000_000, ZoneInfo(zone))
    return int(here.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()) * 1_000_000
