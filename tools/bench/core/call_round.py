"""One round of calls: the real core on the simulated Asterisk, written by the app's own writer.

All rounds have the same steps to the microsecond: agents log in, CALLS calls come and go, and the agents log out.
No call is left open. Rounds differ in times, ids and callers' numbers.
"""

from pathlib import Path

from lab import configure
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind

SECOND = 1_000_000
CALLS = 50  # in one round
EVERY = 1575 * SECOND  # microseconds from one round's start to the next: 2743 calls a day
AGENTS = ("1000", "1001")
CHANGES: list[configure.Change] = [
    ("campaign", "TESTCAMP", {"campaign_rec_filename": "CALLID"}),
    ("ingroup", "SALESLINE", {"ingroup_recording_override": "NEVER", "call_handle_method": "NONE"}),
    ("ingroup", "SUPPORTLINE", {"ingroup_recording_override": "ALLCALLS", "call_handle_method": "NONE"}),
]


def configured(path: Path) -> None:
    """Create a new database with the demo configuration. Raises LabError."""
    configure.fill(path, CHANGES)


class CallRound(RecordedDriver):
    """The core with a database; `begin` is the start of the first round, in microseconds UTC, whole milliseconds."""

    def __init__(self, database: Path, begin: int) -> None:
        self.begin = begin
        super().__init__(database)

    def feed(self, entry: ev.Event) -> object:  # type: ignore[override]  # the first input is the configuration
        if isinstance(entry, ev.ConfigurationChanged):
            self.asterisk.now = self.begin - SECOND
        return super().feed(entry)

    def live(self, number: int) -> None:
        """Run the round of that number; the first is 0."""
        self.asterisk.now = self.begin + number * EVERY
        self.asterisk._serial = self._ids = 0
        phones = {user: self._log_in(user) for user in AGENTS}
        for call in range(CALLS):
            self._call(call, f"4930{number * CALLS + call:07d}")
            self.wait(1)
        for user in AGENTS:
            self.ask(Kind.LOGOUT, user)
            self.hang_up(phones[user])
        while (alarm := self.world.next_timer()) is not None:  # calls that have ended still have some timers
            self.wait((alarm - self.asterisk.now + 1) / SECOND)
        over = self.asterisk.now < self.begin + (number + 1) * EVERY
        if not over or self.world.calls or self.world.sessions:
            raise AssertionError(f"round {number} is not over at its end")

    def _log_in(self, user: str) -> str:
        channel = self._base()
        self.asterisk.come_in(channel, "login", user)
        self.pump()
        self.wait(1.5)
        self.ask(Kind.RESUME, user)
        return channel

    def _call(self, kind: int, number: str) -> None:
        """Run one call: half of the calls are ordinary; the others are transferred, abandoned or parked."""
        match kind % 10:
            case 5:
                self._handed_over(number)
            case 6:
                self._consulted(number)
            case 7:
                self._sent_on(number)
            case 8:
                self._given_up(number)
            case 9:
                self._parked(number)
            case other:
                customer, agent = self._arrive(number)
                self.wait(12)
                self.ask(Kind.HANGUP, agent)
                self._code(agent, ("SALE", "NI", "CB", "NI", "NI")[other])
                self.hang_up(customer)

    def _arrive(self, number: str) -> tuple[str, str]:
        """Let a customer arrive and reach an agent; return the customer's channel and the agent."""
        customer = self._base()
        self.asterisk.come_in(
            customer,
            "ingroup",
            "SUPPORTLINE" if int(number) % 5 < 2 else "SALESLINE",
            number=number,
            dialled="8005550100",
        )
        self.pump()
        self.wait(0.5)
        return customer, next((call.agent or "" for call in self.world.calls.values()), "")

    def _code(self, agent: str, status: str) -> None:
        self.wait(2)
        self.ask(Kind.STATUS, agent, status=status)

    def _handed_over(self, number: str) -> None:
        customer, agent = self._arrive(number)
        self.wait(5)
        self.ask(Kind.DIAL_WITH_CUSTOMER, agent, number="8500")
        self.wait(3)
        self.ask(Kind.LEAVE_3WAY_CALL, agent)
        self._code(agent, "XFER")
        self.wait(6)
        self.hang_up(customer)

    def _consulted(self, number: str) -> None:
        customer, agent = self._arrive(number)
        self.ask(Kind.PARK_CUSTOMER_DIAL, agent, number="8502")
        self.wait(2)
        self.ask(Kind.DIAL_WITH_CUSTOMER, agent, number="8500")
        self.wait(4)
        self.ask(Kind.HANGUP_XFER, agent)
        self.wait(1)
        self.hang_up(customer)
        self._code(agent, "NI")

    def _sent_on(self, number: str) -> None:
        customer, agent = self._arrive(number)
        self.wait(4)
        self.ask(Kind.BLIND_TRANSFER, agent, number="8500")
        self._code(agent, "XFER")
        self.wait(5)
        self.hang_up(customer)

    def _given_up(self, number: str) -> None:
        for user in AGENTS:
            self.ask(Kind.PAUSE, user)
        customer, _ = self._arrive(number)
        self.wait(8)
        self.hang_up(customer)
        for user in AGENTS:
            self.ask(Kind.RESUME, user)

    def _parked(self, number: str) -> None:
        customer, agent = self._arrive(number)
        self.wait(3)
        self.ask(Kind.PARK_CUSTOMER, agent)
        self.wait(4)
        self.ask(Kind.GRAB_CUSTOMER, agent)
        self.wait(4)
        self.hang_up(customer)
        self._code(agent, "SALE")
