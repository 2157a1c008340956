"""Tokens of the JSON API, for programs of a benchmark."""

import secrets

from warmline.store.configuration import config


def create(db: str, name: str, scopes: str) -> str:
    """Create a token in the database at `db`, which the app must not have read yet; return it."""
    token = secrets.token_urlsafe(32)
    config.create(db, "api-token", name, {"scopes": scopes, "token": token}, who="bench")
    return token
