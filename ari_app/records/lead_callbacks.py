"""Makes and cancels the callbacks of a lead for a program, by commands to the call process."""

import asyncio
import time
from dataclasses import replace
from typing import NamedTuple

from ari_app.link.idempotency import CommandGiver, CommandRequest
from ari_app.records.write_results import WriteRefused
from warmline.core.messages.agent_command_types import ChangeCallback, MakeCallback
from warmline.core.messages.commands import Command
from warmline.core.messages.values.callback import CANCELLED, Callback
from warmline.store.leads import callbacks


class CallbackClient(NamedTuple):
    """The sender of a command: its name in receipts, its program, and the ticket or token that the call process checks.

    A request that is repeated with its `key` makes nothing new.
    """

    by: str
    source: str
    token: str
    key: str = ""


async def make(once: CommandGiver, wanted: Callback, client: CallbackClient) -> str:
    """Make a callback for a lead without a call, and return its id. The lead gets the status CBHOLD.

    `wanted` has lead, at (microseconds UTC), agent ("" for any), status (the code that promises it) and comments. Its
    campaign is "" for that of the lead's list. Its id, call and number are "". The call process checks the client's
    right leads:write, the lead, the campaign and the agent. It takes the number from the lead.

    Raises CommandForbidden, ClientUnknown, CommandTimeout, KeyReusedError, WriteRefused (the core refuses), StoreError.
    """
    return await _given(once, command_for(wanted), client)


async def remove(once: CommandGiver, db: str, lead: int, client: CallbackClient) -> int:
    """Cancel all open callbacks of a lead, whoever may make them; return how many. The lead's status stays.

    Raises what `make` raises.
    """
    now = time.time_ns() // 1000
    found = await asyncio.to_thread(callbacks.of_lead, db, lead, now)
    for one in found:
        cancelled = replace(one, state=CANCELLED, ended=now, by=client.by)
        await _given(once, ChangeCallback(change=f"{one.id} cancelled", callback=cancelled), client)
    return len(found)


async def change(once: CommandGiver, changed: Callback, client: CallbackClient) -> None:
    """Store an open callback with another time, agent, campaign, status or comments. Raises what `make` raises."""
    await _given(once, ChangeCallback(change=f"{changed.id} changed", callback=changed), client)


def command_for(wanted: Callback) -> MakeCallback:
    """Return the command that makes a callback for a lead."""
    return MakeCallback(change=f"lead {wanted.lead}", callback=wanted)


async def _given(once: CommandGiver, command: Command, client: CallbackClient) -> str:
    reply = await once.give(CommandRequest(command, client.by, client.source, client.key, token=client.token))
    if reply.why:
        raise WriteRefused("callback_refused", "the callback is refused: {why}", why=reply.why)
    return reply.receipt
