"""Scripts and databases for tests: a script's file as a module, and a new database with entities."""

import asyncio
import os
import sys
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any
from unittest import mock

from warmline import agi
from warmline.agi import AGI, __main__, channel
from warmline.agi.__main__ import PYST2_FOLDER

AUTHOR = "test"  # in the records of changes


def load(file: str | Path, *arguments: str) -> ModuleType:
    """Return a script's file as a module, without running the script: its `run` and `serve` do nothing.

    So does the `asyncio.run` of an ARI script. While the file is read, `sys.argv` has the arguments.
    """
    path = Path(file).absolute()
    loader = SourceFileLoader(path.name, str(path))
    spec = spec_from_loader(path.name, loader)
    assert spec
    module = module_from_spec(spec)
    with (
        mock.patch.object(agi, "run", _do_nothing),
        mock.patch.object(agi, "serve", _do_nothing),
        mock.patch.object(asyncio, "run", _close_coroutine),
        mock.patch.object(sys, "argv", [str(path), *arguments]),
        mock.patch.object(sys, "path", [str(path.parent), *sys.path]),
        mock.patch.object(sys, "dont_write_bytecode", True),
    ):
        loader.exec_module(module)
    return module


def run_file(file: Path, caller: object, arguments: Sequence[str]) -> None:
    """Run the file of a script for a caller, who is its stdin and stdout, as `-Pmwarmline.agi` does for Asterisk.

    Its errors are raised, also from `run`. What it prints after `AGI()` goes to stderr. `asterisk.agi` is always
    Warmline's.
    """
    path = Path(file).absolute()

    def report(_agi: object, error: BaseException, _script: str) -> None:
        raise error

    def reserve_for_commands(stdout: object) -> object:
        sys.stdout = sys.stderr
        return stdout

    environment = {"AST_AGI_DIR": str(path.parent), agi.PROCESS_VARIABLE: str(os.getpid())}
    with (
        mock.patch.dict(os.environ, environment),
        mock.patch.dict(sys.modules),
        mock.patch.multiple(
            sys, argv=["", str(path), *arguments], path=[PYST2_FOLDER, *sys.path], stdin=caller, stdout=caller
        ),
        mock.patch.object(sys, "excepthook", sys.excepthook),
        mock.patch.object(channel, "_reserve_for_commands", reserve_for_commands),
        mock.patch.multiple(agi, _report=report, serve=_do_nothing),
        mock.patch.multiple(AGI, of_process=None, _handle_sighup=_do_nothing),
    ):
        for name in [name for name in sys.modules if name.partition(".")[0] == "asterisk"]:
            del sys.modules[name]
        __main__.main()


def _do_nothing(*_: object) -> None:
    """Stand in for `run` and `serve`."""


def _close_coroutine(main: Coroutine[Any, Any, object], **_: object) -> None:
    """Stand in for `asyncio.run`: Python warns of a coroutine that is neither awaited nor closed."""
    main.close()


def new_database(
    file: str | Path,
    *,
    ingroups: Iterable[str] = (),
    agents: Iterable[str] = (),
    dids: Mapping[str, str] | None = None,
    call_data: str = "",
) -> Path:
    """Create Warmline's database for a test, and return its path. `dids` maps numbers to routes.

    `call_data` is the setting of that name. Raises CodedError.
    """
    from warmline.store.configuration import config  # warmline-scripts is without the database of a centre
    from warmline.store.database import database
    from warmline.store.migrations.schema_migration import migrate

    path = Path(file)
    if path.exists():
        migrate(path)
    else:
        database.create(path).close()
        path.write_bytes(_read_empty_database())
    for ingroup in ingroups:
        config.create(path, "ingroup", ingroup, options={}, who=AUTHOR)
    for agent in agents:
        config.create(path, "agent", agent, options={}, who=AUTHOR)
    for number, route in (dids or {}).items():
        config.create(path, "did", number, options={"route": route}, who=AUTHOR)
    if call_data:
        config.set_options(path, "setting", "warmline", options={"call_data": call_data}, who=AUTHOR)
    return path


@cache
def _read_empty_database() -> bytes:
    """Return the content of a new database: it is copied in a hundredth of the time in which it is made."""
    from warmline.store.migrations.schema_migration import migrate

    with TemporaryDirectory() as folder:
        migrate(path := Path(folder, "warmline.db"))
        return path.read_bytes()
