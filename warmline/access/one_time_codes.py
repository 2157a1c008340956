"""The codes of a second factor: six digits of an authenticator app (TOTP, RFC 6238), and recovery codes.

No secret is stored. That of a user is made from the server's key, which the database does not have, and from a salt,
which only the database has.
"""

import base64
import hashlib
import hmac
import re
import secrets
from urllib.parse import quote, urlencode

import pyotp

STEP = 30  # seconds that a code is shown
AROUND = 1  # steps before and after the current one whose codes are accepted: a phone's clock is never exact
RECOVERY_CODES = 10  # of a user
SHORTEST_KEY = 32  # characters of the server's key
ISSUER = "Warmline"
DIGITS = re.compile(r"[0-9]{6}", re.ASCII)
RECOVERY = re.compile(r"[A-Z2-7]{16}", re.ASCII)  # 80 bits
SEPARATORS = str.maketrans("", "", " -")
GROUP = 4  # characters that a person reads together


def new_key() -> str:
    """Return a new key of a server."""
    return secrets.token_urlsafe(36)


def new_salt() -> str:
    """Return a new salt of a user."""
    return secrets.token_hex(16)


def key_id(key: str) -> str:
    """Return by what a key is recognised; it does not reveal the key."""
    return hmac.digest(key.encode(), b"second factor: id of the key", "sha256").hex()[:16]


def secret(key: str, user: str, salt: str) -> str:
    """Return the secret of a user, 160 bits in base32, as authenticator apps take it."""
    made = hmac.digest(key.encode(), f"second factor\0{user}\0{salt}".encode(), "sha256")
    return base64.b32encode(made[:20]).decode()


def uri(secret: str, user: str, server: str) -> str:
    """Return the address that tells an authenticator app everything; `server` is the name that the app shows."""
    label = quote(f"{ISSUER}:{user}@{server}" if server else f"{ISSUER}:{user}", safe=":@")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER})}"


def in_groups(text: str) -> str:
    """Return a secret or a recovery code in groups of four characters."""
    return " ".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def plain(code: str) -> str:
    """Return a typed code without blanks and hyphens, in capitals."""
    return code.translate(SEPARATORS).upper()


def step_of(secret: str, code: str, now: float, last: int = 0) -> int | None:
    """Return the step of a code of six digits, or None if it is not accepted now (seconds from 1970).

    Only steps after `last` count, so that a code is accepted once. A `last` in the future is from before the clock was
    set back, and would refuse every code until then; so it does not count.
    """
    if not DIGITS.fullmatch(code):
        return None
    made, current, found = pyotp.TOTP(secret), int(now // STEP), None
    used = last if last <= current + AROUND else 0
    for step in range(max(0, current - AROUND), current + AROUND + 1):
        if hmac.compare_digest(made.generate_otp(step), code) and step > used:
            found = step
    return found


def new_recovery_codes() -> list[str]:
    """Return new recovery codes."""
    return [base64.b32encode(secrets.token_bytes(10)).decode() for _ in range(RECOVERY_CODES)]


def hashed_recovery_code(salt: str, code: str) -> str:
    """Return what is stored for a recovery code: it has 80 random bits, so SHA-256 is slow enough to invert."""
    return hashlib.sha256(f"{salt}\0{code}".encode()).hexdigest()
