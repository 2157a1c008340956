"""People in one room, the same however the room was made."""

import time
from typing import NamedTuple

from sip_parties import Hearing, SipCall

TAIL = 0.3  # seconds after a leave in which the agent's last packets are looked for


class Conversation(NamedTuple):
    """A customer, an agent and a third party; `leg` is the agent's channel."""

    customer: SipCall
    agent: SipCall
    third: SipCall
    leg: str

    @property
    def ear(self) -> Hearing:
        """What each of them hears."""
        return Hearing({"customer": self.customer, "agent": self.agent, "third": self.third})

    async def all_hear_all(self, since: float) -> None:
        """Wait until everybody has heard everybody at or after `since`. Raises Late."""
        parties = (self.customer, self.agent, self.third)
        for listener in parties:
            for speaker in parties:
                if listener is not speaker:
                    await self.ear.heard(listener, speaker, since)

    async def agent_last_heard(self, since: float) -> float:
        """When the others got their last packet of the agent, who has just left, in seconds after `since`."""
        await self.ear.listen(TAIL, max(since, time.monotonic() - TAIL))
        heard = (self.ear.last(listener, self.agent) or since for listener in (self.customer, self.third))
        return max(heard) - since
