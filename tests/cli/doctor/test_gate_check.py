"""`warmline doctor --only gate`: the certificate, the port, and the password of a gate."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ari_app.gate.gate import Gate
from cli.doctor import gate_check
from cli.doctor.check_list import run
from tests.cli.doctor.made_machine import Machine
from tests.gate.gate_site import PASSWORD, settings_of
from tests.http.certificates import made


def codes(machine: Machine, *lines: str) -> list[str]:
    """Return the findings with these lines in the settings."""
    machine.file.write_text("".join(f"{line}\n" for line in lines))
    return [one.finding.code for one in run(machine.facts(), gate_check.CHECKS)]


@contextmanager
def serving(folder: Path, **changed: object) -> Iterator[str]:
    """Run a gate in a thread; yield its HOST:PORT."""
    with closing(asyncio.new_event_loop()) as loop:
        gate = Gate(settings_of(folder, "http://127.0.0.1:8088/ari", **changed))
        running = loop.create_task(gate.run())
        thread = threading.Thread(target=loop.run_until_complete, args=(asyncio.wait({running}),))
        thread.start()
        try:
            yield gate.url.split("/")[2]
        finally:
            loop.call_soon_threadsafe(running.cancel)
            thread.join()


def test_a_machine_without_a_gate_is_good(machine: Machine) -> None:
    assert codes(machine) == ["gate_off"]


@pytest.mark.parametrize("with_tls", [False, True])
def test_a_gate_that_answers_is_good(machine: Machine, with_tls: bool, tmp_path: Path) -> None:
    files = made(tmp_path, "gate", hosts="IP:192.0.2.7")
    changed = {"gate_certificate": files.tls_certificate, "gate_key": files.tls_key} if with_tls else {}
    lines = [f'{name} = "{value}"' for name, value in changed.items()]
    with serving(tmp_path, **changed) as where:
        assert codes(machine, f'gate = "{where}"', f'ari_password = "{PASSWORD}"', *lines) == ["gate_good"]
        assert codes(machine, f'gate = "{where}"', 'ari_password = "wrong"', *lines) == ["gate_password"]


def test_a_free_port_and_another_program_are_told_apart(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        where = f"127.0.0.1:{other.getsockname()[1]}"

        def answer() -> None:
            connection, _ = other.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

        thread = threading.Thread(target=answer)
        thread.start()
        assert codes(machine, f'gate = "{where}"') == ["gate_of_another"]
        thread.join()
    assert codes(machine, f'gate = "{where}"') == ["gate_silent"]


@pytest.mark.parametrize(
    "lines, code",
    [
        (['gate = "8189"'], "gate_invalid"),
        (['gate = "192.0.2.7:8189"'], "gate_without_certificate"),
        (['gate = "127.0.0.1:8189"', 'gate_certificate = "/no/gate.pem"'], "gate_files_bad"),
    ],
)
def test_settings_that_stop_the_gate_are_named(machine: Machine, lines: list[str], code: str) -> None:
    assert codes(machine, *lines) == [code]
