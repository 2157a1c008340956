"""A program that has taken over the API process: what it reads and what it cannot do, tried as that user.

Warmline is installed for a user in Asterisk's place, and for `nobody` as the user of the APIs.
"""

import asyncio
import os
import pwd
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import msgspec
import pytest

from ari_app.link import unix_sockets
from ari_app.link.call_requests import CallRequests
from ari_app.link.first_message import VERSION, Hello
from ari_app.link.messages import FromCalls, Raised, Returned
from cli.main import main
from tests.cli.installed import Box
from tests.link.link_stage import TOKEN, LinkStage, on_a_link
from tests.link.sent_requests import form, sent
from tests.other_user import NOBODY, as_nobody, as_user, folder_for_all
from warmline.store.configuration import config
from warmline.store.database import link_key
from warmline.store.database.database import connect
from warmline.store.leads import leads
from warmline.store.lookups import signed_recording_links
from warmline.store.lookups.signed_recording_links import LinkRefused, LocalMaker, RecordingLink
from warmline.system import settings
from warmline.system.link_sockets import API, WORKERS
from warmline.system.socket_messages.frame import LENGTH, frame

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
RECORDED = (
    "INSERT INTO recording "
    "VALUES ('A_1', 'C', 'call', '', '1000', 1, 1, 2, 'kept', '', ?, 4, 1, '', '', 0, '', '', 0, 'main')"
)
ASTERISK = "daemon"  # a user of every machine, in Asterisk's place


