"""Lists the files of the product that run, in the order of the first call of a function in each."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

PROJECT = Path(__file__).parents[2]
PRODUCT = tuple(str(PROJECT / folder) + "/" for folder in ("warmline", "ari_app", "agi-bin"))
SCRIPTS = str(PROJECT / "agi-bin")
FUNCTION = 0x01  # CO_OPTIMIZED: the code of a function, not of a module or a class


class FileTrace:
    """`files` are paths inside the project. Code that an import runs does not count; a script of agi-bin does."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self._seen: set[str] = set()
        self._recording = False

    @contextmanager
    def recording(self) -> Iterator[list[str]]:
        """Record files inside this block only; return their list."""
        self.files, self._seen, self._recording = [], set(), True
        try:
            yield self.files
        finally:
            self._recording = False

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        """Take one event of `sys.setprofile`."""
        if event != "call" or not self._recording:
            return
        file = frame.f_code.co_filename
        if file in self._seen or not file.startswith(PRODUCT) or _imported(frame):
            return
        self._seen.add(file)
        self.files.append(str(Path(file).resolve().relative_to(PROJECT)))


@contextmanager
def file_trace() -> Iterator[FileTrace]:
    """Trace this thread, and every thread that is started inside the block."""
    trace, before = FileTrace(), sys.getprofile()
    threading.setprofile(trace)
    sys.setprofile(trace)
    try:
        yield trace
    finally:
        sys.setprofile(before)
        threading.setprofile(None)


def _imported(frame: FrameType | None) -> bool:
    """Return whether an import of the product runs this frame."""
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(PRODUCT) and not code.co_flags & FUNCTION:
            return not code.co_filename.startswith(SCRIPTS)
        frame = frame.f_back
    return False
