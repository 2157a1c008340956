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
