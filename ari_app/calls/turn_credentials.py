"""Credentials for a TURN server in the call process, which alone knows the secret that it shares with the server.

The form is that of "A REST API For Access To TURN Services". The name is the end of its time and a client, and the
password is its HMAC-SHA1. A page gets both, and the secret stays here.
"""

import base64
import hmac
import time
from collections.abc import Callable

from ari_app.link.phone_requests import TurnCredential

LASTS = 3600  # seconds


class TurnCredentials:
    """Makes credentials with `secret`; `clock` is the time of day in seconds."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._secret, self._clock = secret.encode(), clock

    async def turn_credential(self, client: str) -> TurnCredential:
        """Return a credential for a client, which is valid for an hour."""
        name = f"{int(self._clock()) + LASTS}:{client}"
        password = base64.b64encode(hmac.digest(self._secret, name.encode(), "sha1")).decode()
        return TurnCredential(name, password, LASTS)
