"""The agent API with the name and password of a user, bound to the agents that the user may see."""

from dataclasses import replace

import pytest

from tests.http.people.people_site import PASSWORD, PeopleSite
from tests.http.people.rights_probe import OTHER, OWN, SAME, Subjects
from warmline.store.configuration import config
from warmline.store.leads import leads


def asked(site: PeopleSite, user: str, agent: str, password: str = PASSWORD, **fields: str) -> str:
    """Return the answer of /agc/api.php."""
    given = {"source": "test", "user": user, "pass": password, "agent_user": agent} | fields

    async def ask() -> str:
        async with site.client.post("/agc/api.php", data=given) as answer:
            return await answer.text()

    return site.do(ask())


PAUSE = {"function": "external_pause", "value": "PAUSE"}


@pytest.fixture
def logged_in(people: PeopleSite) -> PeopleSite:
    for agent in (SAME, OTHER):
        people.driver.log_in(agent)
    return people


def test_the_receipt_names_the_person(people: PeopleSite) -> None:
    assert asked(people, "anna", OWN, **PAUSE).startswith("SUCCESS: external_pause function set")
    assert people.driver.receipt(people.board.given[-1]).by == "user:anna"
    assert "Invalid Username/Password" in asked(people, "anna", OWN, "wrong", **PAUSE)
    assert asked(people, "6666", OWN, "1234", function="external_pause", value="RESUME").startswith("SUCCESS")
    assert people.driver.receipt(people.board.given[-1]).by == "6666"


ALL = {OWN, SAME, OTHER}


@pytest.mark.parametrize(("user", "agents"), [("anna", {OWN}), ("ben", {OWN, SAME}), ("mia", ALL), ("6666", ALL)])
def test_each_role_commands_its_agents(logged_in: PeopleSite, user: str, agents: set[str]) -> None:
    password = "1234" if user == "6666" else PASSWORD
    told = {agent: asked(logged_in, user, agent, password, **PAUSE) for agent in sorted(ALL)}
    assert {agent for agent, text in told.items() if text.startswith("SUCCESS")} == agents
    assert {text.partition(" - ")[0] for agent, text in told.items() if agent not in agents} <= {
        "ERROR: external_pause user anna has the role agent and may not command agent 1001, which takes supervisor, "
        "manager or admin",
        "ERROR: external_pause user anna has the role agent and may not command agent 1002, which takes supervisor, "
        "manager or admin",
        "ERROR: external_pause user ben has the role supervisor and may not command agent 1002, which takes manager or "
        "admin",
    }


def test_another_name_of_an_agent_is_no_way_around(logged_in: PeopleSite) -> None:
    config.set_options(logged_in.database, "agent", OTHER, {"custom_three": "crm7"}, who="test")
    logged_in.driver.configure("agents", OTHER, custom_three="crm7")
    assert "may not command agent 1002" in asked(logged_in, "anna", "", alt_user="crm7", **PAUSE)
    lead = {"function": "st_get_agent_active_lead", "value": "crm7", "vendor_id": "1"}
    assert "may not command agent 1002" in asked(logged_in, "anna", "", **lead)
    assert "no active lead found - 1002" in asked(logged_in, "mia", "", **lead)
    assert "may not command agent 1009" in asked(logged_in, "anna", "1009", **PAUSE), "also one who is not logged in"


def test_a_call_is_bound_to_its_own_agent(people: PeopleSite) -> None:
    calls = Subjects(people).calls
    hangup = {"function": "ra_call_control", "stage": "HANGUP", "status": "SALE"}
    for user, own, other in (("anna", OWN, SAME), ("ben", SAME, OTHER)):
        told = asked(people, user, own, value=calls[other], **hangup)
        assert f"user {user} has the role" in told and f"may not command call {calls[other]}" in told
        assert asked(people, user, own, value=calls[own], **hangup).startswith("SUCCESS: ra_call_control hungup")
    assert "SUCCESS" in asked(people, "mia", OWN, value=calls[OTHER], **hangup)


def test_leads_of_others_take_a_manager(people: PeopleSite) -> None:
    """An agent edits the lead on the own screen only."""
    calls = Subjects(people)
    lead = {"function": "external_add_lead", "value": "7275551212", "phone_code": "1"}
    for user, role in (("anna", "agent"), ("ben", "supervisor")):
        told = asked(people, user, OWN, **lead)
        assert told.startswith(
            f"ERROR: external_add_lead user {user} has the role {role}; external_add_lead takes manager or admin - 7275"
        )
    assert "SUCCESS: lead added" in asked(people, "mia", OWN, **lead)
    assert "SUCCESS: lead added" in asked(people, "6666", OWN, "1234", **lead)
    made = [leads.create(people.database, "998", {"phone_number": f"80055500{n:02}"}, who="test") for n in range(2)]
    live = people.driver.world.calls[calls.calls[OWN]]
    people.driver.world.keep(replace(live, lead=made[0]))
    told = asked(people, "anna", OWN, function="update_fields", last_name="Byron", lead_id=str(made[1]))
    assert told.startswith("SUCCESS: update_fields lead updated")
    assert [leads.find(people.database, one)["last_name"] for one in made] == ["Byron", ""]
    told = asked(people, "anna", OWN, function="switch_lead", lead_id=str(made[1]))
    assert "campaign does not allow inbound lead search" in told


def test_a_user_without_an_agent_commands_none(people: PeopleSite) -> None:
    config.set_options(people.database, "user", "anna", {"agent": ""}, who="test")
    people.forget()
    assert "may not command agent 1000" in asked(people, "anna", OWN, **PAUSE)
    assert asked(people, "anna", "", function="webserver").startswith("<PRE>Webserver")
