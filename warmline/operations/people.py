"""People: users with their agents and phones. To list and make them, and to help those who cannot log in."""

import logging
import time
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct

from warmline.access.rights import UserRole, scope_to_change, scopes_for_person
from warmline.operations.operation import FIRST_PAGE, Caller, CommandForm, Done, Field, Page, Values, operation
from warmline.operations.times import Time, iso

if TYPE_CHECKING:
    from warmline.store.configuration.people import StoredPerson

USERS, AGENTS = scope_to_change("user"), scope_to_change("agent")
BOUNDS: dict[str, Any] = {"agents": "EVERYTHING", "campaigns": "NO_CAMPAIGN"}
MAX_INGROUPS = 1000  # of a new agent
PAGE = "/workspace/"
ROLES = "|".join(UserRole)
log = logging.getLogger("warmline.api")

Text = Annotated[str, Meta(max_length=100)]
User = Annotated[str, Field("The name of the entry. `list` shows the names.", "NAME", names="user")]
Search = Annotated[str, Meta(max_length=100), Field("Only people with this text in a name or a number.", "TEXT")]
RoleFilter = Annotated[UserRole, Field("Only users of this role.", "ROLE")]
GroupFilter = Annotated[str, Field("Only people of this user group.", "GROUP", names="user-group")]
AgentFilter = Annotated[str, Field("Only this agent.", "AGENT", names="agent")]
NewUser = Annotated[str, Meta(max_length=100, examples=["bea"]), Field("The new name.", "NAME")]
Role = Annotated[UserRole, Field("The role, which decides what the user may do; the usual one is agent.", f"<{ROLES}>")]
FullName = Annotated[Text, Field("The person's name.", "NAME")]
UserGroup = Annotated[Text, Field("The user group of user and agent.", "GROUP", names="user-group")]
Agent = Annotated[
    Text,
    Meta(examples=["1010"]),
    Field("The agent that the user works as. Without AGENT, the user takes no calls.", "AGENT", names="agent"),
]
Phone = Annotated[
    Text,
    Meta(examples=["1010"]),
    Field("The SIP endpoint of the agent. Without PHONE, the agent uses the browser.", "PHONE", names="phone"),
]
Campaign = Annotated[Text, Field("The campaign that the agent works in.", "CAMPAIGN", names="campaign")]
Ingroups = Annotated[
    tuple[Text, ...],
    Meta(max_length=MAX_INGROUPS),
    Field(
        "The in-groups whose calls the agent takes, separated by commas.", "A,B", names="ingroup", decoder="with_commas"
    ),
]


class PersonInList(Struct, frozen=True):
    """A person: the user who logs in, and the agent as whom the user works.

    `user` and `role` are empty for an agent without a user, and the fields of the agent without an agent. `state` is
    that of a logged-in agent, or empty. `locked`: passwords of the user are not checked now, because wrong ones came.
    With `must_change` the user has not yet chosen a password.
    """

    id: str
    user: str
    full_name: str
    role: str
    active: bool
    user_group: str
    must_change: bool
    second_factor: bool
    locked: bool
    agent: str
    phone: str
    campaign: str
    ingroups: tuple[str, ...]
    state: str


class PersonCreated(Struct, frozen=True):
    """The new user with the one-time `password`, which is shown only now.

    The first login with it only chooses another password. `created` are the new entries, such as `agent 1010`; all of
    them are one `revision` of the configuration.
    """

    user: str
    password: str
    created: list[str]
    revision: int


class OneTimePassword(Struct, frozen=True):
    """The one-time `password` of a user, which is shown only now. The user's sessions have ended."""

    user: str
    password: str


class SecondFactorRemoved(Struct, frozen=True):
    """The user who has no second factor any more."""

    user: str


class ApiUserLock(Struct, frozen=True):
    """Passwords of a user from an address, or from an IPv6 network, are not checked until that time.

    `address` is empty for a device that has logged in as this user before.
    """

    user: str
    address: str
    until: Time


class ApiUserUnlocked(Struct, frozen=True):
    """The number of addresses and devices whose wrong passwords for a user are forgotten."""

    user: str
    locks: int


@operation("GET /people", "listPeople", "agents:read", agents="ROWS", campaigns="ROWS")
def list_people(
    caller: Caller,
    page: Page = FIRST_PAGE,
    search: Search = "",
    role: RoleFilter | None = None,
    user_group: GroupFilter = "",
    agent: AgentFilter = "",
) -> list[PersonInList]:
    """List people: users with their agents and phones, and agents without a user."""
    from warmline.store.configuration import people

    wanted = people.PeopleFilter(search.strip(), role or "", user_group, agent)
    visible = (person for person in people.found(caller.db, wanted, page.after) if _is_visible(caller, person))
    locked = {delay.user for delay in caller.api.delays()} if caller.api else set()
    return [_entry(caller, person, locked) for person in islice(visible, page.limit)]


def _is_visible(caller: Caller, person: "StoredPerson") -> bool:
    """Return whether the caller sees a person. People without an agent are in no group of agents, so few see them."""
    return caller.agents is None or (bool(person.agent) and caller.agents.include(person.agent))


def _entry(caller: Caller, person: "StoredPerson", locked: set[str]) -> PersonInList:
    return PersonInList(
        person.id,
        person.user,
        person.full_name,
        person.role,
        person.active,
        person.user_group,
        person.must_change,
        second_factor=person.has_factor,
        locked=bool(person.user) and person.user in locked,
        agent=person.agent,
        phone=person.phone,
        campaign=person.campaign if caller.campaigns is None or caller.campaigns.include(person.campaign) else "",
        ingroups=person.ingroups,
        state=caller.api.agent_state(person.agent) if caller.api and person.agent else "",
    )


