"""The program that makes large writes keeps a connection to PostgreSQL, and opens another one if that is lost."""

from contextlib import closing

from ari_app.records.large_writes import LargeWrites
from ari_app.records.privileged_write_types import AddLeads, ChangeLeads
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.system.database_address import DatabaseAddress

SESSIONS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
END = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid = ?"


def test_parts_of_a_write_share_a_connection_until_it_is_lost(database: DatabaseAddress) -> None:
    config.create(database, "list", "101", {}, who="test")
    leads: list[dict[str, str | int]] = [{"phone_number": f"72755512{number:02}"} for number in range(30)]
    with closing(LargeWrites(database)) as writes, closing(connect(database)) as db:
        assert writes.make(AddLeads("101", leads[:10]), "test").outcome.count == 10
        kept = {pid for (pid,) in db.execute(SESSIONS)}
        assert writes.make(AddLeads("101", leads[:20]), "test").outcome.count == 10
        assert kept and {pid for (pid,) in db.execute(SESSIONS)} == kept
        for pid in kept:
            assert db.execute(END, [pid]).fetchone()[0]
        assert writes.make(AddLeads("101", leads), "test").outcome.count == 10
        assert writes.make(ChangeLeads("101", "", owner="ann"), "test").outcome.count == 30
