"""Decide how many calls a campaign dials now, and which of those that ring it gives up.

The app tells the pacer what has happened, from committed turns. It asks `decide` every 250 ms, and with fewer than 50
agents also after each event. New tables of the prediction are due every 30 s. The pacer reads no clock and draws no
random numbers: the same calls of its methods give the same decisions. All times are microseconds UTC. An unknown call
is ignored, because a restart may lose some.
"""

from collections.abc import Iterator
from math import ceil, exp
from typing import Any

from warmline.core.model.dialler import THOUSANDTHS, DropBudget
from warmline.core.pacing import drop_budget, pacing_decision
from warmline.core.pacing.agent_times import AgentTimes
from warmline.core.pacing.answer_spread import AnswerSpread
from warmline.core.pacing.call_outcomes import CallOutcomes
from warmline.core.pacing.campaign_calls import AgentActivity, AgentAtWork, CallInFlight
from warmline.core.pacing.dial_method import PacingRules
from warmline.core.pacing.drop_feedback import DropFeedback
from warmline.core.pacing.pacing_decision import Decision, Situation
from warmline.core.pacing.prediction import Prediction, in_steps, predict

SECOND = 1_000_000
PREDICTED_FOR = 30 * SECOND
UNTIL_ANSWERED = 12.0  # seconds from the dial to the answer, in which a READY agent may go away
LONG_RING = 20.0  # seconds, in which callers who outrank the leads may take READY agents
SURE = 3  # part of the drop limit that such callers may use up: chance must not take the window above it
UNLIKELY = 0.25  # agents: so few expected to go away are none


