"""Leads and the audio of recordings through the socket: the same results and errors, and the token is checked."""

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable
from itertools import product
from pathlib import Path

import pytest

from ari_app.link import unix_sockets
from ari_app.link.call_client import CallLink
from ari_app.link.call_server import CallServer, SocketRole
from ari_app.link.first_message import VERSION, Hello
from ari_app.link.messages import Request, Welcome
from ari_app.link.record_feed import RecordFeed
from ari_app.records import recording_audio
from ari_app.records.privileged_writes import PrivilegedThread
from ari_app.records.record_writes import CreateLead, RecordThreads, RecordWriter, UpdateLead
from ari_app.records.recording_audio import PIECE, AudioRefused, AudioSource, AudioThreads
from ari_app.records.remote_records import Records, remote_records
from ari_app.records.session_writes import SessionThreads
from tests.copied_database import new_database
from tests.link.link_stage import RawClient
from tests.link.sent_requests import record_handlers, sent
from tests.wording.said import refused
from warmline.core.world.world import World
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.database.errors import Conflict, NotFound
from warmline.store.journal.storage_state import GOOD
from warmline.store.leads import leads

READS, WRITES = "r" * 43, "w" * 43
NEW = {"phone_number": "7275551212"}
ROW = "INSERT INTO recording VALUES (?, 'C1', 'call', '', '1000', 1, 1, 2, ?, '', ?, 0, 0, '', ?, 0, '', '', 0, 'main')"


