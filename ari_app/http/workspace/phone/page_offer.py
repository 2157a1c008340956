"""The session description of a page: read strictly, and written again for Asterisk.

No line of a page reaches Asterisk. The parts that a browser phone needs are read and checked (RFC 8866, 8839,
8842). Everything else is left out, such as video, header extensions, host names of mDNS and candidates over TCP.
"""

import re
import secrets
from ipaddress import ip_address
from typing import NamedTuple

from warmline.text.coded_error import CodedError

LARGEST = 16 * 1024  # bytes of an offer
CANDIDATES = 20
CODECS = {"opus/48000/2": "opus", "PCMU/8000": "PCMU", "telephone-event/8000": "telephone-event"}
PROFILES = ("UDP/TLS/RTP/SAVPF", "RTP/SAVPF")
DISCARD = 9  # the port of a candidate whose address is known alone

TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`{|}~-]{1,32}")
UFRAG = re.compile(r"[A-Za-z0-9+/]{4,256}")
PASSWORD = re.compile(r"[A-Za-z0-9+/]{22,256}")
FINGERPRINT = re.compile(r"sha-256 ((?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2})")
CANDIDATE = re.compile(
    r"([A-Za-z0-9+/]{1,32}) ([12]) (udp|tcp) ([0-9]{1,10}) ([0-9A-Za-z.:_-]{1,253}) ([0-9]{1,5})"
    r" typ (host|srflx|prflx|relay)(?: .{0,200})?",
    re.IGNORECASE,
)
RTPMAP = re.compile(r"([0-9]{1,3}) ([A-Za-z0-9_-]{1,32}/[0-9]{1,6}(?:/[0-9]{1,2})?)")
SETUPS = ("actpass", "active")


class OfferInvalid(CodedError):
    """The offer of a page cannot be used; the sentence says what it lacks or has too much of."""


class Offer(NamedTuple):
    """The needed parts of an offer. `formats` are payload types with their names in CODECS, in the page's order."""

    mid: str
    ufrag: str
    password: str
    fingerprint: str  # SHA-256
    setup: str
    formats: tuple[tuple[int, str], ...]
    candidates: tuple[str, ...]


def read(body: bytes, address: str) -> Offer:
    """Return what an offer says. `address` is the page's, for an offer that hides all of its own.

    Raises OfferInvalid.
    """
    if len(body) > LARGEST:
        size = len(body)
        raise OfferInvalid("offer_too_large", "the offer has {size} bytes; {most} are allowed", size=size, most=LARGEST)
    try:
        lines = body.decode("ascii").replace("\r\n", "\n").rstrip("\n").split("\n")
    except UnicodeDecodeError:
        raise _invalid("it is not ASCII") from None
    if lines[0] != "v=0":
        raise _invalid("its first line is not v=0")
    if any(len(line) < 2 or line[1] != "=" or not line.isprintable() for line in lines):
        raise _invalid("a line is not NAME=VALUE")
    media = [line for line in lines if line.startswith("m=")]
    if len(media) != 1 or not media[0].startswith("m=audio "):
        raise _invalid(f"it has {len(media)} lines m=; one is allowed, m=audio")
    said = [line[2:] for line in lines if line.startswith("a=")]
    return Offer(
        mid=_one(said, "mid:", TOKEN, "0"),
        ufrag=_one(said, "ice-ufrag:", UFRAG),
        password=_one(said, "ice-pwd:", PASSWORD),
        fingerprint=_fingerprint(said),
        setup=_setup(said),
        formats=_formats(media[0], said),
        candidates=_candidates(said, address),
    )


def written(offer: Offer) -> bytes:
    """Return the session description for Asterisk."""
    types = " ".join(str(number) for number, _ in offer.formats)
    names = {short: full for full, short in CODECS.items()}
    lines = [
        "v=0",
        f"o=- {secrets.randbits(48)} 1 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        f"a=group:BUNDLE {offer.mid}",
        f"m=audio {DISCARD} {PROFILES[0]} {types}",
        "c=IN IP4 127.0.0.1",  # ICE finds the address; Asterisk would take 0.0.0.0 for a hold
        f"a=mid:{offer.mid}",
        "a=sendrecv",
        "a=rtcp-mux",
        *(f"a=rtpmap:{number} {names[name]}" for number, name in offer.formats),
        *(f"a=fmtp:{number} minptime=10;useinbandfec=1" for number, name in offer.formats if name == "opus"),
        *(f"a=fmtp:{number} 0-16" for number, name in offer.formats if name == "telephone-event"),
        f"a=ice-ufrag:{offer.ufrag}",
        f"a=ice-pwd:{offer.password}",
        f"a=fingerprint:sha-256 {offer.fingerprint}",
        f"a=setup:{offer.setup}",
        *(f"a=candidate:{one}" for one in offer.candidates),
        "a=end-of-candidates",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _one(said: list[str], name: str, form: re.Pattern[str], default: str = "") -> str:
    """Return the value of an attribute that occurs once."""
    values = {line.removeprefix(name) for line in said if line.startswith(name)} or ({default} if default else set())
    if len(values) != 1 or not form.fullmatch(value := values.pop()):
        raise _invalid(f"it has no single valid a={name}")
    return value


def _fingerprint(said: list[str]) -> str:
    found = [match[1] for line in said if (match := FINGERPRINT.fullmatch(line.removeprefix("fingerprint:")))]
    if len(set(found)) != 1:
        raise _invalid("it has no single a=fingerprint:sha-256")
    return found[0].upper()


def _setup(said: list[str]) -> str:
    value = _one(said, "setup:", TOKEN)
    if value not in SETUPS:
        raise _invalid(f"a=setup is {value}; allowed: {', '.join(SETUPS)}")
    return value


def _formats(media: str, said: list[str]) -> tuple[tuple[int, str], ...]:
    """Return the codecs that Asterisk may choose from, in the page's order."""
    profile, *types = media.split(" ")[2:] or [""]
    if profile not in PROFILES or "rtcp-mux" not in said:
        raise _invalid(f"its audio is not {PROFILES[0]} with a=rtcp-mux")
    maps = (RTPMAP.fullmatch(line.removeprefix("rtpmap:")) for line in said if line.startswith("rtpmap:"))
    named = {one[1]: CODECS[one[2]] for one in maps if one and one[2] in CODECS} | {"0": "PCMU"}
    found = tuple((int(one), named[one]) for one in types if one in named and int(one) < 128)
    if not {"opus", "PCMU"} & {name for _, name in found} or len(dict(found)) != len(found):
        raise _invalid("its audio has neither opus nor PCMU")
    return found


def _candidates(said: list[str], address: str) -> tuple[str, ...]:
    """Return the candidates with an address and UDP.

    If there is none, the page's own address stands for them: Asterisk then waits for the checks of the page.
    """
    lines = [line.removeprefix("candidate:") for line in said if line.startswith("candidate:")]
    if len(lines) > CANDIDATES:
        raise _invalid(f"it has {len(lines)} candidates; at most {CANDIDATES} are allowed")
    found: list[str] = []
    for line in lines:
        match = CANDIDATE.fullmatch(line)
        if match is None:
            raise _invalid("a candidate is not one of RFC 8839")
        foundation, component, protocol, priority, host, port, kind = match.groups()
        if protocol.lower() == "udp" and component == "1" and (given := _address(host)) and 0 < int(port) < 65536:
            written = f"{foundation} 1 UDP {min(int(priority), 2**31 - 1)} {given} {int(port)} typ {kind.lower()}"
            hidden = f" raddr {given} rport {DISCARD}" if kind.lower() != "host" else ""
            found.append(written + hidden)
    if not found and (given := _address(address)):
        found.append(f"1 1 UDP 1 {given} {DISCARD} typ host")
    return tuple(found)


def _address(text: str) -> str:
    """Return an address in its usual form, or "" for a host name."""
    try:
        return str(ip_address(text.partition("%")[0]))
    except ValueError:
        return ""


def _invalid(why: str) -> OfferInvalid:
    return OfferInvalid("offer_invalid", "the offer cannot be used: {why}", why=why)
