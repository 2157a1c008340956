"""A simulated campaign whose agents take callers, too, pause while leads ring, and lose their phones' lines.

It keeps READY agents for the leads that ring, by the rules of `warmline/core/agents/ring_hold.py`. With a tight budget,
a pause waits for the rest of the ring, and so does a caller of the same or a lower rank.
"""

from collections import deque
from dataclasses import dataclass, field, replace
from math import log
from random import Random

from tools.simulation.dialling.dialling_scenario import DiallingScenario, Length
from tools.simulation.dialling.dialling_world import SECOND, DiallingWorld
from warmline.core.pacing import drop_budget
from warmline.core.pacing.campaign_calls import AgentActivity
from warmline.core.pacing.dial_method import DialMethod
from warmline.core.pacing.pacer import Pacer

RATE_WINDOW = 600 * SECOND  # in which the app counts callers
LONG_WINDOW = 7200 * SECOND
CALLER_TALK = Length(90.0, 0.8)


@dataclass(frozen=True, slots=True)
class Callers:
    """The callers of an in-group, and the agents' phones.

    A caller who waits hangs up after `patience` seconds on average. With `outrank`, the callers have a higher priority
    than the leads. A READY agent loses the phone's line `lines_lost_an_hour` times, for half a minute.
    """

    an_hour: float = 0.0
    talk: Length = CALLER_TALK
    patience: float = 60.0
    outrank: bool = False
    lines_lost_an_hour: float = 0.0


@dataclass(slots=True)
class CallerResult:
    """The callers who came, and hung up before an agent; how long each answered one waited; the drops of leads."""

    came: int = 0
    hung_up: int = 0
    waits: list[float] = field(default_factory=list)
    drops_by_line: int = 0  # leads whose agent's line was lost
    drops_at_end: int = 0  # leads answered when agents logged out at the end of the day


