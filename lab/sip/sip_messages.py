"""SIP messages: builds requests and answers, reads what a call needs, and answers a password challenge."""

import hashlib
import secrets

from sipmessage import URI, Address, AuthChallenge, AuthCredentials, AuthParameters, Request, Response

ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY, INFO, UPDATE"
Host = tuple[str, int]
PHRASES = {
    100: "Trying", 180: "Ringing", 183: "Session Progress", 200: "OK", 202: "Accepted", 403: "Forbidden",
    404: "Not Found", 405: "Method Not Allowed", 480: "Temporarily Unavailable", 481: "Call Does Not Exist",
    486: "Busy Here", 487: "Request Terminated", 488: "Not Acceptable Here", 500: "Server Internal Error",
    503: "Service Unavailable", 600: "Busy Everywhere", 603: "Decline",
}  # fmt: skip


def new_tag() -> str:
    """Return a fresh tag, or any other token that must be unique."""
    return secrets.token_hex(6)


def address(text: str) -> Host:
    """Return the socket address of "127.0.0.1:5060". Raises ValueError with the text."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError(f"{text!r} is no SIP address: write it as 127.0.0.1:5060")
    return host, int(port)


def request(method: str, uri: str, headers: dict[str, str], body: bytes = b"") -> Request:
    """Return a request; `headers` are in the order in which they are written."""
    message = Request(method, URI.parse(uri), body)
    message.headers.set("Max-Forwards", "70")
    for name, value in headers.items():
        message.headers.set(name, value)
    _finish(message, "User-Agent")
    return message


def response(asked: Request, code: int, tag: str = "", contact: str = "", body: bytes = b"") -> Response:
    """Return the answer to a request; `tag` is added to To if it has none."""
    message = Response(code, PHRASES.get(code, "Status"), body)
    for name in ("Via", "From", "To", "Call-ID", "CSeq"):
        message.headers.setlist(name, list(asked.headers.getlist(name)))
    if tag and not tag_of(asked.headers["To"]):
        message.headers.set("To", f"{asked.headers['To']};tag={tag}")
    if contact:
        message.headers.set("Contact", contact)
    message.headers.set("Allow", ALLOW)
    _finish(message, "Server")
    return message


def _finish(message: Request | Response, software: str) -> None:
    if message.body and not message.headers.getlist("Content-Type"):
        message.headers.set("Content-Type", "application/sdp")
    message.headers.set(software, "warmline-lab")
    message.headers.set("Content-Length", str(len(message.body)))


def tag_of(header: str) -> str:
    """Return the tag of a From or To header, or ""."""
    return Address.parse(header).parameters.get("tag") or ""


def credentials(challenge: AuthChallenge, user: str, password: str, method: str, uri: str) -> AuthCredentials:
    """Return the answer to a Digest challenge (MD5 or SHA-256, qop "auth" or none). Raises ValueError for any other."""
    asked = challenge.parameters
    algorithm = asked.get("algorithm", "MD5")
    name = {"MD5": "md5", "SHA-256": "sha256"}.get(algorithm.upper())
    if challenge.scheme.lower() != "digest" or name is None:
        raise ValueError(f"cannot answer {challenge.scheme} {algorithm}: only Digest with MD5 or SHA-256")

    def digest(text: str) -> str:
        return hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()

    realm, nonce = asked["realm"], asked["nonce"]
    secret, what = digest(f"{user}:{realm}:{password}"), digest(f"{method}:{uri}")
    answer = {"username": user, "realm": realm, "nonce": nonce, "uri": uri, "algorithm": algorithm}
    if "opaque" in asked:
        answer["opaque"] = asked["opaque"]
    if "auth" in asked.get("qop", "").split(","):
        cnonce, nc = new_tag(), "00000001"
        answer |= {"qop": "auth", "nc": nc, "cnonce": cnonce}
        answer["response"] = digest(f"{secret}:{nonce}:{nc}:{cnonce}:auth:{what}")
    else:
        answer["response"] = digest(f"{secret}:{nonce}:{what}")
    return AuthCredentials("Digest", AuthParameters(**answer))
