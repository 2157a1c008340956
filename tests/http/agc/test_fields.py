import pytest
from hypothesis import given
from hypothesis import strategies as st

from ari_app.http.agc.requests.fields import FILTERS, GIVEN, ODD_FIELDS, filtered

ALL_ASCII = "".join(map(chr, range(32, 127)))
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALNUM = "0123456789" + LETTERS + LETTERS.lower()

KEPT = {
    "user": ALNUM + "-_",
    "agent_user": ALNUM + "-_",
    "function": ALNUM + "-_",
    "cid_choice": ALNUM + "-_",
    "close_window_link": ALNUM + "-_",
    "pass": ALNUM + "-.+/=_",
    "value": ALNUM + "-|_",
    "source": ALNUM,
    "format": ALNUM,
    "group_alias": ALNUM,
    "alt_user": ALNUM,
    "phone_number": "0123456789*#",
    "phone_code": "0123456789X",
    "lead_id": "0123456789",
    "ingroup_choices": ALNUM + "- _",
    "consultative": LETTERS,
    "dial_override": LETTERS,
    "alt_dial": "0123456789" + LETTERS,
    "multi_dial_phones": "0123456789,",
    "md_check": ALNUM,
    "tw_check": ALNUM,
    "callback_datetime": ALNUM + "- :._",
    "callback_comments": ALNUM + "- ._",
    "qm_dispo_code": ALNUM + "-._",
    "stage": ALL_ASCII.translate({ord(letter): None for letter in "'\"\\;"}),
}


def test_each_field_keeps_its_own_characters() -> None:
    kept = {name: set(filtered({name: ALL_ASCII})[name]) for name in KEPT}
    assert kept == {name: set(characters) for name, characters in KEPT.items()}


@pytest.mark.parametrize(
    ("name", "kept"), [("ingroup_choices", " A -"), ("callback_comments", " A -"), ("value", "A-"), ("pass", "+A+-")]
)
def test_a_plus_is_a_blank_where_the_contract_says_so(name: str, kept: str) -> None:
    assert filtered({name: "+A+-"})[name] == kept


def test_of_a_text_that_is_too_long_the_beginning_counts() -> None:
    kept = {name: len(text) for name, text in filtered(dict.fromkeys(FILTERS, "0A" * 40_000)).items() if name != GIVEN}
    assert kept.pop("comments") == 4001, "one more than a lead takes, which is refused"
    assert kept.pop("ingroup_choices") == kept.pop("pass") == 4000
    assert max(kept.values()) == 256


READ_BY_PEOPLE = (
    *("title", "first_name", "middle_initial", "last_name", "address1", "address2", "address3", "city", "state"),
    *("province", "postal_code", "email", "owner", "security_phrase", "comments", "vendor_lead_code", "vendor_id"),
    *("source_id", "notes", "callback_comments", "notification_text"),
)
WORDS = ("Zoë", "München", "Łódź", "Ελλάδα", "Юлия", "日本語", "שלום", "مرحبا", "हिन्दी", "می\u200cروم", "Zoe\u0308")


def test_fields_for_people_keep_the_letters_of_every_script_and_the_others_are_ascii() -> None:
    for name in READ_BY_PEOPLE:
        assert [filtered({name: word})[name] for word in WORDS] == list(WORDS), name
    for name in set(FILTERS) - {*READ_BY_PEOPLE, "stage"}:
        assert filtered({name: "é٣７Ⅷ" + "".join(WORDS)})[name].isascii(), name


def test_no_field_keeps_control_characters_or_invalid_utf8() -> None:
    controls = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160))]
    others = "\u202e\u2066\u2028\u2029\ufeff\ufffd\ud800"
    kept = {name: filtered({name: "A".join([*controls, *others])})[name].strip("A") for name in FILTERS}
    assert kept == dict.fromkeys(FILTERS, "")


def test_lines_stay_in_free_texts_only() -> None:
    fields = filtered({"comments": "Ä\n\tB", "notes": "Ä\n\tB"})
    assert (fields["comments"], fields["notes"]) == ("Ä\n\tB", "ÄB")


def test_a_missing_field_is_empty_and_an_unknown_one_is_dropped() -> None:
    assert filtered({"no_such_field": "x"}) == dict.fromkeys((*FILTERS, *ODD_FIELDS, GIVEN), "")


@given(st.dictionaries(st.sampled_from([*sorted(FILTERS), "x", GIVEN]), st.text()))
def test_given_fields_are_listed_by_their_known_names(query: dict[str, str]) -> None:
    assert set(filtered(query)[GIVEN].split()) == set(query) & set(FILTERS)
