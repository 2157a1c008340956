"""The answer to Asterisk's digest challenge of a browser phone's INVITE (RFC 8760), by the endpoint's password."""

import hashlib
import secrets

from sipmessage import AuthChallenge, AuthCredentials, AuthParameters

from ari_app.link.phone_requests import ENDPOINT


def answer(challenge: str, password: str, uri: str) -> str:
    """Return the credentials for an INVITE to `uri`. Raises ValueError or KeyError for another form of challenge."""
    parsed = AuthChallenge.parse(challenge)
    asked = parsed.parameters
    algorithm = asked.get("algorithm", "MD5")
    hash_name = {"MD5": "md5", "SHA-256": "sha256"}.get(algorithm.upper())
    if parsed.scheme.lower() != "digest" or hash_name is None or "auth" not in asked.get("qop", "").split(","):
        raise ValueError(f"it asks for {parsed.scheme} {algorithm}; known: Digest MD5 or SHA-256 with qop=auth")

    def digest(*parts: str) -> str:
        return hashlib.new(hash_name, ":".join(parts).encode(), usedforsecurity=False).hexdigest()

    realm, nonce, cnonce, count = asked["realm"], asked["nonce"], secrets.token_hex(8), "00000001"
    known, wanted = digest(ENDPOINT, realm, password), digest("INVITE", uri)
    told = {"username": ENDPOINT, "realm": realm, "nonce": nonce, "uri": uri, "algorithm": algorithm}
    told |= {"opaque": asked["opaque"]} if "opaque" in asked else {}
    told |= {"qop": "auth", "nc": count, "cnonce": cnonce}
    told["response"] = digest(known, nonce, count, cnonce, "auth", wanted)
    return str(AuthCredentials("Digest", AuthParameters(**told)))
