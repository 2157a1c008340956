"""Session descriptions: PCMU and RFC 4733 events, 20 ms, on loopback."""

from typing import NamedTuple

PCMU, DTMF = 0, 101
MODES = ("sendrecv", "sendonly", "recvonly", "inactive")
MIRRORED = {"sendrecv": "sendrecv", "sendonly": "recvonly", "recvonly": "sendonly", "inactive": "inactive"}


class Media(NamedTuple):
    """The other side's description: its address, its direction, its payload type of events."""

    host: str
    port: int
    mode: str
    event_type: int


def describe(port: int, mode: str, version: int, event_type: int = DTMF) -> bytes:
    """Return the party's own description; `version` grows with each description in a call."""
    lines = [
        "v=0",
        f"o=lab 1 {version} IN IP4 127.0.0.1",
        "s=-",
        "c=IN IP4 127.0.0.1",
        "t=0 0",
        f"m=audio {port} RTP/AVP {PCMU} {event_type}",
        f"a=rtpmap:{PCMU} PCMU/8000",
        f"a=rtpmap:{event_type} telephone-event/8000",
        f"a=fmtp:{event_type} 0-15",
        "a=ptime:20",
        f"a={mode}",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def read(body: bytes) -> Media:
    """Read the other side's description. Raises ValueError if it has no PCMU audio."""
    host, port, mode, event_type, codecs = "127.0.0.1", 0, "sendrecv", DTMF, list[str]()
    for line in body.decode("utf-8", "replace").splitlines():
        kind, _, value = line.partition("=")
        if kind == "c" and value.split():
            host = value.split()[-1]
        elif kind == "m" and value.startswith("audio "):
            _, given, _, *codecs = value.split()
            port = int(given)
        elif kind == "a" and value in MODES:
            mode = value
        elif kind == "a" and value.startswith("rtpmap:") and "telephone-event/8000" in value:
            event_type = int(value.removeprefix("rtpmap:").split()[0])
    if not port or str(PCMU) not in codecs:
        raise ValueError(f"no PCMU audio in the session description, but: {' '.join(codecs) or 'no codec'}")
    return Media(host, port, mode, event_type)
