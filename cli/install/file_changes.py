"""One change to a file system, made and undone: a folder, a file, a link, or lines of a user's file.

A change is complete or absent, even if the process is killed. Repeating or undoing it twice has no further effect.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from cli.install import accounts, secret_lines

FOLDER, FILE, LINES, LINK, SECRETS = "folder", "file", "lines", "link", "secrets"
ACCOUNT, SHARED = "account", "shared"
ENDING = ".warmline-new"  # of a file while it is written


@dataclass(frozen=True, slots=True)
class FileChange:
    """A change. `text` is a file's contents, the lines that are added, or a link's target.

    Of a settings file from which secrets are taken out, `text` is the contents with them, and `mode` the mode without.
    `before` is the SHA-256 of a file without the added lines. `user` and `group` own what is new (-1 for the current
    user). `recipe` is the recipe of the cookbook that the change belongs to, "" for the installation itself.
    Of an account, `path` is the name. The group of the user `reader` can read a shared file; before, the file had the
    mode `text` (octal) and the group `group`.
    """

    kind: str
    path: str
    text: str = ""
    mode: int = 0o644
    user: int = -1
    group: int = -1
    before: str = ""
    recipe: str = ""
    reader: str = ""


def lines(path: Path, text: str) -> FileChange:
    """Return the change that adds lines at the end of an existing file, on lines of their own. Raises OSError."""
    now = path.read_bytes()
    start = "" if not now or now.endswith(b"\n") else "\n"
    return FileChange(LINES, str(path), f"{start}\n{text}", before=_hash(now))


def do(change: FileChange) -> None:
    """Make the change; a change that is already made has no effect. Raises InstallError, OSError."""
    path = Path(change.path)
    match change.kind:
        case "folder":
            path.mkdir(exist_ok=True)  # the record's own folder exists already
            _give(path, change)
        case "link":
            path.symlink_to(change.text)
        case "file":
            _write(path, change.text.encode(), change)
        case "lines":
            now = path.read_bytes()
            if _hash(now) != change.before:
                raise OSError(0, "was changed during the installation; start again", change.path)
            _write(path, now + change.text.encode(), None)
        case "secrets":
            _take_out(path, change)
        case "account":
            accounts.create(change.path)
        case "shared":
            _share(path, accounts.group_of(change.reader), change.mode)


def undo(change: FileChange) -> str:
    """Undo the change, and return "", or why it stays because the user has changed the file since.

    Raises InstallError, OSError.
    """
    if change.kind == ACCOUNT:
        accounts.remove(change.path)
        return ""
    path = Path(change.path)
    path.with_name(path.name + ENDING).unlink(missing_ok=True)
    if not os.path.lexists(path):
        return ""
    match change.kind:
        case "folder":
            if not any(path.iterdir()):
                path.rmdir()
        case "link" if path.is_symlink() and str(path.readlink()) == change.text:
            path.unlink()
        case "link":
            return f"{path} has another target now: it stays"
        case "file" if path.read_bytes() == change.text.encode():
            path.unlink()
        case "file":
            return f"{path} was changed since: it stays"
        case "lines":
            return _cut(path, change)
        case "secrets":
            return _put_back(path, change)
        case "shared":
            _share(path, change.group, int(change.text, 8))
    return ""


def diff(change: FileChange) -> Iterator[str]:
    """Yield the change as the lines of a diff; of a user's file, only its end is shown. Raises OSError."""
    if change.kind == FOLDER:
        yield f"+ folder {change.path}"
    elif change.kind == ACCOUNT:
        yield f"+ user and group {change.path}"
    elif change.kind == SHARED:
        yield f"+ the group of {change.reader} may read {change.path}"
    elif change.kind == LINK:
        yield f"+ link {change.path} -> {change.text}"
    else:
        path = Path(change.path)
        before = path.read_text(errors="replace") if path.exists() else ""
        after = before + change.text if change.kind == LINES else change.text
        if change.kind == SECRETS:
            after = secret_lines.parted(before)[0]
        known = change.path if path.exists() else "/dev/null"
        yield from unified_diff(before.splitlines(), after.splitlines(), known, change.path, lineterm="")


def rewrite(path: Path, contents: bytes) -> None:
    """Replace the contents of an existing file; mode, owner and links to it stay. Raises OSError."""
    _write(path, contents, None)


def _cut(path: Path, change: FileChange) -> str:
    now, ours = path.read_bytes(), change.text.encode()
    if _hash(now) == change.before or ours not in now:
        return "" if _hash(now) == change.before else f"{path}: Warmline's lines were changed since: they stay"
    if now.count(ours) > 1:
        return f"{path} has Warmline's lines more than once: they stay"
    _write(path, now.replace(ours, b""), None)
    return ""


def _take_out(path: Path, change: FileChange) -> None:
    """Take the secrets out of a file, which then gets its new mode."""
    now, rest = path.read_text(errors="surrogateescape"), secret_lines.parted(change.text)[0]
    if now not in (change.text, rest):
        raise OSError(0, "was changed during the installation; start again", change.path)
    _write(path, rest.encode(errors="surrogateescape"), None)
    path.resolve().chmod(change.mode)


def _put_back(path: Path, change: FileChange) -> str:
    now, rest = path.read_text(errors="surrogateescape"), secret_lines.parted(change.text)[0]
    if now == change.text:
        return ""
    if now != rest:
        return f"{path} was changed since: its secrets stay out of it"
    path.resolve().chmod(change.mode & ~0o007)
    _write(path, change.text.encode(errors="surrogateescape"), None)
    return ""


def _give(folder: Path, change: FileChange) -> None:
    """Set the mode and owner, without following a link: the owner of the parent folder could have placed one."""
    opened = os.open(folder, os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        os.fchmod(opened, change.mode)
        os.fchown(opened, change.user, change.group)
    finally:
        os.close(opened)


def _share(path: Path, group: int | None, mode: int) -> None:
    """Set the group and mode of a folder, or of a database with the files beside it. Links are not followed."""
    beside = [path.with_name(path.name + ending) for ending in ("-wal", "-shm")]
    owner = path.parent.stat().st_uid
    for one in (path, *(file for file in beside if file.exists())):
        opened = os.open(one, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            found = os.fstat(opened)
            if stat.S_ISDIR(found.st_mode) or (found.st_nlink == 1 and found.st_uid in (0, owner)):
                os.fchown(opened, -1, -1 if group is None else group)
                os.fchmod(opened, mode)
        finally:
            os.close(opened)


def _write(path: Path, contents: bytes, new: FileChange | None) -> None:
    """Write the whole file at once under its name; an existing file keeps mode, owner and links to it."""
    path = path.resolve()
    beside = path.with_name(path.name + ENDING)
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(contents)
        file.flush()
        os.fsync(file.fileno())
    if new:
        beside.chmod(new.mode)
        os.chown(beside, new.user, new.group, follow_symlinks=False)
    else:
        shutil.copystat(path, beside)
        os.utime(beside)  # Asterisk detects a changed file by its time, because two passwords can have the same length
        was = path.stat()
        os.chown(beside, was.st_uid, was.st_gid, follow_symlinks=False)
    beside.replace(path)


def _hash(contents: bytes) -> str:
    return hashlib.sha256(contents).hexdigest()
