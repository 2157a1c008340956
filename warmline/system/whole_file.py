"""Writes files for administrators: a file has its former content or all of the new one, even if the disk is full."""

import errno
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # no space, a quota, a limit of the size of files


def write(file: Path, content: str | bytes, mode: int | None = None) -> None:
    """Write one file as `write_all` does."""
    write_all({file: content}, mode)


def write_all(files: Mapping[Path, str | bytes], mode: int | None = None) -> None:
    """Write files, or replace them, once all of them are on disk.

    Without `mode`, a new file has the mode that the umask gives, and a replaced file keeps its own. A link is followed,
    and a device or pipe is written directly. With `mode`, a link is replaced. Raises OSError with the name of the file.
    Then no file was changed, unless it came after all were written.
    """
    beside: dict[Path, Path] = {}
    file = Path()
    try:
        for file, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            if mode is None and file.exists() and not file.is_file():
                file.write_bytes(data)
                continue
            real = file.resolve() if mode is None else file
            beside[real] = real.with_name(f".{real.name}.new")
            _write_new(beside[real], data, _mode(real) if mode is None else mode)
        for file, new in beside.items():
            new.replace(file)
        for folder in {file.parent for file in beside}:
            to_disk(folder)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None
    finally:
        for new in beside.values():
            with suppress(OSError):
                new.unlink(missing_ok=True)


def to_disk(path: Path) -> None:
    """Wait until a file or folder is on disk. Raises OSError."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        os.close(opened)


def way_out(error: BaseException, path: str | Path) -> str:
    """Return the end of an error's sentence, with the fix, if the disk or a part of the file is the cause; else ""."""
    if getattr(error, "errno", None) in FULL or getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
        return f"; free space on the disk of {Path(path).absolute().parent}, and run the command again"
    if getattr(error, "sqlite_errorname", "") == "SQLITE_IOERR_SHORT_READ":
        return (
            f"; {path} or {path}-wal was deleted or cut off while programs had it open: stop all of Warmline, and "
            "start it; then see: warmline audit verify"
        )
    if getattr(error, "sqlite_errorname", "").startswith("SQLITE_IOERR"):
        return f"; check the space on the disk of {Path(path).absolute().parent}, its quota, and `dmesg`"
    return ""


def _mode(file: Path) -> int | None:
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except FileNotFoundError:
        return None


def _write_new(new: Path, data: bytes, mode: int | None) -> None:
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600), "wb") as file:
        if mode is not None:
            os.fchmod(file.fileno(), mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
