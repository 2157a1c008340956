"""One decision of pacing from the facts of a moment: how many calls to begin, and which to give up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from warmline.core.model.dialler import DROP_THOUSANDTHS, DropBudget
from warmline.core.pacing import drop_budget
from warmline.core.pacing.campaign_calls import CallInFlight
from warmline.core.pacing.dial_method import DialMethod, PacingRules
from warmline.core.pacing.forecast import Forecast
from warmline.core.pacing.prediction import Prediction, Row
from warmline.core.rules import ring_time

SECOND_US = 1_000_000
GIVE_UP_PROBABILITY = 0.4  # of finding no agent: above it, a call is given up


@dataclass(frozen=True, slots=True)
class Situation:
    """The facts of a moment; times in microseconds UTC.

    `ready_agents` may take calls now, and `waiting_calls` are answered and have no agent yet. `talk_starts_us` and
    `wrap_up_starts_us` say since when each of these agents has done so. `logged_in_agents` counts the paused ones too.
    The calls `in_flight` are in the order of their dialling. `threshold` is how many drops may be risked for one more
    answer. Of the READY agents, `away_agents` are not counted on: others may need them, or they may pause. It is 0
    while the budget bears such drops. `highest_rate` is the share of answers in a block of leads that answer well.
    """

    now_us: int
    ready_agents: int
    waiting_calls: int
    logged_in_agents: int
    talk_starts_us: Sequence[int]
    wrap_up_starts_us: Sequence[int]
    in_flight: Mapping[str, CallInFlight]
    callers_per_second: float
    threshold: float
    away_agents: int = 0
    highest_rate: float = 0.0

    def count_working_agents(self) -> int:
        """Return how many agents are not paused."""
        return self.ready_agents + len(self.talk_starts_us) + len(self.wrap_up_starts_us)

    def count_missing_agents(self) -> int:
        """Return how many calls would have no agent if all in flight were answered now; negative: spare agents."""
        return len(self.in_flight) + self.waiting_calls - self.ready_agents + self.away_agents


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision: how many calls to begin now, and the ids of the calls to give up.

    `ready` agents and the calls `in_flight` are those before the decision. `risk` is how many drops are expected of all
    calls in flight, with the new ones. `threshold` is how many may be risked for one more answer. Both are thousandths.
    `free_soon` is how many agents are expected to be free in ten seconds, if the method predicts it. `away` READY
    agents are not counted on.
    """

    begin: int = 0
    give_up: tuple[str, ...] = ()
    ready: int = 0
    in_flight: int = 0
    threshold: int = 0
    risk: int = 0
    free_soon: float | None = None
    away: int = 0


EMPTY_DECISION = Decision()


def decide(rules: PacingRules, budget: DropBudget, prediction: Prediction, facts: Situation) -> Decision:
    """Return the decision of a campaign."""
    dial_method = rules.dial_method
    if dial_method is not DialMethod.MANUAL and facts.count_working_agents() < rules.dial_level_threshold_agents:
        dial_method = DialMethod.PROGRESSIVE
    if dial_method is DialMethod.MANUAL:
        return _make_decision(facts, 0, ())
    limit = int(rules.adaptive_maximum_level * facts.logged_in_agents) - len(facts.in_flight)
    if dial_method is DialMethod.PROGRESSIVE:
        return _make_decision(facts, max(0, min(limit, -facts.count_missing_agents())), _list_youngest_calls(facts))
    forecast = _make_forecast(prediction, facts)
    hopeless_calls = _remove_hopeless_calls(prediction, facts, forecast)
    if dial_method is DialMethod.RATIO:
        lines = round(rules.auto_dial_level * (facts.ready_agents - facts.away_agents))
        limit = min(limit, lines - len(facts.in_flight) - facts.waiting_calls)
    new_calls = 0
    while new_calls < limit and _can_begin_call(rules, budget, facts, forecast=forecast, new_calls=new_calls):
        forecast.add_call(prediction.in_flight[0])
        new_calls += 1
    risk = forecast.predict_drops() if new_calls or hopeless_calls else 0.0
    return _make_decision(facts, new_calls, hopeless_calls, risk=risk, free_soon=forecast.predict_free_agents())


