"""Codes of authenticator apps: the examples of RFC 6238, clocks that differ, and codes that are used once."""

from urllib.parse import parse_qs, urlsplit

import pytest

from warmline.access import one_time_codes as codes

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105 - of the RFC: 12345678901234567890 in base32
EXAMPLES = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}


def test_the_codes_are_those_of_the_rfc() -> None:
    steps = {at: codes.step_of(SECRET, code, at) for at, code in EXAMPLES.items()}
    assert steps == {at: at // codes.STEP for at in EXAMPLES}


def test_a_phone_may_be_one_step_late_or_early() -> None:
    """At 1111111110 a step begins: the code before it began is one step old for 30 seconds, and then two."""
    begin = 1111111110
    steps = {skew: codes.step_of(SECRET, EXAMPLES[1111111111], begin + skew) for skew in range(-95, 96, 5)}
    assert steps == {skew: begin // codes.STEP if -30 <= skew < 60 else None for skew in steps}


def test_a_code_counts_once_and_an_older_one_not_after_it() -> None:
    now, step = 1111111111, 1111111111 // codes.STEP
    assert codes.step_of(SECRET, "050471", now, step - 1) == step
    assert codes.step_of(SECRET, "050471", now, step) is None
    assert codes.step_of(SECRET, "081804", now, step) is None, "the code of the step before"


@pytest.mark.parametrize("ahead", [3600, 86_400])
def test_a_clock_that_was_ahead_refuses_no_later_code(ahead: int) -> None:
    """A code was accepted while the clock was wrong; when it is right again, the next code is accepted."""
    step = 1111111111 // codes.STEP
    assert codes.step_of(SECRET, "050471", 1111111111, step + ahead // codes.STEP) == step


def test_other_texts_are_no_codes() -> None:
    texts = ("", "05047", "0504711", "05047a", "\u0660\u0665\u0660\u0664\u0667\u0661")
    assert [codes.step_of(SECRET, text, 1111111111) for text in texts] == [None] * len(texts)


def test_a_secret_depends_on_key_user_and_salt_alone() -> None:
    key, salt = codes.new_key(), codes.new_salt()
    secret = codes.secret(key, "mia", salt)
    assert len(key) >= codes.SHORTEST_KEY and len(secret) == 32 and secret == codes.secret(key, "mia", salt)
    others = {codes.secret(codes.new_key(), "mia", salt), codes.secret(key, "ada", salt)}
    assert len({secret, *others, codes.secret(key, "mia", codes.new_salt())}) == 4
    assert codes.key_id(key) == codes.key_id(key) != codes.key_id(key + "x") and codes.key_id(key) not in key


def test_an_app_reads_the_secret_from_the_address() -> None:
    told = urlsplit(codes.uri(SECRET, "mia o'neil", "pbx.example.org"))
    assert (told.scheme, told.netloc) == ("otpauth", "totp")
    assert told.path == "/Warmline:mia%20o%27neil@pbx.example.org"
    assert parse_qs(told.query) == {"secret": [SECRET], "issuer": ["Warmline"]}


def test_recovery_codes_are_typed_in_any_way() -> None:
    made = codes.new_recovery_codes()
    assert len(set(made)) == codes.RECOVERY_CODES and all(codes.RECOVERY.fullmatch(one) for one in made)
    shown = codes.in_groups(made[0])
    assert len(shown) == 19 and codes.plain(shown.lower().replace(" ", "-")) == made[0]
    assert len({codes.hashed_recovery_code(salt, made[0]) for salt in ("a", "b")}) == 2
