"""A check that the library of ARI scripts leaves no task and no unread error behind."""

import asyncio
import gc
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.product_names import ROOT

LIBRARY = str(ROOT / "warmline/ari") + "/"


@contextmanager
def no_task_left() -> Iterator[None]:
    """Run a block in which scripts connect and leave; then each task that the library made must have ended.

    Nothing waits for them: they must have ended at the moment at which the block ends.
    """
    loop = asyncio.get_running_loop()
    tasks: list[asyncio.Task[Any]] = []
    unread: list[str] = []

    def factory(
        loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, Any], **options: Any
    ) -> "asyncio.Future[Any]":
        task = asyncio.Task(coroutine, loop=loop, **options)
        if _from_library():
            tasks.append(task)
        return task

    previous_factory, handler = loop.get_task_factory(), loop.get_exception_handler()
    loop.set_task_factory(factory)  # type: ignore[arg-type]  # the factory's protocol is generic
    loop.set_exception_handler(lambda _, context: unread.append(str(context)))
    try:
        yield
        assert tasks, "the library made no task: this check watches the wrong folder"
        assert [task for task in tasks if not task.done()] == []
        tasks.clear()
        gc.collect()
        assert unread == []
    finally:
        loop.set_task_factory(previous_factory)
        loop.set_exception_handler(handler)


def _from_library() -> bool:
    frame = sys._getframe(1).f_back
    while frame is not None:
        if Path(frame.f_code.co_filename).is_relative_to(LIBRARY):
            return True
        frame = frame.f_back
    return False
