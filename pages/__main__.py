"""`python -m pages` writes each file again that is made from the code and is out of date, and prints its name."""

import os
import sys
from pathlib import Path

from pages.generated import CODE, PAGES, Generators, outdated
from pages.marked_text import PROJECT


def write(files: Generators) -> list[Path]:
    """Write those that are out of date. Return them."""
    new = outdated(files)
    for path, text in new.items():
        path.write_text(text)
        print(path.relative_to(PROJECT), flush=True)
    return list(new)


if write(CODE):  # the pages are made from it, by a process that loads it
    os.execv(sys.executable, [sys.executable, "-m", "pages"])  # noqa: S606 - our own program
write(PAGES)
