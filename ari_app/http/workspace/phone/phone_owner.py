"""The owner of an offered browser phone: an agent, or the supervisor of an agent; and whether the phone is wanted."""

from http import HTTPStatus
from typing import NamedTuple

from aiohttp import web

from ari_app.http.server import bearer_tokens
from ari_app.http.server.api_request import Asker
from ari_app.http.server.problems import ProblemRaised, invalid_request
from warmline.core.agents import supervisor_page
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.servers.reach import choose_phone_server
from warmline.core.world.world import World
from warmline.store.configuration.users import User

ROUTE = "offerPhone"


class PhoneOwner(NamedTuple):
    """The agent whose phone it is, or the client who supervises the agent with it."""

    agent: str
    supervisor: str = ""


def owner_of(asker: Asker, request: web.Request) -> PhoneOwner:
    """Return whose phone a client may bring: a supervisor's, the user's own, or for a program that of the agent.

    Raises ProblemRaised (403, 422).
    """
    if supervised := request.query.get("supervises", ""):
        bearer_tokens.allow(asker, "agents:supervise", ROUTE)
        return PhoneOwner(supervised, asker.client)
    bearer_tokens.allow(asker, "agents:write", ROUTE)
    named = request.query.get("agent", "")
    if isinstance(asker, User):
        if not asker.agent or named not in ("", asker.agent):
            raise ProblemRaised(
                HTTPStatus.FORBIDDEN,
                "phone_of_another",
                "user {user} may bring the phone of agent {agent} alone",
                user=asker.name,
                agent=asker.agent or "(none)",
            )
        return PhoneOwner(asker.agent)
    if not named:
        raise invalid_request("agent", "is required for a program: the agent whose phone it brings")
    return PhoneOwner(named)


def is_wanted(world: World, owner: PhoneOwner, page: str) -> bool:
    """Return whether the phone of this page may come: for an agent's session, or a command of the supervisor."""
    if owner.supervisor:
        names = {"user": owner.agent, "client": owner.supervisor, "page": page}
        return bool(
            supervisor_page.find_waiting_command(world, **names) or supervisor_page.find_page_leg(world, **names)
        )
    session = world.sessions.get(owner.agent)
    return session is not None and session.browser


def server_of(world: World, owner: PhoneOwner) -> str:
    """Return the server that gets the offer: that of the agent's call, or for a supervisor that of the agent's line."""
    session = world.sessions.get(owner.agent)
    if session is None:
        return MAIN_SERVER
    return world.server_of(session) if owner.supervisor else choose_phone_server(world, session)


def unwanted(owner: PhoneOwner, page: str) -> ProblemRaised:
    """Return the refusal of a phone that is not wanted."""
    if owner.supervisor:
        return ProblemRaised(
            HTTPStatus.CONFLICT,
            "supervision_not_wanted",
            "page {page} is not to supervise agent {agent}; ask first: "
            'POST /api/v1/agents/{agent}/listen {{"phone": "browser", "page": "{page}"}}',
            page=page,
            agent=owner.agent,
        )
    return ProblemRaised(
        HTTPStatus.CONFLICT,
        "browser_phone_not_wanted",
        "agent {agent} is not logged in with a browser phone; "
        'log in first: POST /api/v1/agents/{agent}/login {{"phone": "browser"}}',
        agent=owner.agent,
    )
