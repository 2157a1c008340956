"""A person who takes calls is two entries: a user, who logs in with a password, and an agent, who has the calls."""

from collections import Counter
from collections.abc import Mapping, Sequence

from cli.arguments import list_hints
from cli.arguments.completion import entry_names


def of_user(found: Mapping[str, str], user: str) -> bool:
    """Return whether a new user with these options needs an agent: with a number, or with the role agent."""
    takes_calls = found.get("role", "") == "agent" or (user.isdigit() and "role" not in found)
    return "agent" not in found and takes_calls


def usual(agent: str) -> dict[str, str]:
    """Return the phone, which no other agent has, and the campaign that a new agent needs for the login."""
    agents = list_hints.all_of("agent")
    used = {one["phone"] for one in agents}
    free = next((one for one in entry_names("phone") if one not in used), "")
    campaigns = Counter(str(one["campaign"]) for one in agents if one["campaign"])
    needed = {
        "phone": agent if agent.isdigit() and agent not in used else free,
        "campaign": max(campaigns, key=lambda name: campaigns[name], default=""),
    }
    return {option: text for option, text in needed.items() if text}


def options(agent: str, found: Mapping[str, str], typed: Sequence[str]) -> list[str]:
    """Return the pairs of the agent of a new user: the typed ones, the name, and what is needed besides."""
    from warmline.options.option_table import ENTITIES

    named = {ENTITIES["agent"].meant(one.partition("=")[0].strip("-")) for one in typed}
    more = {option: text for option, text in found.items() if option == "full_name"} | usual(agent)
    return [*typed, *(f"{option}={text}" for option, text in more.items() if option not in named)]


def options_in(pairs: Sequence[str]) -> list[str]:
    """Return the pairs that give an option of an agent a value."""
    from warmline.options.option_table import ENTITIES

    return [one for one in pairs if ENTITIES["agent"].meant(one.partition("=")[0].strip("-"))]


def of_agent(agent: str) -> str:
    """Return the sentence about the user that a new agent needs for the browser; "" if one has the agent."""
    if agent in entry_names("user") or any(one["agent"] == agent for one in list_hints.all_of("user")):
        return ""
    return f"For the login in a browser, too: warmline user create {agent} agent={agent} pass=-"


def other(kind: str, name: str) -> str:
    """Return the agent of a user, or the user of an agent, as the options or the names tell; "" without one."""
    if kind == "user":
        agent = str(list_hints.value_now("user", name, "agent") or name)
        return agent if agent in entry_names("agent") else ""
    users = entry_names("user")
    owner = (one for one in users if list_hints.value_now("user", one, "agent") == name)
    return next(owner, name if name in users else "")
