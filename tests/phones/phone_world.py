"""The scenario language where agents have phones that other projects wrote."""

from asyncio import gather
from collections.abc import Callable
from functools import partial

from lab.sip import tones, wav
from tests.debian_program import Program, Say, ensure
from tests.phones.baresip import BARESIP, Baresip
from tests.phones.foreign_phone import Account, ForeignPhone
from tests.phones.linphone import LINPHONE, Linphone
from tools.simulation.call_centre.call_records import CallRecording, Row
from tools.simulation.call_centre.lab_site import AGENT_TONES, LabSite
from tools.simulation.call_centre.real_world import ON_THE_WAY, WINDOW, RealWorld
from tools.simulation.call_centre.scenario_language import Party

MakePhone = Callable[[Account, int], ForeignPhone]
PHONES: dict[str, tuple[Callable[[Say], Program], type[ForeignPhone]]] = {
    "baresip": (partial(ensure, BARESIP), Baresip),
    "linphone": (partial(ensure, LINPHONE), Linphone),
}
ROLES = ("agent", "customer", "third")


class PhoneWorld(RealWorld):
    """The parties of one role have foreign phones, which `make` makes. The other parties are the lab's."""

    def __init__(self, site: LabSite, make: MakePhone, role: str) -> None:
        super().__init__(site)
        self._make = make
        self.role = role
        self.phones: dict[str, ForeignPhone] = {}

    async def phone(self, user: str) -> Party:
        if self.role != "agent":
            return await super().phone(user)
        account = self.site.lab.phones[user]
        hz = AGENT_TONES.get(user, tones.CLOSER)
        foreign = await self._started(Account(user, self.site.lab.sip, account["password"]), hz)
        await foreign.dial(account["login"])
        return Party(user)

    async def calls_again(self, number: str, did: str = "8005550100") -> Party:
        if self.role != "customer":
            return await super().calls_again(number, did)
        await (await self._started(Account(number, self.site.lab.sip), tones.CUSTOMER)).dial(did)
        return Party(number)

    async def expects(self, number: str) -> None:
        """Let this number be the third party's phone, which answers at once."""
        if self.role == "third":
            foreign = await self._started(Account(number, self.site.lab.sip), tones.THIRD)
            template = f"PJSIP/trunk/sip:{{number}}@127.0.0.1:{foreign.sip}"
            await self.configure("campaign", "TESTCAMP", dial_template=template)

    async def third(self, number: str) -> Party:
        return Party(number) if self.role == "third" else await super().third(number)

    async def _started(self, account: Account, hz: int) -> ForeignPhone:
        foreign = self.phones.get(account.user)
        if foreign is None or not foreign.runs:
            foreign = self.phones[account.user] = self._make(account, hz)
            await foreign.start()
        return foreign

    def on_the_line(self, party: Party) -> bool:
        return self.phones[party.name].runs if party.name in self.phones else super().on_the_line(party)

    async def hang_up(self, party: Party) -> None:
        if party.name in self.phones:
            await self.phones[party.name].hang_up()
        else:
            await super().hang_up(party)

    async def hold(self, party: Party, *, on: bool = True, own_music: bool = False) -> None:
        if party.name in self.phones:
            await self.phones[party.name].hold(on=on)
        else:
            await super().hold(party, on=on, own_music=own_music)

    async def hears(self, listener: Party, *speakers: Party) -> None:
        if listener.name in self.phones:
            await self.phones[listener.name].until_hears([self._voice(one) for one in speakers])
        else:
            await self._comes_to_hear(listener, self._ear(listener), [self._voice(one) for one in speakers])

    async def hears_music(self, listener: Party) -> None:
        if listener.name in self.phones:
            await self.phones[listener.name].until_hears([tones.MUSIC])
        else:
            await super().hears_music(listener)

    async def silent_to(self, listener: Party, *speakers: Party) -> None:
        voices = [self._voice(one) for one in speakers]
        if listener.name in self.phones:
            await self.phones[listener.name].until_silent_of(voices)
            return
        ear, line, limit = self._ear(listener), self._lines[listener], self.now() + self.patience
        span = await ear.listen(WINDOW, since=self.now() + ON_THE_WAY)
        while not all(ear.silent_of(line, hz, *span) for hz in voices):  # a phone tells later that it holds
            assert self.now() < limit, f"{listener} hears one of {voices}"
            span = await ear.listen(WINDOW)
        assert self.on_the_line(listener), f"{listener} is gone"

    def listen_to(self, row: Row, parties: tuple[Party, ...]) -> CallRecording:
        speakers = {self._voice(party): party.name for party in parties}
        recording = wav.read(row["path"])
        heard = frozenset[int]().union(*recording.windows([*speakers, tones.MUSIC]))
        voices = frozenset(name for hz, name in speakers.items() if hz in heard)
        return CallRecording(row, voices, recording.tail(speakers), tones.MUSIC in heard)

    def _voice(self, party: Party) -> int:
        if party.name in self.phones:
            return self.phones[party.name].hz
        return [hz for _, hz in self._lines[party].audio.tones if hz][-1]

    async def close(self) -> None:
        users = {*self.seats, *(user for user in self.phones if user in self.site.lab.phones)}
        if self.role != "agent":
            await gather(*(foreign.kill() for foreign in self.phones.values()))
        await gather(*(super(PhoneWorld, self).hang_up(party) for party in self._lines))
        self.seats.clear()
        self.site.seats.clear()
        for user in users:
            await self.agent_is(Party(user), "DISPO", "PAUSED", "READY", "PAUSED LOST")
            await self._rest(Party(user))
        try:
            await super().close()
        finally:
            await gather(*(foreign.kill() for foreign in self.phones.values()))
