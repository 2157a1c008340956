"""Credentials for a TURN server: valid for an hour, made from a secret that they do not contain."""

import asyncio
import base64
import hashlib
import hmac

from ari_app.calls.turn_credentials import LASTS, TurnCredentials

SECRET, NOW = "k3y of the TURN server", 1_800_000_000.9


def test_a_credential_is_that_of_the_rest_scheme() -> None:
    made = asyncio.run(TurnCredentials(SECRET, lambda: NOW).turn_credential("ben"))
    assert (made.username, made.seconds) == (f"{int(NOW) + LASTS}:ben", 3600)
    proof = hmac.new(SECRET.encode(), made.username.encode(), hashlib.sha1).digest()
    assert base64.b64decode(made.credential) == proof and SECRET not in repr(made)
