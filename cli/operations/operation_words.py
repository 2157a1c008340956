"""Decoders: they read the words of a command line that are written for people."""

from collections.abc import Callable
from typing import Any, NamedTuple

from cli.arguments import completion, time_options
from cli.client import own_agent
from cli.client.own_agent import ME
from cli.client.whole_id import whole_id
from warmline.centre.place import Place
from warmline.leads import phone_numbers
from warmline.leads.lead_fields import number_invalid
from warmline.leads.phone_numbers import PhoneNumberError
from warmline.text.iso_time import iso


class Word(NamedTuple):
    """The value of an argument, None if it is absent, and how people read it."""

    value: Any
    shown: Any


def decoded(decoder: str, text: Any, name: str, place: Place) -> Word:
    """Return what a word stands for; `name` is the argument in errors, `text` is None if it is absent.

    Raises InvalidArgument, OptionError, Conflict, StoreError, AppAway, AppRefused.
    """
    if decoder == "own_agent":
        agent = own_agent.of(place).agent if text in (None, ME) else text
        return Word(agent, agent)
    if text is None:
        return Word(text, text)
    return DECODERS[decoder](text, name, place)


def _digits(text: str, _name: str, _place: Place) -> Word:
    try:
        return Word(phone_numbers.checked(text), text)
    except PhoneNumberError as error:
        raise number_invalid(error) from None


def _callback_id(text: str, _name: str, place: Place) -> Word:
    found = whole_id(place, "callback", text)
    return Word(found, found)


def _agent_or_me(text: str, _name: str, place: Place) -> Word:
    return Word(own_agent.of(place).agent if text == ME else text, text)


def _time_ahead(text: str, name: str, _place: Place) -> Word:
    return Word(*time_options.callback_time(text, name))


def _days_ahead(text: str, _name: str, _place: Place) -> Word:
    period = time_options.callback_period(text)
    return Word(f"{iso(period.start)}..{iso(period.end)}", period.bounds)


def _with_commas(text: str, _name: str, _place: Place) -> Word:
    return Word([part.strip() for part in text.split(",") if part.strip()], text)


DECODERS: dict[str, Callable[[str, str, Place], Word]] = {
    "agent_or_me": _agent_or_me,
    "callback_id": _callback_id,
    "days_ahead": _days_ahead,
    "digits": _digits,
    "time_ahead": _time_ahead,
    "with_commas": _with_commas,
}
COMPLETIONS = {"callback_id": completion.callbacks}
