"""Blocks of loopback ports: none is given twice."""

import socket

import pytest

from lab import ports
from lab.lab_error import LabError
from tests.wording.said import refused


def test_a_block_is_kept_as_long_as_its_socket_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    base = ports.reserve()
    base[1].close()
    monkeypatch.setattr(ports, "FIRST", base[0].sip - 1)
    monkeypatch.setattr(ports, "LAST", base[0].sip)  # this one block alone
    first, keeper = ports.reserve()
    with keeper, refused(LabError, "lab_ports_taken"):
        ports.reserve()
    again, keeper = ports.reserve()
    keeper.close()
    assert again == first


def test_a_lab_gets_its_former_block_if_it_is_free() -> None:
    former, keeper = ports.reserve()
    with keeper:
        other, its_keeper = ports.reserve(former.sip)
        its_keeper.close()
        assert other.sip != former.sip
    again, keeper = ports.reserve(former.sip)
    keeper.close()
    assert again == former


def test_a_block_with_a_port_in_use_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    block, keeper = ports.reserve()
    keeper.close()
    monkeypatch.setattr(ports, "FIRST", block.sip - 1)
    monkeypatch.setattr(ports, "LAST", block.sip)
    with socket.create_server(("127.0.0.1", block.http)):
        assert not ports.is_free(block.http)
        with pytest.raises(LabError):
            ports.reserve()
    assert ports.is_free(block.http)


def test_the_blocks_of_two_labs_do_not_touch() -> None:
    (one, keeper), (two, other_keeper) = ports.reserve(), ports.reserve()
    with keeper, other_keeper:
        assert one.rtp_last < two.sip or two.rtp_last < one.sip


@pytest.mark.parametrize(
    ("peer", "checked"),
    [("127.0.0.1:5080", "127.0.0.1:5080"), ("localhost:1", "127.0.0.1:1"), ("127.9.9.9:65535",) * 2],
)
def test_a_peer_on_loopback_is_taken(peer: str, checked: str) -> None:
    assert ports.loopback(peer) == checked


@pytest.mark.parametrize(
    "peer",
    [
        "",
        "5080",
        "127.0.0.1",
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "127.0.0.1:x",
        "192.0.2.1:5060",
        "host:5060",
        "::1:5060",
    ],
)
def test_any_other_peer_is_refused_by_name(peer: str) -> None:
    with refused(LabError, "lab_trunk_invalid", trunk=peer):
        ports.loopback(peer)
