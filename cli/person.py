"""Who is at the keyboard. Apart from the rest: orders to an agent load it, and are to be quick."""

import getpass
import os


def login_name() -> str:
    """The login name of the one at the keyboard, also behind sudo."""
    return os.environ.get("SUDO_USER") or getpass.getuser()
