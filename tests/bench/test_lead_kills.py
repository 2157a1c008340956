"""A program brings, changes and fetches leads while parts of the app are killed; and the judge finds what is wrong."""

import asyncio
import secrets
from pathlib import Path
from random import Random

import pytest

from lab import configure
from tests.free_port import free_port
from tests.http.bare_app import BareApp
from tools.proofs import lead_kills
from tools.proofs.lead_kills import KilledLeads, KillFindings, client
from tools.proofs.lead_kills.lead_program import LeadProgram
from warmline.store.configuration import config
from warmline.store.database.database import connect

LEADS, KILLS = 2000, 3


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("killed") / "warmline.db"
    configure.fill(path, [])
    lead_kills.configure(path)
    return path


def play(database: Path, kills: int) -> tuple[KilledLeads, KillFindings]:
    """Run the program against an app with this database, whose parts are killed."""
    token, port = secrets.token_urlsafe(32), free_port()
    options = {"scopes": "leads:read,leads:write", "token": token}
    config.create(database, "api-token", "importer", options, who="test")
    app = BareApp(database.parent, port)

    async def run() -> tuple[KilledLeads, KillFindings]:
        async with client(f"http://127.0.0.1:{port}", token) as http:
            dice = Random(2)  # noqa: S311 - the same moments each time
            made = KilledLeads(app.pid, database, LeadProgram(http, page=100), dice, LEADS)
            return made, await made.run(kills)

    try:
        return asyncio.run(run())
    finally:
        app.kill()


def test_no_lead_is_doubled_or_lost_by_kills_and_the_judge_sees_each_fault(database: Path) -> None:
    made, found = play(database, KILLS)
    assert found.faults == [] and len(found.kills) == KILLS, found
    fetched = bytearray([1]) * (made._newest() + 1)
    with connect(database) as db:
        lost, changed, twice = (row[0] for row in db.execute("SELECT lead_id FROM lead WHERE list_id = '702' LIMIT 3"))
        db.execute("DELETE FROM lead WHERE lead_id = ?", [lost])
        db.execute("UPDATE lead SET custom_fields = '{}' WHERE lead_id = ?", [changed])
        db.execute(
            "INSERT INTO lead (list_id, entry_date, modify_date, phone_number) "
            "SELECT list_id, 1, 1, phone_number FROM lead WHERE lead_id = ?",
            [twice],
        )
        db.execute("DELETE FROM config_journal WHERE action = 'delete' AND name = ?", [str(next(iter(made.deleted)))])
    made._judge(fetched)
    faults = " ".join(made.found.faults)
    assert all(word in faults for word in ("is missing", "has (", "is there 2 times", "not fetched once", "deletions"))
