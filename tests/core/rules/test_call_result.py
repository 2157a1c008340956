"""The word for a call that is over, and safe text for a dialplan."""

import pytest

from warmline.core.model.queue_wait import ANSWERED_OUTCOME, CUT_OFF_OUTCOME
from warmline.core.rules import third_variables
from warmline.core.rules.call_result import (
    MAX_VALUE_BYTES,
    PATH_CHARACTERS,
    RESULTS,
    VARIABLES,
    build_variables,
    choose_result,
    to_safe_text,
)


def test_each_end_has_a_word(subtests: pytest.Subtests) -> None:
    for outcome, ended_by, has_talked, is_left_by_agent, result in [
        (ANSWERED_OUTCOME, "customer", True, False, "talked"),
        (ANSWERED_OUTCOME, "agent", True, False, "talked"),
        (ANSWERED_OUTCOME, "third", True, True, "left"),
        (ANSWERED_OUTCOME, "left_max_minutes", True, True, "left"),
        (ANSWERED_OUTCOME, "asterisk", True, False, "failed"),
        ("", "customer", True, False, "talked"),  # an agent dialled
        ("DROP", "customer", False, False, "abandoned"),
        ("", "", False, False, "abandoned"),  # not recorded yet
        ("TIMEOT", "drop_call_seconds", False, False, "timeout"),
        ("XDROP", "customer", False, False, "timeout"),
        ("AFTHRS", "after_hours_action", False, False, "closed"),
        ("CLOSOP", "closing_time_action", False, False, "closed"),
        ("NANQUE", "no_agent_action", False, False, "no_agent"),
        ("MAXCAL", "no_agent_action", False, False, "full"),
        ("WAITTO", "wait_time_option", False, False, "offer"),
        (CUT_OFF_OUTCOME, "error", False, False, "failed"),
        (CUT_OFF_OUTCOME, "operator", False, False, "failed"),
        # The agent transferred the call, and no agent took it.
        ("DROP", "customer", True, False, "abandoned"),
        ("TIMEOT", "drop_call_seconds", True, False, "timeout"),
        # No closer answered the agent's request, and the agent stayed in the call.
        ("TIMEOT", "agent", True, False, "talked"),
        ("TIMEOT", "customer", True, False, "talked"),
    ]:
        with subtests.test(
            outcome=outcome, ended_by=ended_by, has_talked=has_talked, is_left_by_agent=is_left_by_agent, result=result
        ):
            assert choose_result(outcome, ended_by, has_talked=has_talked, is_left_by_agent=is_left_by_agent) == result
            assert result in RESULTS


def test_no_character_of_a_value_means_anything_to_a_dialplan_or_a_shell() -> None:
    everything = "".join(map(chr, range(0x3000)))
    safe_text = to_safe_text(everything[:0x250])
    assert set(safe_text) & set(map(chr, range(0x80))) == PATH_CHARACTERS - {"/"}
    assert not set(safe_text) & set("\"'`$\\{}[](),;:&|<>!?=*#%~^/\n\r\t\0")
    assert to_safe_text('a"b,c)$[1]${X}') == "a b c   1   X "
    assert to_safe_text("\N{LATIN SMALL LETTER E WITH DIAERESIS}t\N{RIGHT-TO-LEFT OVERRIDE}") == "\xebt "


def test_a_long_text_is_cut_between_two_characters() -> None:
    assert to_safe_text("\N{EURO SIGN}" * 1000) == "\N{EURO SIGN}" * (MAX_VALUE_BYTES // 3)


def test_recordings_and_data_follow_the_table() -> None:
    variables = build_variables({"result": "left", "wait": "3"}, ["/a/b.wav", "/a/c d.wav"], [("ticket", '4"711')])
    assert list(variables) == [*VARIABLES, "WARMLINE_RECORDING_2", "WARMLINE_DATA_ticket"]
    assert (variables["WARMLINE_RESULT"], variables["WARMLINE_WAIT"], variables["WARMLINE_AGENT"]) == ("left", "3", "")
    assert (variables["WARMLINE_RECORDING"], variables["WARMLINE_RECORDING_2"]) == ("/a/b.wav", "/a/c d.wav")
    assert variables["WARMLINE_DATA_ticket"] == "4 711"


def test_a_third_party_is_told_nothing_by_a_variable_without_harmless_text() -> None:
    variables = third_variables.build_variables("1000", "\n${}\t", [("ticket", "4,711"), ("mark", "!!")])
    assert variables == (("WARMLINE_AGENT", "1000"), ("WARMLINE_DATA_ticket", "4 711"))
