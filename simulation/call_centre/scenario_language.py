"""The language of the scenarios: what people do, and what they hear.

A scenario runs in any `World`. What has to come is awaited within bounds; what must hold is said by words that
fail with what was there instead.
"""

from abc import abstractmethod
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from simulation.call_centre.call_centre import CallCentre, Party
from simulation.call_centre.far_ends import FarEnd, answers, rings
from warmline.core.model.commands import Kind

__all__ = ["SILENCE", "Party", "ScenarioWorld"]

SILENCE = 5.0  # seconds without a sound, after which people think that the line is dead


class ScenarioWorld(CallCentre):
    """A call centre with people on real or simulated lines; `seats` are the agents who are logged in, by user."""

    def __init__(self, database: Path) -> None:
        super().__init__(database)
        self.seats: dict[str, Party] = {}

    # -- who comes and goes --

    @abstractmethod
    async def phone(self, user: str) -> Party:
        """This phone dials the login extension."""

    async def agent(self, user: str = "1000") -> Party:
        """An agent who is logged in and takes calls: READY, or in a call that waited for him."""
        agent = self.seats.get(user)
        state = await self.agent_state(agent) if agent else None
        if agent is None or state is None or not self.on_the_line(agent):
            agent = self.seats[user] = await self.phone(user)
        elif state == "PAUSED":
            assert await self.ask(Kind.RESUME, agent) == ""
        await self.agent_is(agent, "READY", "QUEUE", "INCALL", "3-WAY", "PARK")
        return agent

    @abstractmethod
    def on_the_line(self, party: Party) -> bool:
        """Whether his line is not over."""

    @abstractmethod
    async def customer(self, did: str = "8005550100") -> Party:
        """A customer calls this number; not every world has him answered at once."""

    @abstractmethod
    def far_end(self, number: str, does: FarEnd) -> None:
        """Say what a number does when it is dialled; one that nobody spoke of answers.

        An agent's user is his phone, which is busy unless something else is said.
        """

    @abstractmethod
    async def third(self, number: str) -> Party:
        """Await that this number's phone is called."""

    @abstractmethod
    async def is_silent(self, party: Party) -> None:
        """Somebody says nothing until he `speaks`."""

    @abstractmethod
    async def speaks(self, party: Party) -> None:
        """Who was silent, a third from the first moment, begins to speak."""

    @abstractmethod
    async def sees_number(self, third: Party) -> str:
        """The number that a third sees on his phone."""

    @abstractmethod
    async def sees_caller(self, party: Party) -> tuple[str, str]:
        """The name and the number that somebody who was called sees on the phone."""

    @abstractmethod
    async def sees_headers(self, party: Party, *names: str) -> tuple[str, ...]:
        """The texts of these headers in the call that the party's phone got."""

    def takes_calls(self, agent: Party) -> None:
        """From now on in this scenario, this agent's phone answers when it is called."""
        self.far_end(agent.name, answers(0.2))

    async def on_hook(self, user: str = "1002") -> Party:
        """An agent whose phone rings for each call, until he or the scenario takes it: logged in, READY."""
        if user in self.seats:
            await self._leaves_his_seat(self.seats.pop(user))
        await self.configure("agent", user, phone_mode="on_hook")
        agent = await self.phone(user)
        self.far_end(user, rings())
        await self.agent_is(agent, "READY")
        await self.is_gone(agent)
        return agent

    async def supervises(self, agent: Party, kind: Kind, user: str = "1002") -> Party:
        """Whoever has this phone, on which nobody is logged in, listens to an agent, whispers to him or barges in."""
        if user in self.seats:
            await self._leaves_his_seat(self.seats.pop(user))
        self.far_end(user, answers(0.1))
        assert await self.own(kind, agent, phone=user) == ""
        return await self._picks_up(user)

    @abstractmethod
    async def _picks_up(self, user: str) -> Party:
        """Await that this phone, which takes calls, is on the line."""

    async def nobody_is_there(self) -> None:
        """Every agent whom an earlier scenario left in his seat logs out."""
        while self.seats:
            await self._leaves_his_seat(self.seats.popitem()[1])

    async def _leaves_his_seat(self, agent: Party) -> None:
        if await self.agent_state(agent) is None:
            return  # he has logged out in an earlier scenario
        assert await self.ask(Kind.LOGOUT, agent) == ""
        await self.is_gone(agent)

    @abstractmethod
    async def phone_rings(self, agent: Party) -> None:
        """Await that the agent's phone is called and does not refuse: it rings, or has answered."""

    @abstractmethod
    async def called_back(self, agent: Party) -> None:
        """Await that the agent's phone, which takes calls, is on the line again."""

    @abstractmethod
    async def answer(self, party: Party) -> None:
        """A third, or an agent, whose phone rings picks up."""

    @abstractmethod
    async def hang_up(self, party: Party) -> None:
        """A party hangs up, by itself."""

    @abstractmethod
    async def phone_dies(self, agent: Party) -> None:
        """The agent's phone vanishes without a word; Asterisk goes on believing in its line."""

    @abstractmethod
    async def phone_unregisters(self, agent: Party) -> None:
        """The agent's phone takes its registration back; its line, if it has one, goes on."""

    @abstractmethod
    async def phone_registers(self, agent: Party) -> None:
        """The agent's phone, which had vanished or unregistered, is there again and answers when it is called."""

    async def logs_in_again(self, agent: Party) -> Party:
        """The agent's phone has restarted, or another device of the same account is used: it dials in once more."""
        again = await self.phone(agent.name)
        if agent in self.seats.values():
            self.seats[agent.name] = again
        return again

    @abstractmethod
    async def refer(self, party: Party, target: str, *, replaces: bool = False) -> str:
        """He presses his phone's transfer key; what the phone is told: answered, declined or unavailable.

        `replaces`: he wants to put the call in place of another one that he has with this number.
        """

    @abstractmethod
    async def hold(self, party: Party, *, on: bool = True) -> None:
        """His phone puts its line on hold, or takes it back."""

    @abstractmethod
    async def stranger(self, customer: Party) -> Party:
        """Another program brings somebody into the room of this customer's call."""

    @abstractmethod
    async def thrown_out(self, customer: Party) -> None:
        """Another program takes the customer out of his room."""

    @abstractmethod
    async def room_destroyed(self, customer: Party) -> None:
        """Another program destroys the room of this customer's call."""

    @abstractmethod
    async def is_gone(self, party: Party) -> None:
        """Await that a party's line is over."""

    @abstractmethod
    async def talk(self, seconds: float) -> None:
        """Let people talk."""

    # -- what they hear --

    @abstractmethod
    async def hears(self, listener: Party, *speakers: Party) -> None:
        """He comes to hear all of them at once."""

    @abstractmethod
    async def silent_to(self, listener: Party, *speakers: Party) -> None:
        """From now on he hears none of them."""

    @abstractmethod
    async def hears_music(self, listener: Party) -> None:
        """He comes to hear the music of a queue."""

    @abstractmethod
    async def no_music(self, *listeners: Party) -> None:
        """None of them hears music, or not any more in a moment."""

    @abstractmethod
    async def dialplan(self) -> str:
        """A piece of dialplan, extension@context, that plays to whoever comes there for three seconds."""

    @abstractmethod
    async def menu(self, ingroup: str) -> str:
        """The context of a menu in the dialplan, which brings whoever comes to its s to this in-group."""

    @abstractmethod
    async def hears_dialplan(self, listener: Party) -> None:
        """He comes to hear what that plays."""

    @abstractmethod
    async def hears_ring_tone(self, listener: Party) -> None:
        """He comes to hear that somebody's phone rings."""

    @abstractmethod
    async def no_ring_tone(self, listener: Party) -> None:
        """He hears no ring tone, or not any more in a moment."""

    @abstractmethod
    async def hears_silence(self, listener: Party) -> None:
        """He comes to hear nothing, on a line that lives."""

    @abstractmethod
    async def beeps(self, listener: Party) -> int:
        """How many beeps he has heard in this scenario."""

    @abstractmethod
    async def alerts(self, listener: Party) -> int:
        """How often he has heard in this scenario that something happened to his call: the tone that is no beep."""

    async def hears_alert(self, listener: Party) -> None:
        """He has heard such a tone, or hears one now."""

        async def find() -> bool | None:
            return await self.alerts(listener) > 0 or None

        await self.until(find, f"{listener} hears no alert")

    @abstractmethod
    async def press(self, party: Party, keys: str) -> None:
        """He presses keys of his phone; returns when they are out."""

    @abstractmethod
    async def keys(self, listener: Party) -> str:
        """The keys that were pressed for him in this scenario, as his phone got them."""

    async def gets_keys(self, listener: Party, keys: str) -> None:
        """He comes to have got exactly these keys."""
        seen: dict[str, None] = {}

        async def find() -> bool | None:
            seen[await self.keys(listener)] = None
            return keys in seen or None

        await self.until(find, f"{listener} is to get the keys {keys}, got", seen)

    @abstractmethod
    async def prompts(self, listener: Party) -> list[str]:
        """The prompts he has heard in this scenario, in order; a prompt heard twice is there twice."""

    async def hears_prompt(self, listener: Party, name: str) -> None:
        """He comes to hear this prompt."""
        seen: dict[str, None] = {}

        async def find() -> bool | None:
            seen.update(dict.fromkeys(await self.prompts(listener)))
            return name in seen or None

        await self.until(find, f"{listener} is to hear {name}, heard", seen)

    @abstractmethod
    def unbroken(self, one: Party, other: Party) -> AbstractAsyncContextManager[None]:
        """They hear each other all the time that is spent in here."""

    @abstractmethod
    def never_in_silence(self, *listeners: Party) -> AbstractAsyncContextManager[None]:
        """While in here, none of them hears nothing for SILENCE at a time, for as long as he is on the line."""

    @abstractmethod
    async def close(self) -> None:
        """Everybody hangs up; nothing may be left."""
