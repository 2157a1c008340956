"""A simulated campaign: agents, leads and a trunk in virtual time, and a dialler that decides.

Events are processed in the order of their times. The dialler only learns what a program could see. Random numbers
come from the seed alone, so a run can be repeated.
"""

import heapq
from collections.abc import Callable
from math import log, sqrt
from random import Random
from typing import Protocol

from tools.simulation.dialling.dialling_result import DiallingResult
from tools.simulation.dialling.dialling_scenario import DiallingScenario, Length, answer_rates
from warmline.core.pacing.campaign_calls import AgentActivity
from warmline.core.pacing.drop_budget import DropRules
from warmline.core.pacing.pacing_decision import Decision

SECOND = 1_000_000
FIRST_DAY = 1_767_603_600 * SECOND  # Monday 2026-01-05, 9:00 UTC
DAY = 86_400 * SECOND
LEARN_AGAIN = 30 * SECOND

TakeLeads = Callable[[int, int], int]
"""Takes up to so many leads at a moment in microseconds UTC; returns how many there were."""


def endless(_now: int, wanted: int) -> int:
    """Return as many leads as are wanted."""
    return wanted


class SimulatedDialler(Protocol):
    """The part of `Pacer` that a simulated campaign uses; the other diallers have it too."""

    def add_call(self, call: str, now: int) -> None: ...
    def note_ringing(self, call: str, now: int) -> None: ...
    def note_answer(self, call: str, now: int) -> None: ...
    def note_connection(self, call: str, agent: str, now: int) -> None: ...
    def count_dropped_call(self, call: str, now: int) -> None: ...
    def note_call_end(self, call: str, now: int) -> None: ...
    def count_answering_person(self, now: int) -> None: ...
    def note_activity(self, agent: str, activity: AgentActivity, now: int) -> None: ...
    def note_agent_leave(self, agent: str, now: int) -> None: ...
    def update_prediction(self, now: int) -> None: ...
    def decide(self, now: int) -> Decision: ...


