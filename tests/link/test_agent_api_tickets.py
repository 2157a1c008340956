"""Tickets of the agent API: one check of a password is enough for the commands of the next minutes."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ari_app.http.agc.requests.command_tickets import CommandTickets
from ari_app.link import command_rights
from ari_app.link.command_rights import ClientUnknown, CommandForbidden
from ari_app.records.agent_api_tickets import LASTS, AgentApiTickets
from tests.wording.said import refused
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.store.configuration.api_users import ApiUser
from warmline.store.database.login_refusals import LoginRefused

PASSWORD, OTHER = "opensesame7", "opensesame8"  # of a test
CRM = {"pass": PASSWORD, "functions": "external_pause,send_dtmf"}


@dataclass
class Stage:
    """`tickets` of a database; its clock stands still."""

    database: Path
    now: float = 1000.0
    tickets: AgentApiTickets = field(init=False)

    def __post_init__(self) -> None:
        self.tickets = AgentApiTickets(str(self.database), lambda: self.now)

    def change(self, kind: str, name: str, **options: str) -> None:
        config.set_options(self.database, kind, name, options, who="test")
        self.tickets.clear()


@pytest.fixture
def stage(new_database: Path, tmp_path: Path) -> Stage:
    path = Path(shutil.copy(new_database, tmp_path / "warmline.db"))
    config.create(path, "api-user", "crm", CRM, who="test")
    config.create(path, "user", "mia", {"pass": PASSWORD, "role": "manager"}, who="test")
    return Stage(path)


def run(stage: Stage, talk: Callable[[AgentApiTickets], Awaitable[None]]) -> None:
    async def go() -> None:
        try:
            await talk(stage.tickets)
        finally:
            stage.tickets.close()

    asyncio.run(go())


def test_a_ticket_is_the_users_with_the_rights_of_now(stage: Stage) -> None:
    async def talk(tickets: AgentApiTickets) -> None:
        ticket = await tickets.ticket("crm", PASSWORD)
        found = await tickets.holder(ticket)
        assert found and found.functions == {"external_pause", "send_dtmf"}
        stage.change("api-user", "crm", functions="send_dtmf")
        found = await tickets.holder(ticket)
        assert found and found.functions == {"send_dtmf"}
        person = await tickets.holder(await tickets.ticket("mia", PASSWORD))
        assert person and person.user and person.client == "user:mia"
        assert await tickets.holder("x") is None

    run(stage, talk)


@pytest.mark.parametrize(
    ("user", "options"),
    [
        ("crm", {"active": "N"}),
        ("crm", {"api_access": "N"}),
        ("crm", {"pass": OTHER}),
        ("mia", {"active": "N"}),
        ("mia", {"pass": OTHER}),
    ],
)
def test_a_ticket_ends_with_the_password_or_the_user(stage: Stage, user: str, options: dict[str, str]) -> None:
    async def talk(tickets: AgentApiTickets) -> None:
        ticket = await tickets.ticket(user, PASSWORD)
        stage.change("user" if user == "mia" else "api-user", user, **options)
        assert await tickets.holder(ticket) is None
        with pytest.raises(LoginRefused):
            await tickets.ticket(user, PASSWORD)

    run(stage, talk)


def test_a_ticket_lasts_for_some_minutes(stage: Stage) -> None:
    async def talk(tickets: AgentApiTickets) -> None:
        ticket = await tickets.ticket("crm", PASSWORD)
        stage.now += LASTS
        assert await tickets.holder(ticket)
        stage.now += 1
        assert await tickets.holder(ticket) is None

    run(stage, talk)


def test_wrong_passwords_get_no_ticket_and_slow_their_user_down(stage: Stage) -> None:
    async def talk(tickets: AgentApiTickets) -> None:
        for _ in range(6):
            with pytest.raises(LoginRefused):
                await tickets.ticket("crm", "wrong")
        with pytest.raises(LoginRefused):
            await tickets.ticket("crm", PASSWORD)
        with pytest.raises(LoginRefused):
            await tickets.ticket("nobody", PASSWORD)
        assert await tickets.ticket("mia", PASSWORD), "another user does not wait"
        stage.now += 200
        assert await tickets.ticket("crm", PASSWORD)

    run(stage, talk)


def test_a_ticket_that_is_no_longer_known_is_replaced_once(stage: Stage) -> None:
    given: list[str] = []

    async def talk(tickets: AgentApiTickets) -> None:
        kept = CommandTickets(tickets)

        async def give(ticket: str) -> str:
            given.append(ticket)
            if await tickets.holder(ticket) is None:
                raise ClientUnknown("client_unknown", "…")
            return ticket

        first = await kept.use("crm", PASSWORD, give)
        stage.now += LASTS + 1
        second = await kept.use("crm", PASSWORD, give)
        assert given == [first, first, second] and second != first

        async def never(ticket: str) -> str:
            given.append(ticket)
            raise ClientUnknown("client_unknown", "…")

        with pytest.raises(ClientUnknown):
            await kept.use("crm", PASSWORD, never)
        assert len(given) == 5
        with pytest.raises(LoginRefused):
            await kept.use("crm", OTHER, give)

    run(stage, talk)


@pytest.mark.parametrize(
    ("functions", "kind", "may"),
    [
        ("external_pause", Kind.PAUSE, True),
        ("external_pause", Kind.DIAL, False),
        ("transfer_conference", Kind.HANGUP_XFER, True),
        ("ra_call_control", Kind.END_CALL, True),
        ("external_hangup", Kind.END_CALL, False),
        ("ALL_FUNCTIONS", Kind.DIAL, True),
        ("ALL_FUNCTIONS", Kind.LISTEN, False),
        ("ALL_FUNCTIONS", Kind.DIALLER_START, False),
        ("ALL_FUNCTIONS", Kind.LOGIN, False),
    ],
)
def test_an_api_user_gives_only_the_commands_of_its_functions(functions: str, kind: Kind, may: bool) -> None:
    user = ApiUser("crm", "", frozenset({functions}), api_access=True, user_group="")
    arguments = {"campaign": "TESTCAMP"} if kind is Kind.DIALLER_START else {}
    arguments |= {"phone": "1001"} if kind is Kind.LISTEN else {}
    command = make_command(kind, "1000", **arguments)
    if may:
        command_rights.check(user, command)
    else:
        with refused(CommandForbidden, "command_forbidden"):
            command_rights.check(user, command)
