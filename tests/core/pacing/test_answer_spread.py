"""The spread of the answer rate: independent calls have none, blocks of leads have one, and it is kept."""

import json
from dataclasses import replace
from math import inf, nan

import pytest

from tests.core.pacing.test_pacer import LARGE_BUDGET, START_US, dial_calls, make_pacer
from warmline.core.model.dialler import DROP_THOUSANDTHS
from warmline.core.pacing.answer_spread import HALF_MINUTE_US, AnswerSpread
from warmline.core.pacing.dial_method import DialMethod
from warmline.core.pacing.drop_budget import DropRules, bound_drops_permille, can_begin_call
from warmline.core.pacing.pacer import Pacer


def make_spread(blocks: list[tuple[int, int]]) -> AnswerSpread:
    """The spread after these half minutes of (answers, calls). One more call ends the last of them."""
    spread = AnswerSpread()
    for number, (answers, calls) in enumerate([*blocks, (0, 1)], 1):
        for call in range(calls):
            spread.add(START_US + number * HALF_MINUTE_US + call, is_answered=call < answers)
    return spread


def test_equal_half_minutes_have_no_spread() -> None:
    assert make_spread([(10, 50)] * 40).get_highest_rate() == pytest.approx(0.2)


def test_after_bad_blocks_with_many_calls_the_rate_of_the_good_ones_is_known() -> None:
    spread = make_spread([(8, 20), (4, 200)] * 15)
    assert spread.answers / spread.calls < 0.06
    assert spread.get_highest_rate() == pytest.approx(0.35, abs=0.06)


def test_a_budget_that_does_not_bear_a_good_block_begins_no_call() -> None:
    rules, balance = DropRules(), 10_000 * 30  # thousandths
    expected = 1000
    assert bound_drops_permille(expected) < balance
    for missing_agents, block_drops, is_allowed in (
        (1000, balance, True),
        (1000, balance + 1, False),
        (balance // DROP_THOUSANDTHS, balance + 1, True),  # all of them may be dropped
    ):
        assert is_allowed is can_begin_call(
            LARGE_BUDGET,
            rules,
            START_US,
            missing_agents=missing_agents,
            expected_drops_permille=expected,
            block_drops_permille=block_drops,
        )


def make_pacer_in_bad_block(blocks: list[tuple[int, int]]) -> Pacer:
    """A pacer that has learnt a low answer rate, with a balance of 12 persons."""
    pacer = make_pacer(DialMethod.PREDICTIVE, 14, adaptive_maximum_level=100.0)
    for number, (answers, calls) in enumerate(blocks):
        now_us = START_US + number * HALF_MINUTE_US
        for call, name in enumerate(dial_calls(pacer, calls, now_us)):
            if call < answers:
                pacer.note_answer(name, now_us + 9_000_000)
                pacer.note_call_end(name, now_us + 9_500_000)
            else:
                pacer.note_call_end(name, now_us + 25_000_000)
    pacer.feedback.log_threshold = -0.05
    pacer.update_prediction(START_US + len(blocks) * HALF_MINUTE_US)
    pacer.budget = replace(
        LARGE_BUDGET, windows=tuple(replace(window, answered=400) for window in LARGE_BUDGET.windows)
    )
    return pacer


def test_fewer_lines_are_begun_where_answers_came_in_blocks() -> None:
    now_us = START_US + 40 * HALF_MINUTE_US
    blocks = make_pacer_in_bad_block([(8, 20), (4, 200), (4, 200), (4, 200)] * 10)
    steady = make_pacer_in_bad_block([(3, 100)] * 40)
    in_blocks, usual = blocks.decide(now_us).new_calls, steady.decide(now_us).new_calls
    assert 14 < in_blocks < usual / 2


def test_a_list_without_any_answer_for_long_is_dialled() -> None:
    pacer = make_pacer(DialMethod.PREDICTIVE, 4)
    pacer.outcomes.answers = 0.0
    pacer.update_prediction(START_US)
    assert pacer.decide(START_US).new_calls > 4


def test_the_spread_is_restored_and_counts_half_after_a_week() -> None:
    spread, restored, week_old = make_spread([(8, 20), (4, 200)] * 15), AnswerSpread(), AnswerSpread()
    record = json.loads(json.dumps(spread.as_record()))
    restored.restore(record, 1.0)
    week_old.restore(record, 0.5)
    assert restored.as_record() == spread.as_record()
    assert week_old.calls == spread.calls / 2
    assert week_old.get_highest_rate() < spread.get_highest_rate()


def test_a_record_of_an_older_release_has_no_spread() -> None:
    pacer = make_pacer(DialMethod.PREDICTIVE, 4)
    pacer.spread.add(START_US, is_answered=True)
    record = pacer.as_record()
    del record["spread"]
    pacer.restore(record)
    assert pacer.spread.as_record() == AnswerSpread().as_record()


def test_a_damaged_record_is_refused_and_changes_nothing(subtests: pytest.Subtests) -> None:
    for name, value in [
        *((name, value) for name in AnswerSpread.__slots__ for value in (-1, nan, inf)),
        ("answers", 10_000.5),
        ("answers_now", 2),
    ]:
        with subtests.test(name=name, value=value):
            pacer = make_pacer(DialMethod.PREDICTIVE, 4)
            pacer.spread = make_spread([(8, 20), (4, 200)] * 5)
            earlier_record, record = pacer.as_record(), pacer.as_record()
            record["spread"][name] = value
            with pytest.raises(ValueError, match=f"{name} (cannot be|is) {value}"):
                pacer.restore(record)
            assert pacer.as_record() == earlier_record
            with pytest.raises(ValueError, match=name):
                AnswerSpread().restore(record["spread"], 0.5)
