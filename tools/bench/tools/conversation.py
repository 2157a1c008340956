"""Three parties in one bridge, however the bridge was created."""

import time
from typing import NamedTuple

from lab.sip import Hearing, SipCall

TAIL = 0.3  # seconds after a leave in which the agent's last packets are searched


class Conversation(NamedTuple):
    """A customer, an agent and a third party; `leg` is the agent's channel."""

    customer: SipCall
    agent: SipCall
    third: SipCall
    leg: str

    @property
    def ear(self) -> Hearing:
        """Return what each of them hears."""
        return Hearing({"customer": self.customer, "agent": self.agent, "third": self.third})

    async def all_hear_all(self, since: float) -> None:
        """Wait until all parties have heard all others at or after `since`. Raises WaitTimeout."""
        parties = (self.customer, self.agent, self.third)
        for listener in parties:
            for speaker in parties:
                if listener is not speaker:
                    await self.ear.heard(listener, speaker, since)

    async def agent_last_heard(self, since: float) -> float:
        """Return when the others got the last packet of the agent, who has just left, in seconds after `since`."""
        await self.ear.listen(TAIL, max(since, time.monotonic() - TAIL))
        heard = (self.ear.last(listener, self.agent) or since for listener in (self.customer, self.third))
        return max(heard) - since
