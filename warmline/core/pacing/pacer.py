"""Decide how many calls a campaign dials now, and which of those that ring it gives up.

The app tells the pacer what has happened, from committed turns. It asks `decide` every 250 ms, and with fewer than 50
agents also after each event. New tables of the prediction are due every 30 s. The pacer reads no clock and draws no
random numbers: the same calls of its methods give the same decisions. All times are microseconds UTC. An unknown call
is ignored, because a restart may lose some.
"""

from collections.abc import Iterator
from math import ceil, exp
from typing import Any

from warmline.core.model.dialler import DROP_THOUSANDTHS, DropBudget
from warmline.core.moment import SECOND_US
from warmline.core.pacing import drop_budget, pacing_decision
from warmline.core.pacing.agent_times import AgentTimes
from warmline.core.pacing.answer_spread import AnswerSpread
from warmline.core.pacing.call_outcomes import CallOutcomes
from warmline.core.pacing.campaign_calls import AgentActivity, AgentAtWork, CallInFlight
from warmline.core.pacing.dial_method import PacingRules
from warmline.core.pacing.drop_feedback import DropFeedback
from warmline.core.pacing.pacing_decision import Decision, Situation
from warmline.core.pacing.prediction import Prediction, predict, predict_in_steps

PREDICTION_LIFETIME_US = 30 * SECOND_US
ANSWER_DELAY_SECONDS = 12.0  # from the dial to the answer, in which a READY agent may go away
LONG_RING_SECONDS = 20.0  # in which callers who outrank the leads may take READY agents
OUTRANKING_LIMIT_DIVISOR = (
    3  # part of the drop limit that such callers may use up: chance must not take the window above it
)
NEGLIGIBLE_AGENTS = 0.25  # so few agents who are expected to go away are none


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
        self.calls_in_flight: dict[str, CallInFlight] = {}
        self.waiting_calls: dict[str, int] = {}  # answered calls without an agent, since when
        self.prediction: Prediction = predict(self.outcomes, self.times)
        self.predicted_at_us = 0
        self._steps: Iterator[None] | None = None  # of new tables, if they are begun

    def add_call(self, call_id: str, now_us: int) -> None:
        """Count a call that was begun."""
        self.calls_in_flight[call_id] = CallInFlight(now_us)

    def note_ringing(self, call_id: str, now_us: int) -> None:
        """Note the first moment at which a phone rings."""
        if (call := self.calls_in_flight.get(call_id)) and not call.ringing_at_us:
            call.ringing_at_us = now_us

    def note_answer(self, call_id: str, now_us: int) -> None:
        """Note an answer, by a person or a machine: the call waits for an agent from now on."""
        if call := self.calls_in_flight.pop(call_id, None):
            self.outcomes.add((now_us - call.dialled_at_us) / SECOND_US, is_answered=True)
            self.spread.add(now_us, is_answered=True)
            self.waiting_calls[call_id] = now_us

    def note_connection(self, call_id: str, user: str, now_us: int) -> None:
        """Note that an answered call has its agent."""
        self.waiting_calls.pop(call_id, None)
        self._set_activity(user, AgentActivity.TALKING, now_us, by_campaign=True)

    def count_dropped_call(self, call_id: str, now_us: int) -> None:
        """Count an answered call without an agent in time as a dropped person."""
        self.waiting_calls.pop(call_id, None)
        self._count_person(now_us, is_dropped=True)

    def count_answering_person(self, now_us: int) -> None:
        """Count a person: an agent had the call, and its disposition says that a person answered."""
        self._count_person(now_us, is_dropped=False)

    def note_call_end(self, call_id: str, now_us: int) -> None:
        """Note that a call has ended which was not answered, or that a machine hung up before there was an agent."""
        self.waiting_calls.pop(call_id, None)
        call = self.calls_in_flight.pop(call_id, None)
        if call and not call.is_given_up:
            self.outcomes.add((now_us - call.dialled_at_us) / SECOND_US, is_answered=False)
            self.spread.add(now_us, is_answered=False)

    def forget_call(self, call_id: str) -> None:
        """Forget a call without learning from it: it was refused before it was dialled, or its end is unknown."""
        self.waiting_calls.pop(call_id, None)
        self.calls_in_flight.pop(call_id, None)

    def note_activity(self, user: str, activity: AgentActivity, now_us: int) -> None:
        """Note what an agent does from now on: after a login, and at each change."""
        self._set_activity(user, activity, now_us, by_campaign=False)

    def note_agent_leave(self, user: str, now_us: int) -> None:
        """Note that an agent has logged out, or is in another campaign.

        The end of a talk is learnt, and that a READY agent left while calls rang. Without calls, a logout says nothing
        about the next morning: all log out when a day ends.
        """
        agent_at_work = self.agents.pop(user, None)
        if agent_at_work and agent_at_work.activity is AgentActivity.TALKING:
            self.times.add_talk((now_us - agent_at_work.since_us) / SECOND_US)
        elif (
            agent_at_work
            and agent_at_work.activity is AgentActivity.READY
            and (self.calls_in_flight or self.waiting_calls)
        ):
            self.times.add_ready_time((now_us - agent_at_work.since_us) / SECOND_US, has_vanished=True, has_left=True)

    def update_prediction(self, now_us: int) -> None:
        """Make the tables of the prediction; takes milliseconds."""
        self._steps = self._predict_in_steps(now_us)
        for _ in self._steps:
            pass

    def continue_prediction(self, now_us: int) -> None:
        """Take the next step of new tables, of about a millisecond, if they are due or begun.

        The tables are in use after the last step.
        """
        if self._steps is None and now_us - self.predicted_at_us >= PREDICTION_LIFETIME_US:
            self._steps = self._predict_in_steps(now_us)
        if self._steps is not None:
            next(self._steps, None)

    def _predict_in_steps(self, now_us: int) -> Iterator[None]:
        talks = [(now_us - start_us) / SECOND_US for start_us in self._list_starts(AgentActivity.TALKING)]
        wrap_ups = [(now_us - start_us) / SECOND_US for start_us in self._list_starts(AgentActivity.WRAPPING_UP)]
        self.prediction = yield from predict_in_steps(self.outcomes, self.times, talks, wrap_ups=wrap_ups)
        self.predicted_at_us, self._steps = now_us, None

    def decide(self, now_us: int) -> Decision:
        """Return how many calls to begin now and which calls to give up."""
        self.budget = drop_budget.update_windows(self.budget, self.rules.drops, now_us)
        situation = self.make_situation(now_us)
        decision = pacing_decision.decide(self.rules, self.budget, self.prediction, situation=situation)
        for call in decision.hopeless_calls:
            self.calls_in_flight[call].is_given_up = True
        self.feedback.note_shortage(situation.count_missing_agents() + decision.new_calls)
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
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"the record of pacing cannot be read ({error!r}): delete it to learn again") from None
        self.outcomes, self.spread, self.times, self.feedback = outcomes, spread, times, feedback
        self.prediction, self._steps = predict(outcomes, times), None

    def make_situation(self, now_us: int) -> Situation:
        """Return the facts that a decision depends on."""
        ready_agents = 0 if self.callers_first else len(self._list_starts(AgentActivity.READY))
        return Situation(
            now_us=now_us,
            ready_agents=ready_agents,
            waiting_calls=len(self.waiting_calls),
            logged_in_agents=len(self.agents),
            talk_starts_us=self._list_starts(AgentActivity.TALKING),
            wrap_up_starts_us=self._list_starts(AgentActivity.WRAPPING_UP),
            calls_in_flight=self.calls_in_flight,
            callers_per_second=self.callers_per_second,
            threshold=self.feedback.get_threshold(),
            away_agents=self._count_away_agents(ready_agents, now_us),
            highest_rate=self.spread.get_highest_rate(),
        )

    def _count_away_agents(self, ready_agents: int, now_us: int) -> int:
        """Return how many READY agents may be gone before a call that begins now is answered: 0 unless that counts.

        Agents whom the app keeps for the ring go away only for callers of a higher rank. More such callers come with a
        probability below a third of the drop limit. Agents are also left to the other expected callers, so that these
        wait less.
        """
        if not drop_budget.has_tight_drop_budget(
            self.budget, self.rules.drops, now_us, calls=len(self.calls_in_flight) + len(self.waiting_calls)
        ):
            return 0
        expected_callers = ANSWER_DELAY_SECONDS * self.callers_per_second
        expected_leaves = ANSWER_DELAY_SECONDS * ready_agents * self.times.get_leave_rate()
        max_drop_share = self.rules.drops.limit_permille / DROP_THOUSANDTHS
        if self.holds_agents:
            outranking_callers = LONG_RING_SECONDS * self.outranking_per_second
            away_agents = _bound_callers(outranking_callers, max_drop_share / OUTRANKING_LIMIT_DIVISOR, ready_agents)
        else:
            leaving_agents = ceil(expected_leaves - NEGLIGIBLE_AGENTS)
            away_agents = _bound_callers(expected_callers, max_drop_share, ready_agents) + leaving_agents
        return min(ready_agents, max(away_agents, int(expected_callers + expected_leaves)))

    def _count_person(self, now_us: int, *, is_dropped: bool) -> None:
        drops = self.rules.drops
        self.budget = drop_budget.count_person(self.budget, drops, now_us, is_dropped=is_dropped)
        balance = drop_budget.get_smallest_balance_permille(self.budget, drops, now_us) / DROP_THOUSANDTHS
        self.feedback.count_person(drops.limit_permille / DROP_THOUSANDTHS, balance, is_dropped=is_dropped)

    def _set_activity(self, user: str, activity: AgentActivity, now_us: int, *, by_campaign: bool) -> None:
        earlier_activity = self.agents.get(user)
        if earlier_activity and earlier_activity.activity is activity:
            return
        if earlier_activity:
            self._learn(
                earlier_activity, activity, (now_us - earlier_activity.since_us) / SECOND_US, by_campaign=by_campaign
            )
        self.agents[user] = AgentAtWork(activity, now_us)

    def _learn(self, earlier_activity: AgentAtWork, activity: AgentActivity, seconds: float, by_campaign: bool) -> None:
        """Learn from an activity that has ended after some seconds."""
        is_ready = activity is AgentActivity.READY
        if earlier_activity.activity is AgentActivity.READY:
            is_leaving = activity is AgentActivity.PAUSED
            self.times.add_ready_time(seconds, has_vanished=not by_campaign, has_left=is_leaving)
        elif earlier_activity.activity is AgentActivity.TALKING:
            self.times.add_talk(seconds)
            if activity is not AgentActivity.WRAPPING_UP:
                self.times.add_wrap_up(0, is_ready=is_ready)
        elif earlier_activity.activity is AgentActivity.WRAPPING_UP:
            self.times.add_wrap_up(seconds, is_ready=is_ready)

    def _list_starts(self, activity: AgentActivity) -> list[int]:
        return [agent.since_us for agent in self.agents.values() if agent.activity is activity]


def _bound_callers(expected_callers: float, tail_probability: float, max_callers: int) -> int:
    """Return the number that callers, of whom so many are expected, exceed with a probability below `tail_probability`.

    They come independently (S. D. Poisson). The number is at most `max_callers`.
    """
    count, probability = 0, exp(-expected_callers)
    cumulated = probability
    while count < max_callers and cumulated < 1 - tail_probability:
        count += 1
        probability *= expected_callers / count
        cumulated += probability
    return count
