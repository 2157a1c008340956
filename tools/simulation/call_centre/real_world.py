"""The scenario language on a real Asterisk and the real app: SIP parties, each with its own tone."""

import asyncio
import signal
import subprocess
import time
from asyncio import gather
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from lab.sip import Hearing, IncomingCall, SipCall, silence, tones, wav
from lab.sip.hearing import sequence_gaps
from tools.simulation.call_centre import (
    after_contexts,
    call_records,
    command_requests,
    own_dialplan,
    passing_dialplan,
    prompt_hearing,
)
from tools.simulation.call_centre.call_centre import WITHIN
from tools.simulation.call_centre.call_records import CallRecording, Row, rows
from tools.simulation.call_centre.far_ends import FarEnd, answers
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.other_program import other_program
from tools.simulation.call_centre.scenario_language import OUTSIDE_PHONE, SILENCE, Party, ScenarioWorld
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.callback import Callback

WINDOW = 0.3  # seconds in which a sound must not be heard, or no packet be lost
HEARD_WITHIN = 0.2  # seconds in which a sound must be heard
STEP = 0.04  # seconds from one such time to the next that is looked at
ON_THE_WAY = 0.04  # seconds in which earlier sound still arrives
SOON = 0.6  # seconds until the last packet of a stopped ring tone; after 1 s it pauses by itself
MUSIC_SOON = 2.0  # the same for music, which does not pause
MUTED_SOON = 0.2  # the same for a phone's own music: Asterisk tells the hold, and the app mutes the phone
STOOD_STILL = 0.1  # seconds by which the test's own packets are late only if the machine was suspended
MOMENT = 0.05  # seconds between two checks; most ask the app
LOST = 2  # packets of 20 ms that a busy machine may cost two undisturbed parties
LATE = 10  # the same for packets that came late, after one of silence
TRANSFERS = {"answered": b"200 OK", "declined": b"603", "unavailable": b"503"}
STRANGER = "4930555666"  # a number that another program calls
CUSTOMER_TONES = (tones.CUSTOMER, tones.CONTROL_A, tones.CONTROL_B)


