"""The client of a command: a hostile API process gives no command beyond what the token of a client allows."""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ari_app.http.openapi.route_table import ROUTES
from ari_app.http.v1 import command_routes
from ari_app.link import command_rights
from ari_app.link.command_rights import Client, ClientUnknown, CommandForbidden
from ari_app.link.idempotency import CommandRequest
from ari_app.records.checked_clients import CheckedClients
from tests.core.core_stage import lab_with, talking
from tests.link.link_stage import LinkStage, on_a_link, order
from tests.wording.said import refused
from warmline.core.commands.command_registry import REGISTERED_COMMANDS
from warmline.core.messages.command_shapes import make_command
from warmline.core.messages.commands import Command, Kind
from warmline.core.messages.leg_messages import LegArrived
from warmline.core.messages.values.callback import CANCELLED, COMPLETED, Callback
from warmline.core.messages.values.outside_talk import OutsideLeg, OutsideTalk
from warmline.core.model.receipt import Outcome
from warmline.core.rules.configuration import Agent, Rules
from warmline.core.world.world import World
from warmline.store.configuration import config, token_holder, user_sessions
from warmline.store.configuration.wallboards import WALLBOARD
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import keeping
from warmline.store.leads import callbacks, leads

PASSWORD = "opensesame7"  # noqa: S105 - of a test
PAUSE, MACHINE = make_command(Kind.PAUSE, "1000"), "of-the-machine"
USERS = {
    "anna": {"role": "agent", "agent": "1000"},
    "ben": {"role": "supervisor", "user_group": "BERLIN"},
    "mia": {"role": "manager"},
}
TOKENS = {"writer": "agents:write", "reader": "agents:read,calls:read", "caller": "calls:write", "all": "ALL"}


@pytest.fixture(scope="module")
def known(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with users and tokens, to be copied; agent 1000 is in the group of the supervisor."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("known") / "warmline.db"))
    config.create(path, "user-group", "BERLIN", {}, who="test")
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


# -- scopes --


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


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("reader", PAUSE),
        ("caller", PAUSE),
        ("writer", make_command(Kind.LISTEN, "1000", phone="1001")),
        ("writer", make_command(Kind.DIALLER_START, campaign="TESTCAMP")),
        ("writer", make_command(Kind.END_CALL, call="C")),
        ("writer", make_command(Kind.SET_STATUS, call="C", status="NI", why="w")),
        ("writer", make_command(Kind.ADOPT, "1000", channel="PJSIP/1000-00000001")),
        ("anna", make_command(Kind.LISTEN, "1000", phone="1001")),
        ("anna", make_command(Kind.DIALLER_STOP, campaign="TESTCAMP")),
        ("anna", make_command(Kind.SERVER_DRAIN, server="b")),
        ("ben", make_command(Kind.SERVER_RESUME, server="b")),
        ("writer", make_command(Kind.SERVER_DRAIN, server="b")),
    ],
)
def test_a_command_beyond_the_scopes_of_a_token_is_refused(database: Path, name: str, command: Command) -> None:
    with refused(CommandForbidden, "command_forbidden"):
        checked(database, name, command)
    assert checked(database, "all", command).by == "token:all"


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


# -- the agents of a user --


@pytest.mark.parametrize(
    "command",
    [
        make_command(Kind.PAUSE, "1001"),
        make_command(Kind.DIAL, "1001", number="8500"),
        make_command(Kind.LISTEN, "1001", phone="1000"),
        make_command(Kind.TAKE_CALL, call="C", to_agent="1001"),
    ],
)
@pytest.mark.parametrize("name", ["anna", "ben"])
def test_a_user_gives_no_command_to_agents_of_others(database: Path, name: str, command: Command) -> None:
    with refused(CommandForbidden, "command_forbidden"):
        checked(database, name, command)
    assert checked(database, "mia", command).by == "user:mia"


@pytest.mark.parametrize(
    ("name", "command", "may"),
    [
        ("anna", make_command(Kind.END_CALL), False),
        ("anna", make_command(Kind.END_CALL, "1000"), False),
        ("anna", make_command(Kind.TAKE_CALL, to_agent="1000"), False),
        ("anna", make_command(Kind.SET_STATUS, status="NI", why="w"), False),
        ("anna", make_command(Kind.RECORD_START), False),
        ("ben", make_command(Kind.END_CALL), True),
        ("ben", make_command(Kind.TAKE_CALL, to_agent="1000"), True),
        ("mia", make_command(Kind.END_CALL), True),
    ],
)
def test_a_call_that_waits_belongs_to_no_agent(database: Path, name: str, command: Any, may: bool) -> None:
    async def talk(stage: LinkStage) -> None:
        await stage.board.post_and_wait(LegArrived("17.1", ("ingroup", "SALESLINE")))
        [live] = stage.board.world.calls
        async with stage.remote() as calls:
            asked = order(type(command)(**{**vars(command), "call": live}), token=token_of(database, name))
            if may:
                assert (await calls.give(asked)).receipt
            else:
                with refused(CommandForbidden, "command_forbidden"):
                    await calls.give(asked)

    given(database, talk)


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


@pytest.mark.parametrize(
    ("owner", "said", "may"),
    [
        ("1000", "1000", True),
        ("1000", "1001", False),
        ("1001", "1000", False),
        ("", "1000", True),
        ("", "", False),
    ],
)
def test_a_callback_belongs_to_its_agent(
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: str,
    said: str,
    may: bool,
) -> None:
    values = {**vars(STORED), "agent": owner}
    stored(monkeypatch, Callback(**values))
    command = make_command(Kind.CALLBACK, callback=Callback(**values | {"agent": said}))
    if may:
        assert checked(database, "anna", command).command.callback.agent == said  # type: ignore[attr-defined]
    else:
        with refused(CommandForbidden, "command_forbidden"):
            checked(database, "anna", command)
    assert checked(database, "mia", command).by == "user:mia"


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
