"""Every command of the registry has an address, with a body generated from its arguments."""

import msgspec
import pytest

from ari_app.http.v1 import command_routes
from ari_app.http.v1.api_route import ApiRoute
from ari_app.http.v1.bodies import request_bodies
from ari_app.http.v1.command_routes import OF_AGENT, OF_CALL, agent_routes, kinds_of, made
from warmline.core.commands.command_registry import REGISTERED_COMMANDS
from warmline.core.messages.agent_command_types import Barge, Listen, Pause, Supervision
from warmline.core.messages.call_command_types import SwitchLead
from warmline.core.messages.commands import Kind


@pytest.fixture
def new() -> dict[str, ApiRoute]:
    """Return the routes that are generated for commands without a written address, by their names."""
    rows = {kind: row._replace(agent_api_only=False) for kind, row in REGISTERED_COMMANDS.items()}
    return {route.name: route for route in agent_routes(rows)[len(OF_AGENT) :]}


def test_commands_without_an_address_belong_to_the_agent_api() -> None:
    known = {kind for address in (*OF_AGENT, *OF_CALL) for kind in kinds_of(address)}
    without = set(REGISTERED_COMMANDS) - known - command_routes.WRITTEN
    of_agent_api = {kind for kind, row in REGISTERED_COMMANDS.items() if row.agent_api_only}
    assert of_agent_api <= without
    paths = [route.path for route in command_routes.AGENT_ROUTES[len(OF_AGENT) :]]
    assert sorted(paths) == sorted(
        f"/agents/{{user}}/{REGISTERED_COMMANDS[kind].public_name}" for kind in without - of_agent_api
    )


def test_a_new_command_has_an_address_and_a_body(new: dict[str, ApiRoute]) -> None:
    assert {"changeIngroups", "switchLead"} <= set(new)
    route = new["switchLead"]
    assert (route.path, route.summary) == ("/agents/{user}/switch-lead", "Switch the call to another lead")
    assert (route.scope, route.status) == ("agents:write", 201)
    body = msgspec.json.decode(b'{"lead": 17}', type=route.takes)
    assert request_bodies.command(body, Kind.SWITCH_LEAD, "1000") == SwitchLead("1000", lead=17)
    with pytest.raises(msgspec.ValidationError, match="unknown field `led`"):
        msgspec.json.decode(b'{"led": 17}', type=route.takes)


def test_commands_with_the_same_arguments_share_a_body() -> None:
    assert made(Listen) is made(Barge) is made(Supervision) is not made(Pause)
    body = msgspec.json.decode(b'{"phone": "1009"}', type=made(Barge))
    assert request_bodies.command(body, Kind.BARGE, "1000") == Barge("1000", phone="1009")
    for text in (b"{}", b'{"phone": null}', b'{"phone": "a b"}', b'{"number": "1009"}'):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(text, type=made(Barge))
