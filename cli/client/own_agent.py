"""The agent of the person who is logged in: commands of agents mean this agent if USER is left out."""

from typing import NamedTuple

from warmline.centre import app_client
from warmline.centre.app_answer import AppAway, AppRefused
from warmline.centre.login_file import AppLogin
from warmline.centre.place import Place, choose, login
from warmline.store.database.errors import NotFound

ME = "me"  # in place of USER, also in the paths of the JSON API
AGENT = "agent"  # the role whose users act for their own agent only


class OwnAgent(NamedTuple):
    """The role of a person, and the name of that person's agent; "" for none."""

    role: str
    agent: str


def of(place: Place) -> OwnAgent:
    """Return the role and the agent of the person; the app is asked unless `warmline login` stored them.

    Both are empty for an API token, and if the app does not answer: the command itself then gets that error.
    """
    return choose(place, lambda _: OwnAgent("", ""), _of_login)


def _of_login(person: AppLogin) -> OwnAgent:
    if person.user:
        return OwnAgent(person.role, person.agent)
    try:
        told = app_client.get(person, "me")
    except (AppAway, AppRefused, NotFound):
        return OwnAgent("", "")
    return OwnAgent(told.get("role") or "", told.get("agent") or "")


def is_left_out(words: list[str], most: int, own: OwnAgent) -> bool:
    """Return whether USER is left out before these words of a command that takes at most `most`, with USER.

    Without any word, USER is the person's own agent. A user with the role agent acts for no other agent. The first word
    of such a user is therefore USER only if it is the own agent or `me`, or if no word is missing. Users with other
    roles write USER before other words.
    """
    if not own.agent:
        return False
    return not words or (own.role == AGENT and len(words) < most and words[0] not in (own.agent, ME))


def completed(words: list[str], positional: list[str], most: int) -> list[str]:
    """Return a command line of an agent command, with `me` as USER if USER is left out. Raises LoginError."""
    if len(positional) == most or (place := login()) is None:
        return words
    return [ME, *words] if is_left_out(positional, most, of(place)) else words


def is_always_me() -> bool:
    """Return whether the person can act for no other agent, so that the Tab key offers none. Raises LoginError."""
    place = login()
    return place is not None and place.role == AGENT


def named(user: str) -> str:
    """Return USER for a command that a hint suggests: with a space before it, or "" if it can be left out."""
    place = login() if user == ME else None
    return "" if place and place.role == AGENT else f" {user}"
