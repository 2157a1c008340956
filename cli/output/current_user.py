"""Who is at the keyboard. Apart from the rest: orders to an agent load it, and are to be quick."""

import getpass
import os
import pwd


def claimed_name() -> str:
    """The login name of the one at the keyboard, also behind sudo, as the environment says: anybody may set that."""
    return os.environ.get("SUDO_USER") or getpass.getuser()


def login_name() -> str:
    """The same for the journal; with the number of the user who runs this, unless the name is that user's own."""
    name, user = claimed_name(), os.getuid()
    try:
        is_own = pwd.getpwuid(user).pw_name == name
    except KeyError:
        is_own = False
    return name if is_own else f"{name} (uid {user})"
