"""Makes a person in one step: the user with a one-time password, the agent and the phone; also gives new passwords."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from warmline.access.rights import UserRole
from warmline.options.option_table import ENTITIES, OptionError, check_name
from warmline.options.user_options import MUST_CHANGE, USER
from warmline.store.configuration import change_plan, config, config_rows
from warmline.store.configuration.config_rows import revision
from warmline.store.database.errors import Conflict
from warmline.store.database.reading import reading

PHONE, AGENT = "phone", "agent"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike
GROUPS, OF_GROUP = 3, 4  # of a one-time password: 59 bits


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to make. An empty `agent` or `phone` is none, and an empty text of an option is its default."""

    user: str
    role: str = UserRole.AGENT
    full_name: str = ""
    user_group: str = ""
    agent: str = ""
    phone: str = ""
    campaign: str = ""
    ingroups: Sequence[str] = ()

    @property
    def of_agent(self) -> dict[str, str]:
        """Return the options of the agent that are given, as texts."""
        given = {
            "phone": self.phone,
            "campaign": self.campaign,
            "ingroups": ",".join(self.ingroups),
            "user_group": self.user_group,
        }
        return {option: text for option, text in given.items() if text}


class MadePerson(NamedTuple):
    """The revision in which a person was made, and the changes: each new entry. The others were there before."""

    revision: int
    changes: list[change_plan.ConfigChange]


def one_time_password() -> str:
    """Return a random password that a person types once, such as k7mq-4xwd-9trp."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(OF_GROUP)) for _ in range(GROUPS))


def add(path: str | Path, person: NewPerson, password: str, *, who: str) -> MadePerson:
    """Make the user, the agent and the phone of a person in one revision, all or none.

    An agent or a phone that exists is used. The next login of the user only chooses another password.

    Raises OptionError, NotFound (an entry that an option names), Conflict, StoreError.
    """
    name = check_name(USER.kind, person.user)
    if person.role == UserRole.AGENT and not person.agent:
        raise OptionError(
            "person_without_agent",
            "{user} has the role agent and no agent; name one, such as 1010, or give another role",
            user=name,
        )
    if not person.agent and (without := sorted(person.of_agent.keys() - {"user_group"})):
        raise OptionError("options_without_agent", "{options} are of an agent; name one", options=", ".join(without))
    with reading(path) as db:
        since = revision(db)
        named = {USER.kind: name, AGENT: person.agent, PHONE: person.phone}
        there = {kind for kind, one in named.items() if one and config_rows.find_if_any(db, ENTITIES[kind], one)}
    if USER.kind in there:
        raise config.entity_exists(USER.kind, name)
    if AGENT in there and (changed := sorted(person.of_agent.keys() - {"user_group"})):
        raise Conflict(
            "agent_of_person_exists",
            "agent {agent} exists; leave out {options} to give {user} this agent, or name another agent",
            agent=person.agent,
            options=", ".join(changed),
            user=name,
        )
    changes = change_plan.plan(path, _wanted(person, name, password, there), compare=False)
    number = change_plan.apply(path, changes, who=who, since=since)
    return MadePerson(number, changes)


def _wanted(person: NewPerson, name: str, password: str, there: set[str]) -> change_plan.Wanted:
    wanted: dict[tuple[str, str], dict[str, str]] = {}
    if person.phone and PHONE not in there:
        wanted[PHONE, person.phone] = {}
    if person.agent and AGENT not in there:
        wanted[AGENT, person.agent] = person.of_agent
    of_user = {"full_name": person.full_name, "user_group": person.user_group, "agent": person.agent}
    given = {option: text for option, text in of_user.items() if text}
    wanted[USER.kind, name] = {"pass": password, "role": person.role, MUST_CHANGE: "Y", **given}
    return wanted


def give_password(path: str | Path, user: str, password: str, *, who: str) -> None:
    """Give a user a one-time password, which ends the sessions. Raises NotFound, StoreError."""
    config.set_options(path, USER.kind, user, {"pass": password, MUST_CHANGE: "Y"}, who=who)


def role_of(path: str | Path, user: str) -> UserRole:
    """Return the role of a user. Raises NotFound, StoreError."""
    return UserRole(str(config.show(path, USER.kind, user)["role"]))
