"""Tokens of browser phones: good once, for five seconds, for one agent and page."""

from typing import Any

from ari_app.calls.browser_phones import OFFER_SECONDS, TOKEN_SECONDS, TOKENS, BrowserPhones
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegArrived, LegRinging
from warmline.core.model.session import BROWSER_PHONE


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def phones(clock: Clock) -> BrowserPhones:
    return BrowserPhones(unused, clock)


def unused(event: Event) -> Any:
    raise AssertionError(event)


def arrives(token: str) -> LegArrived:
    return LegArrived("leg", (BROWSER_PHONE, token), dialled=token)


def test_a_token_names_its_agent_and_page_once_and_is_nowhere_in_the_event() -> None:
    made = phones(Clock())
    token = made.new_token("1000", "page", "offer")
    assert made.redeemed(arrives(token)) == LegArrived("leg", (BROWSER_PHONE, "1000", "page"))
    assert made.redeemed(arrives(token)) == LegArrived("leg", (BROWSER_PHONE,))


def test_the_token_of_a_supervisor_names_the_client_too() -> None:
    made = phones(Clock())
    token = made.new_token("1000", "page", "offer", "user:ben")
    assert made.redeemed(arrives(token)) == LegArrived("leg", (BROWSER_PHONE, "1000", "page", "user:ben"))


def test_a_token_is_good_for_five_seconds() -> None:
    clock = Clock()
    made = phones(clock)
    early, late = made.new_token("1000", "a", "offer"), made.new_token("1000", "b", "offer")
    clock.now += TOKEN_SECONDS - 0.1
    assert made.redeemed(arrives(early)).args == (BROWSER_PHONE, "1000", "a")  # type: ignore[union-attr] # it is an arrival
    clock.now += 0.2
    assert made.redeemed(arrives(late)).args == (BROWSER_PHONE,)  # type: ignore[union-attr] # it is an arrival


def test_other_tokens_and_other_events_get_no_agent() -> None:
    made = phones(Clock())
    made.new_token("1000", "page", "offer")
    for args in ((BROWSER_PHONE,), (BROWSER_PHONE, ""), (BROWSER_PHONE, "guess"), (BROWSER_PHONE, "1000", "page")):
        assert made.redeemed(LegArrived("leg", args)) == LegArrived("leg", (BROWSER_PHONE,))
    for event in (LegArrived("leg", ("login", "1000")), LegRinging("leg")):
        assert made.redeemed(event) is event


def test_unused_tokens_do_not_pile_up() -> None:
    made = phones(Clock())
    first = made.new_token("1000", "first", "offer")
    for number in range(TOKENS):
        last = made.new_token("1000", str(number), "offer")
    assert len(made._tickets) == TOKENS
    assert made.redeemed(arrives(first)) == LegArrived("leg", (BROWSER_PHONE,))
    assert made.redeemed(arrives(last)) == LegArrived("leg", (BROWSER_PHONE, "1000", str(TOKENS - 1)))


def test_an_offer_that_a_browser_sends_again_gets_no_second_token() -> None:
    clock = Clock()
    made = phones(clock)
    assert made.new_token("1000", "page", "one") != ""
    assert made.new_token("1000", "page", "one") == "", "the leg of its first answer may have sent messages already"
    for others in (("1000", "page", "two"), ("1000", "other", "one"), ("1001", "page", "one")):
        assert made.new_token(*others) != ""
    assert made.new_token("1000", "page", "one", "user:ben") != "", "the page of a supervisor"
    clock.now += OFFER_SECONDS + 0.1
    assert made.new_token("1000", "page", "one") != ""
