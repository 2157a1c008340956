"""The offer of a page: read strictly, and written again with nothing that a browser phone does not need."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ari_app.http.workspace.phone import page_offer
from ari_app.http.workspace.phone.page_offer import OfferInvalid
from tests.http.workspace.phone.offers import OFFER

PAGE = "198.51.100.7"  # the address of the page's request


def test_the_needed_parts_are_read() -> None:
    offer = page_offer.read(OFFER, PAGE)
    assert (offer.mid, offer.ufrag, offer.password, offer.setup) == ("0", "2GrM", "AKj4ZxRGmLztt3gTep4DsPxx", "actpass")
    assert offer.fingerprint.startswith("FD:8C:D2") and len(offer.fingerprint) == 95
    assert offer.formats == ((111, "opus"), (0, "PCMU"), (126, "telephone-event"))
    assert offer.candidates == (
        "1 1 UDP 2130706431 192.0.2.2 50806 typ host",
        "3 1 UDP 1694498815 203.0.113.9 62000 typ srflx raddr 203.0.113.9 rport 9",
        "4 1 UDP 2130706175 2001:db8::2 53269 typ host",
    )


def test_a_page_that_hides_its_addresses_is_known_by_its_request() -> None:
    hidden = b"\r\n".join(line for line in OFFER.split(b"\r\n") if b"candidate" not in line or b".local" in line)
    assert page_offer.read(hidden, PAGE).candidates == ("1 1 UDP 1 198.51.100.7 9 typ host",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"v=0", b"v=1"),
        (b"v=0", "v=\u00fc".encode()),
        (b"s=-", b"s"),
        (b"s=-", b"s=-\x00"),
        (b"m=audio", b"m=video"),
        (b"a=rtcp-mux\r\n", b""),
        (b"UDP/TLS/RTP/SAVPF", b"RTP/AVP"),
        (b"a=setup:actpass", b"a=setup:passive"),
        (b"a=ice-ufrag:2GrM", b"a=ice-ufrag:2 M"),
        (b"a=ice-ufrag:2GrM", b"a=ice-ufrag:2GrM\r\na=ice-ufrag:3GrM"),
        (b"a=ice-pwd:AKj4ZxRGmLztt3gTep4DsPxx", b"a=ice-pwd:short"),
        (b"a=fingerprint:sha-256 FD", b"a=fingerprint:sha-1 FD"),
        (b"a=mid:0", b"a=mid:" + b"0" * 33),
        (b"111 63 9 0 8 13 110 126", b"9 8"),
        (b"m=audio 50806 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126", b"m=audio "),  # found by the search
        (b"a=candidate:1 1 udp", b"a=candidate:1 1 ucp"),
        (b"s=-\r\n", b"s=-\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n"),
        (b"s=-\r\n", b"s=-\r\n" + b"a=candidate:1 1 udp 1 192.0.2.2 9 typ host\r\n" * 21),
    ],
)
def test_an_offer_that_is_not_one_is_refused(old: bytes, new: bytes) -> None:
    assert old in OFFER
    with pytest.raises(OfferInvalid) as refused:
        page_offer.read(OFFER.replace(old, new, 1), PAGE)
    assert refused.value.code == "offer_invalid"


def test_a_large_offer_is_refused_unread() -> None:
    with pytest.raises(OfferInvalid) as refused:
        page_offer.read(OFFER + b"a=x\r\n" * 4000, PAGE)
    assert refused.value.code == "offer_too_large"


LINES = OFFER.split(b"\r\n")
ADDRESS = r"[0-9a-f.:]+"
WRITTEN = re.compile(
    rf"""v=0|o=-\ [0-9]+\ 1\ IN\ IP4\ 127\.0\.0\.1|s=-|t=0\ 0|c=IN\ IP4\ 127\.0\.0\.1
    |a=group:BUNDLE\ [^\s]{{1,32}}|a=mid:[^\s]{{1,32}}|a=sendrecv|a=rtcp-mux|a=end-of-candidates
    |m=audio\ 9\ UDP/TLS/RTP/SAVPF(\ [0-9]{{1,3}})+
    |a=rtpmap:[0-9]{{1,3}}\ (opus/48000/2|PCMU/8000|telephone-event/8000)
    |a=fmtp:[0-9]{{1,3}}\ (minptime=10;useinbandfec=1|0-16)
    |a=ice-ufrag:[A-Za-z0-9+/]{{4,256}}|a=ice-pwd:[A-Za-z0-9+/]{{22,256}}
    |a=fingerprint:sha-256\ ([0-9A-F]{{2}}:){{31}}[0-9A-F]{{2}}|a=setup:(actpass|active)
    |a=candidate:[A-Za-z0-9+/]{{1,32}}\ 1\ UDP\ [0-9]{{1,10}}\ {ADDRESS}\ [0-9]{{1,5}}
    \ typ\ (host|srflx|prflx|relay)(\ raddr\ {ADDRESS}\ rport\ 9)?""",
    re.VERBOSE,
)
# fmt: off
HOSTILE = (
    b"m=video 9 UDP/TLS/RTP/SAVPF 96", b"a=ice-ufrag:evil\r\nX: y", b"a=mid:\xff", b"a=mid:'; DROP", b"a=sendonly",
    b"a=candidate:1 1 udp 1 127.0.0.1 5060 typ host", b"a=candidate:1 1 udp 99999999999 ::1%eth0 70000 typ relay",
    b"a=candidate:1 1 udp 1 " + b"a" * 300 + b" 9 typ host", b"a=rtpmap:0 opus/48000/2", b"a=rtpmap:999 opus/48000/2",
    b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x", b"c=IN IP4 192.0.2.1", b"a=candidate:" * 500,
)
# fmt: on
CHANGES = st.lists(st.tuples(st.integers(0, len(LINES)), st.sampled_from((*LINES, *HOSTILE)) | st.binary(max_size=200)))


@given(CHANGES, st.integers(0, 3), st.text(max_size=40))
def test_only_lines_that_warmline_writes_itself_leave_any_offer(
    added: list[tuple[int, bytes]], dropped: int, address: str
) -> None:
    lines = LINES[:-dropped] if dropped else list(LINES)
    for place, line in added:
        lines.insert(place, line)
    try:
        offer = page_offer.read(b"\r\n".join(lines), address)
    except OfferInvalid:
        return
    written = page_offer.written(offer)
    assert [line for line in written.decode("ascii").split("\r\n")[:-1] if not WRITTEN.fullmatch(line)] == []
    assert page_offer.read(written, address).formats == offer.formats
