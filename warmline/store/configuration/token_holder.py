"""The client that holds a token: a program, or a user in a session."""

from pathlib import Path

from warmline.store.configuration import tokens, users
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User


def of_token(path: str | Path, token: str) -> ApiToken | User | None:
    """Return the client whose token this is, or None. Raises StoreError."""
    return tokens.find(path, token) or users.of_token(path, token)
