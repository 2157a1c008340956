"""The core with several simulated Asterisks: the server `main`, and `b` or the servers with these names."""

from tools.simulation.asterisk.core_driver import FAR_ENDS, Driver
from tools.simulation.asterisk.simulated_asterisk import SECOND, SimulatedAsterisk
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.values.server_action import MAIN_SERVER, ServerAction
from warmline.core.rules.configuration import Rules
from warmline.core.world.turn_scope import make_event_filter

B = "b"


class SeveralServers(Driver):
    """Performs each action on the server that it names; the clock is that of `main`."""

    def __init__(self, rules: Rules | None = None, names: tuple[str, ...] = (B,)) -> None:
        self.others = {name: SimulatedAsterisk(server=name, far_ends=dict(FAR_ENDS)) for name in names}
        super().__init__(rules)
        self.servers = {MAIN_SERVER: self.asterisk, **self.others}
        for name, server in self.others.items():
            self.feed(ev.AsteriskConnected(server.started, name))

    @property
    def other(self) -> SimulatedAsterisk:
        """Return the server `b`."""
        return self.others[B]

    def server(self, name: str) -> SimulatedAsterisk:
        """Return the Asterisk of that name."""
        return self.servers[name]

    def perform(self, action: do.Action) -> None:
        if isinstance(action, ServerAction):
            self._look_at_others(action)
            if action.server != MAIN_SERVER and not isinstance(action, do.ReconcileCalls):
                there = self.servers[action.server]
                there.now = self.asterisk.now
                there.perform(action)
                return
        super().perform(action)

    def _look_at_others(self, action: ServerAction) -> None:
        """Check that an action on a server names no leg, bridge or recording of another server."""
        leg, bridge, tone = (getattr(action, name, "") for name in ("leg", "bridge", "tone"))
        name = "" if isinstance(action, do.CreateChannel) else getattr(action, "name", "")
        for server, other in self.servers.items():
            if server != action.server:
                assert leg not in other.channels, action
                assert bridge not in other.bridges, action
                assert not any(tone in there for there in (other.tones, other.silences, other.audio)), action
                assert name not in other.files, action

    def _reconcile(self, asked: do.ReconcileCalls) -> None:
        there = self.server(asked.server)
        missed = filter(make_event_filter(self.world, asked.calls, asked.legs), difference(there, self.world))
        self.asterisk.out += [*missed, ev.CallsReconciled(asked.calls, asked.legs)]

    def pump(self) -> None:
        while self._came():
            super().pump()

    def _came(self) -> bool:
        """Collect the events of all servers; return whether there is one."""
        for server in self.others.values():
            if server.out:
                self.asterisk.out += server.out
                server.out = []
        return bool(self.asterisk.out)

    def wait(self, seconds: float) -> None:
        until = self.asterisk.now + int(seconds * SECOND)
        while True:
            alarm = self.world.get_next_timer_us()
            stop = min(until, alarm) if alarm is not None else until
            late = [one for one in self.servers.values() if one.later and one.later[0][0] <= stop]
            if late:
                first = min(late, key=lambda one: one.later[0][0])
                self.asterisk.now = max(self.asterisk.now, first.later[0][0])
                first.pass_time(self.asterisk.now)
                self.pump()
                continue
            self.asterisk.now = max(self.asterisk.now, stop)
            if alarm is None or alarm > until:
                return
            self.feed(ev.TimerFired())

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
