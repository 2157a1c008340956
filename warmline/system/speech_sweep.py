"""Deletes sound files of spoken texts: old ones, the oldest of too many, and what killed scripts left.

Each new file calls it, and so does the app every hour, if nothing new is said.
"""

import shutil
import time
from contextlib import suppress
from pathlib import Path

from warmline.system.speech_files import EXTENSIONS, FOLDER, PRIVATE_PREFIX

KEEP_DAYS = 30  # since the last use
DAY_SECONDS = 86_400
MAX_TOTAL_BYTES = 500 << 20
LEFTOVER_SECONDS = 3600  # after which a private or unfinished file is one that a killed script left


def sweep(spool: str | Path, *, everything: bool = False) -> None:
    """Delete the files that are too old or too many.

    With `everything`, delete all: a text may have named the person whose records are erased. Raises OSError.
    """
    total_bytes, now = 0, time.time()
    for used, size, path in sorted(_list_files(Path(spool, FOLDER)), reverse=True):
        is_sound = path.suffix in EXTENSIONS and not path.name.startswith(PRIVATE_PREFIX)
        is_old = now - used > (KEEP_DAYS * DAY_SECONDS if is_sound else LEFTOVER_SECONDS)
        if everything or is_old or total_bytes + size > MAX_TOTAL_BYTES:
            _delete(path)
        else:
            total_bytes += size


def _list_files(folder: Path) -> list[tuple[float, int, Path]]:
    """Return the time of the last use, the bytes and the path of each file and folder in a folder. Raises OSError."""
    files = []
    with suppress(FileNotFoundError):  # no text was said yet
        for path in folder.iterdir():
            with suppress(FileNotFoundError):  # deleted meanwhile
                status = path.lstat()
                files.append((status.st_mtime, status.st_size, path))
    return files


def _delete(path: Path) -> None:
    """Delete a file, or a folder with its files. Raises OSError."""
    with suppress(FileNotFoundError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
