"""The scenario language on the simulated Asterisk with virtual time: the real core, store, routing and API texts."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from itertools import count

import msgspec

from ari_app.http.agc import validation
from ari_app.http.agc.execution import execute
from ari_app.http.agc.requests.answers import AgcAnswer, AgcPlan
from ari_app.http.agc.requests.fields import filtered
from ari_app.link.call_control import CommandReply, CommandTimeout, adoption
from ari_app.live import live_snapshot
from tools.simulation.asterisk.asterisk_death import asterisk_dies, asterisk_is_stopped, comes_back
from tools.simulation.asterisk.core_driver import command
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from tools.simulation.call_centre import own_dialplan
from tools.simulation.call_centre.call_records import CallRecording, Row, rows
from tools.simulation.call_centre.far_ends import FarEnd
from tools.simulation.call_centre.scenario_language import OUTSIDE_PHONE, SILENCE, Party, ScenarioWorld
from warmline.core.calls import after_call
from warmline.core.messages import events as ev
from warmline.core.messages.agent_command_types import Dial
from warmline.core.messages.commands import Ask, Command, Kind
from warmline.core.messages.values.callback import Callback
from warmline.core.messages.values.outside_talk import OutsideLeg, OutsideTalk
from warmline.core.model import ids
from warmline.core.model.leg import Phase
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.rules import call_data, login_rules, routing
from warmline.store.agi import call_results, routing_facts
from warmline.store.configuration.api_users import ApiUser
from warmline.store.database import passwords
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay
from warmline.store.leads import callbacks

PHONES = ("1000", "1001", "1002", "1003", "1004", "1005")
MOMENT = 0.05  # seconds of virtual time between two checks
ANSWER_WITHIN = 5.05  # seconds that a caller of the API waits
CAUSES = {404: 1, 486: 17, 603: 21}  # Asterisk's cause for a SIP status
API_USER = ApiUser("6666", "", frozenset({"ALL_FUNCTIONS"}), True, "ADMIN")
LISTS = {"calls": live_snapshot.calls, "agents": live_snapshot.agents}


class SimulatedWorld(ScenarioWorld):
    """Each party is a channel of the simulated Asterisk."""

    def __init__(self, driver: RecordedDriver) -> None:
        super().__init__(driver.database)
        self.driver = driver
        self.asterisk = self.driver.asterisk
        for user in PHONES:
            self.asterisk.far_ends[user] = [(0.1, 17)]
        self._channels: dict[Party, str] = {}
        self._arriving: dict[str, tuple[Party, str]] = {}  # by channel: the party, and the number it called
        self._notes: list[ev.FallbackTaken] = []
        self._keys: dict[str, str] = {}  # by receipt
        self._serial = count(1)
        self._talks: dict[str, OutsideTalk] = {}  # by phone: conversations of the dialplan

    # -- parties come and go --

    async def phone(self, user: str) -> Party:
        party = Party(user)
        channel = self._channels[party] = f"PJSIP/{user}-{next(self._serial)}"
        decision = login_rules.decide_login(routing_facts.login(str(self.database), user))
        if not decision.route:
            self.asterisk.played.append((channel, "sound:agent-incorrect"))
        elif not self.driver.alive:
            self.asterisk.played.append((channel, "sound:im-sorry"))
        else:
            self._come_in(channel, decision, user, "")
        return party

    def on_the_line(self, party: Party) -> bool:
        return self._channels[party] in {*self.asterisk.channels, *self.asterisk.outside}

    async def customer(self, did: str = "8005550100", **data: str) -> Party:
        serial = next(self._serial)
        party = Party(f"3125550{serial:03}")
        channel = self._channels[party] = f"PJSIP/trunk-{serial}"
        self._arriving[channel] = party, did
        known = routing_facts.did(str(self.database), routing.strip_plus(did), party.name, self.asterisk.now)
        known.call_data, _ = call_data.check_items([(name, data[name]) for name in known.data_names if name in data])
        decision = routing.route_did(known)
        if not decision.route:
            self._take_fallback(channel, decision.reason, decision.goto)
        elif not self.driver.alive:
            self._take_fallback(channel, "the application is away")
        else:
            self._come_in(channel, decision, party.name, did, known.call_data)
            self._dialplan_goes_on()
        return party

    def _come_in(
        self, channel: str, decision: routing.RoutingDecision, number: str, did: str, data: call_data.CallData = ()
    ) -> None:
        why = tuple(decision.told.split("; "))
        args = decision.route.split(",")
        self.asterisk.come_in(channel, *args, number=number, dialled=did, call=self._ulid(), why=why, data=data)
        self.driver.pump()

    def _dialplan_goes_on(self) -> None:
        while self.asterisk.given_back:
            self._take_fallback(*self.asterisk.given_back.pop())

    def _take_fallback(self, channel: str, reason: str, goto: str = "") -> None:
        """Let a channel take the fallback, or a DID's place in the dialplan; all of these only play a greeting."""
        self.asterisk.played.append((channel, "sound:vm-nobodyavail"))
        party, did = self._arriving[channel]
        self._notes.append(ev.FallbackTaken(self._ulid(), self.asterisk.now, party.name, did, reason, goto))
        self._take_in_notes()

    def _take_in_notes(self) -> None:
        while self.driver.alive and self._notes:
            self.driver.feed(self._notes.pop(0))

    def _ulid(self) -> str:
        return ids.encode(self.asterisk.now // 1000 << 80 | 1 << 79 | next(self._serial))

    def far_end(self, number: str, does: FarEnd) -> None:
        says: list[tuple[float, str | int]] = []
        if does.rings or does.early:
            says.append((0.1, "ringing" if does.rings else "progress"))
        if does.redirects:
            says.append((0.2, f"redirects to {does.redirects}"))
        elif does.says == "answer":
            says.append((does.after, "up"))
        elif isinstance(does.says, int):
            says.append((0.1, CAUSES[does.says]))
        self.asterisk.far_ends[number] = says
        (self.asterisk.wordless.add if does.silent else self.asterisk.wordless.discard)(number)

    async def third(self, number: str) -> Party:
        party = Party(number)

        async def find() -> str | None:
            made = (one for one in self.asterisk.channels.values() if one.dialled == number)
            return next((one.id for one in made if one.id not in self._channels.values()), None)

        self._channels[party] = await self.until(find, f"a call to {number}")
        return party

    async def is_silent(self, party: Party) -> None:
        self.asterisk.speaks(self._channels[party], on=False)

    async def speaks(self, party: Party) -> None:
        self.asterisk.speaks(self._channels[party])

    async def sees_number(self, third: Party) -> str:
        return self.asterisk.channels[self._channels[third]].caller

    async def sees_caller(self, party: Party) -> tuple[str, str]:
        channel = self.asterisk.channels[self._channels[party]]
        return channel.caller_name, channel.caller

    async def sees_headers(self, party: Party, *names: str) -> tuple[str, ...]:
        channel = self.asterisk.channels[self._channels[party]]
        headers = dict(header.split(": ", 1) for header in channel.headers)
        headers |= {f"X-{name}": value for name, value in channel.variables.items()}
        return tuple(headers[name] for name in names)

    async def _told_third(self, variables: Sequence[str]) -> None:
        """Its channels always show their variables."""

    async def _picks_up(self, user: str) -> Party:
        party = Party(user)

        async def find() -> str | None:
            made = (one for one in self.asterisk.channels.values() if one.dialled == user and one.up)
            return next((one.id for one in made), None)

        self._channels[party] = await self.until(find, f"{user} is to pick up")
        return party

    async def _calls_outside(self, application: str, agent: Party) -> Party:
        customer = Party(f"3125550{next(self._serial):03}")
        self._talk_outside(agent, customer, caller=customer)
        return customer

    async def dials_outside(self) -> tuple[Party, Party]:
        agent, customer = Party(OUTSIDE_PHONE), Party(own_dialplan.SPEED_DIAL)
        self._talk_outside(agent, customer, caller=agent)
        return agent, customer

    def _talk_outside(self, agent: Party, customer: Party, caller: Party) -> None:
        serial = next(self._serial)
        self._channels[agent], self._channels[customer] = f"outside-{serial}.2", f"outside-{serial}.1"
        self.asterisk.outside |= {self._channels[agent], self._channels[customer]}
        self._talks[agent.name] = OutsideTalk(
            named=OutsideLeg(id=self._channels[agent], name=f"PJSIP/{agent}-2", phone=agent.name),
            other=OutsideLeg(id=self._channels[customer], name="PJSIP/trunk-1", phone="trunk", number=customer.name),
            caller=self._channels[caller],
        )

    async def adopt(self, agent: Party, by: str = "command", user: str = "") -> str:
        if by != "command":
            self.asterisk.come_in(f"asks-{next(self._serial)}", "handoff", agent.name)
            self.driver.pump()
        talk = self._talks[agent.name]
        return (await self._give(adoption(talk.named.name, talk, user))).why

    async def moves_without_app(self, agent: Party, customer: Party) -> None:
        """Do nothing: the dialplan connects the two again."""

    async def phone_rings(self, agent: Party) -> None:
        async def find() -> str | None:
            session = self.driver.world.sessions[agent.name]
            leg = self.driver.world.legs.get(session.leg or "")
            return leg.id if leg and leg.phase >= Phase.RINGING else None

        self._channels[agent] = await self.until(find, f"the phone of {agent} is to ring")

    async def called_back(self, agent: Party) -> None:
        async def find() -> str | None:
            session = self.driver.world.sessions[agent.name]
            channel = self.asterisk.channels.get(session.leg or "")
            return channel.id if channel and channel.up else None

        self._channels[agent] = await self.until(find, f"the phone of {agent} is to be called")

    async def answer(self, party: Party) -> None:
        self.asterisk.after(0, self._channels[party], "up")
        self.driver.wait(0.001)

    async def refer(self, party: Party, target: str, *, replaces: bool = False) -> str:
        channel, before = self._channels[party], len(self.asterisk.referred)
        self.driver.feed(ev.ReferReceived(channel, "" if replaces else target))

        async def find() -> str | None:
            told = self.asterisk.referred[before:]
            return next((answer for leg, answer in told if leg == channel), None)

        return await self.until(find, f"{party}'s phone is to be told what came of it")

    async def hang_up(self, party: Party) -> None:
        self.driver.hang_up(self._channels[party])

    async def phone_dies(self, agent: Party) -> None:
        self.asterisk.die(self._channels[agent], agent.name)

    async def phone_unregisters(self, agent: Party) -> None:
        self.asterisk.far_ends.pop(agent.name)
        channel = self.asterisk.channels.get(self._channels[agent])
        if channel is None:  # a line that sends packets exists, whatever its registration
            self.asterisk.out.append(ev.PhoneUnreachable(agent.name))
            self.driver.pump()

    async def phone_registers(self, agent: Party) -> None:
        self.asterisk.register(agent.name, [(0.1, "ringing"), (0.2, "up")])
        self.driver.pump()

    async def is_gone(self, party: Party) -> None:
        async def find() -> bool | None:
            return not self.on_the_line(party) or None

        await self.until(find, f"{party} is to be gone")

    async def has_missed(self, party: Party) -> bool:
        return self._channels[party] not in self.asterisk.answered_elsewhere

    async def talk(self, seconds: float) -> None:
        self.driver.wait(seconds)

    # -- what parties hear --

    async def hold(self, party: Party, *, on: bool = True, own_music: bool = False) -> None:
        self.asterisk.hold(self._channels[party], on=on, own_music=own_music)
        self.driver.pump()

    async def stranger(self, customer: Party) -> Party:
        party = Party("stranger")
        self._channels[party] = "stranger"
        self.asterisk.bring_in("stranger", self._room(customer))
        self.driver.pump()
        return party

    async def thrown_out(self, customer: Party) -> None:
        self.asterisk.throw_out(self._channels[customer])
        self.driver.pump()

    async def room_destroyed(self, customer: Party) -> None:
        self.asterisk.destroy(self._room(customer))
        self.driver.pump()

    def _room(self, customer: Party) -> str:
        return self.asterisk.channels[self._channels[customer]].bridge or ""

    async def hears(self, listener: Party, *speakers: Party) -> None:
        missing: dict[Party, None] = {}

        async def find() -> bool | None:
            missing.clear()
            missing.update((speaker, None) for speaker in speakers if not self._hears(listener, speaker))
            return not missing or None

        await self.until(find, f"{listener} does not hear", missing)

    async def silent_to(self, listener: Party, *speakers: Party) -> None:
        heard = [speaker for speaker in speakers if self._hears(listener, speaker)]
        assert not heard, f"{listener} hears {heard}"

    def _hears(self, listener: Party, speaker: Party) -> bool:
        return self.asterisk.hears(self._channels[listener], self._channels[speaker])

    async def hears_music(self, listener: Party) -> None:
        async def find() -> bool | None:
            return self.asterisk.hears_music(self._channels[listener]) or None

        await self.until(find, f"{listener} hears no music")

    async def no_music(self, *listeners: Party) -> None:
        heard = [one for one in listeners if self.asterisk.hears_music(self._channels[one])]
        assert not heard, f"{heard} hear music"

    async def dialplan(self) -> str:
        self.asterisk.far_ends["ivr"] = [(0.0, "up"), (2.0, 16)]
        return "ivr@parking"

    async def menu(self, ingroup: str) -> str:
        self.asterisk.menus["menu"] = ("ingroup", ingroup)
        return "menu"

    async def hears_dialplan(self, listener: Party) -> None:
        async def find() -> bool | None:
            channel = self._channels[listener]
            legs = [call.ivr or "" for call in self.driver.world.calls.values()]
            places = {place.partition(",")[0] for one, place in self.asterisk.gone_on if one == channel}
            there = places & {"parking", after_call.AFTER_CALL_CONTEXT}
            return bool(there) or any(self.asterisk.hears(channel, leg) for leg in legs) or None

        await self.until(find, f"{listener} does not hear the dialplan")

    async def after_the_call(self) -> None:
        self.asterisk.has_after = True

    async def results(self, customer: Party, context: str) -> list[dict[str, str]]:
        calls = [call for (call,) in rows(self.database, "SELECT id FROM call WHERE number = ?", customer.name)]
        if context == "warmline-after":
            places = [place.split(",") for _, place in self.asterisk.gone_on]
            calls = [call for context, call in places if context == after_call.AFTER_CALL_CONTEXT and call in calls]
        now = self.asterisk.now
        found = [call_results.result(str(self.database), call, now, "/recordings") for call in calls]
        assert all(one.final for one in found)
        return [one.variables for one in found]

    async def hears_ring_tone(self, listener: Party) -> None:
        async def find() -> bool | None:
            return self._rings(listener) or None

        await self.until(find, f"{listener} hears no ring tone")

    async def no_ring_tone(self, listener: Party) -> None:
        assert not self._rings(listener), f"{listener} hears a ring tone"

    def _rings(self, listener: Party) -> bool:
        found = self.asterisk.channels.get(self._channels[listener])
        return bool(found and found.bridge and not found.deaf and found.bridge in self.asterisk.tones.values())

    async def hears_silence(self, listener: Party) -> None:
        found = self.asterisk.channels[self._channels[listener]]
        played = found.bridge in self.asterisk.silences.values()
        assert (found.silent and found.bridge is None) or played, f"{listener}: {found}"

    async def beeps(self, listener: Party) -> int:
        return (await self._played(listener)).count("beep")

    async def alerts(self, listener: Party) -> int:
        return (await self._played(listener)).count("beeperr")

    async def press(self, party: Party, keys: str) -> None:
        self.asterisk.press(self._channels[party], keys)
        self.driver.pump()

    async def phone_with_pin(self, user: str, pin: str) -> Party:
        known = routing_facts.login(str(self.database), user)
        assert known.phone_login == "PIN" and passwords.matches(pin, known.pin)
        return await self.phone(user)

    async def key_line(self, agent: Party) -> Party:
        party = Party(agent.name)
        channel = self._channels[party] = f"PJSIP/{agent.name}-{next(self._serial)}"
        self.asterisk.come_in(channel, "keys", agent.name, number=agent.name, call="")
        self.asterisk.channels[channel].up = True
        self.driver.pump()
        return party

    async def keys(self, listener: Party) -> str:
        channel = self._channels[listener]
        return "".join(self._keys.get(keys, keys) for leg, keys in self.asterisk.pressed if leg == channel)

    async def prompts(self, listener: Party) -> list[str]:
        return [name for name in await self._played(listener) if name != "beep"]

    async def _played(self, listener: Party) -> list[str]:
        channel = self._channels[listener]
        return [media.removeprefix("sound:") for heard_by, media in self.asterisk.played if heard_by == channel]

    @asynccontextmanager
    async def unbroken(self, one: Party, other: Party) -> AsyncIterator[None]:
        broken: list[str] = []

        def watch() -> None:
            before()
            broken.extend(f"{a} did not hear {b}" for a, b in ((one, other), (other, one)) if not self._hears(a, b))

        before, self.driver.watch = self.driver.watch, watch
        watch()
        yield
        watch()
        self.driver.watch = before
        assert not broken, broken

    @asynccontextmanager
    async def never_in_silence(self, *listeners: Party) -> AsyncIterator[None]:
        silent_since: dict[Party, float] = {}
        longest = dict.fromkeys(listeners, 0.0)

        def watch() -> None:
            before()
            for one in listeners:
                longest[one] = max(longest[one], self.now() - silent_since.get(one, self.now()))
                if self._hears_nothing(one):
                    silent_since.setdefault(one, self.now())
                else:
                    silent_since.pop(one, None)

        before, self.driver.watch = self.driver.watch, watch
        watch()
        yield
        watch()
        self.driver.watch = before
        assert max(longest.values()) < SILENCE, longest

    def _hears_nothing(self, listener: Party) -> bool:
        """Return whether the party is on the line, without any sound."""
        channel = self._channels[listener]
        if not self.on_the_line(listener) or self.asterisk.channels[channel].playing:
            return False
        others = (self.asterisk.hears(channel, other) for other in self.asterisk.channels)
        return not (self.asterisk.hears_music(channel) or any(others))

    # -- commands to Warmline, and its answers --

    async def api(self, **query: str) -> str:
        fields = filtered({"source": "test", "user": API_USER.name} | query)
        world, now = self.driver.world, self.asterisk.now
        planned = validation.plan(fields, API_USER, world, now, "127.0.0.1", world.matcher.count_calls)
        if isinstance(planned, AgcAnswer):
            return planned.text.strip()
        assert isinstance(planned, AgcPlan), f"{query.get('function')} is looked up in the database first"
        return (await execute(planned, partial(self._give, keys=planned.digits), self._give)).text.strip()

    async def json(self, kind: Kind, call: str, **given: str) -> str:
        agent = self.driver.world.calls[call].agent or ""
        return (await self._give(command(kind, agent, call, **given))).why

    async def own(self, kind: Kind, agent: Party, **given: str) -> str:
        return (await self._give(command(kind, agent.name, **given))).why

    async def _give(self, command: Command, keys: str = "") -> CommandReply:
        receipt = self._ulid()
        self._keys[receipt] = keys
        self.driver.feed(Ask(receipt, command, by=API_USER.name, source="test"))
        limit = self.now() + ANSWER_WITHIN
        while receipt not in self.driver.told and self.now() < limit:
            await self.moment()
        if receipt not in self.driver.told:
            raise CommandTimeout(receipt)
        found = self.driver.closed.get(receipt)  # there is none if the same command was given a moment ago
        refused = isinstance(found, Receipt) and found.outcome is Outcome.REFUSED
        return CommandReply(receipt, self.driver.told[receipt], refused=refused)

    async def call_back(self, agent: Party, wanted: Callback) -> str:
        found = callbacks.find(self.database, wanted.id, self.clock())
        return (await self._give(Dial(agent.name, number=found.number, callback=found))).why

    def clock(self) -> int:
        return self.asterisk.now

    async def live(self, what: str) -> list[Row]:
        rows: list[Row] = msgspec.to_builtins(LISTS[what](self.driver.world))
        return rows

    async def live_call(self, customer: Party) -> Row:
        call = self.driver.world.calls[await self._call_id(customer)]
        row: Row = msgspec.to_builtins(live_snapshot.call(call, self.driver.world))
        return row

    # -- the records --

    def listen_to(self, row: Row, parties: tuple[Party, ...]) -> CallRecording:
        tape = self.asterisk.files[row["id"]]
        voices = frozenset(party.name for party in parties if self._channels[party] in tape.voices)
        return CallRecording(row, voices, tape.tail / 1000)

    async def leftovers(self) -> list[str]:
        seats = {session.leg for session in self.driver.world.sessions.values()}
        return [
            *(call["id"] for call in await self.live("calls")),
            *(channel for channel in self.asterisk.channels if channel not in seats),
            *self.asterisk.bridges,
            *self.asterisk.recordings,
        ]

    async def written(self) -> None:
        """Do nothing: everything is written at once."""

    # -- the administrator's actions --

    async def in_force(self) -> None:
        self.driver.feed(ev.ConfigurationChanged(self.driver.rules()))

    async def kill_app(self) -> None:
        self.driver.die()

    async def start_app(self) -> None:
        self.driver.come_back()
        self._take_in_notes()

    async def kill_asterisk(self) -> None:
        asterisk_dies(self.driver)

    async def stop_asterisk(self) -> None:
        asterisk_is_stopped(self.driver)

    async def start_asterisk(self) -> None:
        if self.driver.alive:
            comes_back(self.driver)

    @asynccontextmanager
    async def stuck_app(self) -> AsyncIterator[None]:
        self.driver.stuck = True
        yield
        self.driver.stuck = False
        self.driver.pump()

    async def close(self) -> None:
        try:
            if not self.driver.alive:
                await self.start_app()
            for party in self._callers():
                await self.hang_up(party)
            await self.nothing_left()
            assert verify(self.database) == []
            assert replay(self.database).differences == []
        finally:
            self.driver.close()

    def _callers(self) -> Iterator[Party]:
        return (party for party in self._channels if party not in self.seats.values())

    # -- time --

    def now(self) -> float:
        return self.asterisk.now / SECOND

    async def moment(self) -> None:
        self.driver.wait(MOMENT)
