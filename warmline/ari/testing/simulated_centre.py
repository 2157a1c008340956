"""The call centre in the test of an ARI script: it adopts talks, and does nothing else."""

from typing import TYPE_CHECKING, Any, NoReturn, cast

from warmline.core.rules import reasons

if TYPE_CHECKING:
    from warmline.ari.testing.simulated_asterisk import SimulatedAsterisk
    from warmline.centre import Call, Centre

TALKING_PARTIES = 2


class SimulatedCentre:
    """Takes the place of `warmline.centre.Centre` in `ari.adopt`."""

    def __init__(self, asterisk: "SimulatedAsterisk") -> None:
        self._asterisk = asterisk

    async def adopt(self, channel: str, agent: str, *, app: str) -> "Call":
        """Take the two parties of a bridge out of the script `app`, as the call of an agent. Raises AppRefused."""
        from warmline.centre import AppRefused, Call

        simulated_channel = self._asterisk.channels.get(channel)
        bridge = simulated_channel.bridge if simulated_channel else None
        parties = list(bridge.channels) if bridge else []
        if len(parties) != TALKING_PARTIES:
            reason = reasons.CONVERSATION_OF_SEVERAL if len(parties) > TALKING_PARTIES else reasons.CONVERSATION_ALONE
            count = len(parties) or int(simulated_channel is not None)
            raise AppRefused(reason.code, "{why}", why=reason.text(channel=channel, number=count))
        for party in parties:
            self._asterisk.adopt(party, agent)
        return Call(cast("Centre", self), f"adopted-from-{app}", agent)

    def __getattr__(self, name: str) -> Any:
        """Refuse each command to the call: a test gives `ari.adopt` a centre of its own for that."""

        def refuse(*_: object, **__: object) -> NoReturn:
            raise NotImplementedError(f"the test world has no centre that can {name}; give ari.adopt one with centre=…")

        return refuse
