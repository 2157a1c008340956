"""Executes a plan: gives its commands in order, and returns the result in the API's words."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from ari_app.http.agc.requests.answers import AgcAnswer, AgcPlan, outcome, undone
from ari_app.link.call_control import ANSWER_WITHIN, CommandReply
from warmline.core.messages.commands import Command
from warmline.core.model.receipt import Outcome, Receipt

Give = Callable[[Command], Awaitable[CommandReply]]  # raises TimeoutError
Ending = Callable[[str, float], Awaitable[Receipt]]  # returns how a receipt ended; raises TimeoutError


async def execute(plan: AgcPlan, give: Give, give_others: Give, ending: Ending | None = None) -> AgcAnswer:
    """Give the plan's command by `give`, and the commands before and after it by `give_others`, within 5 s in total.

    With `ending`, the answer waits until the command has ended, such as until a third party answered or failed.
    """
    until = asyncio.get_running_loop().time() + ANSWER_WITHIN
    try:
        async with asyncio.timeout_at(until):
            if plan.first:
                await give_others(plan.first)
            told = await give(plan.command)
        if plan.after and not told.why:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(until):
                    await give_others(plan.after)
        if ending and not told.why:
            receipt = await ending(told.receipt, plan.within)
            return outcome(plan, "" if receipt.outcome is Outcome.COMPLETED else receipt.cause)
        return outcome(plan, told.why, refused=told.refused)
    except TimeoutError:
        return undone(plan, "timed out")
