"""The progress of long work: on a terminal only, and on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar; the function takes the remaining and the total amount."""
    if not sys.stderr.isatty():
        yield lambda left, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=None)

    def tell(left: int, total: int) -> None:
        bar.start()  # only now, because an error before the work is printed without a bar
        bar.update(task, total=total, completed=total - left)

    try:
        yield tell
    finally:
        bar.stop()


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show a bar that moves without an end, for work of which the progress is not known."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        bar.add_task(what, total=None)
        yield