class RealWorld(ScenarioWorld):
    """Each party is a call of a SIP party."""

    def __init__(self, site: LabSite) -> None:
        super().__init__(site.database)
        self.site = site
        self.seats = {user: Party(user) for user in site.seats}
        self._held: set[Party] = set()
        self._own_music: set[Party] = set()  # they hold, and send music of their own
        self._lines = {party: site.seats[user] for user, party in self.seats.items()}
        self._since = time.monotonic()
        self._callers = 0
        self._has_after = False
        self._extensions: list[str] = []

    # -- parties come and go --

    async def phone(self, user: str) -> Party:
        party = Party(user)
        self._lines[party] = await self.site.log_in(user)
        return party

    async def dials(self, user: str, number: str) -> Party:
        """Let this user's phone dial a number."""
        party = Party(user)
        self._lines[party] = await (await self.site.registered(user)).call(number)
        return party

    def on_the_line(self, party: Party) -> bool:
        return self._lines[party].ended.at is None

    async def customer(self, did: str = "8005550100", **data: str) -> Party:
        self.site.customers += 1
        called = await self._passing(did, data) if data else did
        return await self.calls_again(f"3125550{self.site.customers:03}", called)

    async def calls_again(self, number: str, did: str = "8005550100") -> Party:
        """Let a customer with this number call."""
        tone = CUSTOMER_TONES[self._callers % len(CUSTOMER_TONES)]
        self._callers += 1
        party = Party(number)
        caller = await self.site.parties.customer(self.site.lab.sip, party.name, tone)
        self._lines[party] = await caller.call(did)
        return party

    async def _passing(self, did: str, data: dict[str, str]) -> str:
        """Return a number whose extension passes the data with a call to the DID."""
        exten = f"{did}*{len(self._extensions)}"
        self._extensions.append(exten)
        await passing_dialplan.add(self.site.lab.asterisk_cli, exten, did, data)
        return exten

    def far_end(self, number: str, does: FarEnd) -> None:
        self.site.far_ends[number] = does

    async def third(self, number: str) -> Party:
        party = Party(number)
        call = await self.site.peer.next_call(self.patience)
        while call.number != number or call.began < self._since:  # an earlier scenario dialled that one
            call = await self.site.peer.next_call(self.patience)
        self._lines[party] = call
        return party

    async def is_silent(self, party: Party) -> None:
        self._lines[party].tone(0)
        await self._lines[party].audio.settled()

    async def speaks(self, party: Party) -> None:
        voices = [hz for _, hz in self._lines[party].audio.tones if hz]
        self._lines[party].tone(voices[-1] if voices else tones.THIRD)

    async def sees_number(self, third: Party) -> str:
        return self._lines[third].caller.uri.user or ""

    async def sees_caller(self, party: Party) -> tuple[str, str]:
        caller = self._lines[party].caller
        return caller.name or "", caller.uri.user or ""

    async def sees_headers(self, party: Party, *names: str) -> tuple[str, ...]:
        headers = self._lines[party].invite.headers
        return tuple(headers[name] for name in names)

    async def _told_third(self, variables: Sequence[str]) -> None:
        await passing_dialplan.tell_third(self.site.lab.asterisk_cli, variables)

    async def supervises(self, agent: Party, kind: Kind, user: str = "1002") -> Party:
        await self.site.registered(user)
        return await super().supervises(agent, kind, user)

    async def _picks_up(self, user: str) -> Party:
        party = Party(user)
        self._lines[party] = await self.site.called(user, self.patience)
        await self._lines[party].answered(self.patience)
        return party

    async def _calls_outside(self, application: str, agent: Party) -> Party:
        await self.site.has_own_queue()
        await self.site.registered(agent.name)
        customer = await self.customer(own_dialplan.NUMBERS[application])
        self._lines[agent] = await self.site.called(agent.name, self.patience)
        await self._lines[agent].answered(self.patience)
        return customer

    async def dials_outside(self) -> tuple[Party, Party]:
        await self.site.has_own_queue()
        self.far_end(own_dialplan.DIALLED, answers())
        agent, customer = Party(OUTSIDE_PHONE), Party(own_dialplan.SPEED_DIAL)
        phone = await self.site.registered(agent.name)
        self._lines[agent] = await phone.call(own_dialplan.SPEED_DIAL)
        self._lines[customer] = self._lines.pop(await self.third(own_dialplan.DIALLED))
        await gather(self.hears(agent, customer), self.hears(customer, agent))
        return agent, customer

    async def adopt(self, agent: Party, by: str = "command", user: str = "") -> str:
        if by == "key":
            await self._lines[agent].dial(own_dialplan.KEY)
        elif by == "extension":
            await (await (await self.site.registered("1003")).call(own_dialplan.EXTENSION)).ended(self.patience)
        else:
            named = {"channel": agent.name} | ({"agent": user} if user else {})
            return command_requests.problem(*await self.site.order("adoptions", named))
        return ""

    async def moves_without_app(self, agent: Party, customer: Party) -> None:
        found = {one["name"].partition("-")[0]: one["id"] for one in await self.site.ari("channels")}
        await own_dialplan.move(self.site.http, self.site.lab.ari, found["PJSIP/trunk"], found[f"PJSIP/{agent}"])

    async def phone_rings(self, agent: Party) -> None:
        self._lines[agent] = await self.site.called(agent.name, self.patience)
        await self._lines[agent].ringing(self.patience)

    async def called_back(self, agent: Party) -> None:
        self._lines[agent] = await self.site.called(agent.name, self.patience)
        await self._lines[agent].answered(self.patience)

    async def answer(self, party: Party) -> None:
        call = self._lines[party]
        assert isinstance(call, IncomingCall)
        does = self.site.far_ends.get(party.name)
        call.answer(tones.CUSTOMER if isinstance(does, FarEnd) and does.customer else None)

    async def refer(self, party: Party, target: str, *, replaces: bool = False) -> str:
        line = self._lines[party]
        before = len(line.requests)
        if replaces:
            target = f"sip:{target}@{self.site.lab.sip}?Replaces=another-call%3Bto-tag%3D1%3Bfrom-tag%3D2"
        assert await line.refer(target) == 202

        def told() -> str | None:
            bodies = [asked.body for asked in line.requests[before:] if asked.method == "NOTIFY"]
            return next((word for word, code in TRANSFERS.items() if any(code in body for body in bodies)), None)

        return await line.news.until(told, self.patience, f"{party}'s phone is told what came of it")

    async def hold(self, party: Party, *, on: bool = True, own_music: bool = False) -> None:
        line = self._lines[party]
        await (line.hold(own_music=own_music) if on else line.unhold())
        (self._held.add if on else self._held.discard)(party)
        (self._own_music.add if on and own_music else self._own_music.discard)(party)

    async def stranger(self, customer: Party) -> Party:
        async with other_program(self.site.http, self.site.lab.ari) as other:
            channel = await other.call(STRANGER)
            party = await self.third(STRANGER)
            await other.bring_in(channel, await self._room(customer))
            await self.is_gone(party)
        return party

    async def thrown_out(self, customer: Party) -> None:
        found = [one["id"] for one in await self.site.ari("channels") if one["caller"]["number"] == customer.name]
        async with other_program(self.site.http, self.site.lab.ari) as other:
            await other.throw_out(found[0], await self._room(customer))

    async def room_destroyed(self, customer: Party) -> None:
        async with other_program(self.site.http, self.site.lab.ari) as other:
            await other.destroy(await self._room(customer))

    async def _room(self, customer: Party) -> str:
        call = (await self.story(customer)).call
        assert call
        return f"room-{call['id']}"

    async def hang_up(self, party: Party) -> None:
        await self._lines[party].hang_up()

    async def phone_dies(self, agent: Party) -> None:
        self.site.phone_dies(agent.name)

    async def phone_unregisters(self, agent: Party) -> None:
        await (await self.site.registered(agent.name)).register(0)

    async def phone_registers(self, agent: Party) -> None:
        self.takes_calls(agent)
        await (await self.site.registered(agent.name)).register()

    async def is_gone(self, party: Party) -> None:
        await self._lines[party].ended(self.patience)

    async def has_missed(self, party: Party) -> bool:
        return "Call completed elsewhere" not in self._lines[party].why_cancelled

    async def talk(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    # -- what parties hear --

    def _ear(self, *parties: Party) -> Hearing:
        return Hearing({party.name: self._lines[party] for party in parties})

    async def hears(self, listener: Party, *speakers: Party) -> None:
        await self._comes_to_hear(listener, self._ear(listener, *speakers), [self._lines[one] for one in speakers])

    async def silent_to(self, listener: Party, *speakers: Party) -> None:
        for speaker in self._own_music.intersection(speakers):
            await self._hears_no_more(listener, self._lines[speaker], MUTED_SOON)
        ear = self._ear(listener, *speakers)
        span = await ear.listen(WINDOW, since=self.now() + ON_THE_WAY)
        line = self._lines[listener]
        assert self.on_the_line(listener), f"{listener} is gone"
        shares = {speaker: ear.share(line, self._lines[speaker], *span) for speaker in speakers}
        assert not any(shares.values()), f"{listener} hears, in shares of {WINDOW} s: {shares}"

    async def hears_music(self, listener: Party) -> None:
        await self._comes_to_hear(listener, self._ear(listener), [tones.MUSIC])

    async def no_music(self, *listeners: Party) -> None:
        await gather(*(self._hears_no_more(listener, tones.MUSIC, MUSIC_SOON) for listener in listeners))

    async def _hears_no_more(self, listener: Party, sound: SipCall | int, soon: float) -> None:
        """Check the packets' times, which do not depend on when the test reads them."""
        ear, line, since = self._ear(listener, *self._own_music), self._lines[listener], self.now()
        text = f"{listener} did not cease to hear the {ear.name(sound)}"

        def find() -> float | None:
            last = ear.last(line, sound, since) or since
            return last if line.audio.captured_until - last >= WINDOW else None

        last = await line.audio.until(find, self.patience, text)
        assert last - since <= soon, f"{text} for {last - since:.1f} s"
        assert self.on_the_line(listener), f"{listener} is gone"

    async def _comes_to_hear(self, listener: Party, ear: Hearing, speakers: Sequence[SipCall | int]) -> None:
        line, since = self._lines[listener], self.now()
        limit = since + self.patience
        while True:
            span = await ear.listen(HEARD_WITHIN, since)
            if all(ear.hears(line, speaker, *span) for speaker in speakers):
                return
            if self.now() >= limit:
                levels = {name: round(level) for name, level in ear.levels(line, *span).items()}
                wanted = [ear.name(speaker) for speaker in speakers]
                got = ear.arrived(line, *span)
                raise AssertionError(f"{listener} does not hear {wanted} but {levels} in {got}; {line.story()}")
            since += STEP

    async def dialplan(self) -> str:
        for number, step in enumerate(("Answer", *after_contexts.SOUND, "Hangup"), 1):
            await self._extend(f"ivr,{number},{step} into parking")
        return "ivr@parking"

    async def menu(self, ingroup: str) -> str:
        await self._extend(f"s,1,Goto(warmline-ingroup,{ingroup},1) into menu")
        return "menu"

    async def _extend(self, extension: str) -> None:
        command = [*self.site.lab.asterisk_cli, f"dialplan add extension {extension} replace"]
        await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)

    async def hears_dialplan(self, listener: Party) -> None:
        await self._comes_to_hear(listener, self._ear(listener), [tones.EARLY])

    async def after_the_call(self) -> None:
        self._has_after = True
        await after_contexts.add(self.site.lab.asterisk_cli)

    async def results(self, customer: Party, context: str) -> list[dict[str, str]]:
        calls = {call for (call,) in rows(self.database, "SELECT id FROM call WHERE number = ?", customer.name)}
        return after_contexts.logged(self.site.folder / "log/asterisk.log", context, calls)

    async def hears_ring_tone(self, listener: Party) -> None:
        within = 2 * self.patience  # after a second of tone it pauses for four
        await self._ear(listener).heard(self._lines[listener], tones.RINGING, since=self.now(), within=within)

    async def no_ring_tone(self, listener: Party) -> None:
        await self._hears_no_more(listener, tones.RINGING, SOON)

    async def hears_silence(self, listener: Party) -> None:
        audio, ear, since = self._lines[listener].audio, self._ear(listener), self.now()
        limit = since + self.patience
        while True:
            got = audio.between(*await ear.listen(WINDOW, since))
            loud = [packet for packet in got if not silence.silent(packet)]
            if len(got) >= 0.8 * WINDOW / tones.PACKET_SECONDS and not loud:
                return
            assert self.now() < limit, f"{listener} got {len(got)} packets in {WINDOW} s, {len(loud)} of them loud"
            since += STEP

    async def beeps(self, listener: Party) -> int:
        ear, line = self._ear(listener), self._lines[listener]
        await ear.listen(0.1)
        times = [packet.time for packet in ear.carrying(line, tones.BEEP, self._began(line), line.audio.captured_until)]
        return sum(1 for before, at in zip([0.0, *times], times, strict=False) if at - before > WINDOW)

    async def alerts(self, listener: Party) -> int:
        line = self._lines[listener]
        await self._ear(listener).listen(0.1)
        return prompt_hearing.alerts(line.audio.between(self._began(line), self.now()))

    async def press(self, party: Party, keys: str) -> None:
        await self._lines[party].dial(keys)

    async def phone_with_pin(self, user: str, pin: str) -> Party:
        party = await self.phone(user)
        await self.hears_prompt(party, "agent-pass")
        await self.press(party, f"{pin}#")
        return party

    async def key_line(self, agent: Party) -> Party:
        party = Party(agent.name)
        self._lines[party] = await (await self.site.registered(agent.name)).call("770")
        await self._ear(party).heard(self._lines[party], tones.BEEP, since=self.now())
        await self._no_beep(party)
        return party

    async def _no_beep(self, party: Party) -> None:
        """Wait until a beep is over, because the phone's keys count from then on."""

        async def find() -> bool | None:
            span = await self._ear(party).listen(0.1)
            return self._ear(party).silent_of(self._lines[party], tones.BEEP, *span) or None

        await self.until(find, f"the beep of {party} is to end")

    async def keys(self, listener: Party) -> str:
        line = self._lines[listener]
        return "".join(key for at, key in line.audio.dialled() if at >= self._began(line))

    async def prompts(self, listener: Party) -> list[str]:
        line = self._lines[listener]
        await self._ear(listener).listen(0.1)
        return prompt_hearing.heard(line.audio.between(self._began(line), self.now()), self.site.sounds)

    async def hears_sound(self, listener: Party, name: str) -> None:
        """Wait until the listener hears a sound file of Asterisk."""
        line = self._lines[listener]

        async def find() -> bool | None:
            await self._ear(listener).listen(0.1)
            packets = line.audio.between(self._began(line), self.now())
            return bool(prompt_hearing.heard(packets, self.site.sounds, (name,))) or None

        await self.until(find, f"{listener} is to hear {name}")

    def _began(self, line: SipCall) -> float:
        return max(self._since, line.audio.kept_since)

    @asynccontextmanager
    async def unbroken(self, one: Party, other: Party) -> AsyncIterator[None]:
        await gather(self.hears(one, other), self.hears(other, one))  # the state may be reported before that
        rtp = self.site.parties.rtp
        rtp.lateness, since = 0.0, self.now()
        yield
        _, until = await self._ear(one, other).listen(WINDOW)
        ours = int(rtp.lateness / tones.PACKET_SECONDS) if rtp.lateness > STOOD_STILL else 0
        for listener, speaker in ((one, other), (other, one)):
            late, end = self._not_in_time(listener, speaker, since, until)
            never = end + self._ear(one, other).unheard(self._lines[listener], self._lines[speaker], since, until)
            print(f"{listener} of {speaker}: {never} packets never heard, {late} not in their time, {ours} said late")
            assert never <= LOST + ours, f"{listener} never heard {never} packets of {speaker}"
            assert late <= LATE + ours, f"{listener} heard {late} packets of {speaker} late"

    @asynccontextmanager
    async def never_in_silence(self, *listeners: Party) -> AsyncIterator[None]:
        since = time.monotonic()
        yield
        _, now = await self._ear(*listeners[:1]).listen(WINDOW)
        for listener in listeners:
            line = self._lines[listener]
            until = min(now, line.ended.at or now)
            longest = silence.longest_silence(line.audio.between(since, until), since, until)
            assert longest < SILENCE, f"{listener} heard nothing for {longest:.1f} s"

    def _not_in_time(self, listener: Party, speaker: Party, since: float, until: float) -> tuple[int, int]:
        """Return two numbers of packets: without the speaker's voice or missing, and due after the last one."""
        ear, line, voice = self._ear(listener, speaker), self._lines[listener], self._lines[speaker]
        heard = list(ear.carrying(line, voice, since, until))
        if not heard:
            return 0, int((until - since) / tones.PACKET_SECONDS)
        got = line.audio.between(since, until)
        end = max(0.0, until - heard[-1].time - WINDOW / 2)
        return sequence_gaps(got) + len(got) - len(heard), int(end / tones.PACKET_SECONDS)

    # -- commands to Warmline, and its answers --

    async def api(self, **query: str) -> str:
        user = {"source": "test", **self.site.lab.api_user}
        return (await self.site.app("agc/api.php", **user, **query)).strip()

    async def json(self, kind: Kind, call: str, **given: str) -> str:
        body = command_requests.body(given) or {"kind": kind.value}
        return command_requests.problem(*await self.site.order(f"calls/{call}/{command_requests.JSON[kind]}", body))

    async def own(self, kind: Kind, agent: Party, **given: str) -> str:
        return command_requests.problem(
            *await self.site.order(f"agents/{agent.name}/{command_requests.OWN[kind]}", command_requests.body(given))
        )

    async def live(self, what: str) -> list[Row]:
        rows: list[Row] = await self.site.document(what)
        return rows

    async def live_call(self, customer: Party) -> Row:
        row: Row = await self.site.document(f"calls/{await self._call_id(customer)}")
        return row

    async def call_back(self, agent: Party, wanted: Callback) -> str:
        return command_requests.problem(*await self.site.order(f"agents/{agent.name}/dial", {"callback": wanted.id}))

    def clock(self) -> int:
        return time.time_ns() // 1000

    # -- the records --

    def listen_to(self, row: Row, parties: tuple[Party, ...]) -> CallRecording:
        recording = wav.read(row["path"])
        speakers = {self._lines[party].audio.tones[-1][1]: party.name for party in parties}
        heard = frozenset[int]().union(*recording.windows({**speakers, tones.MUSIC: "music"}, milliseconds=10))
        voices = frozenset(speakers[hz] for hz in heard if hz in speakers)
        return CallRecording(row, voices, recording.tail(speakers), tones.MUSIC in heard)

    async def leftovers(self) -> list[str]:
        seated = tuple(f"PJSIP/{user}-" for user, agent in self.seats.items() if self.on_the_line(agent))
        orphans: dict[str, list[str]] = await self.site.document("orphans")
        channels = await self.site.ari("channels")
        return [
            *(call["id"] for call in await self.live("calls")),
            *orphans["channels"],
            *orphans["bridges"],
            *(channel["name"] for channel in channels if not channel["name"].startswith(seated)),
            *(bridge["id"] for bridge in await self.site.ari("bridges")),
            *[name for name in self._recorded() if await self.site.ari(f"recordings/live/{name}")],
        ]

    def _recorded(self) -> list[str]:
        return [name for (name,) in rows(self.database, "SELECT id FROM recording ORDER BY asked DESC LIMIT 4")]

    async def written(self) -> None:
        async def find() -> bool | None:
            return "\nwarmline_journal_backlog 0.0\n" in await self.site.app("metrics") or None

        await self.until(find, "the journal is to be written")

    # -- the administrator's actions --

    async def in_force(self) -> None:
        async def find() -> bool | None:
            there = call_records.configuration_in_force(self.database)
            return (there and call_records.copied_for_scripts(self.database)) or None

        await self.until(find, "the app is to have the configuration")

    async def kill_app(self) -> None:
        await self.site.kill_app()

    async def start_app(self) -> None:
        await self.site.start_app()

    async def kill_asterisk(self) -> None:
        await self.site.kill_asterisk()
        self._nobody_is_on_the_line()

    async def stop_asterisk(self) -> None:
        await self.site.stop_asterisk()
        self._nobody_is_on_the_line()

    def _nobody_is_on_the_line(self) -> None:
        for line in {*self._lines.values(), *self.site.seats.values()}:
            line.end("Asterisk")

    async def start_asterisk(self) -> None:
        await self.site.start_asterisk()

    @asynccontextmanager
    async def stuck_app(self, *, beats: bool = True) -> AsyncIterator[None]:
        """Stop the app; without `beats`, its heartbeat ends too, and after a while the guard sends callers away."""
        beating = asyncio.create_task(self.site.beat()) if beats else None
        self.site.tell_app(signal.SIGSTOP)
        try:
            yield
        finally:
            if beating:
                beating.cancel()
            if self.site.app_runs:  # a scenario may have killed it
                self.site.tell_app(signal.SIGCONT)

    async def close(self) -> None:
        self.patience = WITHIN  # a scenario may have set a shorter one
        if not self.site.app_runs:
            await self.start_app()
        self.site.far_ends.clear()
        self.site.seats = {user: self._lines[agent] for user, agent in self.seats.items()}
        await gather(*(self.speaks(agent) for agent in self.seats.values()))
        await gather(*(self.hold(agent, on=False) for agent in self.seats.values() if agent in self._held))
        await gather(*(self.hang_up(party) for party in self._lines if party not in self.seats.values()))
        await self.nothing_left()
        if self._has_after:
            await after_contexts.remove(self.site.lab.asterisk_cli)
        for exten in self._extensions:
            await passing_dialplan.remove(self.site.lab.asterisk_cli, exten)
        for one in await self.live("agents"):
            await self._rest(Party(one["user"]))
        await self.unconfigure()
        self._no_traceback()

    async def _rest(self, agent: Party) -> None:
        """Give a disposition, then pause: the next scenario decides which agents work."""
        await self.ask(Kind.PAUSE, agent)
        if await self.agent_state(agent) == "DISPO":
            await self.ask(Kind.STATUS, agent, status="A")
        line = self.site.seats.get(agent.name)
        if line is None or line.ended.at is not None:  # on_hook, or lost
            await self.ask(Kind.LOGOUT, agent)

    def _no_traceback(self) -> None:
        """Check that the app had no error. Those of scripts are in its log too."""
        log = (self.site.folder / "log/warmline.log").read_text()
        if "Traceback" in log:
            assert not [line for line in log.splitlines() if "Traceback" in line and " at=scripts " not in line]

    # -- time --

    def now(self) -> float:
        return time.monotonic()

    async def moment(self) -> None:
        await asyncio.sleep(MOMENT)
