"""`warmline doctor --only FastAGI`: an answer, a heartbeat, and a port that systemd keeps."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from ari_app.fastagi import FastAgiServer
from cli.client import systemd_service
from cli.doctor.check_list import run
from cli.doctor.checks import fastagi_check
from cli.doctor.facts.finding import Finding
from tests.cli.doctor.made_machine import Machine
from warmline.system import heartbeat_file


@pytest.fixture(autouse=True)
def unit(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(systemd_service, "FOLDERS", [machine.folder])
    monkeypatch.setattr(fastagi_check, "LIMIT", 0.2)


def found(machine: Machine, **named: str) -> list[Finding]:
    """Return the findings in a dialplan that uses FastAGI, with these variables changed."""
    facts, settings = machine.facts(), machine.settings
    there = {"WARMLINE_FASTAGI": f"agi://{settings.fastagi}", "WARMLINE_BEAT": f"{settings.run}/beat"}
    facts.__dict__["globals"] = there | named
    return [one.finding for one in run(facts, fastagi_check.CHECKS)]


def codes(machine: Machine) -> list[str]:
    return [one.code for one in found(machine)]


@contextmanager
def serving() -> Iterator[str]:
    """Run FastAGI in a thread; yield HOST:PORT."""
    with closing(asyncio.new_event_loop()) as loop, socket.create_server(("127.0.0.1", 0)) as taken:
        where = "{}:{}".format(*taken.getsockname())
        taken.close()
        server = FastAgiServer(where, {})
        running = loop.create_task(server.run())
        thread = threading.Thread(target=loop.run_until_complete, args=(asyncio.wait({running}),))
        thread.start()
        try:
            yield where
        finally:
            loop.call_soon_threadsafe(running.cancel)
            thread.join()
            loop.run_until_complete(server.close())


def test_without_the_setting_it_is_off(machine: Machine) -> None:
    assert codes(machine) == ["fastagi_off"]


def test_an_answer_counts_only_with_a_heartbeat(machine: Machine) -> None:
    with serving() as where:
        machine.file.write_text(f'fastagi = "{where}"\n')
        assert codes(machine) == ["fastagi_no_heartbeat", "fastagi_not_kept"]
        heartbeat_file.HeartbeatFile(machine.settings.run, heartbeat_file.AGI).give()
        assert codes(machine) == ["fastagi_good", "fastagi_not_kept"]
    assert codes(machine) == ["fastagi_silent", "fastagi_not_kept"]


@pytest.mark.parametrize(("answer", "why"), [(b"hello\n", "another program listens there"), (b"", "no answer in time")])
def test_another_program_and_none_that_answers(machine: Machine, answer: bytes, why: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def once() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(answer)
                while connection.recv(1000) and not answer:
                    pass

        thread = threading.Thread(target=once)
        thread.start()
        machine.file.write_text('fastagi = "{}:{}"\n'.format(*listener.getsockname()))
        silent = found(machine)[0]
        thread.join()
    assert silent.code == "fastagi_silent" and why in silent.found


def test_systemd_keeps_the_port(machine: Machine) -> None:
    """Without systemd there is no unit, so this is a note."""
    for where, stream in (("127.0.0.1:4573",) * 2, ("localhost:4573", "127.0.0.1:4573"), ("::1:4573", "[::1]:4573")):
        machine.file.write_text(f'fastagi = "{where}"\n')
        kept = machine.folder / "warmline-agi.socket"
        kept.write_text("ListenStream=127.0.0.1:8089\n")
        assert codes(machine)[1:] == ["fastagi_not_kept"]
        kept.write_text(f"ListenStream={stream}\n")  # as `warmline install` writes it
        assert codes(machine)[1:] == ["fastagi_kept"]


@pytest.mark.parametrize("name", ["WARMLINE_FASTAGI", "WARMLINE_BEAT"])
def test_a_dialplan_that_does_not_use_it(machine: Machine, name: str) -> None:
    machine.file.write_text('fastagi = "127.0.0.1:9"\n')
    unused = found(machine, **{name: ""})[1]
    assert unused.code == "fastagi_not_used" and unused.found.endswith(f": {name}=")
    machine.shell(unused.fix)
    assert f"{name} = " in (machine.etc / "extensions.conf").read_text()
