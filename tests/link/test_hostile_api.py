"""What a hostile API process gets from the call process: no more than the token of a client that it has seen allows.

`test_privileged_writes.py` and `test_records.py` have the configuration, the lists and the recordings.
"""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.v1 import command_routes
from ari_app.link import command_rights
from ari_app.link.command_rights import Client, ClientUnknown, CommandForbidden
from ari_app.link.idempotency import CommandRequest
from ari_app.records.checked_clients import CheckedClients
from ari_app.records.checked_records import CheckedRecords
from ari_app.records.record_writes import CreateLead, DeleteLead, RecordThreads, RecordWrite, UpdateLead
from ari_app.records.write_results import NOT_ON_SCREEN, WriteRefused
from tests.core.core_stage import lab_with, talking
from tests.link.link_stage import LinkStage, on_a_link, order
from tests.wording.said import refused
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.commands.command_registry import REGISTERED_COMMANDS
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Command, Kind
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.values.callback import CANCELLED, COMPLETED, Callback
from warmline.core.messages.values.outside_talk import OutsideLeg, OutsideTalk
from warmline.core.model.receipt import Outcome
from warmline.core.rules.configuration import Agent, Campaign, Rules
from warmline.core.world.world import World
from warmline.store.calls.call_owners import CallOwner
from warmline.store.configuration import config, token_holder, user_sessions
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.wallboards import WALLBOARD
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import keeping
from warmline.store.leads import callbacks, leads
from warmline.store.leads.duplicate_leads import NewLeadRule
from warmline.store.leads.leads import LeadOutcome

PASSWORD = "opensesame7"  # noqa: S105 - of a test
PAUSE, MACHINE = make_command(Kind.PAUSE, "1000"), "of-the-machine"
ADA = {"phone_number": "7275551212", "first_name": "Ada"}
USERS = {
    "anna": {"role": "agent", "agent": "1000"},
    "ben": {"role": "supervisor", "user_group": "BERLIN"},
    "kim": {"role": "manager", "user_group": "BERLIN"},
    "mia": {"role": "manager"},
}
OWN, OTHER = "TESTCAMP", "SUEDCAMP"  # BERLIN, the group of ben and kim, allows OWN alone
BOUND = ("ben", "kim")
WRITERS = ("kim", "mia", "all")  # with the scope leads:write
TOKENS = {"writer": "agents:write", "reader": "agents:read,calls:read", "caller": "calls:write", "all": "ALL"}
LISTS = {OWN: "201", OTHER: "202"}


