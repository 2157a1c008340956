"""People over the API: list them with their agents and phones, make one at once, and give one a new password."""

from http import HTTPStatus
from itertools import islice
from typing import Annotated

from msgspec import Meta, Struct, field

from ari_app.http.management import write_requests
from ari_app.http.people import logins, own_account
from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import invalid_request, not_found
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute, paged
from ari_app.http.v1.bodies import body_errors
from ari_app.http.v1.bodies.request_bodies import Body
from ari_app.http.v1.live_state import JsonApi
from ari_app.records.privileged_write_types import MOST_INGROUPS, AddPerson, GivePassword
from ari_app.records.privileged_writes import AGENTS, of_person
from warmline.access.rights import UserRole
from warmline.core.model.shown_state import to_shown_state
from warmline.options.option_table import AGENT, PHONE
from warmline.options.user_options import USER
from warmline.store.configuration import new_people, people
from warmline.store.configuration.people import PeopleFilter, StoredPerson
from warmline.store.database.errors import NotFound

LONGEST_SEARCH = 100
Text = Annotated[str, Meta(max_length=100)]


class PersonNow(Struct, frozen=True):
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


class NewPersonBody(Body):
    """A user to create, and the agent and the phone of the user; those that exist are used.

    A user with the role `agent` needs an `agent`. The user group is that of the user and of a new agent. The phone,
    the campaign and the in-groups are those of a new agent.
    """

    user: Annotated[str, Meta(max_length=100, examples=["bea"])]
    role: UserRole = UserRole.AGENT
    full_name: Text = ""
    user_group: Text = ""
    agent: Annotated[str, Meta(max_length=100, examples=["1010"])] = ""
    phone: Annotated[str, Meta(max_length=100, examples=["1010"])] = ""
    campaign: Text = ""
    ingroups: Annotated[list[Text], Meta(max_length=MOST_INGROUPS)] = field(default_factory=list)


class PersonMade(Struct, frozen=True):
    """The new user with the one-time `password`, which is shown only now.

    The first login with it only chooses another password. `created` are the new entries, such as `agent 1010`; all of
    them are one `revision` of the configuration.
    """

    user: str
    password: str
    created: list[str]
    revision: int


class PasswordGiven(Struct, frozen=True):
    """The one-time `password` of a user, which is shown only now. The user's sessions have ended."""

    user: str
    password: str


async def listed(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the people that the client may see. Raises ProblemRaised (422, 429), StoreError."""
    most, after = paging.limit(request, paging.USUAL, paging.ROWS), request.query.get("after", "")
    search, role = request.query.get("search", "").strip(), request.query.get("role", "")
    if len(search) > LONGEST_SEARCH:
        raise invalid_request("search", f"at most {LONGEST_SEARCH} characters")
    if role and role not in tuple(UserRole):
        raise invalid_request("role", f"must be one of {', '.join(UserRole)}")
    wanted = PeopleFilter(search, role, request.query.get("user_group", ""), request.query.get("agent", ""))
    found = await api.threads.report(asker_of(request), people.found, api.db, wanted, after)
    locked = {one.user for one in api.users.delays()} if api.users else set()
    seen = (one for one in found if _is_visible(request, one))
    return reply([_shown(api, request, one, is_locked=one.user in locked) for one in islice(seen, most)])


def _is_visible(request: ApiRequest, one: StoredPerson) -> bool:
    """Return whether a client sees a person. People without an agent are in no group of agents, so few see them."""
    return request.visible is None or (bool(one.agent) and request.visible.include(one.agent))


def _shown(api: JsonApi, request: ApiRequest, one: StoredPerson, *, is_locked: bool) -> PersonNow:
    world, hides = api.board.world, request.campaigns is not None and not request.campaigns.include(one.campaign)
    session = world.sessions.get(one.agent) if one.agent else None
    return PersonNow(
        id=one.id,
        user=one.user,
        full_name=one.full_name,
        role=one.role,
        active=one.active,
        user_group=one.user_group,
        must_change=one.must_change,
        second_factor=one.has_factor,
        locked=bool(one.user) and is_locked,
        agent=one.agent,
        phone=one.phone,
        campaign="" if hides else one.campaign,
        ingroups=one.ingroups,
        state=to_shown_state(session, world.calls.get(session.call or "")) if session else "",
    )


async def add(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Make a person with a one-time password. Raises ProblemRaised, StoreError, CallProcessAway."""
    body, password = body_errors.decoded(request, NewPersonBody), new_people.one_time_password()
    write_requests.allow_all(request, of_person(body.role), "addPerson")
    wanted = AddPerson(
        user=body.user,
        password=password,
        role=body.role,
        full_name=body.full_name,
        user_group=body.user_group,
        agent=body.agent,
        phone=body.phone,
        campaign=body.campaign,
        ingroups=body.ingroups,
    )
    outcome = await write_requests.write(api, request, wanted)
    await own_account.read_again(api)
    logins.log.info("%s has made user %s", request.by, body.user)
    names = {one.kind: one.name for one in outcome.changes}
    created = [f"{kind} {names[kind]}" for kind in (USER.kind, AGENT.kind, PHONE.kind) if kind in names]
    return reply(PersonMade(names[USER.kind], password, created, outcome.revision), HTTPStatus.CREATED)


async def give_password(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Give a user a one-time password. Raises ProblemRaised (403, 404), StoreError, CallProcessAway."""
    user, password = request.path_values["user"], new_people.one_time_password()
    try:
        role = await api.threads.look_up(new_people.role_of, api.db, user)
    except NotFound as missing:
        raise not_found(missing) from None
    write_requests.allow_all(request, of_person(role), "givePassword")
    await write_requests.write(api, request, GivePassword(user, password), HTTPStatus.NOT_FOUND)
    if api.users:
        api.users.forget_failures(user)
    await own_account.read_again(api)
    logins.log.info("%s has given user %s a new password", request.by, user)
    return reply(PasswordGiven(user, password))


TEXT = {"type": "string"}
WRITE_PROBLEMS = (400, 401, 403, 409, 412, 413, 415, 422, 429, 503)
PEOPLE = (
    ApiRoute(
        "GET",
        "/people",
        "listPeople",
        "List people: users with their agents and phones, and agents without a user",
        "agents:read",
        agent_bounds.ROWS,
        listed,
        list[PersonNow],
        parameters=(
            ApiParameter("search", "query", "only people with this text in a name or a number", TEXT),
            ApiParameter("role", "query", "only users of this role", {"enum": list(UserRole)}),
            ApiParameter("user_group", "query", "only people of this user group", TEXT),
            ApiParameter("agent", "query", "only this agent", TEXT),
            *paged("the `id`"),
        ),
    ),
    ApiRoute(
        "POST",
        "/people",
        "addPerson",
        "Create a user with a one-time password, the agent and the phone at once",
        AGENTS,
        agent_bounds.EVERYTHING,
        add,
        PersonMade,
        status=201,
        problems=WRITE_PROBLEMS,
        takes=NewPersonBody,
        example=NewPersonBody("bea", full_name="Bea Stone", agent="1010", phone="1010", campaign="TESTCAMP"),
    ),
    ApiRoute(
        "POST",
        "/users/{user}/password",
        "givePassword",
        "Give a user a one-time password, and end the user's sessions",
        AGENTS,
        agent_bounds.EVERYTHING,
        give_password,
        PasswordGiven,
        problems=(*READ_PROBLEMS, 404),
    ),
)
