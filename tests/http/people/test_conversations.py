"""A user adopts only conversations in which the phones of agents talk whom the user may see."""

import asyncio
from dataclasses import replace

import msgspec
import pytest

from ari_app.http.server.api_request import ApiRequest
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1 import agent_bounds
from tests.http.people.people_site import PASSWORD, PeopleSite
from tests.http.people.rights_probe import OTHER, OWN, SAME
from warmline.core.messages.values.outside_talk import OutsideLeg, OutsideTalk
from warmline.store.configuration import config, users

ASKED = [
    ("anna", OWN, OWN, True),
    ("anna", OTHER, OWN, False),
    ("anna", "boss", OWN, False),
    ("ben", SAME, OWN, True),
    ("ben", SAME, None, True),
    ("ben", OTHER, None, False),
    ("ben", OTHER, OWN, False),
    ("kim", OTHER, OWN, True),
    ("kim", "boss", OWN, False),
]


@pytest.mark.parametrize(("user", "phone", "agent", "allowed"), ASKED)
def test_a_user_adopts_only_conversations_of_visible_agents(
    people: PeopleSite, user: str, phone: str, agent: str | None, allowed: bool
) -> None:
    async def talking(channel: str) -> OutsideTalk:
        outside = OutsideLeg(id="2.1", name="PJSIP/trunk-1", phone="trunk")
        return OutsideTalk(named=OutsideLeg(id="1.1", name=channel, phone=phone), other=outside, caller="2.1")

    config.set_options(people.database, "user-group", "BERLIN", {"allowed_campaigns": "TESTCAMP"}, who="test")
    kim = {"pass": PASSWORD, "role": "manager", "user_group": "BERLIN"}  # sees all agents, but not all campaigns
    config.create(people.database, "user", "kim", kim, who="test")
    found = users.find(people.database, user)
    assert found
    request = ApiRequest(
        method="POST",
        path="/api/v1/adoptions",
        path_values={},
        query={},
        headers={},
        body=msgspec.json.encode({"channel": f"PJSIP/{phone}-1", "agent": agent}),
        asker=found.user,
        by=found.user.client,
        address="127.0.0.1",
        visible=found.user.bound("calls:write"),
    )
    narrowed = agent_bounds.CONVERSATION.narrow(
        replace(people.api, find_conversation=talking), request, agent_bounds.RouteName("adoptCall", "calls:write")
    )
    if allowed:
        assert asyncio.run(narrowed) is request  # type: ignore[arg-type]
    else:
        with pytest.raises(ProblemRaised, match=f"the conversation of PJSIP/{phone}-1"):
            asyncio.run(narrowed)  # type: ignore[arg-type]
