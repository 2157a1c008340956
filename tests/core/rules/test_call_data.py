"""The limits of a call's data, and its form on the way to the app."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warmline.core.rules import call_data

ITEMS = st.lists(st.tuples(st.text(max_size=40), st.text(max_size=520)), max_size=40)
NAMES = st.from_regex(r"[a-zA-Z][a-zA-Z0-9_]{0,31}", fullmatch=True)
LIKELY = st.lists(st.tuples(NAMES, st.text(max_size=60)), max_size=40)


def why_not(*pairs: tuple[str, str]) -> str:
    """Return why the last of these items is left out."""
    accepted, rejections = call_data.check_items(pairs)
    assert len(accepted) == len(pairs) - 1, rejections
    return rejections[-1]


def test_an_item_beyond_a_limit_is_left_out_with_a_note(subtests: pytest.Subtests) -> None:
    for pairs, rejection in [
        ([("1a", "x")], "1a is left out, because a name has up to 32 letters, digits and _, a letter first"),
        ([("", "x")], "a name has up to 32 letters"),
        ([("a" * 33, "x")], "a name has up to 32 letters"),
        ([("na-me", "x")], "a name has up to 32 letters"),
        ([("é\x1b", "x")], "\\xe9\\x1b is left out, because a name"),
        ([("ticket", "1"), ("Ticket", "2")], "Ticket is left out, because the name is there twice"),
        ([("a", "x" * 501)], "a is left out, because it is longer than 500 characters"),
        ([("a", "x\ny")], "a is left out, because it has control characters or is not UTF-8"),
        ([("a", "x\x9by")], "it has control characters"),
        ([("a", "x\x7f")], "it has control characters"),
        ([("a", "x\u202ey")], "it has control characters"),
        ([("a", "x\ufffd")], "it has control characters or is not UTF-8"),
        ([("a", "x\ud800")], "it has control characters or is not UTF-8"),
        ([(f"n{number}", "x") for number in range(33)], "n32 is left out, because a call has at most 32 items"),
        ([(f"n{number}", "x" * 500) for number in range(8)], "all data together is longer than 4000 bytes"),
    ]:
        with subtests.test(pairs=pairs, rejection=rejection):
            assert rejection in why_not(*pairs)


def test_items_at_the_limits_stay() -> None:
    pairs = [("a" * 32, "x" * 500), *((f"n{number}", "é, ;=&%+\u00a0\u200d\u3000") for number in range(31))]
    assert call_data.check_items(pairs) == (tuple(pairs), ())


@given(st.one_of(ITEMS, LIKELY))
@example([("a", "+ %20 & = ! \U0001f600")])
def test_items_arrive_as_they_were_sent(pairs: list[tuple[str, str]]) -> None:
    accepted, rejections = call_data.check_items(pairs)
    word = call_data.encode_items(accepted, rejections)
    assert not set(word) & set(" ,\"'\\()[]{}$;|<>\n\r\0") and len(word.encode()) <= call_data.MAX_TOTAL_BYTES
    decoded, notes = call_data.decode_items(word)
    assert decoded == accepted and set(notes) <= set(rejections)
    assert all(call_data.is_name(name) and len(value) <= call_data.MAX_VALUE_LENGTH for name, value in accepted)
    assert "".join(value for _, value in accepted + tuple(("", note) for note in notes)).translate(SPACES).isprintable()


SPACES = {ord(character): " " for character in call_data.JOINERS_AND_SPACES}


@given(st.one_of(st.text(), st.text("%&=!+0aZ\u20ac", max_size=200)))
def test_any_word_can_be_read(word: str) -> None:
    accepted, notes = call_data.decode_items(word)
    assert call_data.check_items(accepted) == (accepted, ()) and len(notes) <= call_data.MAX_ITEMS
    assert all(note.translate(SPACES).isprintable() for note in notes)
