"""Tokens by which a device shows that it has logged in as a user before. A password is still needed.

The key of a token is the hash of the user's password, so that a new password ends the tokens of all devices. A token
does not name its user.
"""

import base64
import hmac
import re
from collections.abc import Iterable

LASTS = 180  # days from the login
AHEAD = 2  # days that a token may seem to come from the future, because a clock was set back
SEPARATOR = "~"  # between the tokens of a device that several users share
MOST = 8  # tokens of one device
ID = r"[A-Za-z0-9_-]{16}"
FORM = re.compile(rf"({ID})\.([0-9]{{1,6}})\.([A-Za-z0-9_-]{{32}})")
SHARED_FORM = rf"^(?:[A-Za-z0-9_-]{{16}}\.[0-9]{{1,6}}\.[A-Za-z0-9_-]{{32}}{SEPARATOR}?)*$"
LONGEST = 64 * MOST


def token(device: str, user: str, pass_hash: str, day: int) -> str:
    """Return the token of a device for a user. `device` has the form of ID; `day` counts from 1970."""
    return f"{device}.{day}.{_signature(device, user, pass_hash, day)}"


def device_of(tokens: Iterable[str], user: str, pass_hash: str, day: int) -> str:
    """Return the id of the device, if one of these tokens is of this user and valid on that day; "" if none is."""
    return next((device for one in tokens if (device := _device(one, user, pass_hash, day))), "")


def with_token(tokens: Iterable[str], made: str) -> list[str]:
    """Return the tokens of a device after a login, the newest last; `made` replaces the one with the same id."""
    others = [one for one in tokens if FORM.fullmatch(one) and one.partition(".")[0] != made.partition(".")[0]]
    return [*others, made][-MOST:]


def split(shared: str) -> list[str]:
    """Return the tokens in a cookie or a field."""
    return shared.split(SEPARATOR)[:MOST]


def _device(sent: str, user: str, pass_hash: str, today: int) -> str:
    found = FORM.fullmatch(sent)
    if found is None or not pass_hash:
        return ""
    device, day, signature = found[1], int(found[2]), found[3]
    is_current = today - LASTS < day <= today + AHEAD
    is_signed = hmac.compare_digest(signature, _signature(device, user, pass_hash, day))
    return device if is_signed and is_current else ""


def _signature(device: str, user: str, pass_hash: str, day: int) -> str:
    text = f"warmline known device\0{user}\0{device}\0{day}".encode()
    return base64.urlsafe_b64encode(hmac.digest(pass_hash.encode(), text, "sha256")[:24]).decode()
