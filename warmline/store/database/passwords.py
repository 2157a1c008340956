"""Hashes of secrets: scrypt, each with its own salt. AGI scripts load this module too, so it imports little."""

import hashlib
import hmac
import os

COST = 1 << 14  # about 25 ms and 16 MB for each check


def hashed(secret: str) -> str:
    """Return the text to store for a secret: `scrypt$COST$SALT$HASH`."""
    salt = os.urandom(16)
    return f"scrypt${COST}${salt.hex()}${_scrypt(secret, salt, COST).hex()}"


def matches(secret: str, stored: str) -> bool:
    """Return whether `secret` is the one that was stored; False if `stored` is malformed. Takes about 25 ms."""
    try:
        kind, cost, salt, digest = stored.split("$")
        if kind != "scrypt":
            return False
        return hmac.compare_digest(_scrypt(secret, bytes.fromhex(salt), int(cost)), bytes.fromhex(digest))
    except (ValueError, TypeError):  # TypeError: a cost of more than 64 bits
        return False


def hashed_token(token: str) -> str:
    """Return the text to store for a random token: SHA-256, which is fast enough for every request."""
    return hashlib.sha256(token.encode()).hexdigest()


def _scrypt(secret: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=cost, r=8, p=1, maxmem=64 << 20)
