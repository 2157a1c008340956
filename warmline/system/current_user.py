"""The name of the current user. A separate module, because commands of agents load it and must be fast."""

import getpass
import os
import pwd


def claimed_name() -> str:
    """Return the login name from the environment, also behind sudo; a user can set it to any name."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):  # in a container, a user's number may have no name
        return "unknown"


def login_name() -> str:
    """Return the login name for the journal; with the user's number, unless the name belongs to that number."""
    name, user = claimed_name(), os.getuid()
    try:
        is_own = pwd.getpwuid(user).pw_name == name
    except KeyError:
        is_own = False
    return name if is_own else f"{name} (uid {user})"