class Machine:
    """An installation, whose database is open as by the call process."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.box = Box(folder / "box")
        self.file = self.box.folder / "warmline/warmline.toml"
        user = pwd.getpwnam(ASTERISK)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.box.environ.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main(["install", *self.box.words[:-1], ASTERISK, "--yes"])
        assert not ended.value.code
        self.known = settings.load({"WARMLINE_CONFIG": str(self.file)})
        self.recording = Path(self.known.recordings) / "A_1.wav"
        self.recording.write_bytes(b"said")
        self.recording.chmod(0o644)  # as Asterisk makes it
        run = Path(self.known.run)
        run.chmod(0o751)
        (run / "token").touch(mode=0o600)
        for one in (API, WORKERS):
            stack.enter_context(closing(unix_sockets.bind(one.path(self.known.run), one.mode)))
            os.chown(one.path(self.known.run), NOBODY if one is API else user.pw_uid, -1)
        stack.enter_context(closing(connect(self.known.db)))


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    with folder_for_all() as folder, ExitStack() as stack:
        yield Machine(folder, stack)


def test_a_taken_over_api_reads_configuration_and_reports(machine: Machine) -> None:
    def look() -> None:
        known = settings.load({"WARMLINE_CONFIG": str(machine.file)})
        assert known.db == machine.known.db and known.ari_password == known.webhook_secret == ""
        with closing(connect(known.db)) as db:
            assert db.execute("SELECT count(*) FROM list").fetchone()[0]
        assert config.show_all(known.db, "campaign") == {} and leads.page(known.db) == []

    assert as_nobody(look) == ""


def forbidden(do: Callable[[], object]) -> None:
    with pytest.raises(PermissionError):
        do()


@pytest.mark.parametrize(
    "name",
    ["secrets", "ari.conf", "the recording", "its folder", "the spool", "the record of install", "the token"],
)
def test_a_taken_over_api_cannot_read_secrets_and_recordings(machine: Machine, name: str) -> None:
    known = machine.known
    path = {
        "secrets": machine.file.with_name("secrets.toml"),
        "ari.conf": machine.box.etc / "ari.conf",
        "the recording": machine.recording,
        "its folder": machine.recording.parent,
        "the spool": Path(known.spool),
        "the record of install": Path(known.db).parent / "installed.json",
        "the token": Path(known.run, "token"),
    }[name]
    assert path.exists()
    assert as_nobody(lambda: forbidden(lambda: list(path.iterdir()) if path.is_dir() else path.read_bytes())) == ""


def test_a_taken_over_api_cannot_write_to_the_database(machine: Machine) -> None:
    def look() -> None:
        folder = Path(machine.known.db).parent
        with closing(connect(machine.known.db)) as db:
            for statement in ("DELETE FROM list", "UPDATE agent SET pin = '1'", "CREATE TABLE mine (x)", "VACUUM"):
                with pytest.raises(sqlite3.OperationalError, match="readonly"):
                    db.execute(statement)
        for ending in ("", "-wal", "-shm"):
            forbidden(lambda path=f"{machine.known.db}{ending}": os.open(path, os.O_WRONLY))  # type: ignore[misc]
        forbidden(lambda: (folder / "mine").touch())
        forbidden(lambda: Path(machine.known.db).rename(folder / "other.db"))
        forbidden(lambda: machine.file.write_text(""))

    assert as_nobody(look) == ""


def test_a_taken_over_api_forges_no_link_to_a_recording(machine: Machine) -> None:
    db, now = machine.known.db, 1_795_200_000
    config.set_options(db, "setting", "warmline", {"recording_links": "admin,api"}, who="test")
    with closing(connect(db)) as opened, opened:
        opened.execute(RECORDED, [str(machine.recording)])
    link_key.of.cache_clear()
    [good] = signed_recording_links.make(db, ["A_1"], LocalMaker("root"), now)
    key = link_key.file(db)
    assert key.stat().st_uid == pwd.getpwnam(ASTERISK).pw_uid and key.stat().st_mode & 0o777 == 0o600
    with folder_for_all() as folder:
        folder.chmod(0o777)
        forged = folder / "forged"

        def look() -> None:
            link_key.of.cache_clear()
            forbidden(key.read_bytes)
            forbidden(lambda: signed_recording_links.make(db, ["A_1"], LocalMaker("root"), now))
            forbidden(key.unlink)
            forbidden(lambda: key.rename(folder / "key"))
            own = folder / "own.db"
            with closing(connect(db)) as read, closing(sqlite3.connect(own)) as written:
                read.backup(written)
            forged.write_text(signed_recording_links.make(own, ["A_1"], LocalMaker("root"), now)[0].token)

        assert as_nobody(look) == ""
        made = RecordingLink.of_token(forged.read_text())
    assert made and made.until == good.until
    assert signed_recording_links.check(db, "A_1", good, now).client == "local:root"
    with pytest.raises(LinkRefused, match="plays no recording"):
        signed_recording_links.check(db, "A_1", made, now)


def test_a_taken_over_api_reaches_only_its_own_socket(machine: Machine) -> None:
    def look() -> None:
        run = machine.known.run
        with socket.socket(socket.AF_UNIX) as client:
            forbidden(lambda: client.connect(f"{run}/{WORKERS.name}"))
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(f"{run}/{API.name}")
        forbidden(lambda: unix_sockets_in(run))

    assert as_nobody(look) == ""


def unix_sockets_in(run: str) -> None:
    with socket.socket(socket.AF_UNIX) as mine:
        mine.bind(f"{run}/mine")


def test_a_taken_over_api_plays_no_recording_to_a_phone() -> None:
    """Asterisk plays a file by its path, so the call process refuses every path. A sound's name has another answer."""

    def look(path: str) -> None:
        said, beside = {"kind": "AUDIO_PLAY", "agent": "1000"}, ("crm", "api", "", "", "", TOKEN)
        with socket.socket(socket.AF_UNIX) as client, client.makefile("rwb") as stream:
            client.connect(path)
            stream.write(frame(Hello(VERSION, "api")))
            for number, file in enumerate(("/var/spool/asterisk/recording/A_1", "../recording/A_1", "vm-goodbye")):
                stream.write(frame(sent(number, CallRequests.give, said | {"file": file}, *beside)))
            stream.flush()
            decoder = msgspec.msgpack.Decoder(FromCalls)
            told = [decoder.decode(stream.read(int.from_bytes(stream.read(LENGTH), "big"))) for _ in range(4)]
        answers = {one.id: one for one in told if isinstance(one, Returned | Raised)}
        codes = [one.code for one in answers.values() if isinstance(one, Raised)]
        assert codes == ["argument_invalid", "argument_invalid"]
        played = form(CallRequests.give).result(answers[2])
        assert played.why == "the agent is not logged in" and played.receipt

    async def talk(stage: LinkStage) -> None:
        await stage.stop()
        stage.start(lambda uid: uid == NOBODY)
        os.chown(stage.path, NOBODY, -1)
        assert await asyncio.to_thread(as_nobody, lambda: look(stage.path)) == ""

    with folder_for_all() as folder:
        on_a_link(folder, talk)


def test_without_these_rights_it_would(machine: Machine) -> None:
    """The same attempts succeed as Asterisk's user, so they show the rights and not a fault of the test."""
    owner = pwd.getpwnam(ASTERISK)

    def look() -> None:
        assert machine.recording.read_bytes() == b"said"
        assert settings.load_with_secrets({"WARMLINE_CONFIG": str(machine.file)}).ari_password
        with closing(connect(machine.known.db)) as db:
            db.execute("UPDATE meta SET value = value")
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(f"{machine.known.run}/{WORKERS.name}")

    assert as_user(owner.pw_uid, look, owner.pw_gid) == ""
