"""Offers of browser phones: damaged session descriptions at the real address; an Asterisk of the test takes the rest.

Only lines that Warmline has written itself may reach Asterisk.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from ari_app.http.workspace.phone import phone_routes
from ari_app.http.workspace.phone.phone_routes import PhoneOffers
from tests.fuzz import hostile, workspace_site
from tests.fuzz.entry_point import Attack, Door
from tests.http.workspace.phone.offers import OFFER
from warmline.core.messages.commands import Kind

ADDRESS = r"[0-9a-f.:]+"
WRITTEN = re.compile(
    rf"""v=0|o=-\ [0-9]+\ 1\ IN\ IP4\ 127\.0\.0\.1|s=-|t=0\ 0|c=IN\ IP4\ 127\.0\.0\.1
    |a=group:BUNDLE\ (?P<mid>[^\s]{{1,32}})|a=mid:[^\s]{{1,32}}|a=sendrecv|a=rtcp-mux|a=end-of-candidates
    |m=audio\ 9\ UDP/TLS/RTP/SAVPF(\ [0-9]{{1,3}})+
    |a=rtpmap:[0-9]{{1,3}}\ (opus/48000/2|PCMU/8000|telephone-event/8000)
    |a=fmtp:[0-9]{{1,3}}\ (minptime=10;useinbandfec=1|0-16)
    |a=ice-ufrag:[A-Za-z0-9+/]{{4,256}}|a=ice-pwd:[A-Za-z0-9+/]{{22,256}}
    |a=fingerprint:sha-256\ ([0-9A-F]{{2}}:){{31}}[0-9A-F]{{2}}|a=setup:(actpass|active)
    |a=candidate:[A-Za-z0-9+/]{{1,32}}\ 1\ UDP\ [0-9]{{1,10}}\ {ADDRESS}\ [0-9]{{1,5}}
    \ typ\ (host|srflx|prflx|relay)(\ raddr\ {ADDRESS}\ rport\ 9)?""",
    re.VERBOSE,
)
LINES = OFFER.split(b"\r\n")
# fmt: off
MORE = (
    b"m=video 9 UDP/TLS/RTP/SAVPF 96", b"m=audio 9 RTP/AVP 0", b"m=audio", b"a=ice-ufrag:evil\r\nX: y", b"a=mid:\xff",
    b"a=candidate:1 1 udp 1 127.0.0.1 5060 typ host", b"a=candidate:1 1 udp 99999999999 ::1%eth0 70000 typ relay",
    b"a=candidate:1 1 udp 1 " + b"a" * 300 + b" 9 typ host", b"a=" + b"x" * 17_000, b"a=setup:passive", b"a=sendonly",
    b"a=fingerprint:sha-1 00", b"a=rtpmap:0 opus/48000/2", b"a=rtpmap:999 opus/48000/2", b"a=rtpmap:127 PCMU/8000",
    b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x", b"c=IN IP4 192.0.2.1", b"\0", b"", b"v=0", b"a=inactive",
    b"a=mid:'; DROP", b"a=mid:" + b"m" * 33, b"a=candidate:" * 500,
)
# fmt: on
TYPES = ("application/sdp",) * 8 + ("application/sdp; charset=utf-16", "text/plain", "application/json", "")
PAGES = ("p", "p", "p", "k3J9-_", "", "a b", "p" * 65, "<img>", "../x")
ALLOWED = workspace_site.BAD | {201, 503}


class Offered(NamedTuple):
    """An offer: the parameter `page`, the type and the body."""

    page: str
    media: str
    body: bytes


@st.composite
def offers(draw: st.DrawFn) -> Offered:
    lines = list(LINES)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["out", "twice", "more", "damaged", "more"])):
            case "out" if len(lines) > 1:
                del lines[at]
            case "twice":
                lines.insert(at, lines[at])
            case "damaged":
                lines[at] = draw(hostile.damaged(st.just(lines[at])))
            case _:
                lines.insert(at, draw(st.sampled_from(MORE)))
    body = draw(st.sampled_from([b"\r\n", b"\r\n", b"\n", b"\r"])).join(lines)
    return Offered(draw(st.sampled_from(PAGES)), draw(st.sampled_from(TYPES)), body)


@contextmanager
def opened() -> Iterator[Attack]:
    with workspace_site.site() as site, patch.object(PhoneOffers, "_count"):
        site.driver.ask(Kind.LOGOUT)
        status, told = site.ask(
            "POST",
            "/api/v1/agents/me/login",
            b'{"phone": "browser"}',
            {**site.own, "Content-Type": "application/json"},
        )
        assert status == 201, told

        def attacked(given: Offered) -> None:
            site.asterisk.came.clear()
            headers = {**site.own, "Content-Type": given.media}
            path = f"{phone_routes.PATH}?page={quote_from_bytes(given.page.encode())}"
            status, text = site.ask("POST", path, given.body, headers)
            assert status in ALLOWED, (status, text)
            invites = [one for one in site.asterisk.came if one.method == "INVITE"]
            assert bool(invites) == (status in (201, 503)), (status, text)
            for invite in invites:
                lines = invite.body.decode("ascii").split("\r\n")
                assert lines.pop() == "" and len(lines) < 60
                assert not [line for line in lines if not WRITTEN.fullmatch(line)], invite.body

        yield attacked


DOOR = Door("browser phones", offers(), opened, quick=4)