def _print_created(answer: Values, values: Values) -> str:
    """Return the sentences about a new person."""
    where = f"at {_page(values)}" if _page(values) else "on the page of the app"
    return (
        f"created: {', '.join(answer['created'])}\n"
        f"one-time password of {answer['user']}: {answer['password']}\n"
        f"{answer['user']} logs in {where}, and then chooses another password"
    )


def _page(values: Values) -> str:
    """Return the address of the workspace, "" if a command does not know it."""
    return f"{values['app'].rstrip('/')}{PAGE}" if values["app"] else ""


ONBOARD = CommandForm(
    "user onboard",
    "Create a user, an agent and a phone at once.\n\n"
    "The command makes all of them or none, and prints a one-time password. The first login with it only chooses "
    "another password. An agent or a phone that exists is used. Roles other than agent take users:write.",
    (
        "bea --full-name 'Bea Stone' --agent 1010 --campaign TESTCAMP --ingroups SALESLINE",
        "ben --role supervisor --user-group BERLIN --json",
    ),
    "user",
    options="agent phone full_name role user_group campaign ingroups",
    said=_print_created,
    fields="user password created revision address",
    json=lambda answer, values: {**answer, "address": _page(values)},
)


@operation(
    "POST /people",
    "addPerson",
    AGENTS,
    ONBOARD,
    agents="EVERYTHING",
    campaigns="ALL",
    success=201,
    more_problems=(409, 412),
    body_name="NewPersonRequest",
    example={"user": "bea", "full_name": "Bea Stone", "agent": "1010", "phone": "1010", "campaign": "TESTCAMP"},
    scopes=lambda _db, arguments: scopes_for_person(arguments["role"]),
    needs_scope=True,
)
def add_person(
    caller: Caller,
    user: NewUser,
    role: Role = UserRole.AGENT,
    full_name: FullName = "",
    user_group: UserGroup = "",
    agent: Agent = "",
    phone: Phone = "",
    campaign: Campaign = "",
    ingroups: Ingroups = (),
) -> PersonCreated:
    """Create a user with a one-time password, the agent and the phone at once.

    A user to create, and the agent and the phone of the user; those that exist are used.

    A user with the role `agent` needs an `agent`. The user group is that of the user and of a new agent. The phone,
    the campaign and the in-groups are those of a new agent.
    """
    from warmline.store.configuration import new_people

    password = new_people.one_time_password()
    person = new_people.NewPerson(user, role, full_name, user_group, agent, phone, campaign, ingroups)
    made = new_people.add(caller.db, person, password, who=caller.name)
    log.info("%s has made user %s", caller.name, user)
    names = {change.kind: change.name for change in made.changes}
    created = [f"{kind} {names[kind]}" for kind in ("user", "agent", "phone") if kind in names]
    return PersonCreated(names["user"], password, created, made.revision)


def _scopes_of_user(db: str, arguments: Mapping[str, Any]) -> set[str]:
    from warmline.store.configuration import new_people

    return scopes_for_person(new_people.role_of(db, arguments["user"]))


@operation(
    "POST /users/{user}/password",
    "givePassword",
    AGENTS,
    agents="EVERYTHING",
    campaigns="ALL",
    scopes=_scopes_of_user,
    needs_scope=True,
    ends_sessions=True,
    unlocks=True,
)
def give_password(caller: Caller, user: User) -> OneTimePassword:
    """Give a user a one-time password, and end the user's sessions."""
    from warmline.store.configuration import new_people

    password = new_people.one_time_password()
    new_people.give_password(caller.db, user, password, who=caller.name)
    log.info("%s has given user %s a new password", caller.name, user)
    return OneTimePassword(user, password)


RESET = CommandForm(
    "user reset-second-factor",
    "Remove the second factor of a user.\n\n"
    "Use this if a phone and the recovery codes are lost. The user's sessions end at once.",
    ("mia", "mia --json"),
    "user",
    said=lambda answer, _: (
        f"user {answer['user']}: second factor removed, sessions ended; set another password if it may be known"
    ),
)


@operation(
    "DELETE /users/{user}/second-factor",
    "resetSecondFactor",
    USERS,
    RESET,
    **BOUNDS,
    more_problems=(409,),
    ends_sessions=True,
)
def reset_second_factor(caller: Caller, user: User) -> SecondFactorRemoved:
    """Remove the second factor of a user who has lost it, and end the user's sessions."""
    from warmline.store.configuration import second_factors

    second_factors.reset(caller.db, user, caller.name)
    log.info("%s has reset the second factor of user %s", caller.name, user)
    return SecondFactorRemoved(user)


@operation("GET /api-users/{user}/locks", "listLocks", USERS, **BOUNDS, done=Done.API)
def list_locks(caller: Caller, user: User) -> list[ApiUserLock]:
    """List the addresses from which a user has to wait after wrong passwords."""
    assert caller.api, "an operation of the API process"
    now = time.time_ns() // 1000
    waiting = (delay for delay in caller.api.delays() if delay.user == user)
    return [ApiUserLock(user, delay.address, iso(now + int(delay.seconds * 1_000_000))) for delay in waiting]


@operation("POST /api-users/{user}/unlock", "unlockApiUser", USERS, **BOUNDS, done=Done.API)
def unlock_api_user(caller: Caller, user: User) -> ApiUserUnlocked:
    """Forget the wrong passwords of a user, so that the next is checked at once."""
    assert caller.api, "an operation of the API process"
    return ApiUserUnlocked(user, caller.api.forget_failures(user))
