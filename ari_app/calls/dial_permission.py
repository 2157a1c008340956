"""What the database knows against a number that an agent wants to dial; the core knows the rest."""

import asyncio
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from ari_app.http.server.worker_threads import WorkerThreads
from warmline.core.calls import outbound
from warmline.core.commands import call_commands
from warmline.core.model.agent_command_types import Dial
from warmline.core.model.call import Call
from warmline.core.model.command_shapes import NumberDial
from warmline.core.model.commands import Command
from warmline.core.model.receipt import Receipt
from warmline.core.model.session import Session
from warmline.core.rules import dial_rules
from warmline.core.rules.configuration import Campaign
from warmline.core.state.world import World
from warmline.leads import phone_numbers
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading
from warmline.store.leads import callbacks, dial_counts, dnc


async def judged(command: Command, world: World, db: str, now: int, threads: WorkerThreads) -> Command:
    """The command, or the same with why it is impossible. `now` in microseconds UTC. Raises StoreError, sqlite3.Error.

    The reason goes into the journal with the command: the core decides the same when it is replayed.
    """
    session = world.sessions.get(command.agent)
    if not isinstance(command, NumberDial) or command.impossible or session is None:
        return command
    if _repeats(command, session, world, now):
        return command  # the core takes it for the first one
    campaign = world.rules.campaign(session.campaign)
    since = midnight(now, world.rules.timezone)
    shown = session.previewed if isinstance(command, Dial) and not command.number else None
    if (
        isinstance(command, Dial) and shown and shown.callback
    ):  # it may be done, or another's, since the agent has looked at it
        try:
            command = replace(command, callback=await threads.look_up(callbacks.find, db, shown.callback.id, now))
        except NotFound as erased:
            return replace(command, impossible=str(erased))
    number = shown.number if shown else command.number
    return replace(command, impossible=await threads.look_up(_why_not, db, campaign, command.agent, number, since))


def looks_up(command: Command) -> bool:
    """Whether `judged` may have to ask the database about a command of this kind."""
    return isinstance(command, NumberDial)


async def redirected(receipt: Receipt | None, call: Call, number: str, world: World, db: str, now: int) -> str:
    """Why a number to which the called party redirects may not be dialled, or "". Raises StoreError, sqlite3.Error."""
    since, campaign = midnight(now, world.rules.timezone), world.rules.campaign(call.campaign)
    agent = receipt.agent if receipt else call.last_agent
    return await asyncio.to_thread(_why_not, db, campaign, agent, number, since)


def counted(command: Command, world: World) -> str:
    """The agent for whom this command counts against a day's limit; "" if none does."""
    session = world.sessions.get(command.agent)
    limited = session and world.rules.campaign(session.campaign).daily_limit_manual
    return command.agent if limited and isinstance(command, NumberDial) else ""


def _repeats(command: NumberDial, session: Session, world: World, now: int) -> bool:
    if isinstance(command, Dial):
        return outbound.repeated(world, session, command.number, now) is not None
    call = world.calls.get(session.call or "") or world.calls.get(session.last_call)
    return call is not None and call_commands.repeated(world, call, command, now) is not None


def _why_not(db: str, campaign: Campaign, agent: str, number: str, since: int) -> str:
    limit = campaign.daily_limit_manual
    if limit and number and dial_counts.since(db, agent, since, number) >= limit:
        return f"{limit} parties have been dialled or looked at today already: daily_limit_manual"
    if number and (where := _listed(db, campaign, number)):
        return f"{number} is on {where}"
    return ""


def _listed(db: str, campaign: Campaign, number: str) -> str:
    """On which do-not-call list somebody is whom the number may reach; "" if nobody is."""
    whole = (
        one for one in dial_rules.readings(campaign, number) if len(phone_numbers.digits(one)) >= phone_numbers.TAIL
    )
    with reading(db) as opened:
        asked = (dnc.which(opened, one, campaign.id) for one in (number, *sorted(whole)))
        return next(filter(None, asked), "")


def midnight(now: int, zone: str) -> int:
    """When the day began at that place; microseconds UTC."""
    here = datetime.fromtimestamp(now / 1_000_000, ZoneInfo(zone))
    return int(here.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()) * 1_000_000
