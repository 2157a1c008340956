"""The app for tests of commands: the real HTTP server, core and database, with a simulated Asterisk in virtual time."""

import asyncio
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from tests.http.json_site import JsonSite, json_site


class Readers(dict[asyncio.Task[Any], asyncio.BaseTransport | None]):
    """The readers of the events; `came` is set when one more reads."""

    def __init__(self) -> None:
        super().__init__()
        self.came = asyncio.Event()

    def __setitem__(self, reader: asyncio.Task[Any], connection: asyncio.BaseTransport | None) -> None:
        super().__setitem__(reader, connection)
        self.came.set()


class App:
    """`site` is the server's state; agent 1000 is logged in."""

    def __init__(self, site: JsonSite, said: pytest.CaptureFixture[str]) -> None:
        self.site = site
        self._said = said
        self._readers = Readers()
        site.api.readers.open = self._readers

    def run(self, *arguments: str, meanwhile: Callable[[], None] | None = None) -> tuple[int, str, str]:
        """Run a command line; return exit code, stdout, stderr. `meanwhile` runs once the command reads the events."""
        self._readers.came.clear()
        with self.site.turning():
            waits = meanwhile and asyncio.run_coroutine_threadsafe(self._when_followed(meanwhile), self.site.loop)
            with pytest.raises(SystemExit) as ended:
                main(arguments)
            if waits:
                waits.cancel()  # a command that ended at once has read no events
        out, err = self._said.readouterr()
        return int(ended.value.code or 0), out, err

    def done(self, *arguments: str) -> str:
        """Run a command that succeeds; return its output."""
        code, out, err = self.run(*arguments)
        assert (code, err) == (0, "")
        return out

    def run_reading(self, *arguments: str, stdin: str | io.TextIOBase = "") -> tuple[int, str, str]:
        """Run a command that reads these lines."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stdin", io.StringIO(stdin) if isinstance(stdin, str) else stdin)
            return self.run(*arguments)

    def run_here(self, *arguments: str, database: Path | None = None) -> tuple[int, str, str]:
        """Run a command on the machine of the app, or of another database."""
        path = database or Path(self.site.database)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("WARMLINE_DB", str(path))
            patch.setenv("WARMLINE_RUN", str(path.parent))
            return self.run(*arguments)

    def followed(self) -> None:
        """Wait until a command reads the events, while the loop runs."""
        asyncio.run_coroutine_threadsafe(self._readers.came.wait(), self.site.loop).result(20)

    async def _when_followed(self, happens: Callable[[], None]) -> None:
        await self._readers.came.wait()
        happens()


@contextmanager
def opened(demo_database: Path, folder: Path, said: pytest.CaptureFixture[str]) -> Iterator[App]:
    """Provide an app with its own database, and the environment that leads the commands to it."""
    with json_site(folder / demo_database.name, folder, demo_database) as site, pytest.MonkeyPatch.context() as patch:
        host, _, port = site.url.removeprefix("http://").partition(":")
        for name, value in (
            ("DB", str(folder / demo_database.name)),
            ("RUN", str(folder / "run")),
            ("LISTEN_HOST", host),
            ("LISTEN_PORT", port),
        ):
            patch.setenv(f"WARMLINE_{name}", value)
        assert "WARMLINE_RUN" in os.environ
        yield App(site, said)
