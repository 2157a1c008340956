"""A centre with many simulated servers, with calls in all states and faults of servers, the network and the app.

`python -m tests.core.servers.many_servers INPUTS SEED` runs 20 servers with 2,000 agents and prints the result. `make
soak` does it.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random
from statistics import median
from typing import NamedTuple

import msgspec

from tools.simulation.asterisk.asterisk_death import asterisk_dies
from tools.simulation.asterisk.core_driver import FAR_ENDS
from tools.simulation.asterisk.several_servers import SeveralServers
from tools.simulation.asterisk.simulated_asterisk import SECOND
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine.engine import Input, handle
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.messages.process_messages import AppStarted, ServerAway, ServersKnown, ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER, ServerAction
from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.model.session import Session
from warmline.core.rules.configuration import Agent, Campaign, Ingroup, Rules
from warmline.core.servers.placement import choose_server
from warmline.core.world.turn import Turn
from warmline.core.world.world import OpenRecord, World
from warmline.store.journal import open_state
from warmline.store.journal.journal_codec import entry_of, input_of
from warmline.store.journal.projections import TABLES

LOST_AFTER = 5 * SECOND
FAULT_EVERY = 40  # steps
LOAD_RATIO = 1.2
ACCEPTED_ENDS = {"customer", "agent", "operator", "asterisk"}


class JournalRow(NamedTuple):
    """A turn as the journal has it."""

    kind: str
    at: int
    payload: bytes


def rules_of(agent_count: int) -> Rules:
    """Return rules with that many on_hook agents, and an in-group for each hundred of them, or for all."""
    groups = [f"GROUP{number}" for number in range(max(1, agent_count // 100))]
    names = [f"a{number}" for number in range(agent_count)]
    agents = [
        Agent(
            id=name,
            phone=name,
            campaign="CAMP",
            ingroups=(groups[number % len(groups)], groups[(number + 1) % len(groups)]),
            phone_mode="on_hook",
            max_missed=3,
        )
        for number, name in enumerate(names)
    ]
    return Rules(
        campaigns={"CAMP": Campaign(id="CAMP", login_state="READY", campaign_recording="ALLCALLS")},
        ingroups={name: Ingroup(id=name) for name in groups},
        agents={agent.id: agent for agent in agents},
    )


class ManyServers(SeveralServers):
    """`servers` Asterisks with `agents` who are logged in; about `callers` are in a call or wait."""

    def __init__(self, servers: int, agents: int, callers: int, seed: int, *, faults: bool) -> None:
        self.random, self.target, self.faults = Random(seed), callers, faults  # noqa: S311 - a repeatable scene
        self.away: dict[str, str] = {}  # servers, and how they are away
        self.due: list[tuple[int, Callable[[], None]]] = []  # later events with their times
        self.journal: list[JournalRow] = []
        self.spent = self.turns = self.steps = self.came = 0
        self.count = Counter[str]()
        self.states: dict[AgentState, set[str]] = {state: set() for state in AgentState}
        self.live: dict[str, str] = {}  # callers, and their servers
        self.rules = rules_of(agents)
        super().__init__(self.rules, tuple(f"s{number:02}" for number in range(1, servers)))
        phones: dict[str, list[tuple[float, str | int]]] = {
            name: [(0.05, "ringing"), (0.4, "up")] for name in self.rules.agents
        }
        for server in self.servers.values():
            server.far_ends = FAR_ENDS | phones
        self.weights = ServersKnown(tuple(ServerWeight(name, 10) for name in self.servers))
        if servers > 1:
            self.feed(self.weights)
        for name in self.rules.agents:
            assert self.ask(Kind.LOGIN, name) == ""
        self.groups = list(self.rules.ingroups)

    # -- the loop --

    def _handle(self, core_input: Input) -> Turn:
        self.asterisk.now += 1
        base, now_us = self._base(), self.asterisk.now
        start_ns = time.thread_time_ns()
        turn = handle(self.world, core_input, now_us, base)
        self.spent += time.thread_time_ns() - start_ns
        self.turns += 1
        if row := entry_of(core_input, turn, base):
            self.journal.append(JournalRow(row.kind, now_us, msgspec.json.encode(row.payload)))
        self._taken(core_input, turn, base)
        for record, is_open in turn.changes:
            if isinstance(record, Session):
                for users in self.states.values():
                    users.discard(record.agent)
                if is_open:
                    self.states[record.state].add(record.agent)
            elif isinstance(record, Call):
                self.came += turn.get_previous_call(record.id) is None
                by_fault = not is_open and record.outcome.ended_by == "asterisk"
                assert not by_fault or getattr(core_input, "server", "") == record.server, (core_input, record)
        return turn

    def perform(self, action: do.Action) -> None:
        if isinstance(action, ServerAction) and action.server in self.away:
            self._look_at_others(action)
            self.asterisk.out.append(ev.ActionFailed(action, 0, "no answer"))
        else:
            super().perform(action)

    def _came(self) -> bool:
        for name in self.away:
            if name != MAIN_SERVER:
                self.others[name].out.clear()
        return super()._came()

    def pump(self) -> None:
        if MAIN_SERVER in self.away:  # the failed requests of this turn stay
            self.asterisk.out = [
                event for event in self.asterisk.out if isinstance(event, ev.ActionFailed) or _ours(event)
            ]
        super().pump()

    # -- one step --

    def step(self) -> None:
        """Let people act and a little time pass."""
        self.steps += 1
        while self.due and self.due[0][0] <= self.asterisk.now:
            self.due.pop(0)[1]()
        for _ in range(self.random.randint(1, 4)):
            self.random.choice(
                (self.arrives, self.hangs_up, self.disposes, self.disposes, self.commands, self.resumes)
            )()
        if self.faults and self.steps % FAULT_EVERY == 0:
            faults = (self.dies, self.freezes, self.is_cut, self.drains, self.is_lost, self.restarts)
            faults[self.steps // FAULT_EVERY % len(faults)]()
        if self.steps % 200 == 0:
            self.check()
        self.wait(self.random.uniform(0.01, 0.2))

    def arrives(self) -> None:
        """Let a caller come where the placement says, or rarely at any server that is there."""
        if len(self.live) >= self.target:
            return
        server_name = choose_server(self.world, self.away)
        if server_name and len(self.servers) > 1:
            assert not self.world.servers[server_name].draining and server_name not in self.world.held_servers, (
                server_name
            )
        if self.random.random() < 0.05:
            server_name = self.random.choice([name for name in self.servers if name not in self.away] or [""])
            self.count["at any server"] += 1
        if server_name:
            caller = f"caller-{self.steps}-{len(self.live)}-{self.count['callers']}"
            self.count["callers"] += 1
            self.live[caller] = server_name
            self.come_in(server_name, caller, "ingroup", self.random.choice(self.groups))

    def hangs_up(self) -> None:
        """Let a caller hang up, who may be on a server that is cut off."""
        if len(self.live) < self.target * 0.9 or not self.live:
            return
        caller = self.random.choice(list(self.live))
        if self.away.get(self.live[caller]) != "frozen":
            self.leave(self.live.pop(caller), caller)

    def disposes(self) -> None:
        """Let an agent end the wrap-up."""
        if users := sorted(self.states[AgentState.DISPO]):
            self.ask(Kind.STATUS, self.random.choice(users), status="SALE")

    def resumes(self) -> None:
        """Let an agent who missed calls take calls again."""
        if users := sorted(self.states[AgentState.PAUSED]):
            self.ask(Kind.RESUME, self.random.choice(users))

    def commands(self) -> None:
        """Let an agent in a call dial a third party, park, grab or leave."""
        users = sorted(self.states[AgentState.INCALL])
        if not users:
            return
        user = self.random.choice(users)
        kinds = (Kind.DIAL_WITH_CUSTOMER, Kind.LEAVE_3WAY_CALL, Kind.PARK_CUSTOMER, Kind.GRAB_CUSTOMER, Kind.HANGUP)
        kind = self.random.choice(kinds)
        self.ask(kind, user, **({"number": "8500"} if kind is Kind.DIAL_WITH_CUSTOMER else {}))
        self.count["commands"] += 1

    # -- faults --

    def _there(self) -> str:
        """Return a server that is there, or "" if fewer than half of them are."""
        names = [name for name in self.servers if name not in self.away]
        return self.random.choice(names) if len(names) > len(self.servers) / 2 else ""

    def at(self, time_us: int, happens: Callable[[], None]) -> None:
        """Let something happen later."""
        self.due.append((time_us, happens))
        self.due.sort(key=lambda row: row[0])

    def _goes(self, name: str, move: str) -> None:
        """Let a server be away for 0.5 to 12 seconds; after five it is lost."""
        self.count[move] += 1
        self.away[name] = move
        self.servers[name].out.clear()
        self.feed(ServerAway(name))
        end_us = self.asterisk.now + int(self.random.uniform(0.5, 12) * SECOND)
        if end_us - self.asterisk.now >= LOST_AFTER:
            self.at(self.asterisk.now + LOST_AFTER, partial(self._count_lost, name))
        self.at(end_us, partial(self.comes_back, name))

    def _count_lost(self, name: str) -> None:
        self.count["lost"] += 1
        self.feed(ev.ServerLost(name))

    def comes_back(self, name: str) -> None:
        """Let the app reach a server again, and compare."""
        self.away.pop(name, None)
        server = self.servers[name]
        server.now = self.asterisk.now
        server.out.clear()
        self.feed_together(difference(server, self.world))
        self._sweep(name)

    def _sweep(self, name: str) -> None:
        """Destroy the bridges of no open call, as the app does after a comparison and in its sweep."""
        call_bridges = {bridge for call in self.world.calls.values() if call.server == name for bridge in call.bridges}
        for bridge in [bridge for bridge in self.servers[name].bridges if bridge not in call_bridges]:
            self.servers[name].destroy(bridge)

    def dies(self) -> None:
        """Kill an Asterisk; another one is started."""
        if name := self._there():
            asterisk_dies(self, self.servers[name])
            self.live = {caller: server_name for caller, server_name in self.live.items() if server_name != name}
            self._goes(name, "dead")

    def freezes(self) -> None:
        """Stop an Asterisk for a while."""
        if name := self._there():
            self._goes(name, "frozen")

    def is_cut(self) -> None:
        """Cut the network to an Asterisk, whose parties go on."""
        if name := self._there():
            self._goes(name, "cut")

    def is_lost(self) -> None:
        """Give a server up that is there, as an administrator may."""
        if name := self._there():
            self._count_lost(name)
            self.at(self.asterisk.now + SECOND, partial(self.comes_back, name))

    def drains(self) -> None:
        """Let a server drain for a few seconds."""
        if (name := self._there()) and len(self.servers) > 1:
            self.count["drained"] += 1
            assert self.ask(Kind.SERVER_DRAIN, agent="", server=name) == ""
            self.at(self.asterisk.now + 8 * SECOND, lambda: self.count.update(resumed=self._is_resumed(name)))

    def _is_resumed(self, name: str) -> int:
        assert self.ask(Kind.SERVER_RESUME, agent="", server=name) == ""
        return 1

    def restarts(self) -> None:
        """Kill the app, and start it with the open records as they are stored."""
        self.count["restarts"] += 1
        for server in self.servers.values():
            server.out.clear()
        self.world = reloaded(self.world)
        self.feed(AppStarted())
        self.feed(ev.ConfigurationChanged(self.rules))
        if len(self.servers) > 1:
            self.feed(self.weights)
        for name in self.random.sample(list(self.servers), len(self.servers)):
            if name not in self.away:
                self.comes_back(name)

    # -- what has to hold --

    def check(self) -> None:
        """Check the tickets, the pairs of agents and calls, and the counts."""
        world = self.world
        for call in world.calls.values():
            if (
                call.state is State.WAITING
                and call.server not in world.held_servers
                and call.id not in world.reconciling_calls
            ):
                assert world.matcher.has_call(call.id), f"the ticket of {call} is lost"
            if call.agent:
                assert world.sessions[call.agent].call == call.id, call
        for user, session in world.sessions.items():
            if session.call:
                call = world.calls[session.call]
                assert user in (call.agent, call.consultation.closer, *call.queueing.rung), session
        for group in self.groups:
            ready_agents = world.matcher.list_ready_agents(group)
            waiting = [call for call in world.matcher.list_calls(group) if not world.is_held(call)]
            assert not (ready_agents and waiting), f"{ready_agents} are ready while {waiting} wait"
        loads = Counter(call.server for call in world.calls.values())
        assert {name: world.server_load.count_calls(name) for name in self.servers} == {
            name: loads[name] for name in self.servers
        }

    def end(self) -> None:
        """End all faults and calls, and check that nothing is left."""
        self.faults = False
        while self.due:
            self.wait(max(0, self.due[0][0] - self.asterisk.now) / SECOND)
            self.due.pop(0)[1]()
        self.wait(30)
        self.check()
        for server in self.servers.values():
            for channel in [channel for channel in server.channels.values() if channel.args[:1] == ("ingroup",)]:
                self.leave(server.server, channel.id)
        for _ in range(20):
            self.wait(30)
            for call in list(self.world.calls):
                self.ask(Kind.END_CALL, agent="", call=call)
            for user in sorted(self.states[AgentState.DISPO]):
                self.ask(Kind.STATUS, user, status="SALE")
            for user in sorted(self.states[AgentState.PAUSED]):
                self.ask(Kind.RESUME, user)
        self.check()
        for name in self.servers:
            self._sweep(name)
        world = self.world
        assert not world.calls and not world.legs and not world.recordings and not world.held_servers, (
            "something is left"
        )
        assert not world.matcher.count_calls_by_queue() and not world.receipts, world.receipts
        assert {session.state for session in world.sessions.values()} == {AgentState.READY}
        assert len(world.sessions) == len(self.rules.agents)
        assert not [bridge for server in self.servers.values() for bridge in (*server.channels, *server.bridges)]
        closed_calls = [call for call in self.closed.values() if isinstance(call, Call)]
        assert len(closed_calls) == self.came and all(call.state is State.ENDED and call.ended for call in closed_calls)
        ends = Counter(call.outcome.ended_by for call in closed_calls)
        assert not {*ends} - ACCEPTED_ENDS, ends
        self.count.update({f"ended by {ended_by}": number for ended_by, number in ends.items()})

    def replays(self) -> None:
        """Check that the journal leads to the same decisions and to the same open records."""
        world = World()
        for row in self.journal:
            payload = json.loads(row.payload)
            core_input = input_of(row.kind, payload)
            if isinstance(core_input, AppStarted):
                world = reloaded(world)
            turn = handle(world, core_input, row.at, payload["base"])
            replayed_entry = entry_of(core_input, turn, payload["base"])
            assert replayed_entry and msgspec.json.encode(replayed_entry.payload) == row.payload, row
        assert in_order(world) == in_order(self.world)


def _ours(event: ev.Event) -> bool:
    """Return whether this event comes from the app itself, and not from a server."""
    return isinstance(event, ev.RecordingMeasured | ev.RecordingConverted | ev.WebhookTried | ev.CallsReconciled)


def in_order(world: World) -> list[OpenRecord]:
    """Return all open records in the order of the database."""
    return sorted(world.iterate_open_records(), key=lambda record: (TABLES[type(record)].name, record.id))


def reloaded(world: World) -> World:
    """Return the world as the app finds it in the database after a restart."""
    rows = map(open_state.written, in_order(world))
    return restore([record for row in rows if (record := open_state.read(*row))])


def ratio(servers: int, agents: int, callers: int, rounds: int, steps: int, seed: int) -> float:
    """Return how much longer a turn takes with that many servers than with one: the median of alternating parts."""
    labs = [ManyServers(number, agents, callers, seed, faults=False) for number in (servers, 1)]
    for lab in labs:
        while len(lab.live) < callers * 0.8:
            lab.step()
    ratios = []
    for _ in range(rounds):
        costs = []
        for lab in labs:
            spent_before, turns = lab.spent, lab.turns
            for _ in range(steps):
                lab.step()
            costs.append((lab.spent - spent_before) / (lab.turns - turns))
        ratios.append(costs[0] / costs[1])
    return median(ratios)


def run(servers: int, agents: int, callers: int, inputs: int, seed: int) -> ManyServers:
    """Run a centre with faults for that many inputs, and check everything."""
    lab = ManyServers(servers, agents, callers, seed, faults=True)
    while lab.turns < inputs:
        lab.step()
    lab.end()
    lab.replays()
    return lab


def main() -> None:
    """Run the large scene, and print what happened."""
    inputs, seed = int(sys.argv[1]), int(sys.argv[2])
    start_seconds = time.monotonic()
    lab = run(20, 2000, 400, inputs, seed)
    count_text = ", ".join(f"{name}: {number}" for name, number in sorted(lab.count.items()))
    print(f"20 servers, 2000 agents, seed {seed}: {lab.turns} inputs, {len(lab.journal)} rows replayed, {count_text}")
    cost = ratio(20, 2000, 400, 20, 50, seed)
    print(
        f"a turn costs {cost:.2f} times one with 1 server (at most {LOAD_RATIO}); "
        f"{time.monotonic() - start_seconds:.0f} s"
    )
    if cost > LOAD_RATIO:
        sys.exit("a turn costs too much")


if __name__ == "__main__":
    main()
