"""Commands of people whose group allows some campaigns: the call process looks at the campaign itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from ari_app.link.command_rights import CommandForbidden
from tests.link.link_stage import LinkStage, order
from tests.link.test_checked_clients import PASSWORD, STORED, checked, database, given, known, stored, talks, token_of
from tests.wording.said import refused
from warmline.core.messages.command_shapes import make_command
from warmline.core.messages.commands import Command, Kind
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.rules.configuration import Agent, Rules
from warmline.core.world.world import World
from warmline.store.calls.call_owners import CallOwner
from warmline.store.configuration import config
from warmline.store.leads import leads

OWN, OTHER = "TESTCAMP", "SUEDCAMP"
BOUND = ("kim", "ben")  # a manager and a supervisor of the group BERLIN, which allows OWN alone
assert database and known  # the fixtures


@pytest.fixture
def bound(database: Path) -> Path:
    config.create(database, "campaign", OTHER, {}, who="test")
    config.set_options(database, "user-group", "BERLIN", {"allowed_campaigns": OWN}, who="test")
    options = {"pass": PASSWORD, "role": "manager", "user_group": "BERLIN", "force_change_password": "N"}
    config.create(database, "user", "kim", options, who="test")
    return database


def is_given(path: Path, name: str, command: Command) -> bool:
    """Return whether the call process takes the command of a client."""
    try:
        return checked(path, name, command).command.kind is command.kind
    except CommandForbidden:
        return False


@pytest.mark.parametrize("kind", [Kind.DIALLER_START, Kind.DIALLER_STOP])
def test_a_dialler_is_commanded_only_in_the_own_campaigns(bound: Path, kind: Kind) -> None:
    for name, may in ((BOUND[0], False), (BOUND[1], False), ("mia", True), ("all", True)):
        assert is_given(bound, name, make_command(kind, campaign=OWN))
        assert is_given(bound, name, make_command(kind, campaign=OTHER)) is may, name


@pytest.mark.parametrize("kind", [Kind.SERVER_DRAIN, Kind.SERVER_RESUME])
def test_a_server_is_commanded_with_the_right_to_change_the_configuration(bound: Path, kind: Kind) -> None:
    for name, may in (("kim", True), ("ben", False), ("anna", False), ("writer", False), ("mia", True), ("all", True)):
        assert is_given(bound, name, make_command(kind, server="b")) is may, name


def test_a_callback_of_no_agent_is_that_of_its_campaign(bound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for campaign in (OWN, OTHER):
        loose = replace(STORED, agent="", campaign=campaign)
        stored(monkeypatch, loose)
        commands = (
            make_command(Kind.CALLBACK, callback=replace(loose, agent="1000")),
            make_command(Kind.CALLBACK, callback=loose),
            make_command(Kind.DIAL, "1000", callback=loose),
        )
        for name in (*BOUND, "mia"):
            assert [is_given(bound, name, one) for one in commands] == [campaign == OWN or name == "mia"] * 3, name
    stored(monkeypatch, replace(STORED, campaign=OTHER))
    assert is_given(bound, "kim", make_command(Kind.CALLBACK, callback=replace(STORED, at=30))), (
        "an agent's is the agent's"
    )


@pytest.mark.parametrize("kind", [Kind.DIAL, Kind.PREVIEW, Kind.DIAL_NEXT, Kind.SWITCH_LEAD])
def test_a_lead_is_that_of_its_campaign(bound: Path, kind: Kind) -> None:
    """A hostile API process names it: the command shows the lead to the agent."""
    found = {}
    for campaign, name in ((OWN, "201"), (OTHER, "202")):
        config.create(bound, "list", name, {"campaign": campaign}, who="test")
        found[campaign] = leads.create(bound, name, {"phone_number": f"7275550{name}"}, who="test")
    for name in (*BOUND, "mia", "all"):
        may = [is_given(bound, name, make_command(kind, "1000", lead=lead)) for lead in (*found.values(), 999_999)]
        assert may == [True, name not in BOUND, name not in BOUND], name


@pytest.mark.parametrize("name", BOUND)
def test_an_ended_call_of_no_agent_is_that_of_its_campaign(
    bound: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warmline.store.calls.last_agent.last_agent", lambda _db, call: (call, ""))
    for campaign in (OWN, OTHER):
        owners = {"C": CallOwner("", "", campaign)}
        monkeypatch.setattr("warmline.store.calls.call_owners.owners", lambda _db, _calls, owners=owners: owners)
        command = make_command(Kind.SET_STATUS, call="C", status="NI", why="w")
        assert is_given(bound, name, command) is (campaign == OWN)


@pytest.mark.parametrize("name", BOUND)
def test_a_call_that_waits_is_that_of_its_campaign(bound: Path, name: str) -> None:
    async def talk(stage: LinkStage) -> None:
        world = stage.board.world
        await stage.board.post_and_wait(LegArrived("17.1", ("ingroup", "SALESLINE")))
        [live] = world.calls.values()
        async with stage.remote() as calls:
            for campaign in (OTHER, OWN):
                world.keep(live.with_outcome(campaign=campaign))
                asked = order(make_command(Kind.END_CALL, call=live.id), token=token_of(bound, name))
                if campaign == OTHER:
                    with refused(CommandForbidden, "command_forbidden"):
                        await calls.give(asked)
                else:
                    assert (await calls.give(asked)).receipt

    given(bound, talk)


def test_a_bound_manager_adopts_conversations_of_all_agents(bound: Path) -> None:
    world = World()
    world.rules = Rules(agents={one: Agent(one, phone=one) for one in ("1000", "1001")})
    command = make_command(Kind.ADOPT, "1001", channel="PJSIP/1001-00000001")
    for name in ("kim", "mia"):
        assert checked(bound, name, command, world, talk=talks("1001", "outside")).by == f"user:{name}"
    with refused(CommandForbidden, "command_forbidden"):
        checked(bound, "kim", command, world, talk=talks("out", "side"))
    with refused(CommandForbidden, "command_forbidden"):
        checked(bound, "ben", command, world, talk=talks("1001", "outside"))
