"""The language of `lead_filter`: what it understands, and what it refuses with the place and the way to write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.leads import filter_oracle
from warmline.text import lead_filter
from warmline.text.lead_filter import Comparison, Joined

PLAIN = {
    " state = TX | FL AND  rank>=5": "state=TX|FL and rank>=5",
    "city=New  York": "city=New York",
    "(rank=1 or rank=2) and owner=": "(rank=1 or rank=2) and owner=",
    "(rank=1 and rank=2) or owner=": "rank=1 and rank=2 or owner=",
    'city="Washington, DC"|"Rio"': 'city="Washington, DC"|Rio',
    'comments="one or two"': 'comments="one or two"',
    'comments="a ""b"""': 'comments="a ""b"""',
    "last_call<-7d": "last_call<-7d",
    "": "",
}
REFUSED = {
    "city=Tokyo, rank=0": "at character 11, ','",
    "city=Tokyo=Osaka": "at character 11, '='",
    "city=Tokyo and": "at its end",
    'city="a': "at character 6, '\"'",
    "rang=1": "at character 1, 'rang'",
    "rank>x": "at character 6, 'x'",
    "rank>1|2": "at character 6, '1'",
    "(rank=1": "at character 1, '('",
    "(" * 11 + "rank=1" + ")" * 11: "at character 11, '('",
    "last_call=-7d": "at character 11, '-7d'",
    "entry_date=2026-02-30": "at character 12, '2026-02-30'",
}


@pytest.mark.parametrize("text, plain", PLAIN.items())
def test_a_filter_has_one_form_in_which_it_is_stored(text: str, plain: str) -> None:
    assert lead_filter.plain(text) == plain


def test_the_word_and_binds_more_strongly_than_or() -> None:
    one, two, three = (Comparison("rank", "=", (value,)) for value in "123")
    assert lead_filter.read("rank=1 or rank=2 and rank=3") == Joined("or", (one, Joined("and", (two, three))))


@pytest.mark.parametrize("text, place", REFUSED.items())
def test_a_refused_filter_names_the_place_and_the_way_to_write_it(text: str, place: str) -> None:
    with pytest.raises(ValueError, match=r"such as|fields:|city=Tokyo\||one value|parenthes") as refused:
        lead_filter.read(text)
    assert str(refused.value).startswith(f"{place}: " if text else place)


@given(filter_oracle.trees)
def test_a_stored_filter_is_read_as_it_was_meant(tree: filter_oracle.Tree) -> None:
    stored = lead_filter.plain(filter_oracle.written(tree))
    assert lead_filter.plain(stored) == stored


@given(st.text(max_size=60))
def test_any_text_is_a_filter_or_refused_with_its_place(text: str) -> None:
    try:
        lead_filter.read(text)
    except ValueError as refused:
        assert str(refused).startswith("at ")
