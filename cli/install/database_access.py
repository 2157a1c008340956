"""The API process runs as its own user, whose group may read the database and write nothing."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cli.install import accounts
from cli.install.file_changes import ACCOUNT, SHARED, FileChange
from cli.install.install_paths import InstallPaths
from warmline.system.database_address import folder_of, is_address

FOLDER_MODE = 0o2750  # new files get the group of the folder
FILE_MODE = 0o640  # SQLite gives it to the files beside the database, too


def changes(places: InstallPaths) -> Iterator[FileChange]:
    """Yield the account if it is missing, and the modes of the database and its folder if they are others."""
    if not places.api_user:
        return
    if (group := accounts.group_of(places.api_user)) is None:
        yield FileChange(ACCOUNT, places.api_user)
    db = places.settings.db
    of_file = () if is_address(db) else ((Path(db), FILE_MODE),)
    for path, mode in ((folder_of(db), FOLDER_MODE), *of_file):
        if not path.exists():
            if mode == FOLDER_MODE:
                yield _shared(places, path, mode, 0o750, places.group)
            continue
        found = path.stat()
        if (stat.S_IMODE(found.st_mode), found.st_gid) != (mode, group):
            yield _shared(places, path, mode, stat.S_IMODE(found.st_mode), found.st_gid)


def create(places: InstallPaths) -> None:
    """Create the database for Asterisk's user: Asterisk's scripts read it, and the app writes it. Raises StoreError."""
    from warmline.store.maintenance.upgrade import upgrade

    upgrade(places.settings.db)
    if is_address(places.settings.db):
        return
    file = Path(places.settings.db)
    group = file.parent.stat().st_gid if places.user >= 0 else -1
    for one in file.parent.glob(f"{file.name}*"):
        os.chown(one, places.user, group, follow_symlinks=False)


def _shared(places: InstallPaths, path: Path, mode: int, former: int, group: int) -> FileChange:
    return FileChange(SHARED, str(path), f"{former:o}", mode, group=group, reader=places.api_user)
