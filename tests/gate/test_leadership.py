"""An app with several servers leads with an epoch, and does nothing once a higher one is known."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ari_app.background.metrics import Metrics
from ari_app.call_process import _clients
from ari_app.servers import gate_heartbeat, leadership
from ari_app.servers.leadership import Leadership
from tests.asterisk.fake import fake_ari, refuses
from tests.gate.gate_site import LIMIT, gate_site
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.ari.client.ari_errors import AnotherLeadsError
from warmline.ari.client.ari_event_stream import AriEventStream
from warmline.store.database import leader_epoch
from warmline.system import gate_protocol, heartbeat_file
from warmline.system.server_settings import ServerSettings
from warmline.system.settings import load


async def connected(_: int) -> None:
    """Take a connection of the event stream."""


def stream(client: AriClient) -> AriEventStream:
    return AriEventStream(client, ["Dial"], lambda _: None, connected)


def test_each_start_has_the_next_epoch(db: Path) -> None:
    assert leader_epoch.read(db) == 0
    assert [leader_epoch.begin_next(db) for _ in range(3)] == [1, 2, 3]
    assert leader_epoch.read(db) == 3


async def test_an_app_with_a_lower_number_than_the_database_does_not_connect(db: Path) -> None:
    async with fake_ari() as (fake, client):
        client.check_leads = Leadership(str(db), leader_epoch.begin_next(db)).check
        listening = asyncio.create_task(stream(client).run())
        await fake.until_asked("GET /asterisk/info")
        leader_epoch.begin_next(db)
        await fake.sockets[-1].close()
        with pytest.raises(AnotherLeadsError, match="epoch 2 leads; this app has epoch 1"):
            await asyncio.wait_for(listening, LIMIT)
        assert len(fake.sockets) == 1


@pytest.fixture
def away(db: Path) -> Path:
    """Move the database away, and return its place."""
    return db.rename(db.with_name("away.db"))


async def test_an_app_that_cannot_read_its_number_waits(db: Path, away: Path) -> None:
    async with fake_ari() as (fake, client):
        client.check_leads = Leadership(str(db), 1).check
        with pytest.raises(AriError, match="does not say which app leads"):
            await client.check_leads()
        listening = asyncio.create_task(stream(client).run())
        shutil.move(away, db)
        await fake.next_connection()
        listening.cancel()


async def test_a_refusal_of_the_gate_ends_the_stream(tmp_path: Path) -> None:
    async with gate_site(tmp_path) as site:
        one = stream(await site.client(1))
        listening = asyncio.create_task(one.run())
        await site.fake.next_connection()
        await (await site.client(2)).request("GET", "asterisk", "ping")
        with pytest.raises(AnotherLeadsError, match="obeys an app with epoch 2; this app has epoch 1"):
            await asyncio.wait_for(listening, LIMIT)
        assert len(site.fake.sockets) == 1


async def test_a_status_409_of_asterisk_means_nothing_without_an_epoch() -> None:
    async with fake_ari() as (fake, client):
        fake.replies["GET /events"] = refuses(409)
        listening = asyncio.create_task(stream(client).run())
        await fake.until_asked("GET /events", 2)
        listening.cancel()


async def test_a_copy_of_the_database_that_is_behind_the_gates_does_not_lead(db: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(db, tmp_path / "copy.db"))
    async with gate_site(tmp_path) as site:
        plain = [await site.client(0)]
        await leadership.check_start(str(db), plain)
        await (await site.client(leader_epoch.begin_next(db))).request("GET", "asterisk", "ping")
        await leadership.check_start(str(db), plain)
        with pytest.raises(AnotherLeadsError, match="knows epoch 1, and this database 0"):
            await leadership.check_start(str(copy), plain)
        assert leader_epoch.read(copy) == 0


async def test_the_heartbeat_reaches_the_machine_of_the_server(tmp_path: Path) -> None:
    run, given, reached = str(tmp_path / "run"), asyncio.Event(), False

    async def turned() -> None:
        return

    async with gate_site(tmp_path) as site:
        client = await site.client(1)
        beating = asyncio.create_task(gate_heartbeat.show(client, lambda: reached, turned, given.set))
        await asyncio.sleep(0)
        assert heartbeat_file.get_age_seconds(run) is None
        reached = True
        await asyncio.wait_for(given.wait(), LIMIT)
        assert heartbeat_file.get_age_seconds(run) is not None
        beating.cancel()
        await asyncio.wait({beating})
        assert heartbeat_file.get_age_seconds(run) is None, "the app has ended in order"


async def test_an_older_app_removes_no_heartbeat(tmp_path: Path) -> None:
    given = asyncio.Event()

    async def turned() -> None:
        return

    async with gate_site(tmp_path) as site:
        beating = asyncio.create_task(gate_heartbeat.show(await site.client(1), lambda: True, turned, given.set))
        await asyncio.wait_for(given.wait(), LIMIT)
        newer = (await site.client(2)).gate_connections()
        assert (await newer.request("PUT", gate_protocol.BEAT)).status == 204
        beating.cancel()
        await asyncio.wait({beating})
        assert heartbeat_file.get_age_seconds(str(tmp_path / "run")) is not None
        newer.close()


@pytest.mark.parametrize(
    "gate, certificate, url, trusted",
    [
        ("127.0.0.1:8189", "", "http://127.0.0.1:8189/ari", ""),
        ("192.0.2.7:8189", "/c.pem", "https://192.0.2.7:8189/ari", "/c.pem"),
        ("0.0.0.0:8189", "/c.pem", "https://127.0.0.1:8189/ari", "/c.pem"),
    ],
)
def test_the_app_reaches_its_own_machine_by_the_gate_too(gate: str, certificate: str, url: str, trusted: str) -> None:
    settings = load({})._replace(gate=gate, gate_certificate=certificate)
    main = ServerSettings("main", settings.ari_url, "warmline", "secret", "", "", "", 10, "", "")
    found = leadership.through_gate(main, settings)
    assert (found.ari_url, found.certificate) == (url, trusted)


async def test_one_server_sends_no_epoch_and_asks_no_database(db: Path) -> None:
    settings = load({})._replace(db=str(db), gate="127.0.0.1:8189")
    [client] = (await _clients(settings, Metrics())).values()
    assert (client.epoch, client.check_leads, list(client.headers)) == (0, None, ["Authorization"])
    assert client.url == settings.ari_url
    with closing(sqlite3.connect(db)) as rows:
        assert rows.execute("SELECT count(*) FROM meta WHERE key = 'leader_epoch'").fetchone() == (0,)


async def test_several_servers_get_the_epoch_that_is_in_the_database(db: Path) -> None:
    other = ServerSettings("b", "http://127.0.0.1:9/ari", "warmline", "secret", "", "", "", 10, "", "")
    settings = load({})._replace(db=str(db), servers=(other,), ari_url="http://127.0.0.1:9/ari")
    clients = await _clients(settings, Metrics())
    assert {name: one.headers[gate_protocol.EPOCH_HEADER] for name, one in clients.items()} == {"main": "1", "b": "1"}
    assert leader_epoch.read(db) == 1
