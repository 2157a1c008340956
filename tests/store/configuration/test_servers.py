"""The name of the server `main` is not stored; another server is stored, read back and replayed."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lab import configure
from tools.simulation.asterisk.asterisk_death import asterisk_dies, comes_back
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.asterisk.several_servers import B, SeveralServers
from tools.simulation.asterisk.simulated_snapshot import difference
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.database.database import connect
from warmline.store.journal import open_state
from warmline.store.journal.replay import replay

USER = {MAIN_SERVER: "1000", B: "1001"}


class Recorded(RecordedDriver, SeveralServers):
    """Two servers, and the real database."""

    def come_back(self) -> None:
        """Load the open records, and read the snapshots of both."""
        self.other.out.clear()
        super().come_back()
        self.feed_together(difference(self.other, self.world))


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("servers") / "warmline.db"
    options = {"campaign_recording": "ALLCALLS", "leave_3way_start_recording": "ALL_CALLS"}
    configure.fill(path, [("campaign", "TESTCAMP", options)])
    return path


@pytest.fixture
def lab(configured: Path, tmp_path: Path) -> Iterator[Recorded]:
    lab = Recorded(Path(shutil.copy(configured, tmp_path)))
    yield lab
    lab.close()


def three_way(lab: Recorded, server: str) -> None:
    lab.seat(server, USER[server])
    lab.come_in(server, f"cust-{server}", "ingroup", "SALESLINE")
    assert lab.ask(Kind.DIAL_WITH_CUSTOMER, USER[server], number="8500") == ""
    lab.wait(1.2)


def test_open_records_come_back_with_their_server(lab: Recorded) -> None:
    three_way(lab, B)
    lab.leave(B, "phone-1001", 44)
    with closing(connect(lab.database)) as connection:
        read = {one.id: one for one in open_state.load(connection)}
    assert read == {one.id: one for one in lab.world.iterate_open_records()}
    assert lab.session("1001").phone_loss.server == B


def test_a_journal_of_two_servers_is_replayed(lab: Recorded) -> None:
    for server in USER:
        three_way(lab, server)
    lab.ask(Kind.LEAVE_3WAY_CALL, USER[B])
    lab.die()
    lab.come_back()
    assert len(lab.world.calls) == 2
    asterisk_dies(lab, lab.other)
    comes_back(lab, lab.other)
    lab.wait(1.2)
    assert [call.server for call in lab.world.calls.values()] == [MAIN_SERVER]
    lab.hang_up("cust-main")
    lab.wait(1)
    again = replay(lab.database)
    assert (again.differences, again.stopped) == ([], "") and again.rows > 60
