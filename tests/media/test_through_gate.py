"""The media process behind a gate: only the app that leads reaches it, and words say what is wrong."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from lab import configure
from tests.asterisk.test_recording_measurement import write
from tests.gate.gate_site import PASSWORD, USER, gate_site
from tests.http.certificates import made
from tests.warm_app import ForkedProgram
from warmline.store.database import leader_epoch
from warmline.store.recordings.recording_places import every_place
from warmline.store.recordings.remote_files import RemoteFiles
from warmline.system import media_protocol
from warmline.system.settings import Settings, load_with_secrets

WRONG = "Geheim123"
WITHIN = 20.0  # seconds for the start of a process on a busy machine


@asynccontextmanager
async def media_process(folder: Path) -> AsyncIterator[None]:
    """Run the media process of the machine in `folder`."""
    places = {"run": folder / "run", "recordings": folder / "recordings", "db": folder / "none.db"}
    environ = {f"WARMLINE_{name.upper()}": str(value) for name, value in places.items()}
    process = ForkedProgram("ari_app", folder / "media.log", os.environ | environ, arguments=["media"])
    try:
        async with asyncio.timeout(WITHIN):
            while not (folder / "run" / media_protocol.SOCKET).exists():  # noqa: ASYNC110 - the process tells nobody
                await asyncio.sleep(0.02)
        yield
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, WITHIN)


def app_of(folder: Path, url: str, password: str, certificate: str = "") -> Settings:
    """Return the settings of an app in `folder` whose server b has its gate at `url`. It has led once."""
    folder.mkdir()
    configure.fill(folder / "warmline.db", [])
    leader_epoch.begin_next(folder / "warmline.db")
    (folder / "warmline.toml").write_text(
        f'db = "{folder}/warmline.db"\nrecordings = "{folder}"\n[server.b]\nari_url = "{url}"\nari_user = "{USER}"\n'
        f'certificate = "{certificate}"\n'
    )
    (folder / "secrets.toml").write_text(f'[server.b]\nari_password = "{password}"\n')
    return load_with_secrets({"WARMLINE_CONFIG": str(folder / "warmline.toml")})


def answer_of(
    folder: Path, ask: Callable[[RemoteFiles, Settings], Any], *, runs: bool, password: str = PASSWORD
) -> Any:
    """Return what `ask` returns or raises beside a gate, with the media process if it `runs`."""

    async def run() -> Any:
        async with AsyncExitStack() as stack:
            (folder / "b/recordings").mkdir(parents=True)
            site = await stack.enter_async_context(gate_site(folder / "b"))
            if runs:
                await stack.enter_async_context(media_process(folder / "b"))
            settings = app_of(folder / "app", site.gate.url, password)
            return await asyncio.to_thread(ask, every_place(settings).servers["b"], settings)

    return asyncio.run(run())


def test_the_socket_is_closed_to_other_users(short_path: Path) -> None:
    def ask(*_: object) -> int:
        return (short_path / "b/run" / media_protocol.SOCKET).stat().st_mode & 0o777

    assert answer_of(short_path, ask, runs=True) == 0o600


def test_an_older_app_deletes_nothing(short_path: Path) -> None:
    path = short_path / "b/recordings/R.wav"

    def ask(server: RemoteFiles, settings: Settings) -> None:
        write(path, 10)
        leader_epoch.begin_next(settings.db)
        server.measured("R")
        older = RemoteFiles(server._server, settings.db)
        older._headers = lambda: server._headers() | {"X-Warmline-Epoch": "1"}  # type: ignore[method-assign]
        older.delete(str(path))

    with pytest.raises(OSError, match="server b cannot be asked for its recordings: an app with epoch 2 leads"):
        answer_of(short_path, ask, runs=True)
    assert path.exists()


def test_words_say_that_the_process_does_not_run(short_path: Path) -> None:
    with pytest.raises(OSError, match="start it with: systemctl start warmline-media"):
        answer_of(short_path, lambda server, _: server.measured("R"), runs=False)


def test_a_wrong_password_is_named_and_not_shown(short_path: Path) -> None:
    with pytest.raises(OSError, match="does not know this user or password") as refused:
        answer_of(short_path, lambda server, _: server.measured("R"), runs=False, password=WRONG)
    assert WRONG not in str(refused.value)


@pytest.mark.parametrize("trusted", ["its own", "another"])
def test_the_app_asks_only_the_certificate_that_it_trusts(short_path: Path, trusted: str) -> None:
    files, other = (made(short_path, name, hosts="IP:127.0.0.1") for name in ("own", "other"))

    async def run() -> str:
        async with AsyncExitStack() as stack:
            (short_path / "b/recordings").mkdir(parents=True)
            names = {"gate_certificate": files.tls_certificate, "gate_key": files.tls_key}
            site = await stack.enter_async_context(gate_site(short_path / "b", **names))
            certificate = files if trusted == "its own" else other
            settings = app_of(short_path / "app", site.gate.url, PASSWORD, certificate.tls_certificate)
            try:
                await asyncio.to_thread(every_place(settings).servers["b"].measured, "R")
            except OSError as error:
                return str(error)
            return ""

    expected = "systemctl start warmline-media" if trusted == "its own" else "certificate verify failed"
    assert expected in asyncio.run(run())