def _can_begin_call(
    rules: PacingRules, budget: DropBudget, facts: Situation, forecast: Forecast, new_calls: int
) -> bool:
    """Return whether one more call is worth its risk, and the budget bears it."""
    missing_agents = facts.count_missing_agents() + new_calls + 1
    if missing_agents <= 0:
        return True
    added_drops, expected_drops = forecast.predict_drops_of_one_more()
    if rules.dial_method is DialMethod.PREDICTIVE and added_drops > facts.threshold * forecast.prediction.answer_rate:
        return False
    block_drops = forecast.predict_shortage(facts.highest_rate)
    return drop_budget.can_begin_call(
        budget,
        rules.drops,
        facts.now_us,
        missing_agents=missing_agents,
        expected_drops=ceil(DROP_THOUSANDTHS * (added_drops + expected_drops)),
        block_drops=ceil(DROP_THOUSANDTHS * block_drops),
    )


def _make_forecast(prediction: Prediction, facts: Situation) -> Forecast:
    agents = [
        *_look_up_rows(prediction.talking, facts.now_us, facts.talk_starts_us),
        *_look_up_rows(prediction.wrapping_up, facts.now_us, facts.wrap_up_starts_us),
    ]
    calls = _look_up_rows(
        prediction.in_flight,
        facts.now_us,
        (call.dialled_at_us for call in facts.in_flight.values() if not call.is_given_up),
    )
    forecast = Forecast(prediction, facts.ready_agents, facts.waiting_calls, agent_rows=agents, call_rows=calls)
    if facts.callers_per_second:
        forecast.expect_callers(facts.callers_per_second)
    return forecast


def _remove_hopeless_calls(prediction: Prediction, facts: Situation, forecast: Forecast) -> tuple[str, ...]:
    """Return the calls that have rung long enough and would find no agent; the forecast is then without them."""
    hopeless_calls: list[str] = []
    if forecast.predict_worst_miss() <= GIVE_UP_PROBABILITY:
        return ()
    for name, call in facts.in_flight.items():
        if _has_rung(call, facts.now_us):
            (row,) = _look_up_rows(prediction.in_flight, facts.now_us, (call.dialled_at_us,))
            if forecast.predict_miss(row) > GIVE_UP_PROBABILITY:
                forecast.remove_call(row)
                hopeless_calls.append(name)
    return tuple(hopeless_calls)


def _list_youngest_calls(facts: Situation) -> tuple[str, ...]:
    """Return the youngest calls beyond the READY agents that have rung long enough: agents have vanished."""
    given_up_calls = sum(call.is_given_up for call in facts.in_flight.values())
    excess_calls = max(0, facts.count_missing_agents() - facts.away_agents - given_up_calls)
    rung_calls = [name for name, call in facts.in_flight.items() if _has_rung(call, facts.now_us)]
    return tuple(rung_calls[::-1][:excess_calls])


def _has_rung(call: CallInFlight, now_us: int) -> bool:
    """Return whether a call has rung long enough to be given up, and has not been given up yet."""
    return not call.is_given_up and now_us >= ring_time.compute_ring_end_us(call.dialled_at_us, call.ringing_at_us)


def _look_up_rows(table: Sequence[Row], now_us: int, starts_us: Iterable[int]) -> list[Row]:
    last_row = len(table) - 1
    return [table[min(last_row, max(0, now_us - start_us) // SECOND_US)] for start_us in starts_us]


def _make_decision(
    facts: Situation, begin: int, give_up: tuple[str, ...], risk: float = 0.0, free_soon: float | None = None
) -> Decision:
    return Decision(
        begin=begin,
        give_up=give_up,
        ready=facts.ready_agents,
        in_flight=len(facts.in_flight),
        threshold=round(DROP_THOUSANDTHS * facts.threshold),
        risk=ceil(DROP_THOUSANDTHS * risk),
        free_soon=free_soon,
        away=facts.away_agents,
    )
