"""How far long work is, for who watches: on a terminal only, and on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar; the function takes what is left and what there is in all."""
    if not sys.stderr.isatty():
        yield lambda left, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda left, total: bar.update(task, total=total, completed=total - left)
