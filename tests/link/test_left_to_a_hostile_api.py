"""Powers that a hostile API process keeps: docs/explanation/security.md has each of them in its first table."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from ari_app.calls.browser_phones import BrowserPhones
from ari_app.calls.checked_phones import CheckedPhones
from ari_app.calls.turn_credentials import TurnCredentials
from ari_app.link.idempotency import CommandRequest
from ari_app.records.agent_api_tickets import AgentApiTickets
from tests.link.link_stage import TOKEN, LinkStage, on_a_link
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Kind
from warmline.core.messages.events import Event
from warmline.store.configuration import config

PASSWORD = "opensesame7"  # noqa: S105 - of a test


@pytest.fixture
def database(new_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(new_database, tmp_path / "warmline.db"))


def test_the_api_process_chooses_program_caller_id_and_reason_of_a_command(tmp_path: Path) -> None:
    dial = make_command(Kind.DIAL, "1000", number="8500", caller_id="999", impossible="said by the API process")

    async def talk(stage: LinkStage) -> None:
        async with stage.remote() as calls:
            reply = await calls.give(CommandRequest(dial, "", "any program", token=TOKEN))
            receipt: Any = calls.receipt(reply.receipt)
            assert (receipt.source, receipt.by, receipt.cause) == ("any program", "token:ada", dial.impossible)
            assert receipt.command.caller_id == "999"

    on_a_link(tmp_path, talk)


def test_the_addresses_of_an_api_user_are_looked_at_in_the_api_process_alone(database: Path) -> None:
    options = {"pass": PASSWORD, "functions": "ALL_FUNCTIONS", "addresses": "192.0.2.1"}
    config.create(database, "api-user", "crm", options, who="test")
    tickets = AgentApiTickets(str(database))
    try:
        assert asyncio.run(tickets.ticket("crm", PASSWORD))
    finally:
        tickets.close()


def test_the_api_process_says_that_a_page_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str, bool]] = []

    async def tell(_: BrowserPhones, agent: str, page: str, *, here: bool) -> None:
        told.append((agent, page, here))

    monkeypatch.setattr(BrowserPhones, "tell", tell)
    phones = CheckedPhones(BrowserPhones(_unused), TurnCredentials(""), "", str(tmp_path / "none"), str(tmp_path))
    asyncio.run(phones.tell("1000", "page", here=False))
    assert told == [("1000", "page", False)]


def _unused(event: Event) -> None:
    raise AssertionError(event)
