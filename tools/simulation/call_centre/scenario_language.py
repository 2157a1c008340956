"""The language of the scenarios: what parties do, and what they hear.

A scenario runs in any `ScenarioWorld`. Changes are awaited within time limits; a failed check names what was found
instead.
"""

from abc import abstractmethod
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from tools.simulation.call_centre.call_centre import CallCentre, Party
from tools.simulation.call_centre.far_ends import FarEnd, answers, rings
from warmline.core.messages.commands import Kind

__all__ = ["SILENCE", "Party", "ScenarioWorld"]

OUTSIDE_PHONE = "1002"  # the member of the dialplan's own queue
SILENCE = 5.0  # seconds of silence after which a party believes that the line is dead


class ScenarioWorld(CallCentre):
    """A call centre with parties on real or simulated lines; `seats` are the agents who are logged in, by user."""

    def __init__(self, database: str | Path) -> None:
        super().__init__(database)
        self.seats: dict[str, Party] = {}

    # -- parties come and go --

    @abstractmethod
    async def phone(self, user: str) -> Party:
        """Let this phone dial the login extension."""

    async def agent(self, user: str = "1000") -> Party:
        """Return an agent who is logged in and takes calls: READY, or in a call that waited for them."""
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
        """Return whether the party's line is not over."""

    @abstractmethod
    async def customer(self, did: str = "8005550100", **data: str) -> Party:
        """Let a customer call this number; in some worlds the answer comes later.

        The dialplan sets the `data` of the call; no value may have a blank or a comma.
        """

    @abstractmethod
    def far_end(self, number: str, does: FarEnd) -> None:
        """Set what a number does when it is dialled; by default it answers.

        An agent's user is that agent's phone, which is busy by default.
        """

    @abstractmethod
    async def third(self, number: str) -> Party:
        """Wait until this number's phone is called."""

    @abstractmethod
    async def is_silent(self, party: Party) -> None:
        """Let a party be silent until it `speaks`."""

    @abstractmethod
    async def speaks(self, party: Party) -> None:
        """Let a silent party speak; a third party can be silent from its first moment."""

    @abstractmethod
    async def sees_number(self, third: Party) -> str:
        """Return the number that a third party sees on the phone."""

    @abstractmethod
    async def sees_caller(self, party: Party) -> tuple[str, str]:
        """Return the name and the number that a called party sees on the phone."""

    @abstractmethod
    async def sees_headers(self, party: Party, *names: str) -> tuple[str, ...]:
        """Return the values of these headers in the call that the party's phone got."""

    async def dials_by_dialplan(self, *variables: str) -> None:
        """Let a dialplan dial third parties from now on, which sends the channel's variables as headers X-NAME."""
        await self.configure("campaign", "TESTCAMP", dial_template="Local/{number}@told-third/n")
        await self._told_third(variables)

    @abstractmethod
    async def _told_third(self, variables: Sequence[str]) -> None:
        """Make that dialplan."""

    def takes_calls(self, agent: Party) -> None:
        """Let this agent's phone answer calls for the rest of this scenario."""
        self.far_end(agent.name, answers(0.2))

    async def on_hook(self, user: str = "1002") -> Party:
        """Return an on_hook agent, logged in and READY, whose phone rings for each call until it is answered."""
        if user in self.seats:
            await self._leaves_his_seat(self.seats.pop(user))
        await self.configure("agent", user, phone_mode="on_hook")
        agent = await self.phone(user)
        self.far_end(user, rings())
        await self.agent_is(agent, "READY")
        await self.is_gone(agent)
        return agent

    async def supervises(self, agent: Party, kind: Kind, user: str = "1002") -> Party:
        """Let a supervisor at this phone, where no agent is logged in, listen to an agent, whisper or barge in."""
        if user in self.seats:
            await self._leaves_his_seat(self.seats.pop(user))
        self.far_end(user, answers(0.1))
        assert await self.own(kind, agent, phone=user) == ""
        return await self._picks_up(user)

    @abstractmethod
    async def _picks_up(self, user: str) -> Party:
        """Wait until this phone, which answers calls, is on the line."""

    async def nobody_is_there(self) -> None:
        """Log out every agent whom an earlier scenario left idle."""
        while self.seats:
            await self._leaves_his_seat(self.seats.popitem()[1])

    async def _leaves_his_seat(self, agent: Party) -> None:
        if await self.agent_state(agent) is None:
            return  # the agent logged out in an earlier scenario
        assert await self.ask(Kind.LOGOUT, agent) == ""
        await self.is_gone(agent)

    # -- calls of Asterisk's own dialplan, with the lines of docs/how-to/adopt.md --

    async def talks_outside(self, application: str) -> tuple[Party, Party]:
        """Let a customer call `Queue` or `Dial` of the dialplan; return the phone that answered, and the customer."""
        if OUTSIDE_PHONE in self.seats:
            await self._leaves_his_seat(self.seats.pop(OUTSIDE_PHONE))
        agent = Party(OUTSIDE_PHONE)
        self.takes_calls(agent)
        customer = await self._calls_outside(application, agent)
        await self.hears(agent, customer)
        await self.hears(customer, agent)
        return agent, customer

    @abstractmethod
    async def _calls_outside(self, application: str, agent: Party) -> Party:
        """Return a customer whose call this phone has answered."""

    @abstractmethod
    async def dials_outside(self) -> tuple[Party, Party]:
        """Let the same phone dial a customer by the dialplan's `Dial`; return the phone and the customer."""

    @abstractmethod
    async def adopt(self, agent: Party, by: str = "command", user: str = "") -> str:
        """Hand the call of an agent's phone to Warmline by a command, a `key` of the phone, or an `extension`.

        Return "" or the reason of a refusal, which a key and an extension do not tell. `user` names another agent.
        """

    @abstractmethod
    async def moves_without_app(self, agent: Party, customer: Party) -> None:
        """Let the two channels leave the dialplan as for an adoption, while the app is dead."""

    @abstractmethod
    async def phone_rings(self, agent: Party) -> None:
        """Wait until the agent's phone is called and does not refuse: it rings, or has answered."""

    @abstractmethod
    async def called_back(self, agent: Party) -> None:
        """Wait until the agent's phone, which answers calls, is on the line again."""

    @abstractmethod
    async def answer(self, party: Party) -> None:
        """Let a third party or an agent pick up the ringing phone."""

    @abstractmethod
    async def hang_up(self, party: Party) -> None:
        """Let a party hang up."""

    @abstractmethod
    async def phone_dies(self, agent: Party) -> None:
        """Let the agent's phone vanish; Asterisk still has its line."""

    @abstractmethod
    async def phone_unregisters(self, agent: Party) -> None:
        """Let the agent's phone unregister; a line that it has stays."""

    @abstractmethod
    async def phone_registers(self, agent: Party) -> None:
        """Let the agent's phone, which had vanished or unregistered, register again and answer calls."""

    async def logs_in_again(self, agent: Party) -> Party:
        """Let the agent's phone dial in again, as after its restart or from another device of the account."""
        again = await self.phone(agent.name)
        if agent in self.seats.values():
            self.seats[agent.name] = again
        return again

    @abstractmethod
    async def refer(self, party: Party, target: str, *, replaces: bool = False) -> str:
        """Let a party press the phone's transfer key; return the phone's answer: answered, declined or unavailable.

        `replaces`: the phone wants to replace another call that it has with this number.
        """

    @abstractmethod
    async def hold(self, party: Party, *, on: bool = True, own_music: bool = False) -> None:
        """Let a party's phone hold its line, or resume it. With `own_music`, the party's tone goes on as music."""

    @abstractmethod
    async def stranger(self, customer: Party) -> Party:
        """Let another program add a channel to the bridge of this customer's call."""

    @abstractmethod
    async def thrown_out(self, customer: Party) -> None:
        """Let another program remove the customer from the bridge."""

    @abstractmethod
    async def room_destroyed(self, customer: Party) -> None:
        """Let another program destroy the bridge of this customer's call."""

    @abstractmethod
    async def is_gone(self, party: Party) -> None:
        """Wait until a party's line is over."""

    @abstractmethod
    async def has_missed(self, party: Party) -> bool:
        """Return whether a phone that stopped ringing lists a missed call: it was not told that another has it."""

    @abstractmethod
    async def talk(self, seconds: float) -> None:
        """Let parties talk for this many seconds."""

    # -- what parties hear --

    @abstractmethod
    async def hears(self, listener: Party, *speakers: Party) -> None:
        """Wait until the listener hears all speakers at once."""

    @abstractmethod
    async def silent_to(self, listener: Party, *speakers: Party) -> None:
        """Check that from now on the listener hears none of the speakers."""

    @abstractmethod
    async def hears_music(self, listener: Party) -> None:
        """Wait until the listener hears the music of a queue."""

    @abstractmethod
    async def no_music(self, *listeners: Party) -> None:
        """Check that none of the listeners hears music, after at most a moment."""

    @abstractmethod
    async def dialplan(self) -> str:
        """Return a place in the dialplan, extension@context, that plays a sound for two seconds."""

    @abstractmethod
    async def menu(self, ingroup: str) -> str:
        """Return the context of a menu in the dialplan; its extension s leads to this in-group."""

    @abstractmethod
    async def hears_dialplan(self, listener: Party) -> None:
        """Wait until the listener hears the sound of `dialplan`."""

    @abstractmethod
    async def after_the_call(self) -> None:
        """Give the dialplan [warmline-after], which plays the sound of `dialplan`, and [warmline-ended]."""

    @abstractmethod
    async def results(self, customer: Party, context: str) -> list[dict[str, str]]:
        """Return the variables of the customer's calls, once for each time that the channel came to the context."""

    @abstractmethod
    async def hears_ring_tone(self, listener: Party) -> None:
        """Wait until the listener hears a ring tone."""

    @abstractmethod
    async def no_ring_tone(self, listener: Party) -> None:
        """Check that the listener hears no ring tone, after at most a moment."""

    @abstractmethod
    async def hears_silence(self, listener: Party) -> None:
        """Wait until the listener hears nothing on a live line."""

    @abstractmethod
    async def beeps(self, listener: Party) -> int:
        """Return how many beeps the listener has heard in this scenario."""

    @abstractmethod
    async def alerts(self, listener: Party) -> int:
        """Return how often the listener has heard the alert tone in this scenario; it differs from the beep."""

    async def hears_alert(self, listener: Party) -> None:
        """Wait until the listener has heard an alert tone."""

        async def find() -> bool | None:
            return await self.alerts(listener) > 0 or None

        await self.until(find, f"{listener} hears no alert")

    @abstractmethod
    async def press(self, party: Party, keys: str) -> None:
        """Let a party press keys; return when they are sent."""

    @abstractmethod
    async def phone_with_pin(self, user: str, pin: str) -> Party:
        """Let a user's phone dial the login extension and type the PIN that it is asked for."""

    @abstractmethod
    async def key_line(self, agent: Party) -> Party:
        """Let an agent's phone, which is on the hook, call the extension for keys; return the party when it hears."""

    @abstractmethod
    async def keys(self, listener: Party) -> str:
        """Return the keys that the listener's phone has got in this scenario."""

    async def gets_keys(self, listener: Party, keys: str) -> None:
        """Wait until the listener has got exactly these keys."""
        seen: dict[str, None] = {}

        async def find() -> bool | None:
            seen[await self.keys(listener)] = None
            return keys in seen or None

        await self.until(find, f"{listener} is to get the keys {keys}, got", seen)

    @abstractmethod
    async def prompts(self, listener: Party) -> list[str]:
        """Return the prompts that the listener has heard in this scenario, in order, with repetitions."""

    async def hears_prompt(self, listener: Party, name: str) -> None:
        """Wait until the listener hears this prompt."""
        seen: dict[str, None] = {}

        async def find() -> bool | None:
            seen.update(dict.fromkeys(await self.prompts(listener)))
            return name in seen or None

        await self.until(find, f"{listener} is to hear {name}, heard", seen)

    @abstractmethod
    def unbroken(self, one: Party, other: Party) -> AbstractAsyncContextManager[None]:
        """Check that the two hear each other throughout the block."""

    @abstractmethod
    def never_in_silence(self, *listeners: Party) -> AbstractAsyncContextManager[None]:
        """Check that within the block no listener on the line hears nothing for SILENCE seconds."""

    @abstractmethod
    async def close(self) -> None:
        """Let all parties hang up, and check that nothing is left."""
