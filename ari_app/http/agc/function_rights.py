"""Whether a user may call a function of the agent API, for this agent and this call."""

from ari_app.http.agc.requests.answers import AgcAnswer, error
from ari_app.http.agc.requests.fields import Fields
from warmline.access.rights import Reach, UserRole, in_words, roles_with
from warmline.core.world.world import World
from warmline.store.configuration.api_users import ApiUser

SCOPE = "agents:write"  # its reach bounds the agents of a user
# The field that the answer to a denied function names; `value` for all others.
DENIED_DETAIL = {"webserver": None, "switch_lead": "lead_id", "vm_message": "lead_id"}


def denied(fields: Fields, user: ApiUser) -> AgcAnswer | None:
    """Return the answer to a user whose functions lack this one; otherwise None."""
    name = fields["function"]
    if name in user.functions or "ALL_FUNCTIONS" in user.functions:
        return None
    about = DENIED_DETAIL.get(name, "value")
    detail = f"{fields[about]}|" if about else ""
    detail += f"{fields['user']}|{name}|{user.user_group}"
    return error(f"auth USER DOES NOT HAVE PERMISSION TO USE THIS FUNCTION - {detail}", bare=True)


def role_missing(fields: Fields, user: ApiUser, scope: str) -> AgcAnswer | None:
    """Return the answer to a user whose role lacks a scope; None for API users."""
    person = user.user
    if person is None or person.may(scope):
        return None
    name = fields["function"]
    why = f"user {person.name} has the role {person.role}; {name} takes {in_words(roles_with(scope))}"
    return error(f"{name} {why} - {fields['value']}|{fields['agent_user']}")


def out_of_reach(fields: Fields, user: ApiUser, agent: str) -> AgcAnswer | None:
    """Return the answer to a user who may not command an agent; None for API users, and without an agent."""
    return _bound(fields, user, f"agent {agent}", agent) if agent else None


def other_call(fields: Fields, user: ApiUser, world: World, wanted: str) -> AgcAnswer | None:
    """Return the answer to a user who may not command a call; it need not be that of agent_user."""
    call = world.calls.get(wanted)
    return _bound(fields, user, f"call {call.id}", call.agent, call.direct) if call else None


def _bound(fields: Fields, user: ApiUser, what: str, *owners: str | None) -> AgcAnswer | None:
    """Return the answer to a user who may not command what belongs to these agents; None for API users."""
    person = user.user
    visible = person.bound(SCOPE) if person else None
    if person is None or visible is None or visible.include(*owners):
        return None
    roles = in_words(roles_with(SCOPE, Reach.GROUP if person.role is UserRole.AGENT else Reach.ALL))
    why = f"user {person.name} has the role {person.role} and may not command {what}, which takes {roles}"
    return error(f"{fields['function']} {why} - {fields['value']}|{fields['agent_user']}")