class DiallingWorld:
    """One run of a scenario. The dialler decides every `pulse` seconds, or with `on_events` after each event."""

    def __init__(
        self,
        scenario: DiallingScenario,
        seed: int,
        dialler: SimulatedDialler,
        rules: DropRules,
        *,
        pulse: float = 0.25,
        on_events: bool = True,
        first_day: int = FIRST_DAY,
        leads: TakeLeads = endless,
    ) -> None:
        """Prepare a run that begins at `first_day` (microseconds UTC).

        `rules` are the limits by which the result is judged. `leads` takes leads, and returns how many there were.
        """
        self.scenario = scenario
        self.dialler = dialler
        self.result = DiallingResult(rules)
        self._pulse, self._on_events = round(pulse * SECOND), on_events
        self._rates = answer_rates(scenario, 1000 + seed)
        self._draw = Random(seed)  # noqa: S311 - a simulation
        self._events: list[tuple[int, int, Callable[[int, str], None], str]] = []
        self._numbered = 0
        self._leads, self._first_day = leads, first_day
        self._now = self._opened = self._closes = first_day
        self._minute = 0  # of working time, at which the day began
        self._ready: dict[str, int] = {}  # in the order in which they became READY
        self._talking: dict[str, tuple[int, bool]] = {}  # since when, and whether with a person
        self._wrapping_up: dict[str, tuple[int, bool]] = {}
        self._in_flight: dict[str, bool] = {}  # whether it will be answered
        self._waiting: dict[str, int] = {}  # answered calls without an agent, since when

    def run(self) -> DiallingResult:
        """Play all days; return the figures."""
        for day in range(self.scenario.days):
            self._opened = self._first_day + day * DAY
            self._closes = self._opened + round(self.scenario.hours * 3600 * SECOND)
            self._minute = round(day * self.scenario.hours * 60)
            self._play_day()
        return self.result

    def _play_day(self) -> None:
        """Play a day: after its end no call begins, and those that there are end."""
        for number in range(self.scenario.agents):
            self._become_ready(self._opened, f"agent{number}")
        self._at(self._opened, self._decide_at_pulse)
        self._at(self._opened + LEARN_AGAIN, self._learn)
        while self._events:
            now, _, happen, about = heapq.heappop(self._events)
            self._now = now
            happen(now, about)
            self._settle(now)
            if self._on_events and now < self._closes and happen != self._learn:
                self._decide(now)
        for agent, since in self._ready.items():
            self.result.ready += max(0, self._closes - since) / SECOND
            self.dialler.note_agent_leave(agent, max(self._closes, since))
        self._ready.clear()

    def _settle(self, now: int) -> None:
        """Let the rest happen that an event makes possible, before the dialler decides."""

    def _decide_at_pulse(self, now: int, _: str) -> None:
        if now < self._closes:
            self._at(now + self._pulse, self._decide_at_pulse)
            if not self._on_events:
                self._decide(now)

    def _learn(self, now: int, _: str) -> None:
        if now < self._closes:
            self._at(now + LEARN_AGAIN, self._learn)
            self.dialler.update_prediction(now)

    def _decide(self, now: int) -> None:
        decision = self.dialler.decide(now)
        for call in decision.hopeless_calls:
            if self._in_flight.pop(call, None) is not None:
                self.result.given_up += 1
                self.dialler.note_call_end(call, now)
        for _ in range(self._leads(now, decision.new_calls) if decision.new_calls else 0):
            self._dial(now)

    def _dial(self, now: int) -> None:
        self.result.dials += 1
        call, scenario, draw = str(self.result.dials), self.scenario, self._draw
        rate = self._rates[min(len(self._rates) - 1, self._minute + (now - self._opened) // (60 * SECOND))]
        ringing = now + self._microseconds(draw.uniform(*scenario.dialling_time))
        kind = draw.random()
        answered = kind < rate
        if answered:
            ends = ringing + self._microseconds(self._answer_time())
        elif kind < rate + scenario.failures:
            ends = ringing + self._microseconds(1.5 * draw.random())
        else:
            ends = ringing + self._microseconds(scenario.dial_timeout)
        self._in_flight[call] = answered
        self.dialler.add_call(call, now)
        self._at(ringing, self._ring, call)
        self._at(ends, self._end_flight, call)

    def _answer_time(self) -> float:
        """Return how long a call rings that is answered."""
        while (seconds := self._length(self.scenario.ring_time)) > self.scenario.dial_timeout:
            pass
        return seconds

    def _ring(self, now: int, call: str) -> None:
        if call in self._in_flight:
            self.dialler.note_ringing(call, now)

    def _end_flight(self, now: int, call: str) -> None:
        answered = self._in_flight.pop(call, None)
        if answered is None:
            return  # given up
        if not answered:
            self.dialler.note_call_end(call, now)
            return
        self.dialler.note_answer(call, now)
        self._waiting[call] = now
        self._match(now)
        if call in self._waiting:
            hangs_up = -log(1 - self._draw.random()) * self.scenario.patience
            self._at(now + self._microseconds(min(self.scenario.hold, hangs_up)), self._drop, call)

    def _drop(self, now: int, call: str) -> None:
        if call in self._waiting:
            del self._waiting[call]
            self.result.count(now, dropped=True)
            self.dialler.count_dropped_call(call, now)

    def _match(self, now: int) -> None:
        """Connect waiting calls to the agents who have been READY longest."""
        while self._waiting and self._ready:
            self._connect(now)

    def _connect(self, now: int) -> None:
        """Connect the first waiting call to the agent who has been READY longest."""
        call, agent = next(iter(self._waiting)), next(iter(self._ready))
        del self._waiting[call]
        self.result.ready += max(0, min(now, self._closes) - self._ready.pop(agent)) / SECOND
        self.result.connected += 1
        person = self._draw.random() >= self.scenario.machines
        if person:
            self.result.count(now, dropped=False)
        self._talking[agent] = (now, person)
        self.dialler.note_connection(call, agent, now)
        self._at(now + self._microseconds(self._talk_time(person)), self._end_talk, agent)

    def _talk_time(self, person: bool) -> float:
        if not person:
            return self._length(self.scenario.machine_talk)
        short = self._draw.random() < self.scenario.short_talks
        return self._length(self.scenario.short_talk if short else self.scenario.long_talk)

    def _end_talk(self, now: int, agent: str) -> None:
        since, person = self._talking.pop(agent)
        self.result.talking += max(0, min(now, self._closes) - since) / SECOND
        self._wrapping_up[agent] = (now, person)
        self.dialler.note_activity(agent, AgentActivity.WRAPPING_UP, now)
        self._at(now + self._microseconds(self._length(self.scenario.wrap_up)), self._end_wrap_up, agent)

    def _end_wrap_up(self, now: int, agent: str) -> None:
        """End a wrap-up with the disposition, from which the dialler learns whether it was a person."""
        since, person = self._wrapping_up.pop(agent)
        self.result.wrapping_up += max(0, min(now, self._closes) - since) / SECOND
        if person:
            self.dialler.count_answering_person(now)
        if now >= self._closes:
            self.dialler.note_agent_leave(agent, now)
        elif self._draw.random() < self.scenario.pauses:
            self._pause(now, agent)
        else:
            self._become_ready(now, agent)

    def _pause(self, now: int, agent: str) -> None:
        self.dialler.note_activity(agent, AgentActivity.PAUSED, now)
        back = now + self._microseconds(self._length(self.scenario.pause))
        if back < self._closes:
            self._at(back, self._become_ready, agent)

    def _become_ready(self, now: int, agent: str) -> None:
        self._ready[agent] = now
        self.dialler.note_activity(agent, AgentActivity.READY, now)
        if self.scenario.vanishes_an_hour:
            seconds = -log(1 - self._draw.random()) * 3600 / self.scenario.vanishes_an_hour
            self._at(now + self._microseconds(seconds), lambda then, who: self._vanish(then, who, now), agent)
        self._match(now)

    def _vanish(self, now: int, agent: str, since: int) -> None:
        """Pause an agent who has been READY without a call since then."""
        if self._ready.get(agent) == since and now < self._closes:
            self.result.ready += (now - self._ready.pop(agent)) / SECOND
            self._pause(now, agent)

    def _at(self, moment: int, happen: Callable[[int, str], None], about: str = "") -> None:
        self._numbered += 1
        heapq.heappush(self._events, (moment, self._numbered, happen, about))

    def _length(self, length: Length) -> float:
        if not length.variation:
            return length.mean
        spread = log(1 + length.variation * length.variation)
        return self._draw.lognormvariate(log(length.mean) - spread / 2, sqrt(spread))

    @staticmethod
    def _microseconds(seconds: float) -> int:
        return round(seconds * SECOND)
