"""The progress of an import, and the errors that end it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.output.printing import complain
from warmline.options.config_files import unreadable_file

GO_ON = "imported rows stay; run the same command again to continue"


@contextmanager
def shown(file: Path, given: Path) -> Iterator[Callable[[int], None]]:
    """Show the progress of the block, which tells how many bytes of the file are done. `given` is its name in errors.

    Raises OptionError in place of OSError.
    """
    try:
        with _bar(file) as progress:
            yield progress
    except OSError as error:
        raise unreadable_file(given, error) from None
    except KeyboardInterrupt:
        complain(f"interrupted: {GO_ON}")
        raise


@contextmanager
def _bar(file: Path) -> Iterator[Callable[[int], None]]:
    """Show a progress bar of the file's bytes, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _bytes: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    shown = Progress(BarColumn(), DownloadColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True)
    task = shown.add_task("", total=file.stat().st_size if file.exists() else None)

    def tell(done: int) -> None:
        shown.start()  # only now, because an error about the whole file is printed without a bar
        shown.update(task, completed=done)

    try:
        yield tell
    finally:
        shown.stop()
