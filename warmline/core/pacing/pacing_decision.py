"""One decision of pacing from the facts of a moment: how many calls to begin, and which to give up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from warmline.core.model.dialler import DROP_THOUSANDTHS, DropBudget
from warmline.core.moment import SECOND_US
from warmline.core.pacing import drop_budget
from warmline.core.pacing.campaign_calls import CallInFlight
from warmline.core.pacing.dial_method import DialMethod, PacingRules
from warmline.core.pacing.forecast import Forecast
from warmline.core.pacing.prediction import Prediction, Row
from warmline.core.rules import ring_time

GIVE_UP_PROBABILITY = 0.4  # of finding no agent: above it, a call is given up


@dataclass(frozen=True, slots=True)
class Situation:
    """The facts of a moment; times in microseconds UTC.

    `ready_agents` may take calls now, and `waiting_calls` are answered and have no agent yet. `talk_starts_us` and
    `wrap_up_starts_us` say since when each of these agents has done so. `logged_in_agents` counts the paused ones too.
    `calls_in_flight` are in the order of their dialling. `threshold` is how many drops may be risked for one more
    answer. Of the READY agents, `away_agents` are not counted on: others may need them, or they may pause. It is 0
    while the budget bears such drops. `highest_rate` is the share of answers in a block of leads that answer well.
    """

    now_us: int
    ready_agents: int
    waiting_calls: int
    logged_in_agents: int
    talk_starts_us: Sequence[int]
    wrap_up_starts_us: Sequence[int]
    calls_in_flight: Mapping[str, CallInFlight]
    callers_per_second: float
    threshold: float
    away_agents: int = 0
    highest_rate: float = 0.0

    def count_working_agents(self) -> int:
        """Return how many agents are not paused."""
        return self.ready_agents + len(self.talk_starts_us) + len(self.wrap_up_starts_us)

    def count_missing_agents(self) -> int:
        """Return how many calls would have no agent if all in flight were answered now; negative: spare agents."""
        return len(self.calls_in_flight) + self.waiting_calls - self.ready_agents + self.away_agents


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision: how many `new_calls` to begin now, and the ids of the `hopeless_calls` to give up.

    `ready_agents` and `calls_in_flight` count those before the decision. `expected_drops_permille` is how many drops
    are expected of all calls in flight, with the new ones. `threshold_permille` is how many may be risked for one more
    answer. Both are thousandths of a drop. `free_soon` is how many agents are expected to be free in ten seconds, if
    the method predicts it. `away_agents` READY agents are not counted on.
    """

    new_calls: int = 0
    hopeless_calls: tuple[str, ...] = ()
    ready_agents: int = 0
    calls_in_flight: int = 0
    threshold_permille: int = 0
    expected_drops_permille: int = 0
    free_soon: float | None = None
    away_agents: int = 0


EMPTY_DECISION = Decision()


def decide(rules: PacingRules, budget: DropBudget, prediction: Prediction, situation: Situation) -> Decision:
    """Return the decision of a campaign."""
    dial_method = rules.dial_method
    if dial_method is not DialMethod.MANUAL and situation.count_working_agents() < rules.dial_level_threshold_agents:
        dial_method = DialMethod.PROGRESSIVE
    if dial_method is DialMethod.MANUAL:
        return _make_decision(situation, 0, ())
    max_new_calls = int(rules.adaptive_maximum_level * situation.logged_in_agents) - len(situation.calls_in_flight)
    if dial_method is DialMethod.PROGRESSIVE:
        return _make_decision(
            situation, max(0, min(max_new_calls, -situation.count_missing_agents())), _list_youngest_calls(situation)
        )
    forecast = _make_forecast(prediction, situation)
    hopeless_calls = _remove_hopeless_calls(prediction, situation, forecast)
    if dial_method is DialMethod.RATIO:
        lines = round(rules.auto_dial_level * (situation.ready_agents - situation.away_agents))
        max_new_calls = min(max_new_calls, lines - len(situation.calls_in_flight) - situation.waiting_calls)
    new_calls = 0
    while new_calls < max_new_calls and _can_begin_call(
        rules, budget, situation, forecast=forecast, new_calls=new_calls
    ):
        forecast.add_call(prediction.calls_in_flight[0])
        new_calls += 1
    expected_drops = forecast.predict_drops() if new_calls or hopeless_calls else 0.0
    return _make_decision(
        situation, new_calls, hopeless_calls, expected_drops=expected_drops, free_soon=forecast.predict_free_agents()
    )


