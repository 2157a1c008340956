"""The progress of a benchmark, on stderr."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Step = Callable[[], None]


@contextmanager
def bar(name: str, steps: int | None) -> Iterator[Step]:
    """Show a progress bar; the returned function counts one step. `steps`: their number, None if unknown."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(name, total=steps)
        yield lambda: shown.advance(task)