@pytest.fixture(scope="module")
def known(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with users and tokens, to be copied; agent 1000 is in the group of the supervisor."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("known") / "warmline.db"))
    config.create(path, "campaign", OTHER, {}, who="test")
    for campaign, name in LISTS.items():
        config.create(path, "list", name, {"campaign": campaign}, who="test")
    config.create(path, "user-group", "BERLIN", {"allowed_campaigns": OWN}, who="test")
    config.set_options(path, "agent", "1000", {"user_group": "BERLIN"}, who="test")
    for name, options in USERS.items():
        config.create(path, "user", name, {"pass": PASSWORD, "force_change_password": "N", **options}, who="test")
    for name, scopes in TOKENS.items():
        config.create(path, "api-token", name, {"scopes": scopes, "token": name.ljust(43, "t")}, who="test")
    return path


@pytest.fixture
def database(known: Path, tmp_path: Path) -> Iterator[Path]:
    """Provide a copy of the database with users and tokens; its connections stay open, as in the call process."""
    with keeping():
        yield Path(shutil.copy(known, tmp_path / "warmline.db"))


@pytest.fixture
def lead_of(database: Path) -> dict[str, int]:
    """Return the lead of each campaign's list."""
    return {campaign: leads.create(database, name, ADA, who="test") for campaign, name in LISTS.items()}


@cache
def token_of(database: Path, name: str) -> str:
    """Return the token of a program, or of a session of a user, who logs in once."""
    return name.ljust(43, "t") if name in TOKENS else user_sessions.begin(database, name, PASSWORD, "").token


def checked(database: Path, name: str, command: Command, world: World | None = None, **more: Any) -> CommandRequest:
    """Return a command as the call process gives it for the holder of a token. Raises what it raises."""

    async def find(token: str) -> Client | None:
        return token_holder.of_token(database, token)

    async def conversation(channel: str) -> OutsideTalk | str:
        return more.get("talk", f"there is no {channel}")

    made = CheckedClients(find, conversation, lambda: world or World(), str(database), str(database.parent))
    return asyncio.run(made.checked(order(command, token=token_of(database, name))))


def given(database: Path, talk: Callable[[LinkStage], Awaitable[None]]) -> None:
    """Let an API process talk with a call process that knows the clients of this database."""

    async def with_people(stage: LinkStage) -> None:
        stage.people = database
        await talk(stage)

    (folder := database.parent / "run").mkdir(exist_ok=True)
    on_a_link(folder, with_people)


# -- the name --


def test_the_name_is_that_of_the_token_and_not_of_the_message(database: Path) -> None:
    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            for name, by in (("anna", "user:anna"), ("writer", "token:writer")):
                said = CommandRequest(PAUSE, "user:adam", "test", token=token_of(database, name))
                receipt = calls.receipt((await calls.give(said)).receipt)
                assert receipt and receipt.by == by and receipt.outcome is Outcome.REFUSED

    given(database, talk)


@pytest.mark.parametrize("token", ["", "x", "u" * 43, "é" * 43])
def test_without_a_known_token_no_command_is_given(database: Path, token: str) -> None:
    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            with refused(ClientUnknown, "client_unknown"):
                await calls.give(order(PAUSE, token=token))
            with refused(ClientUnknown, "client_unknown"):
                await calls.give(order(PAUSE, "key", token=token), _impossible)
        assert not stage.board._receipts._ended

    given(database, talk)


def _impossible(_command: Command) -> Command:
    raise LookupError


def test_a_session_that_has_ended_gives_no_command(database: Path) -> None:
    token = token_of(database, "anna")

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            assert (await calls.give(order(PAUSE, token=token))).receipt
            assert user_sessions.end(database, token)
            with refused(ClientUnknown, "client_unknown"):
                await calls.give(order(PAUSE, token=token))

    given(database, talk)


def test_a_repeated_command_has_its_first_answer_after_a_restart(database: Path) -> None:
    first = order(PAUSE, "key", token=token_of(database, "anna"))

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            reply = await calls.give(first)
            await stage.stop()
            stage.start()
            assert await calls.give(first) == reply
            assert await calls.give(first, _impossible) == reply
            with pytest.raises(LookupError):  # the same key of another client is another command
                await calls.give(order(PAUSE, "key", token=token_of(database, "mia")), _impossible)

    given(database, talk)


def test_the_own_token_of_the_machine_counts_only_if_this_user_wrote_it(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (database.parent / "run").mkdir()
    (database.parent / "run" / "token").write_text(MACHINE)

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            for said, by in (("local:ada", "local:ada"), ("user:adam", "token:local"), ("local:a\nb", "token:local")):
                command = CommandRequest(PAUSE, said, "test", token=MACHINE)
                receipt = calls.receipt((await calls.give(command)).receipt)
                assert receipt and receipt.by == by
            monkeypatch.setattr("warmline.system.token_file.os.geteuid", lambda: os.getuid() + 1)
            with refused(ClientUnknown, "client_unknown"):
                await calls.give(order(PAUSE, token=MACHINE))

    given(database, talk)


# -- scopes, agents of a user, and campaigns of a group --


def test_each_address_takes_a_scope_that_its_commands_take() -> None:
    found: dict[Kind, set[str]] = {kind: set() for kind in REGISTERED_COMMANDS}
    scope_of = {route.path: route.scope for route in ROUTES if route.method == "POST"}
    known = {
        kind for one in (*command_routes.OF_AGENT, *command_routes.OF_CALL) for kind in command_routes.kinds_of(one)
    }
    for start, addresses in (("/agents/{user}", command_routes.OF_AGENT), ("/calls/{id}", command_routes.OF_CALL)):
        for address in addresses:
            for kind in command_routes.kinds_of(address):
                found[kind].add(scope_of[f"{start}/{address.path}"])
    for kind, row in REGISTERED_COMMANDS.items():
        if kind not in known and f"/agents/{{user}}/{row.public_name}" in scope_of:
            found[kind].add(scope_of[f"/agents/{{user}}/{row.public_name}"])
    written = {
        Kind.SET_STATUS: "/calls/{id}/disposition",
        Kind.ADOPT: "/adoptions",
        Kind.CALLBACK: "/callbacks/{id}/take",
        Kind.MAKE_CALLBACK: "/callbacks",
    }
    written |= {Kind.DIALLER_START: "/diallers/{id}/start", Kind.DIALLER_STOP: "/diallers/{id}/stop"}
    for kind, path in written.items():
        found[kind].add(scope_of[path])
    for kind, scopes in found.items():
        assert not scopes or set(command_rights.scopes(make_command(kind))) == scopes, kind


ANYONE = "anna ben kim mia"  # people, who see agent 1000; ben and anna do not see agent 1001
TALK = "PJSIP/1000-00000001"
COMMANDS = (  # who may give the command
    (PAUSE, f"{ANYONE} writer all"),
    (make_command(Kind.PAUSE, "1001"), "kim mia writer all"),
    (make_command(Kind.DIAL, "1001", number="8500"), "kim mia writer all"),
    (make_command(Kind.LISTEN, "1000", phone="1001"), "ben kim mia all"),
    (make_command(Kind.LISTEN, "1001", phone="1000"), "kim mia all"),
    (make_command(Kind.TAKE_CALL, call="C", to_agent="1000"), f"{ANYONE} caller all"),
    (make_command(Kind.TAKE_CALL, call="C", to_agent="1001"), "kim mia caller all"),
    (make_command(Kind.END_CALL, call="C"), f"{ANYONE} caller all"),
    (make_command(Kind.SET_STATUS, call="C", status="NI", why="w"), "ben kim mia caller all"),
    (make_command(Kind.ADOPT, "1000", channel=TALK), f"{ANYONE} caller all"),
    (make_command(Kind.ADOPT, "1001", channel=TALK), "kim mia caller all"),
    *((make_command(kind, campaign=OWN), "ben kim mia all") for kind in (Kind.DIALLER_START, Kind.DIALLER_STOP)),
    *((make_command(kind, campaign=OTHER), "mia all") for kind in (Kind.DIALLER_START, Kind.DIALLER_STOP)),
    *((make_command(kind, server="b"), "kim mia all") for kind in (Kind.SERVER_DRAIN, Kind.SERVER_RESUME)),
)
EVERYBODY = (*USERS, *TOKENS)


def is_given(path: Path, name: str, command: Command) -> bool:
    """Return whether the call process takes the command of a client."""
    try:
        return checked(path, name, command).command.kind is command.kind
    except CommandForbidden as why:
        assert why.code == "command_forbidden"
        return False


def test_a_command_is_given_as_far_as_the_token_allows(database: Path) -> None:
    wrong = []
    for command, names in COMMANDS:
        found = {name for name in EVERYBODY if is_given(database, name, command)}
        wrong += [(command, found)] if found != set(names.split()) else []
    assert wrong == []


@pytest.mark.parametrize("kind", [Kind.DIAL, Kind.PREVIEW, Kind.DIAL_NEXT, Kind.SWITCH_LEAD])
def test_a_lead_is_that_of_its_campaign(database: Path, lead_of: dict[str, int], kind: Kind) -> None:
    """A hostile API process names it: the command shows the lead to the agent."""
    for name in (*BOUND, "mia", "all"):
        is_free = name not in BOUND
        may = [is_given(database, name, make_command(kind, "1000", lead=lead)) for lead in (*lead_of.values(), 999_999)]
        assert may == [True, is_free, is_free], name


@pytest.mark.parametrize("program", [WALLBOARD, ""])
def test_a_wallboard_and_a_password_of_an_administrator_give_none(database: Path, program: str) -> None:
    session = user_sessions.begin(database, "ben", PASSWORD, program).token
    if not program:
        config.set_options(database, "user", "ben", {"force_change_password": "Y"}, who="test")

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            with refused(CommandForbidden, "command_forbidden"):
                await calls.give(order(PAUSE, token=session))

    given(database, talk)


# -- calls --


def test_a_call_that_waits_belongs_to_no_agent_and_to_its_campaign(database: Path) -> None:
    commands = (
        (make_command(Kind.END_CALL), "ben kim mia"),
        (make_command(Kind.END_CALL, "1000"), "ben kim mia"),
        (make_command(Kind.TAKE_CALL, to_agent="1000"), "ben kim mia"),
        (make_command(Kind.SET_STATUS, status="NI", why="w"), "ben kim mia"),
        (make_command(Kind.RECORD_START), "ben kim mia"),
    )
    wrong = []

    async def talk(stage: LinkStage) -> None:
        await stage.board.post_and_wait(LegArrived("17.1", ("ingroup", "SALESLINE")))
        [live] = stage.board.world.calls.values()
        async with stage.remote() as calls:
            for campaign, (command, names), name in product((OTHER, OWN), commands, USERS):
                stage.board.world.keep(live.with_outcome(campaign=campaign))
                named: Any = type(command)(**{**vars(command), "call": live.id})
                try:
                    is_taken = bool((await calls.give(order(named, token=token_of(database, name)))).receipt)
                except CommandForbidden as why:
                    assert why.code == "command_forbidden"
                    is_taken = False
                may = name in names.split() and (campaign == OWN or name not in BOUND)
                wrong.extend([(campaign, command, name, is_taken)] if is_taken != may else [])

    given(database, talk)
    assert wrong == []


def test_an_agent_takes_back_the_call_of_the_own_wrap_up_until_its_code(database: Path) -> None:
    lab = talking(lab_with())
    lab.ask(Kind.LOCAL_CLOSER, ingroup="SUPPORTLINE")
    lab.wait(1)
    back = make_command(Kind.TAKE_CALL, call=lab.call().id, to_agent="1000")
    assert checked(database, "anna", back, lab.world).by == "user:anna"
    lab.ask(Kind.PAUSE)
    lab.ask(Kind.STATUS, status="A")
    with refused(CommandForbidden, "command_forbidden"):
        checked(database, "anna", back, lab.world)


def test_an_ended_call_belongs_to_its_last_agent(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for last, may in (("1000", True), ("1001", False)):
        monkeypatch.setattr("warmline.store.calls.last_agent.last_agent", lambda db, call, last=last: (call, last))
        command = make_command(Kind.SET_STATUS, "1000", "C", status="NI", why="w")
        if may:
            assert checked(database, "anna", command).by == "user:anna"
        else:
            with refused(CommandForbidden, "command_forbidden"):
                checked(database, "anna", command)


@pytest.mark.parametrize("name", BOUND)
def test_an_ended_call_of_no_agent_is_that_of_its_campaign(
    database: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warmline.store.calls.last_agent.last_agent", lambda _db, call: (call, ""))
    for campaign in (OWN, OTHER):
        owners = {"C": CallOwner("", "", campaign)}
        monkeypatch.setattr("warmline.store.calls.call_owners.owners", lambda _db, _calls, owners=owners: owners)
        command = make_command(Kind.SET_STATUS, call="C", status="NI", why="w")
        assert is_given(database, name, command) is (campaign == OWN)


# -- what a message says beside its command --


@pytest.mark.parametrize(("name", "person"), [("anna", True), ("all", False)])
def test_only_a_person_in_a_session_has_typed_a_number(database: Path, name: str, person: bool) -> None:
    """The person's page may also say that a program gave the number."""
    for said in (True, False):
        for kind in (Kind.DIAL, Kind.PREVIEW, Kind.DIAL_WITH_CUSTOMER, Kind.BLIND_TRANSFER):
            made = checked(database, name, make_command(kind, "1000", number="112", by_person=said)).command
            assert made.by_person is (person and said)  # type: ignore[attr-defined]


STORED = Callback(id="K", call="C", number="8500", campaign="TESTCAMP", agent="1000", at=10, made=5, comments="stored")


def stored(monkeypatch: pytest.MonkeyPatch, callback: Callback | None) -> None:
    def find(_db: str, wanted: str, _now: int) -> Callback:
        if callback is None or wanted != callback.id:
            raise NotFound("callback_unknown", "there is no callback {name}", name=wanted)
        return callback

    monkeypatch.setattr(callbacks, "find", find)


def test_a_changed_callback_keeps_its_number_and_gets_the_clients_name(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(monkeypatch, STORED)
    hostile = {"call": "X", "number": "0900123456", "campaign": "X", "by": "user:adam", "made": 1, "done_in": "X"}
    said = Callback(id="K", agent="1000", at=20, comments="later", state=COMPLETED, **hostile)  # type: ignore[arg-type]
    made: Any = checked(database, "anna", make_command(Kind.CALLBACK, callback=said)).command
    kept = made.callback
    assert (kept.number, kept.call, kept.campaign, kept.made, kept.done_in) == ("8500", "C", "TESTCAMP", 5, "")
    assert (kept.at, kept.comments, kept.by, kept.state) == (20, "later", "user:anna", STORED.state)
    dialled: Any = checked(
        database, "anna", make_command(Kind.DIAL, "1000", callback=said, number="0900123456")
    ).command
    assert (dialled.callback, dialled.number) == (STORED, "8500")


CALLBACKS = (  # the campaign and the agent of a callback, the agent in the message, who may change it, who may dial it
    (OWN, "1000", "1000", f"{ANYONE} writer all", f"{ANYONE} writer all"),
    (OWN, "1000", "1001", "kim mia writer all", f"{ANYONE} writer all"),
    (OWN, "1001", "1000", "kim mia writer all", "kim mia writer all"),
    (OWN, "", "1000", f"{ANYONE} writer all", f"{ANYONE} writer all"),
    (OWN, "", "", "ben kim mia writer all", f"{ANYONE} writer all"),
    (OTHER, "1000", "1000", f"{ANYONE} writer all", f"{ANYONE} writer all"),  # an agent's is the agent's
    (OTHER, "", "1000", "mia writer all", "mia writer all"),
    (OTHER, "", "", "mia writer all", "mia writer all"),
)


def test_a_callback_belongs_to_its_agent_and_one_of_no_agent_to_its_campaign(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = []
    for campaign, owner, said, *allowed in CALLBACKS:
        kept = replace(STORED, agent=owner, campaign=campaign)
        stored(monkeypatch, kept)
        change = make_command(Kind.CALLBACK, callback=replace(kept, agent=said))
        for command, names in zip((change, make_command(Kind.DIAL, "1000", callback=kept)), allowed, strict=True):
            found = {name for name in EVERYBODY if is_given(database, name, command)}
            wrong += [(campaign, owner, said, command.kind, found)] if found != set(names.split()) else []
    assert wrong == []


def test_a_callback_that_does_not_exist_or_is_closed(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(monkeypatch, None)
    with refused(CommandForbidden, "callback_unknown"):
        checked(database, "all", make_command(Kind.CALLBACK, callback=STORED))
    stored(monkeypatch, Callback(**{**vars(STORED), "state": CANCELLED}))
    assert checked(database, "all", make_command(Kind.CALLBACK, callback=STORED)).command.impossible


def test_a_promised_callback_is_a_new_one(database: Path) -> None:
    said = Callback(**{**vars(STORED), "state": COMPLETED, "done_in": "C"})
    made: Any = checked(database, "anna", make_command(Kind.STATUS, "1000", status="CALLBK", callback=said)).command
    assert made.callback == Callback(id="", call="", number="", agent="1000", at=10, comments="stored")
    of_another = Callback(**{**vars(STORED), "agent": "1001"})
    with refused(CommandForbidden, "command_forbidden"):
        checked(database, "anna", make_command(Kind.STATUS, "1000", status="CALLBK", callback=of_another))


def talks(*phones: str) -> OutsideTalk:
    named, other = (OutsideLeg(id=f"17.{phone}", name=f"PJSIP/{phone}-00000001", phone=phone) for phone in phones)
    return OutsideTalk(named=named, other=other, caller=named.id)


def test_a_user_adopts_only_the_conversation_that_asterisk_has(database: Path) -> None:
    agents = {name: Agent(name, phone=name) for name in ("1000", "1001")}
    world = World()
    world.rules = Rules(agents=agents)
    command = make_command(Kind.ADOPT, "1000", channel="PJSIP/1000-00000001", conversation=talks("1001", "1001"))
    own = checked(database, "anna", command, world, talk=talks("1000", "outside")).command
    assert own.conversation == talks("1000", "outside")  # type: ignore[attr-defined]
    for talk in (talks("1001", "outside"), talks("1000", "1001"), talks("out", "side")):
        with refused(CommandForbidden, "command_forbidden"):
            checked(database, "anna", command, world, talk=talk)
    assert checked(database, "anna", command, world).command.impossible == "there is no PJSIP/1000-00000001"
    of_script = replace(talks("1000", "outside"), app="script-menu")
    for claimed, is_taken in ((talks("1000", "outside"), False), (None, False), (of_script, True)):
        asked = replace(command, conversation=claimed)  # type: ignore[call-arg]
        assert (checked(database, "anna", asked, world, talk=of_script).command.conversation == of_script) is is_taken


def test_a_bound_manager_adopts_conversations_of_all_agents(database: Path) -> None:
    world = World()
    world.rules = Rules(agents={one: Agent(one, phone=one) for one in ("1000", "1001")})
    command = make_command(Kind.ADOPT, "1001", channel="PJSIP/1001-00000001")
    for name in ("kim", "mia"):
        assert checked(database, name, command, world, talk=talks("1001", "outside")).by == f"user:{name}"
    with refused(CommandForbidden, "command_forbidden"):
        checked(database, "kim", command, world, talk=talks("out", "side"))
    with refused(CommandForbidden, "command_forbidden"):
        checked(database, "ben", command, world, talk=talks("1001", "outside"))


@pytest.mark.parametrize("name", ["writer", "caller", "anna"])
def test_a_callback_for_a_lead_takes_the_right_to_write_leads(database: Path, name: str) -> None:
    with refused(CommandForbidden, "command_forbidden"):
        checked(database, name, make_command(Kind.MAKE_CALLBACK, callback=STORED))


def test_a_callback_for_a_lead_has_that_leads_number_and_no_call(database: Path) -> None:
    lead = leads.create(database, "998", {"phone_number": "3125550177"}, who="test")
    hostile = {"call": "X", "number": "0900123456", "by": "user:adam", "made": 1, "done_in": "X", "state": COMPLETED}
    said = Callback(id="K", lead=lead, at=20, comments="later", **hostile)  # type: ignore[arg-type]
    made: Any = checked(database, "all", make_command(Kind.MAKE_CALLBACK, callback=said)).command
    kept = made.callback
    assert (kept.id, kept.call, kept.lead, kept.at, kept.comments) == ("", "", lead, 20, "later")
    assert kept.number.endswith("3125550177") and (kept.made, kept.done_in, kept.state) == (0, "", "pending")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"lead": 999_999}, "lead_unknown"),
        ({"agent": "nobody"}, "command_forbidden"),
        ({"campaign": "NO"}, "command_forbidden"),
    ],
)
def test_a_callback_for_a_lead_names_existing_things(database: Path, wrong: dict[str, Any], code: str) -> None:
    lead = leads.create(database, "998", {"phone_number": "3125550177"}, who="test")
    said = Callback(**{"id": "", "call": "", "number": "", "at": 20, "lead": lead} | wrong)
    with refused(CommandForbidden, code):
        checked(database, "all", make_command(Kind.MAKE_CALLBACK, callback=said))


# -- leads --


async def no_talk(channel: str) -> str:
    """Return that there is no conversation."""
    return f"there is no {channel}"


def written(
    path: Path, wanted: RecordWrite, name: str, client: Client | None = None, rules: Rules | None = None
) -> LeadOutcome:
    """Write as the API process asks for it, with the token of a client. Raises what the call process raises."""

    async def find(token: str) -> Client | None:
        return client or token_holder.of_token(path, token)

    world = World()
    world.rules = rules or world.rules
    clients = CheckedClients(find, no_talk, lambda: world, str(path), str(path.parent))
    threads = RecordThreads(str(path))
    try:
        token = name if client else token_of(path, name)
        return asyncio.run(CheckedRecords(threads, clients, str(path)).write(wanted, token))
    finally:
        threads.close()


def may(path: Path, wanted: RecordWrite, name: str, client: Client | None = None, rules: Rules | None = None) -> bool:
    """Return whether the call process writes for the client."""
    try:
        written(path, wanted, name, client, rules)
    except WriteRefused as why:
        assert why.code in ("lead_write_refused", NOT_ON_SCREEN)
        return False
    return True


def test_a_lead_is_written_with_the_scope_and_in_the_campaigns_of_the_client(
    database: Path, lead_of: dict[str, int]
) -> None:
    wrong = []
    for name, (campaign, own) in product(EVERYBODY, LISTS.items()):
        allowed, free, lead = (
            name in WRITERS and (campaign == OWN or name not in BOUND),
            name not in BOUND,
            lead_of[campaign],
        )
        rows: list[tuple[RecordWrite, bool]] = [
            *((UpdateLead(lead, {"city": name}, agent), allowed) for agent in ("", "1000", "7999")),  # no lead is there
            (CreateLead(own, ADA, "user:adam"), allowed),
            (CreateLead("999", ADA, "user:adam"), name in WRITERS and free),
            *((UpdateLead(lead, {}, "1000", one), allowed and (one == "201" or free)) for one in ("201", "202", "999")),
            (DeleteLead(leads.create(database, own, ADA, who="test"), "user:adam"), allowed),
        ]
        for write, expected in rows:
            wrong += [(name, campaign, write)] if may(database, write, name) is not expected else []
            leads.update(database, lead, {}, own)
    assert wrong == []
    assert leads.find(database, lead_of[OTHER])["city"] == "all"


def test_a_known_lead_of_another_campaign_does_not_count(database: Path, lead_of: dict[str, int]) -> None:
    everything = frozenset({OWN, OTHER})  # an API process that lies
    for then, by in (("refuse", "created"), ("update", "updated")):
        wanted = CreateLead("201", ADA, "", rule=NewLeadRule(then, "system"), campaigns=everything)  # type: ignore[arg-type]
        leads.update(database, lead_of[OWN], {"phone_number": "7275559999"})
        made = written(database, wanted, "kim")
        assert made.did == by and made.lead != lead_of[OTHER]
    assert written(database, wanted, "mia").lead != 0


def test_the_list_for_leads_by_hand_of_a_campaign_may_be_that_of_every_campaign(
    database: Path, lead_of: dict[str, int]
) -> None:
    rules = Rules(campaigns={OWN: Campaign(OWN, manual_dial_list_id="998")})
    assert may(database, CreateLead("998", ADA, ""), "kim", rules=rules)
    assert not may(database, CreateLead("202", ADA, ""), "kim", rules=rules)


def test_the_name_of_a_new_lead_is_that_of_the_token(database: Path, lead_of: dict[str, int]) -> None:
    for name, by in (("mia", "user:mia"), ("all", "token:all")):
        made = written(database, CreateLead("202", ADA, "user:adam"), name)
        assert leads.find(database, made.lead)["user"] == by
    first = written(database, CreateLead("202", ADA, "user:mia", "key", "said"), "mia")
    assert written(database, CreateLead("202", ADA, "user:mia", "key", "said"), "all") != first, (
        "no key of another client"
    )


def test_without_a_known_token_nothing_is_written(database: Path, lead_of: dict[str, int]) -> None:
    before = leads.find(database, lead_of[OWN])
    for token in ("", "x", "u" * 43):

        async def nobody(_: str) -> Client | None:
            return None

        clients = CheckedClients(nobody, no_talk, World, str(database), str(database.parent))
        threads = RecordThreads(str(database))
        with refused(ClientUnknown, "client_unknown"):
            asyncio.run(
                CheckedRecords(threads, clients, str(database)).write(UpdateLead(lead_of[OWN], {"city": "X"}), token)
            )
        threads.close()
    assert leads.find(database, lead_of[OWN]) == before


def test_an_api_user_adds_leads_by_its_functions_and_changes_those_on_a_screen(
    database: Path, lead_of: dict[str, int]
) -> None:
    def program(functions: str, campaigns: VisibleCampaigns | None = None) -> ApiUser:
        return ApiUser("crm", "", frozenset({functions}), api_access=True, user_group="", campaigns=campaigns)

    own = VisibleCampaigns(frozenset({OWN}))
    for functions, campaigns, one, allowed in (
        ("external_add_lead", None, "202", True),
        ("ALL_FUNCTIONS", None, "202", True),
        ("external_dial", None, "202", False),
        ("ALL_FUNCTIONS", own, "202", False),
        ("ALL_FUNCTIONS", own, "201", True),
    ):
        client = program(functions, campaigns)
        assert may(database, CreateLead(one, ADA, "crm"), "ticket", client) is allowed, (functions, one)
    for functions in ("ALL_FUNCTIONS", "update_fields"):
        change = UpdateLead(lead_of[OWN], {"city": "X"}, "1000")
        assert not may(database, change, "ticket", program(functions)), "the lead is on no screen"


def test_a_lead_that_has_left_the_screen_is_named_and_no_right_is_asked_for(
    database: Path, lead_of: dict[str, int]
) -> None:
    program = ApiUser("crm", "", frozenset({"update_fields"}), api_access=True, user_group="", campaigns=None)
    with refused(WriteRefused, NOT_ON_SCREEN, agent="1000", lead=lead_of[OWN]):
        written(database, UpdateLead(lead_of[OWN], {"city": "X"}, "1000"), "ticket", program)
    with refused(WriteRefused, "lead_write_refused"):
        written(database, UpdateLead(lead_of[OWN], {"city": "X"}), "ticket", program)
