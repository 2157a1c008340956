"""The API token of a user who is neither root nor the app's user, for the app's socket."""

import os
import stat
from pathlib import Path

from warmline.text.coded_error import CodedError

VARIABLE = "WARMLINE_TOKEN"
FILE = "~/.config/warmline/token"


class TokenRefused(CodedError):
    """The app does not let this user in; the text says how to get a token."""


def find() -> str:
    """Return the token in the environment or in the user's file; "" if there is none, or for root, who needs none.

    Raises TokenRefused if other users may read the file.
    """
    if os.geteuid() == 0:
        return ""
    return os.environ.get(VARIABLE, "").strip() or _in_file(Path(FILE).expanduser())


def refused() -> TokenRefused:
    """Return the error of a user whose token the app does not know, or who has none."""
    if find():
        return TokenRefused(
            "own_token_unknown",
            "the app does not know the token in {variable} or {file}; root makes a new one with: {how}",
            variable=VARIABLE,
            file=FILE,
            how="warmline api-token renew NAME",
        )
    return TokenRefused(
        "own_token_missing",
        "user {user} needs an API token in {variable} or in {file}; root makes one with: {how}",
        user=os.geteuid(),
        variable=VARIABLE,
        file=FILE,
        how="warmline api-token create NAME scopes=…",
    )


def _in_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise TokenRefused(
                    "token_file_open", "other users may read or change {file}; run: chmod 600 {file}", file=path
                )
            return file.read(1024).decode("ascii", "replace").strip()
    except OSError:  # there is none that this user may read
        return ""