class Pacer:
    """The pacing of one campaign. Its rules and its budget may be replaced at any time."""

    def __init__(self, rules: PacingRules, budget: DropBudget | None = None) -> None:
        """Begin with cautious assumptions; `restore` replaces them by what was learnt."""
        self.rules = rules
        self.budget = budget or DropBudget()
        self.outcomes = CallOutcomes()
        self.spread = AnswerSpread()
        self.times = AgentTimes()
        self.feedback = DropFeedback()
        self.callers_per_second = 0.0  # of in-groups, who will need the same agents
        self.outranking_per_second = 0.0  # of these callers, those whom an agent is given to also while a lead rings
        self.holds_agents = False  # the app keeps READY agents for the ring while the budget is tight
        self.callers_first = False  # a caller waits who goes before the campaign's calls
        self.agents: dict[str, AgentAtWork] = {}
        self.in_flight: dict[str, CallInFlight] = {}
        self.waiting: dict[str, int] = {}  # answered calls without an agent, since when
        self.prediction: Prediction = predict(self.outcomes, self.times)
        self.predicted = 0
        self._steps: Iterator[None] | None = None  # of new tables, if they are begun

    def call_dialled(self, call: str, now: int) -> None:
        """Count a call that was begun."""
        self.in_flight[call] = CallInFlight(now)

    def call_ringing(self, call: str, now: int) -> None:
        """Note the first moment at which a phone rings."""
        if (found := self.in_flight.get(call)) and not found.ringing:
            found.ringing = now

    def call_answered(self, call: str, now: int) -> None:
        """Note an answer, by a person or a machine: the call waits for an agent from now on."""
        if found := self.in_flight.pop(call, None):
            self.outcomes.add((now - found.dialled) / SECOND, answered=True)
            self.spread.add(now, answered=True)
            self.waiting[call] = now

    def call_connected(self, call: str, agent: str, now: int) -> None:
        """Note that an answered call has its agent."""
        self.waiting.pop(call, None)
        self._agent(agent, AgentActivity.TALKING, now, by_campaign=True)

    def call_dropped(self, call: str, now: int) -> None:
        """Count an answered call without an agent in time as a dropped person."""
        self.waiting.pop(call, None)
        self._count(now, dropped=True)

    def person_answered(self, now: int) -> None:
        """Count a person: an agent had the call, and its disposition says that a person answered."""
        self._count(now, dropped=False)

    def call_ended(self, call: str, now: int) -> None:
        """Note that a call has ended which was not answered, or that a machine hung up before there was an agent."""
        self.waiting.pop(call, None)
        found = self.in_flight.pop(call, None)
        if found and not found.given_up:
            self.outcomes.add((now - found.dialled) / SECOND, answered=False)
            self.spread.add(now, answered=False)

    def call_forgotten(self, call: str) -> None:
        """Forget a call without learning from it: it was refused before it was dialled, or its end is unknown."""
        self.waiting.pop(call, None)
        self.in_flight.pop(call, None)

    def agent_is(self, agent: str, activity: AgentActivity, now: int) -> None:
        """Note what an agent does from now on: after a login, and at each change."""
        self._agent(agent, activity, now, by_campaign=False)

    def agent_left(self, agent: str, now: int) -> None:
        """Note that an agent has logged out, or is in another campaign.

        The end of a talk is learnt, and that a READY agent left while calls rang. Without calls, a logout says nothing
        about the next morning: all log out when a day ends.
        """
        found = self.agents.pop(agent, None)
        if found and found.activity is AgentActivity.TALKING:
            self.times.talked((now - found.since) / SECOND)
        elif found and found.activity is AgentActivity.READY and (self.in_flight or self.waiting):
            self.times.was_ready((now - found.since) / SECOND, vanished=True, left=True)

    def predict_again(self, now: int) -> None:
        """Make the tables of the prediction; takes milliseconds."""
        self._steps = self._predicting(now)
        for _ in self._steps:
            pass

    def predict_step(self, now: int) -> None:
        """Take the next step of new tables, of about a millisecond, if they are due or begun.

        The tables are in use after the last step.
        """
        if self._steps is None and now - self.predicted >= PREDICTED_FOR:
            self._steps = self._predicting(now)
        if self._steps is not None:
            next(self._steps, None)

    def _predicting(self, now: int) -> Iterator[None]:
        talks = [(now - since) / SECOND for since in self._since(AgentActivity.TALKING)]
        wrap_ups = [(now - since) / SECOND for since in self._since(AgentActivity.WRAPPING_UP)]
        self.prediction = yield from in_steps(self.outcomes, self.times, talks, wrap_ups)
        self.predicted, self._steps = now, None

    def decide(self, now: int) -> Decision:
        """Return how many calls to begin now and which calls to give up."""
        self.budget = drop_budget.current(self.budget, self.rules.drops, now)
        facts = self.situation(now)
        decision = pacing_decision.decide(self.rules, self.budget, self.prediction, facts)
        for call in decision.give_up:
            self.in_flight[call].given_up = True
        self.feedback.see(facts.short() + decision.begin)
        return decision

    def as_record(self) -> dict[str, Any]:
        """Return what was learnt as plain data, for `restore` after a restart."""
        return {
            "outcomes": self.outcomes.as_record(),
            "spread": self.spread.as_record(),
            "times": self.times.as_record(),
            "feedback": self.feedback.as_record(),
        }

    def restore(self, record: dict[str, Any], share: float = 1.0) -> None:
        """Take over a record; it counts `share` of what it counted: 0.5 if it is older than a week.

        Raises ValueError for anything that `as_record` did not return; the pacer is then unchanged.
        """
        outcomes, spread, times, feedback = CallOutcomes(), AnswerSpread(), AgentTimes(), DropFeedback()
        try:
            outcomes.restore(record["outcomes"], share)
            if "spread" in record:  # a record of 1.0 has none
                spread.restore(record["spread"], share)
            times.restore(record["times"], share)
            feedback.restore(record["feedback"])
        except (KeyError, TypeError, ValueError) as problem:
            raise ValueError(f"the record of pacing cannot be read ({problem!r}): delete it to learn again") from None
        self.outcomes, self.spread, self.times, self.feedback = outcomes, spread, times, feedback
        self.prediction, self._steps = predict(outcomes, times), None

    def situation(self, now: int) -> Situation:
        """Return the facts that a decision depends on."""
        ready = 0 if self.callers_first else len(self._since(AgentActivity.READY))
        return Situation(
            now=now,
            ready=ready,
            waiting=len(self.waiting),
            logged_in=len(self.agents),
            talking=self._since(AgentActivity.TALKING),
            wrapping_up=self._since(AgentActivity.WRAPPING_UP),
            in_flight=self.in_flight,
            callers_per_second=self.callers_per_second,
            threshold=self.feedback.threshold(),
            away=self._away(ready, now),
            highest_rate=self.spread.highest_rate(),
        )

    def _away(self, ready: int, now: int) -> int:
        """Return how many READY agents may be gone before a call that begins now is answered: 0 unless that counts.

        Agents whom the app keeps for the ring go away only for callers of a higher rank. More such callers come with a
        probability below a third of the drop limit. Agents are also left to the other expected callers, so that these
        wait less.
        """
        if not drop_budget.is_tight(self.budget, self.rules.drops, now, len(self.in_flight) + len(self.waiting)):
            return 0
        callers, leave = UNTIL_ANSWERED * self.callers_per_second, UNTIL_ANSWERED * ready * self.times.leave_rate()
        limit = self.rules.drops.limit / THOUSANDTHS
        if self.holds_agents:
            gone = _at_most(LONG_RING * self.outranking_per_second, limit / SURE, ready)
        else:
            gone = _at_most(callers, limit, ready) + ceil(leave - UNLIKELY)
        return min(ready, max(gone, int(callers + leave)))

    def _count(self, now: int, *, dropped: bool) -> None:
        drops = self.rules.drops
        self.budget = drop_budget.count_person(self.budget, drops, now, dropped=dropped)
        balance = drop_budget.least_balance(self.budget, drops, now) / THOUSANDTHS
        self.feedback.count(drops.limit / THOUSANDTHS, balance, dropped=dropped)

    def _agent(self, agent: str, activity: AgentActivity, now: int, *, by_campaign: bool) -> None:
        before = self.agents.get(agent)
        if before and before.activity is activity:
            return
        if before:
            self._learn(before, activity, (now - before.since) / SECOND, by_campaign)
        self.agents[agent] = AgentAtWork(activity, now)

    def _learn(self, before: AgentAtWork, activity: AgentActivity, seconds: float, by_campaign: bool) -> None:
        """Learn from an activity that has ended after some seconds."""
        ready = activity is AgentActivity.READY
        if before.activity is AgentActivity.READY:
            left = activity is AgentActivity.PAUSED
            self.times.was_ready(seconds, vanished=not by_campaign, left=left)
        elif before.activity is AgentActivity.TALKING:
            self.times.talked(seconds)
            if activity is not AgentActivity.WRAPPING_UP:
                self.times.wrapped_up(0, ready=ready)
        elif before.activity is AgentActivity.WRAPPING_UP:
            self.times.wrapped_up(seconds, ready=ready)

    def _since(self, activity: AgentActivity) -> list[int]:
        return [agent.since for agent in self.agents.values() if agent.activity is activity]


def _at_most(expected: float, tail: float, most: int) -> int:
    """Return the number that callers, of whom so many are expected, exceed with a probability below `tail`.

    They come independently (S. D. Poisson). The result is at most `most`.
    """
    found, chance = 0, exp(-expected)
    below = chance
    while found < most and below < 1 - tail:
        found += 1
        chance *= expected / found
        below += chance
    return found
