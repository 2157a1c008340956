"""Makes the files that the app, the scripts and the command line share."""

import os
from pathlib import Path


def opened(path: str | Path) -> int:
    """Open a file to read and write, and make it if it is not there: for its owner alone (0600). Raises OSError.

    What root makes belongs to whom the folder belongs to: the user that the app runs as, who could also have put a
    link to a file of root's there. It is not followed.
    """
    try:
        made = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    if os.geteuid() == 0:
        folder = Path(path).absolute().parent.stat()
        os.fchown(made, folder.st_uid, folder.st_gid)
    return made
