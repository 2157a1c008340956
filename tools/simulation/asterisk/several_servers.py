"""The core with two simulated Asterisks, the servers `main` and `b`."""

from tools.simulation.asterisk.core_driver import FAR_ENDS, Driver
from tools.simulation.asterisk.simulated_asterisk import SECOND, SimulatedAsterisk
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.values.server_action import MAIN, ServerAction
from warmline.core.rules.configuration import Rules
from warmline.core.world.turn_scope import concerns

B = "b"


class SeveralServers(Driver):
    """Performs each action on the server that it names; the clock is that of `main`."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.other = SimulatedAsterisk(server=B, far_ends=dict(FAR_ENDS))
        super().__init__(rules)
        self.feed(ev.AsteriskConnected(self.other.started, B))

    def server(self, name: str) -> SimulatedAsterisk:
        """Return the Asterisk of that name."""
        return {MAIN: self.asterisk, B: self.other}[name]

    def perform(self, action: do.Action) -> None:
        if isinstance(action, ServerAction):
            self._look_at_others(action)
        if isinstance(action, ServerAction) and action.server == B and not isinstance(action, do.ReconcileCalls):
            self.other.now = self.asterisk.now
            self.other.perform(action)
        else:
            super().perform(action)

    def _look_at_others(self, action: ServerAction) -> None:
        """Check that an action on a server names no leg, bridge or recording of another server."""
        other = self.server(B if action.server == MAIN else MAIN)
        assert getattr(action, "leg", "") not in other.channels, action
        assert getattr(action, "bridge", "") not in other.bridges, action
        assert getattr(action, "tone", "") not in {*other.tones, *other.silences, *other.audio}, action
        assert isinstance(action, do.CreateChannel) or getattr(action, "name", "") not in other.files, action

    def _reconcile(self, asked: do.ReconcileCalls) -> None:
        there = self.server(asked.server)
        missed = filter(concerns(self.world, asked.calls, asked.legs), difference(there, self.world))
        self.asterisk.out += [*missed, ev.CallsReconciled(asked.calls, asked.legs)]

    def pump(self) -> None:
        while self.asterisk.out or self.other.out:
            self.asterisk.out += self.other.out
            self.other.out = []
            super().pump()

    def wait(self, seconds: float) -> None:
        until = self.asterisk.now + int(seconds * SECOND)
        while self.other.later and self.other.later[0][0] <= until:
            at = self.other.later[0][0]
            super().wait(max(0, at - self.asterisk.now) / SECOND)
            self.other.pass_time(max(at, self.asterisk.now))
            self.pump()
        super().wait(max(0, until - self.asterisk.now) / SECOND)

    def come_in(self, server: str, channel: str, *args: str) -> str:
        """Let a phone or a caller bring a channel into Stasis on that server."""
        there = self.server(server)
        there.now = self.asterisk.now
        there.come_in(channel, *args)
        self.pump()
        return channel

    def seat(self, server: str, user: str) -> str:
        """Let an agent's phone dial in on that server, hear the prompt and become idle; return its channel."""
        leg = self.come_in(server, f"phone-{user}", "login", user)
        self.wait(1.5)
        return leg

    def leave(self, server: str, channel: str, cause: int = 16) -> None:
        """Let a party on that server hang up."""
        self.server(server).hang_up(channel, cause)
        self.pump()