class Site:
    """A database with two tokens, a folder of recordings, and both ends of the socket."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.db = folder / "recordings", str(folder / "warmline.db")
        self.folder.mkdir()
        self.path = str(folder / "calls-api")
        new_database(self.db)
        config.create(self.db, "api-token", "player", {"scopes": "recordings:read", "token": READS}, who="test")
        config.create(self.db, "api-token", "crm", {"scopes": "leads:read,calls:read", "token": WRITES}, who="test")

    def add(self, name: str, data: bytes, status: str = "kept", converted: str = "", path: str = "") -> None:
        file = self.folder / f"{name}.wav"
        file.write_bytes(data)
        with connect(self.db) as db:
            db.execute(ROW, [name, status, path or str(file), converted])

    def run(self, talk: Callable[[Records], Awaitable[None]]) -> None:
        self.run_linked(lambda link: talk(remote_records(link)))

    def run_linked(self, talk: Callable[[CallLink], Awaitable[None]]) -> None:
        async def go() -> None:
            records, audio = RecordThreads(self.db), AudioThreads(str(self.folder), self.db)
            privileged, sessions = PrivilegedThread(self.db), SessionThreads(self.db)
            handlers = record_handlers(records, audio, privileged, sessions)
            role = SocketRole("API process", lambda uid: uid == os.getuid(), handlers)
            server = CallServer(RecordFeed(World, lambda: 0), lambda: (True, 0, {}, GOOD))
            serving = asyncio.create_task(server.serve(role, unix_sockets.bind(self.path, 0o600)))
            link = CallLink(self.path, "test")
            running = asyncio.create_task(link.run())
            try:
                async with asyncio.timeout(10):
                    await talk(link)
            finally:
                for task in (running, serving):
                    task.cancel()
                await asyncio.wait({running, serving})
                records.close()
                audio.close()
                privileged.close()
                sessions.close()

        asyncio.run(go())


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_lead_is_written_once_with_the_errors_of_the_database(site: Site) -> None:
    async def talk(remote: Records) -> None:
        made = await remote.write(CreateLead("999", NEW, "crm", "key", "said"), WRITES)
        assert await remote.write(CreateLead("999", NEW, "crm", "key", "said"), WRITES) == made
        assert (await remote.write(UpdateLead(made.lead, {"first_name": "Ada"}), WRITES)).changed == 1
        assert leads.find(site.db, made.lead)["first_name"] == "Ada"
        with refused(Conflict, "lead_key_reused"):
            await remote.write(CreateLead("999", NEW, "crm", "key", "another"), WRITES)
        with refused(NotFound, "lead_unknown"):
            await remote.write(UpdateLead(made.lead + 1, {"first_name": "Ada"}), WRITES)
        with pytest.raises(OptionError, match="phone_number"):
            await remote.write(UpdateLead(made.lead, {"phone_number": "none"}), WRITES)
        assert len(leads.page(site.db)) == 1

    site.run(talk)


def test_a_file_comes_whole_in_pieces(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    data = bytes(range(256)) * (PIECE // 256 * 2) + b"end"
    site.add("A_1", data)
    caplog.set_level("INFO", "warmline.api")

    async def talk(remote: Records) -> None:
        first = await remote.piece("A_1", READS, 0)
        assert (first.name, first.size, len(first.data)) == ("A_1.wav", len(data), PIECE)
        rest = [(await remote.piece("A_1", READS, place)).data for place in range(PIECE, len(data), PIECE)]
        assert first.data + b"".join(rest) == data
        assert (await remote.piece("A_1", READS, len(data))).data == b""

    site.run(talk)
    assert caplog.messages.count("token:player reads recording A_1") == 1


def test_another_token_gets_nothing(site: Site) -> None:
    """A program that has taken over the API process has only the tokens of the clients that ask it."""
    site.add("A_1", b"said")

    async def talk(remote: Records) -> None:
        for recording, token in product(("A_1", "unknown"), (WRITES, "x" * 43, "", "x" * 100_000)):
            with refused(AudioRefused, "recording_not_allowed"):
                await remote.piece(recording, token, 0)

    site.run(talk)


def test_only_ordinary_files_in_the_folder_are_read(site: Site, tmp_path: Path) -> None:
    outside = tmp_path / "secrets.toml"
    outside.write_text("secret")
    (site.folder / "link.wav").symlink_to(outside)
    (site.folder / "folder").symlink_to(tmp_path)
    os.mkfifo(site.folder / "pipe")
    here = site.folder
    names = ("../secrets.toml", "link.wav", "folder/secrets.toml", "pipe", "", "none.wav")
    paths = [str(outside), "secrets.toml", *(f"{here}/{name}" for name in names)]
    for number, path in enumerate(paths):
        site.add(f"R_{number}", b"", path=path)
    site.add("running", b"", "running")
    site.add("erased", b"", "erased")

    async def talk(remote: Records) -> None:
        for number in range(len(paths)):
            with refused(AudioRefused, "recording_unreadable"):
                await remote.piece(f"R_{number}", READS, 0)
        for name in ("running", "erased", "../secrets.toml", "A_1\0", ""):
            with refused(NotFound, "recording_unknown"):
                await remote.piece(name, READS, 0)
        with refused(AudioRefused, "recording_unreadable"):
            await remote.piece("R_0", READS, -1)

    site.run(talk)


def test_a_reader_that_left_is_counted_until_its_piece_is_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = threading.Event()
    monkeypatch.setattr(AudioThreads, "_read", lambda *_: goes_on.wait(10))
    monkeypatch.setattr(recording_audio, "WAITING", 1)

    async def go() -> None:
        audio = AudioThreads(str(site.folder), site.db)
        reading = asyncio.create_task(audio.piece("A_1", READS, 0))
        await asyncio.sleep(0)
        reading.cancel()
        await asyncio.wait({reading})
        with refused(AudioRefused, "recordings_busy"):
            await audio.piece("A_1", READS, 0)
        goes_on.set()
        audio.close()

    asyncio.run(go())


@pytest.mark.parametrize(
    "message",
    [sent(1, RecordWriter.write, UpdateLead(2**63, {}), WRITES), sent(1, AudioSource.piece, "A_1", READS, 2**63)],
)
def test_a_number_that_the_database_cannot_have_ends_the_connection(site: Site, message: Request) -> None:
    async def talk(remote: Records) -> None:
        reader, writer = await asyncio.open_unix_connection(site.path)
        client = RawClient(reader, writer)
        client.send(Hello(VERSION, "test"), message)
        assert isinstance(await client.next(), Welcome)
        assert "cannot be read" in (await client.next()).why
        writer.close()

    site.run(talk)
