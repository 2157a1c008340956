"""The address of a client behind proxies."""

import pytest

from ari_app.http.server.client_address import MOST_HOPS, TrustedProxies
from warmline.system.settings import SettingsError

PROXIES = TrustedProxies.of_setting("127.0.0.1, 10.0.0.0/8, ::1")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("127.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        ("::ffff:127.0.0.1", ["192.0.2.7"], "192.0.2.7"),
        ("192.0.2.1", ["192.0.2.7"], "192.0.2.1"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["1.2.3.4, 192.0.2.7"], "192.0.2.7"),
        ("127.0.0.1", ["1.2.3.4, 192.0.2.7", "10.0.0.3"], "192.0.2.7"),
        ("127.0.0.1", ["10.0.0.4, 10.0.0.3"], "10.0.0.4"),
        ("127.0.0.1", ["192.0.2.7, unknown"], "127.0.0.1"),
        ("127.0.0.1", ["1.2.3.4, junk, 10.0.0.3"], "10.0.0.3"),
        ("::1", ["192.0.2.7:51000"], "192.0.2.7"),
        ("::1", ["[2001:db8::7]:51000"], "2001:db8::7"),
        ("::1", ["2001:db8::7"], "2001:db8::7"),
        ("127.0.0.1", ["1.2.3.4" + ", 10.0.0.3" * MOST_HOPS], "10.0.0.3"),
        ("", ["192.0.2.7"], ""),
    ],
)
def test_only_trusted_proxies_name_the_client(peer: str, forwarded: list[str], client: str) -> None:
    assert PROXIES.client(peer, forwarded) == client
    head = b"GET / HTTP/1.1" + b"".join(b"\r\nX-Forwarded-for: " + one.encode() for one in forwarded) + b"\r\n\r\n"
    assert PROXIES.client_of_head(peer, head) == client
    assert TrustedProxies().client(peer, forwarded) == TrustedProxies().client_of_head(peer, head) == peer


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.1/8", "10.0.0.1;10.0.0.2"])
def test_a_setting_that_is_no_list_of_addresses_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="allowed: addresses and networks") as refused:
        TrustedProxies.of_setting(text)
    assert text in str(refused.value)
