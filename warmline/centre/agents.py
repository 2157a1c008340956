"""An agent of a call centre: each method is a command, and returns when it is done."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from warmline.centre.app_answer import AppRefused
from warmline.centre.calls import Call
from warmline.core.model.receipt import Outcome
from warmline.core.rules import number_text, reasons
from warmline.operations.live_records import AgentNow

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from warmline.centre.called import Called
    from warmline.centre.connection import Centre


class Agent:
    """An agent. `me` as the user is the agent of the person who is logged in.

    Each method raises AppRefused with the reason of a refusal, NotFound if the agent is not logged in, and AppAway.
    """

    def __init__(self, centre: "Centre", user: str) -> None:
        self.user = user
        self._centre = centre
        self._path = f"agents/{quote(user, safe='')}"

    def __repr__(self) -> str:
        """Return the user, for a log."""
        return f"<Agent {self.user}>"

    async def read(self) -> AgentNow:
        """Return the agent as the app sees them now."""
        return await self._centre.read(self._path, AgentNow)

    @property
    def state(self) -> "Awaitable[str]":
        """Return the state, such as READY, INCALL or PAUSED: `await agent.state`."""
        return self._read_state()

    @property
    def call(self) -> "Awaitable[Call]":
        """Return the call that the agent has: `await agent.call`. Raises AppRefused without one."""
        return self._read_call()

    async def login(self) -> None:
        """Log in: the agent's phone rings, and is picked up. Also raises AppRefused if nobody picks it up."""
        receipt = await self._centre.wait_for_end(await self._centre.begin(f"{self._path}/login"))
        if receipt.outcome is not Outcome.COMPLETED and receipt.end:
            raise AppRefused(
                "phone_not_picked_up",
                "the phone of agent {agent} was not picked up: {why}",
                agent=receipt.agent,
                why=receipt.end.text,
            )

    async def logout(self) -> None:
        """Log out, immediately or after the call and its disposition."""
        await self._give("logout")

    async def ready(self) -> None:
        """Take calls."""
        await self._give("resume")

    async def pause(self, code: str = "") -> None:
        """Pause, immediately or after the call; `code` is the reason."""
        await self._give("pause", pause_code=code)

    async def mute(self) -> None:
        """Let no party hear the agent."""
        await self._give("mute")

    async def unmute(self) -> None:
        """Let the parties hear the agent again."""
        await self._give("unmute")

    async def dial(self, number: str = "", *, lead: int = 0, alias: str = "", seconds: float = 0) -> "Called":
        """Dial a customer, and wait for the answer; the call is then `await agent.call`.

        With `lead` alone its number is dialled. `alias` is the group alias whose number is shown. It rings as long as
        the campaign says, or for `seconds`. If this is cancelled, the agent hangs up.
        """
        number = number_text.strip_separators(number)
        begin = self._centre.begin(f"{self._path}/dial", number=number, lead=lead, group_alias=alias)
        return await self._centre.dial(number or f"lead {lead}", seconds, begin, self._hang_up)

    async def _hang_up(self) -> None:
        await self._give("hangup")

    async def _give(self, what: str, **given: object) -> None:
        await self._centre.command(f"{self._path}/{what}", **given)

    async def _read_state(self) -> str:
        return (await self.read()).state

    async def _read_call(self) -> Call:
        agent = await self.read()
        if agent.call is None:
            reason = reasons.AGENT_WITHOUT_CALL
            raise AppRefused(reason.code, "agent {agent}: {why}", agent=agent.user, why=reason.text())
        return Call(self._centre, agent.call, agent.user)