def _can_begin_call(
    rules: PacingRules, budget: DropBudget, situation: Situation, forecast: Forecast, new_calls: int
) -> bool:
    """Return whether one more call is worth its risk, and the budget bears it."""
    missing_agents = situation.count_missing_agents() + new_calls + 1
    if missing_agents <= 0:
        return True
    added_drops, expected_drops = forecast.predict_drops_of_one_more()
    if (
        rules.dial_method is DialMethod.PREDICTIVE
        and added_drops > situation.threshold * forecast.prediction.answer_rate
    ):
        return False
    block_drops = forecast.predict_shortage(situation.highest_rate)
    return drop_budget.can_begin_call(
        budget,
        rules.drops,
        situation.now_us,
        missing_agents=missing_agents,
        expected_drops_permille=ceil(DROP_THOUSANDTHS * (added_drops + expected_drops)),
        block_drops_permille=ceil(DROP_THOUSANDTHS * block_drops),
    )


def _make_forecast(prediction: Prediction, situation: Situation) -> Forecast:
    agents = [
        *_look_up_rows(prediction.talking, situation.now_us, situation.talk_starts_us),
        *_look_up_rows(prediction.wrapping_up, situation.now_us, situation.wrap_up_starts_us),
    ]
    calls = _look_up_rows(
        prediction.calls_in_flight,
        situation.now_us,
        (call.dialled_at_us for call in situation.calls_in_flight.values() if not call.is_given_up),
    )
    forecast = Forecast(prediction, situation.ready_agents, situation.waiting_calls, agent_rows=agents, call_rows=calls)
    if situation.callers_per_second:
        forecast.expect_callers(situation.callers_per_second)
    return forecast


def _remove_hopeless_calls(prediction: Prediction, situation: Situation, forecast: Forecast) -> tuple[str, ...]:
    """Return the calls that have rung long enough and would find no agent; the forecast is then without them."""
    hopeless_calls: list[str] = []
    if forecast.predict_worst_miss() <= GIVE_UP_PROBABILITY:
        return ()
    for name, call in situation.calls_in_flight.items():
        if _has_rung(call, situation.now_us):
            (row,) = _look_up_rows(prediction.calls_in_flight, situation.now_us, (call.dialled_at_us,))
            if forecast.predict_miss(row) > GIVE_UP_PROBABILITY:
                forecast.remove_call(row)
                hopeless_calls.append(name)
    return tuple(hopeless_calls)


def _list_youngest_calls(situation: Situation) -> tuple[str, ...]:
    """Return the youngest calls beyond the READY agents that have rung long enough: agents have vanished."""
    given_up_calls = sum(call.is_given_up for call in situation.calls_in_flight.values())
    excess_calls = max(0, situation.count_missing_agents() - situation.away_agents - given_up_calls)
    rung_calls = [name for name, call in situation.calls_in_flight.items() if _has_rung(call, situation.now_us)]
    return tuple(rung_calls[::-1][:excess_calls])


def _has_rung(call: CallInFlight, now_us: int) -> bool:
    """Return whether a call has rung long enough to be given up, and has not been given up yet."""
    return not call.is_given_up and now_us >= ring_time.compute_ring_end_us(call.dialled_at_us, call.ringing_at_us)


def _look_up_rows(table: Sequence[Row], now_us: int, starts_us: Iterable[int]) -> list[Row]:
    last_row = len(table) - 1
    return [table[min(last_row, max(0, now_us - start_us) // SECOND_US)] for start_us in starts_us]


def _make_decision(
    situation: Situation,
    new_calls: int,
    hopeless_calls: tuple[str, ...],
    expected_drops: float = 0.0,
    free_soon: float | None = None,
) -> Decision:
    return Decision(
        new_calls=new_calls,
        hopeless_calls=hopeless_calls,
        ready_agents=situation.ready_agents,
        calls_in_flight=len(situation.calls_in_flight),
        threshold_permille=round(DROP_THOUSANDTHS * situation.threshold),
        expected_drops_permille=ceil(DROP_THOUSANDTHS * expected_drops),
        free_soon=free_soon,
        away_agents=situation.away_agents,
    )
