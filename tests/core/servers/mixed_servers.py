"""A mixture on several simulated servers: desk phones, lines, browser phones, numbers outside, supervisors and leads.

Agents transfer to each other across servers, log in again elsewhere, and dial. Servers die, freeze, are cut off, drain,
leave the settings and come back, all at once, too. `python -m tests.core.servers.mixed_servers SCENES SEED` plays so
many scenes, each with a seed of its own. `tools/nightly many-servers` does it.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any, NamedTuple

import msgspec

from ari_app.http.workspace.phone.phone_owner import PhoneOwner, server_of
from tools.simulation.asterisk.asterisk_death import asterisk_dies
from tools.simulation.asterisk.core_driver import FAR_ENDS
from tools.simulation.asterisk.several_servers import SeveralServers
from tools.simulation.asterisk.simulated_asterisk import SECOND
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.engine.engine import Input, handle
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.audio_messages import DtmfReceived
from warmline.core.messages.commands import Kind
from warmline.core.messages.dialler_messages import DialLead, PacingDecided
from warmline.core.messages.process_messages import AppStarted, ServerAway, ServersKnown, ServerWeight
from warmline.core.messages.values.server_action import MAIN_SERVER, ServerAction
from warmline.core.model.call import Call
from warmline.core.model.call_states import LAYOUT, AgentState, State
from warmline.core.model.leg import Leg, Phase, Role
from warmline.core.model.session import Session
from warmline.core.rules.configuration import Agent, Campaign, Ingroup, Rules
from warmline.core.servers.placement import choose_server
from warmline.core.world.turn import Turn
from warmline.core.world.world import OpenRecord, World
from warmline.store.journal import open_state
from warmline.store.journal.journal_codec import entry_of, input_of
from warmline.store.journal.projections import TABLES

HOUR_US = 3_600_000_000
NUMBERS = ("8500", "8501", "8502", "8503", "5551234", "777")
SUPERVISE = (Kind.LISTEN, Kind.WHISPER, Kind.BARGE)
TO_NUMBER = (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.BLIND_TRANSFER)
TO_AGENTS = (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.LOCAL_CLOSER)
PLAIN = tuple(
    kind
    for kind in Kind
    if any(
        command_part in kind
        for command_part in ("HANGUP", "PARK_C", "PARK_I", "PARK_X", "GRAB", "SWAP_P", "MUTE", "RECORD", "LEAVE")
    )
)
IN_SECONDS = (3, 8, 15, 60)  # by the scene: how long a server is away at most


class JournalRow(NamedTuple):
    """A turn as the journal has it."""

    kind: str
    at: int
    payload: bytes


def rules_of(agent_count: int) -> Rules:
    """Return rules with agents of four kinds, and in-groups that ring one phone or all."""
    groups = [f"GROUP{number}" for number in range(max(2, agent_count // 10))]
    agents = [
        Agent(
            id=name,
            phone=name,
            campaign="CAMP",
            ingroups=(groups[number % len(groups)], groups[(number + 1) % len(groups)]),
            phone_mode="nailed_up" if number % 4 in (1, 2) else "on_hook",
            max_missed=3,
            outside_number=f"4930{number:03}" if number % 4 == 3 else "",
        )
        for number, name in enumerate(f"a{number}" for number in range(agent_count))
    ]
    ringing = {name: ("longest_wait_time", "ring_all")[number % 2] for number, name in enumerate(groups)}
    options: dict[str, Any] = {"phone_headers": "Call-Info: x;answer-after=0", "park_ivr": "ivr@park"}
    dialler = {"dial_method": "PROGRESSIVE", "campaign_cid": "3125550199", "safe_harbor_audio": "sorry-nobody"}
    campaign = Campaign(id="CAMP", login_state="READY", campaign_recording="ALLCALLS", **options, **dialler)
    direct = {"AGENTDIRECT": Ingroup(id="AGENTDIRECT", queue_priority=99)}
    return Rules(
        campaigns={"CAMP": campaign},
        ingroups={name: Ingroup(id=name, next_agent_call=ranking) for name, ranking in ringing.items()} | direct,
        agents={agent.id: agent for agent in agents},
    )


class MixedServers(SeveralServers):
    """`servers` Asterisks with `agents` of all kinds, a dialler, and about as many callers."""

    def __init__(self, servers: int, agents: int, seed: int) -> None:
        self.random, self.target = Random(seed), agents  # noqa: S311 - a repeatable scene
        self.away: dict[str, str] = {}  # servers, and how they are away
        self.due: list[tuple[int, Callable[[], None]]] = []  # later events with their times
        self.journal: list[JournalRow] = []
        self.live: dict[str, str] = {}  # callers, and their servers
        self.turns = self.steps = self.came = 0
        self.count = Counter[str]()
        self.states: dict[AgentState, set[str]] = {state: set() for state in AgentState}
        self.rules = rules_of(agents)
        self.removed: set[str] = set()
        self.fault_every, self.longest = self.random.choice((10, 18, 30)), self.random.choice(IN_SECONDS)
        super().__init__(self.rules, tuple(f"s{number:02}" for number in range(1, servers)))
        far_ends: dict[str, list[tuple[float, str | int]]] = {}
        for agent in self.rules.agents.values():
            far_ends |= {
                agent.phone: [(0.05, "ringing"), (0.4, "up")],
                agent.outside_number: [(0.1, "ringing"), (0.9, "up")],
            }
        for server in self.servers.values():
            server.far_ends = FAR_ENDS | far_ends
        self.groups = [name for name in self.rules.ingroups if name != "AGENTDIRECT"]
        self._tell_servers()
        self._log_in()
        for _ in range(10):
            self.pages(1.0)
            self.wait(1)
        assert self.ask(Kind.DIALLER_START, agent="", campaign="CAMP") == ""
        assert {session.state for session in self.world.sessions.values()} == {AgentState.READY}

    def _tell_servers(self) -> None:
        self.weights = ServersKnown(tuple(ServerWeight(name, 10) for name in self.servers if name not in self.removed))
        self.feed(self.weights)

    def _log_in(self) -> None:
        for number, user in enumerate(self.rules.agents):
            if user not in self.world.sessions:
                self.ask(Kind.LOGIN, user, **({"phone": "browser"} if number % 4 == 2 else {}))

    def _handle(self, core_input: Input) -> Turn:
        self.asterisk.now += 1
        base, now_us = self._base(), self.asterisk.now
        if isinstance(core_input, DtmfReceived):
            core_input = self.private.hide_key(self.world, core_input, base)
        turn = handle(self.world, core_input, now_us, base)
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
                if not is_open and record.outcome.ended_by == "asterisk" and not isinstance(core_input, ServersKnown):
                    assert getattr(core_input, "server", "") == record.server, (core_input, record)
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
        acts = (self.arrives, self.arrives, self.hangs_up, self.disposes, self.disposes, self.commands, self.commands)
        acts += (self.resumes, self.leads, self.supervises, self.dials, self.dials_in, self.line_ends, self.pauses)
        for _ in range(self.random.randint(1, 4)):
            self.random.choice(acts)()
        self.pages()
        if self.steps % self.fault_every == 0:
            faults = (self.dies, self.freezes, self.is_cut, self.drains, self.is_lost, self.restarts, self.all_go)
            self.random.choice((*faults, self.leaves_the_settings))()
        if self.steps % 50 == 0:
            self.check()
        self.wait(self.random.uniform(0.01, 0.5))

    def _is_there(self, name: str) -> bool:
        return name not in self.away

    def _there(self) -> str:
        return self.random.choice([name for name in self.servers if self._is_there(name)] or [""])

    def _any_agent(self) -> str:
        return self.random.choice(list(self.rules.agents))

    def _serial(self, prefix: str) -> str:
        self.count[prefix] += 1
        return f"{prefix.replace(' ', '-')}-{self.count[prefix]}"

    def pages(self, chance: float = 0.3) -> None:
        """Let the pages of agents and supervisors offer their phones where they are wanted."""
        for user, session in list(self.world.sessions.items()):
            page_agents = (
                session.browser and session.leg is None and (session.is_browser_phone_needed or session.call is None)
            )
            server_name = server_of(self.world, PhoneOwner(user))
            if page_agents and self._is_there(server_name) and self.random.random() < chance:
                self.come_in(server_name, self._serial("offer"), "browser", user, f"page-{user}")
        for receipt in list(self.world.receipts.values()):
            page, session_of = getattr(receipt.command, "page", ""), self.world.sessions.get(receipt.agent)
            server_name = server_of(self.world, PhoneOwner(receipt.agent, receipt.by))
            if page and session_of and self._is_there(server_name) and self.random.random() < chance:
                self.come_in(server_name, self._serial("ear offer"), "browser", receipt.agent, page, receipt.by)

    def arrives(self) -> None:
        """Let a caller come for an in-group or an agent, often at another server than the placement says."""
        if len(self.live) >= self.target:
            return
        server_name = self._there() if self.random.random() < 0.3 else choose_server(self.world, self.away)
        if server_name:
            caller = self._serial("caller")
            self.live[caller] = server_name
            group = ("ingroup", self.random.choice(self.groups))
            self.come_in(server_name, caller, *(group if self.random.random() < 0.8 else ("agent", self._any_agent())))

    def hangs_up(self) -> None:
        """Let a caller hang up."""
        callers = [caller for caller, server_name in self.live.items() if self._is_there(server_name)]
        if callers and self.random.random() < 0.5:
            self.leave(self.live.pop(caller := self.random.choice(callers)), caller)

    def disposes(self) -> None:
        """Let an agent end the wrap-up."""
        if users := sorted(self.states[AgentState.DISPO]):
            self.ask(Kind.STATUS, self.random.choice(users), status="SALE")

    def resumes(self) -> None:
        """Let an agent who missed calls take calls again."""
        if users := sorted(self.states[AgentState.PAUSED]):
            self.ask(Kind.RESUME, self.random.choice(users))

    def commands(self) -> None:
        """Let an agent in a call give any command, also across servers."""
        users = sorted(user for user, session in self.world.sessions.items() if session.call)
        if not users:
            return
        number, group = self.random.choice(NUMBERS), self.random.choice(self.groups)
        kind, arguments = self.random.choice(
            (
                *[(kind, {}) for kind in PLAIN],
                *[(kind, {"number": number}) for kind in TO_NUMBER],
                *[(kind, {"ingroup": group}) for kind in TO_AGENTS],
                *[(kind, {"ingroup": "AGENTDIRECT", "to_agent": self._any_agent()}) for kind in TO_AGENTS],
                (Kind.AUDIO_PLAY, {"message": "tt-monkeys"}),
            )
        )
        self.ask(kind, self.random.choice(users), **arguments)

    def leads(self) -> None:
        """Let the pacing propose a lead, unless many are called."""
        if sum(call.is_automatic for call in self.world.calls.values()) < 8:
            self.count["leads"] += 1
            number = self.random.choice(NUMBERS[:5])
            lead = DialLead(self.count["leads"], "101", number, open_until=self.asterisk.now + HOUR_US)
            self.feed(PacingDecided("CAMP", (lead,), (), ready=1))

    def dials(self) -> None:
        """Let an agent dial a customer."""
        self.ask(Kind.DIAL, self._any_agent(), number=self.random.choice(NUMBERS))

    def supervises(self) -> None:
        """Let a supervisor's page listen to an agent."""
        if self.random.random() < 0.3:
            page = f"ear-{self.random.randrange(3)}"
            self.ask(self.random.choice(SUPERVISE), self._any_agent(), phone="browser", page=page)

    def dials_in(self) -> None:
        """Let the phone of an agent dial in at any server."""
        users = [agent.id for agent in self.rules.agents.values() if agent.phone_mode == "nailed_up"]
        if (server_name := self._there()) and self.random.random() < 0.2:
            self.come_in(server_name, self._serial("login"), "login", self.random.choice(users))

    def line_ends(self) -> None:
        """Let a phone, a third party or a supervisor end a line."""
        roles = (Role.THIRD, Role.AGENT, Role.SUPERVISOR)
        legs = [leg for leg in self.world.legs.values() if leg.role in roles and self._is_there(leg.server)]
        legs = [leg for leg in legs if leg.id in self.server(leg.server).channels]
        if legs and self.random.random() < 0.3:
            leg = self.random.choice(legs)
            self.leave(leg.server, leg.id, self.random.choice((16, 44)))

    def pauses(self) -> None:
        """Let an agent pause or log out, and others log in again."""
        self.ask(Kind.PAUSE if self.random.random() < 0.8 else Kind.LOGOUT, self._any_agent())
        self._log_in()

    # -- faults --

    def at(self, time_us: int, happens: Callable[[], None]) -> None:
        """Let something happen later."""
        self.due.append((time_us, happens))
        self.due.sort(key=lambda row: row[0])

    def _count_lost(self, name: str) -> None:
        self.count["lost"] += 1
        self.feed(ev.ServerLost(name))

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

    def restarts(self) -> None:
        """Kill the app, and start it with the open records as they are stored."""
        self.count["restarts"] += 1
        for server in self.servers.values():
            server.out.clear()
        self.world = reloaded(self.world)
        self.feed(AppStarted())
        self.feed(ev.ConfigurationChanged(self.rules))
        self.feed(self.weights)
        for name in self.random.sample(list(self.servers), len(self.servers)):
            if name not in self.away:
                self.comes_back(name)

    def _goes(self, name: str, move: str) -> None:
        self.count[move] += 1
        self.away[name] = move
        self.servers[name].out.clear()
        self.feed(ServerAway(name))
        self.at(self.asterisk.now + 5 * SECOND, partial(self._lost, name))
        seconds = self.random.uniform(0.5, self.longest)
        self.at(self.asterisk.now + int(seconds * SECOND), partial(self.comes_back, name))

    def _lost(self, name: str) -> None:
        """Let a server be lost that is still away, as often as a call is begun on it."""
        if name in self.away and name not in self.removed and name in self.world.servers:
            self._count_lost(name)
            self.at(self.asterisk.now + 5 * SECOND, partial(self._lost, name))

    def is_lost(self) -> None:
        """Give a server up that is there, which several servers alone can be."""
        if self.world.servers and (name := self._there()):
            self._count_lost(name)
            self.at(self.asterisk.now + SECOND, partial(self.comes_back, name))

    def all_go(self) -> None:
        """Let all servers be away at once."""
        for name in [name for name in self.servers if self._is_there(name)]:
            if self.random.random() < 0.5:
                asterisk_dies(self, self.servers[name])
                self.live = {caller: server_name for caller, server_name in self.live.items() if server_name != name}
            self._goes(name, "all away")

    def drains(self) -> None:
        """Let a server drain for a few seconds."""
        if (name := self._there()) in self.world.servers:
            assert self.ask(Kind.SERVER_DRAIN, agent="", server=name) == ""
            self.at(self.asterisk.now + 8 * SECOND, partial(self.ask, Kind.SERVER_RESUME, agent="", server=name))

    def leaves_the_settings(self) -> None:
        """Take a server with its calls out of the settings, or bring it back, with a restart of the app."""
        name = self.random.choice([server for server in self.servers if server != MAIN_SERVER])
        if self.removed:
            self.away.pop(self.removed.pop())
        elif self._is_there(name):
            self.removed.add(name)
            self.away[name] = "removed"
        self.weights = ServersKnown(
            tuple(ServerWeight(server, 10) for server in self.servers if server not in self.removed)
        )
        self.restarts()

    def comes_back(self, name: str) -> None:
        """Let the app reach a server again that is in the settings."""
        if name not in self.removed:
            self.away.pop(name, None)
            server = self.servers[name]
            server.now = self.asterisk.now
            server.out.clear()
            self.feed_together(difference(server, self.world))
            self._sweep(name)

    def _sweep(self, name: str) -> None:
        used_bridges = {bridge for call in self.world.calls.values() if call.server == name for bridge in call.bridges}
        used_bridges |= {f"ear-{leg.id}" for leg in self.world.legs.values() if leg.server == name}
        for bridge in [bridge for bridge in self.servers[name].bridges if bridge not in used_bridges]:
            self.servers[name].destroy(bridge)

    # -- what has to hold --

    def check(self) -> None:
        """Check agents, calls and lines: each is with what it belongs to, on its server."""
        world = self.world
        for call in world.calls.values():
            assert call.server not in self.removed, call
            assert not call.agent or world.sessions[call.agent].call == call.id, call
            if call.state is State.WAITING and not world.is_held(call.id) and call.id not in world.reconciling_calls:
                assert world.matcher.has_call(call.id), f"the ticket of {call} is lost"
        for user, session in world.sessions.items():
            line = world.legs.get(session.leg or "")
            assert session.leg is None or line, session
            call_of = world.calls[session.call] if session.call else None
            if call_of is None:
                assert session.state in (AgentState.READY, AgentState.PAUSED, AgentState.DISPO), session
            elif call_of.agent == user:
                assert session.state is LAYOUT[call_of.state].agent_state, (session, call_of)
                talks = call_of.state in (State.TALKING, State.THREE_WAY, State.PARKED)
                if line and talks and line.phase is Phase.UP and call_of.server not in world.held_servers:
                    assert line.server == call_of.server, (call_of, line)
            else:
                assert user in (call_of.consultation.closer, *call_of.queueing.rung), session
        self._check_legs()
        for group in self.groups if not world.lead_calls.has_calls_without_agent else ():
            ready_agents = [user for user in world.matcher.list_ready_agents(group) if not world.is_held(user)]
            assert not (
                ready_agents and [call for call in world.matcher.list_calls(group) if not world.is_held(call)]
            ), ready_agents
        loads = Counter(call.server for call in world.calls.values())
        assert all(world.server_load.count_calls(name) == loads[name] for name in self.servers)

    def _check_legs(self) -> None:
        world = self.world
        lines = {session.leg for session in world.sessions.values()}
        for leg in world.legs.values():
            on_line = leg.role is Role.AGENT and leg.phase is Phase.UP and not leg.hangup_requested
            assert not on_line or leg.id in lines or leg.server in world.held_servers, f"{leg} is a second line"
            if leg.role is Role.SUPERVISOR and leg.phase is Phase.UP and not leg.hangup_requested:
                assert self._hears_its_agent(leg), leg
        for name, server in self.servers.items():
            if self._is_there(name) and name not in world.held_servers:
                orphans = [
                    channel
                    for channel in server.channels.values()
                    if channel.id not in world.legs and not channel.in_dialplan
                ]
                assert not orphans, orphans

    def _hears_its_agent(self, supervisor: Leg) -> bool:
        """Return whether the line of the agent is on the supervisor's server, if both are known and up."""
        session = self.world.sessions.get(supervisor.owner)
        line = self.world.legs.get(session.leg or "") if session else None
        is_known = line and line.phase is Phase.UP and not {line.server, supervisor.server} & {*self.world.held_servers}
        return not line or not is_known or line.server == supervisor.server

    def end(self) -> None:
        """End all faults and calls, and check that each agent is READY, and that nothing else is left."""
        if self.removed:
            self.leaves_the_settings()
        while self.due:
            self.wait(max(0, self.due[0][0] - self.asterisk.now) / SECOND)
            self.due.pop(0)[1]()
        for _ in range(25):
            self._end_calls()
            for _ in range(10):
                self.pages(1.0)
                self.wait(2)
        self.check()
        for name in self.servers:
            self._sweep(name)
        world, lines = self.world, {session.leg for session in self.world.sessions.values() if session.leg}
        assert not world.calls and not world.recordings and not world.held_servers and not world.receipts, (
            "something is left"
        )
        assert {*world.legs} == lines == {leg for server in self.servers.values() for leg in server.channels}
        assert {session.state for session in world.sessions.values()} == {AgentState.READY}
        assert all(session.leg or session.on_hook for session in world.sessions.values())
        assert not [bridge for server in self.servers.values() for bridge in server.bridges]
        closed_calls = [call for call in self.closed.values() if isinstance(call, Call)]
        assert len(closed_calls) == self.came and all(call.state is State.ENDED and call.ended for call in closed_calls)
        assert "error" not in {call.outcome.ended_by for call in closed_calls}

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

    def _end_calls(self) -> None:
        for call in list(self.world.calls):
            self.ask(Kind.END_CALL, agent="", call=call)
        for server in self.servers.values():
            for channel in [
                channel.id for channel in server.channels.values() if channel.args[:1] in (("ingroup",), ("agent",))
            ]:
                self.leave(server.server, channel)
        for leg in [leg for leg in self.world.legs.values() if leg.role is Role.SUPERVISOR]:
            self.leave(leg.server, leg.id)
        for user in sorted(self.states[AgentState.DISPO]):
            self.ask(Kind.STATUS, user, status="SALE")
        for user in sorted(self.states[AgentState.PAUSED]):
            self.ask(Kind.RESUME, user)
        self._log_in()
        for user, session in list(self.world.sessions.items()):
            if not (session.on_hook or session.browser or session.leg or session.call):
                self.ask(Kind.CALL_AGENT, user)


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


def run(servers: int, agents: int, steps: int, seed: int) -> MixedServers:
    """Play a scene of that many steps with faults, check everything, and replay its journal."""
    lab = MixedServers(servers, agents, seed)
    while lab.steps < steps:
        lab.step()
    lab.end()
    lab.replays()
    return lab


def main() -> None:
    """Play scenes with 2 to 4 servers, and print what happened."""
    scenes, seed = int(sys.argv[1]), int(sys.argv[2])
    start_seconds, turns, count = time.monotonic(), 0, Counter[str]()
    for scene in range(seed, seed + scenes):
        try:
            lab = run(2 + scene % 3, 16, 400, scene)
        except BaseException:
            print(f"in the scene of seed {scene}:", flush=True)
            raise
        turns, count = turns + lab.turns, count + lab.count
    count_text = ", ".join(f"{name}: {number}" for name, number in sorted(count.items()))
    print(f"{scenes} scenes from seed {seed}: {turns} inputs, {count_text}; {time.monotonic() - start_seconds:.0f} s")


if __name__ == "__main__":
    main()
