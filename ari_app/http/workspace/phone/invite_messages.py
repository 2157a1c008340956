"""The SIP messages of a browser phone's leg (RFC 3261): an INVITE, its ACK, and answers to Asterisk's requests."""

import secrets
from typing import NamedTuple

from sipmessage import URI, Address, CSeq, Request, Response

from ari_app.link.phone_requests import ENDPOINT

SOFTWARE = "Warmline"
# The answer to each request of Asterisk within a call. A leg never changes: another offer is another leg.
ANSWERS = {"BYE": 200, "OPTIONS": 200, "INVITE": 488, "UPDATE": 488, "CANCEL": 481}
PHRASES = {200: "OK", 405: "Method Not Allowed", 481: "Call/Transaction Does Not Exist", 488: "Not Acceptable Here"}


class Invite(NamedTuple):
    """A call to Asterisk. `local` is the address of this end, HOST:PORT; `sequence` counts its requests."""

    uri: str
    local: str
    call_id: str
    tag: str
    body: bytes
    sequence: int = 1
    proof: str = ""
    proof_header: str = "Authorization"


def invite(given: Invite) -> Request:
    """Return the INVITE, with a branch of its own."""
    message = Request("INVITE", URI.parse(given.uri), given.body)
    headers = {
        "Via": f"SIP/2.0/UDP {given.local};branch={new_branch()};rport",
        "Max-Forwards": "70",
        "From": f"<sip:{ENDPOINT}@127.0.0.1>;tag={given.tag}",
        "To": f"<{given.uri}>",
        "Call-ID": given.call_id,
        "CSeq": f"{given.sequence} INVITE",
        "Contact": f"<sip:{ENDPOINT}@{given.local}>",
        "Allow": "INVITE, ACK, BYE, OPTIONS",
        "User-Agent": SOFTWARE,
        "Content-Type": "application/sdp",
    }
    for name, value in headers.items():
        message.headers.set(name, value)
    if given.proof:
        message.headers.set(given.proof_header, given.proof)
    message.headers.set("Content-Length", str(len(given.body)))
    return message


def ack(answer: Response, uri: str, local: str) -> Request:
    """Return the ACK of a final answer. It needs nothing but that answer, so also a new process can send it.

    The ACK of a refusal has the branch of its INVITE; that of an acceptance goes to its Contact.
    """
    accepted = answer.code < 300
    target = str(Address.parse(answer.headers["Contact"]).uri) if accepted else uri
    message = Request("ACK", URI.parse(target), b"")
    via = f"SIP/2.0/UDP {local};branch={new_branch()};rport" if accepted else answer.headers["Via"]
    message.headers.set("Via", via)
    message.headers.set("Max-Forwards", "70")
    for name in ("From", "To", "Call-ID"):
        message.headers.set(name, answer.headers[name])
    message.headers.set("CSeq", f"{CSeq.parse(answer.headers['CSeq']).sequence} ACK")
    message.headers.set("Content-Length", "0")
    return message


def response(asked: Request) -> Response | None:
    """Return the answer to a request of Asterisk; None for an ACK. It needs no memory of the call."""
    if asked.method == "ACK":
        return None
    code = ANSWERS.get(asked.method, 405)
    message = Response(code, PHRASES[code], b"")
    for name in ("Via", "From", "To", "Call-ID", "CSeq"):
        message.headers.setlist(name, list(asked.headers.getlist(name)))
    if not Address.parse(asked.headers["To"]).parameters.get("tag"):
        message.headers.set("To", f"{asked.headers['To']};tag={secrets.token_hex(6)}")
    message.headers.set("Server", SOFTWARE)
    message.headers.set("Content-Length", "0")
    return message


def new_branch() -> str:
    """Return a fresh branch."""
    return f"z9hG4bK{secrets.token_hex(8)}"
