"""A hooks folder for a test, and the worker that serves it: a fork, which costs a tenth of a new program."""

import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.hooks.warm_worker import warm_worker
from warmline.hooks.worker_process import own_worker
from warmline.system import hook_request

T = TypeVar("T")

CALLER = {"call": "01", "number": "15551234", "name": "Ada", "dialled": "8005550100", "data": {"ticket": "4711"}}
ROUTE = {"target": "ingroup:SALESLINE", "priority": 0, "data": {"ticket": "4711"}, "reason": ""}
ARGUMENTS = {"caller": CALLER, "route": ROUTE}


class Hooks:
    """A folder with hooks, and its worker."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log = folder, log
        self.path = ""

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(textwrap.dedent(text))

    def body(self, *lines: str, name: str = "mine.py") -> None:
        """Write a file with the hook before_route, with these lines."""
        self.write(name, "import os, time\nfrom warmline.hooks import Caller, Route\n\n\n")
        with (self.folder / name).open("a") as file:
            file.write("def before_route(caller, route):\n" + "".join(f"    {line}\n" for line in lines))

    def ask(self, seconds: float = 10.0, hook: str = "before_route", **changed: Any) -> dict[str, Any]:
        return hook_request.ask(self.path, hook, "01", seconds, changed or ARGUMENTS)


@contextmanager
def hooks_in(place: Path) -> Iterator[Hooks]:
    """Run a worker for an empty folder."""
    found = _folder(place)
    with warm_worker(str(found.folder), str(found.log)) as found.path:
        yield found


@contextmanager
def started_hooks_in(place: Path) -> Iterator[Hooks]:
    """Run a worker for an empty folder, which is a program of its own, as that of an app is."""
    found = _folder(place)
    with own_worker(str(found.folder), str(found.log)) as found.path:
        yield found


def _folder(place: Path) -> Hooks:
    folder = place / "hooks.d"
    folder.mkdir(mode=0o755)
    return Hooks(folder, place / "hook-log")


def until(found: Callable[[], T]) -> T:
    """Return the first true value; the worker writes its log after it has answered. Raises AssertionError."""
    end = time.monotonic() + 10
    while not (value := found()):
        assert time.monotonic() < end, "this did not happen within 10 s"
        time.sleep(0.01)
    return value
