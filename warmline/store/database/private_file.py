"""Creates the files that the app, the scripts and the command line share."""

import os
from pathlib import Path


def opened(path: str | Path) -> int:
    """Open a file to read and write; create it with mode 0600 if it does not exist. Raises OSError.

    A file that root creates gets the owner of the folder, who is the user of the app. Links are not followed, because
    that user could place a link to one of root's files there.
    """
    try:
        made = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    if os.geteuid() == 0:
        folder = Path(path).absolute().parent.stat()
        os.fchown(made, folder.st_uid, folder.st_gid)
    return made