class BlendedWorld(DiallingWorld):
    """One run of a scenario with callers. The pacer decides every `pulse` seconds."""

    def __init__(
        self, scenario: DiallingScenario, seed: int, pacer: Pacer, callers: Callers, *, pulse: float = 1.0
    ) -> None:
        """Prepare a run; the rules of the pacer are those by which the result is judged."""
        super().__init__(scenario, seed, pacer, pacer.rules.drops, pulse=pulse, on_events=False)
        pacer.holds_agents = True
        self.callers, self.caller_result = callers, CallerResult()
        self._pacer, self._rules = pacer, pacer.rules
        self._random = Random(f"callers {seed}")  # noqa: S311 - a simulation
        self._in_line: dict[str, int] = {}  # callers who wait, since when
        self._recent: deque[int] = deque()
        self._pausing: dict[str, None] = {}  # READY agents who pause after the ring
        self._lines_lost = 0  # of agents whom a lead needed

    def _play_day(self) -> None:
        self._in_line.clear()
        self._pausing.clear()
        if self.callers.an_hour:
            self._at(self._opened + self._pause_of(self.callers.an_hour), self._caller_comes)
        super()._play_day()

    def _pause_of(self, an_hour: float) -> int:
        return round(-log(1 - self._random.random()) * 3600 / an_hour * SECOND)

    def _decide(self, now: int) -> None:
        while self._recent and self._recent[0] <= now - LONG_WINDOW:
            self._recent.popleft()
        pacer, tight = self._pacer, self._is_tight(now)
        pacer.callers_per_second = sum(one > now - RATE_WINDOW for one in self._recent) * SECOND / RATE_WINDOW
        known = max(RATE_WINDOW, min(LONG_WINDOW, now - self._opened))
        rate = max(pacer.callers_per_second, len(self._recent) * SECOND / known)
        pacer.outranking_per_second = rate if self.callers.outrank else 0.0
        pacer.callers_first = bool(self._in_line)
        one_to_one = tight and (self._in_line or self._pausing) and self._rules.dial_method is not DialMethod.MANUAL
        pacer.rules = replace(self._rules, dial_method=DialMethod.PROGRESSIVE) if one_to_one else self._rules
        super()._decide(now)

    def _is_tight(self, now: int) -> bool:
        calls = len(self._in_flight) + len(self._waiting)
        return drop_budget.has_tight_drop_budget(self._pacer.budget, self._rules.drops, now, calls)

    def _keeps(self, now: int) -> bool:
        """Return whether every READY agent is kept for a lead that rings."""
        calls = len(self._in_flight) + len(self._waiting)
        return bool(calls) and calls >= len(self._ready) and self._is_tight(now)

    # -- callers --

    def _caller_comes(self, now: int, _: str) -> None:
        if now >= self._closes:
            return
        self._at(now + self._pause_of(self.callers.an_hour), self._caller_comes)
        self.caller_result.came += 1
        name = f"caller{self.caller_result.came}"
        self._recent.append(now)
        self._in_line[name] = now
        self._at(now + self._pause_of(3600 / self.callers.patience), self._caller_hangs_up, name)

    def _caller_hangs_up(self, _: int, name: str) -> None:
        self.caller_result.hung_up += self._in_line.pop(name, None) is not None

    def _match(self, now: int) -> None:
        """Connect leads and callers to the agents who have been READY longest, in the order in which they came."""
        while self._ready and (self._waiting or self._in_line):
            if self._caller_is_next(now):
                self._connect_caller(now)
            elif self._waiting:
                self._connect(now)
            else:
                return

    def _caller_is_next(self, now: int) -> bool:
        if not self._in_line or (not self.callers.outrank and self._keeps(now)):
            return False
        first = next(iter(self._in_line.values()))
        return self.callers.outrank or not self._waiting or first < next(iter(self._waiting.values()))

    def _connect_caller(self, now: int) -> None:
        name, agent = next(iter(self._in_line)), next(iter(self._ready))
        self.caller_result.waits.append((now - self._in_line.pop(name)) / SECOND)
        self.result.ready += max(0, min(now, self._closes) - self._ready.pop(agent)) / SECOND
        self._talking[agent] = (now, False)
        self.dialler.note_activity(agent, AgentActivity.TALKING, now)
        self._at(now + self._microseconds(self._length(self.callers.talk)), self._end_talk, agent)

    # -- agents --

    def _settle(self, now: int) -> None:
        for agent in [*self._pausing]:
            if agent in self._ready and not self._keeps(now):
                del self._pausing[agent]
                self._leaves(now, agent)
        self._match(now)

    def _vanish(self, now: int, agent: str, since: int) -> None:
        if self._ready.get(agent) == since and now < self._closes and self._keeps(now):
            self._pausing[agent] = None
            self.dialler.note_activity(agent, AgentActivity.PAUSED, now)
        else:
            super()._vanish(now, agent, since)

    def _leaves(self, now: int, agent: str) -> None:
        self.result.ready += max(0, min(now, self._closes) - self._ready.pop(agent)) / SECOND
        self._pause(now, agent)

    def _become_ready(self, now: int, agent: str) -> None:
        if agent in self._pausing:  # it was asked during the ring, and a lead came first
            del self._pausing[agent]
            self._pause(now, agent)
            return
        if self.callers.lines_lost_an_hour:
            lost = now + self._pause_of(self.callers.lines_lost_an_hour)
            self._at(lost, lambda then, who: self._line_lost(then, who, now), agent)
        super()._become_ready(now, agent)

    def _line_lost(self, now: int, agent: str, since: int) -> None:
        if self._ready.get(agent) == since and now < self._closes:
            self._lines_lost += len(self._in_flight) + len(self._waiting) >= len(self._ready)
            self._pausing.pop(agent, None)
            self.result.ready += (now - self._ready.pop(agent)) / SECOND
            self.dialler.note_activity(agent, AgentActivity.PAUSED, now)
            self._at(now + 30 * SECOND, self._become_ready, agent)

    def _drop(self, now: int, call: str) -> None:
        if call in self._waiting and self._lines_lost:
            self._lines_lost -= 1
            self.caller_result.drops_by_line += 1
        if call in self._waiting and now >= self._closes:
            self.caller_result.drops_at_end += 1
        super()._drop(now, call)
