"""A lab from start to end: a private Asterisk and the app on loopback, in a separate folder."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lab import (
    asterisk,
    configure,
    demo_config,
    description,
    folder,
    lab_front,
    music,
    ports,
    process,
    programs,
    templates,
)
from lab.description import Lab, describe, of_server, phone_passwords, read, save, user_passwords, with_guard, with_pid
from lab.lab_error import LabError
from lab.planned_server import names, planned
from warmline.core.messages.values.server_action import MAIN_SERVER

Say = Callable[[str], None]


def up(
    directory: Path,
    trunk: str = "",
    changes: Path | None = None,
    say: Say = lambda text: None,
    servers: int | None = None,
    front: bool = False,
) -> Lab:
    """Start a lab in `directory`, and wait until it accepts calls.

    `trunk` (HOST:PORT on loopback) gets outgoing calls; without it, built-in numbers answer them. `changes` is a TOML
    file of configuration changes. `servers` is the number of Asterisks, None for that of the folder's last start, or 1.
    With `front`, Kamailio is before them, and phones register there.
    A folder of a previous lab keeps its database, ports and passwords, and a lab that runs goes on. `say` is called
    with texts about long steps. Raises LabError, with no program left running.
    """
    peer = ports.loopback(trunk) if trunk else ""
    wanted = configure.read(changes) if changes else []
    chosen = names(servers) if servers is not None else ()
    several = len(chosen or description.last_servers(directory.expanduser().resolve())) > 1
    lab = folder.claim(directory, several)
    with folder.locked(lab):
        known = description.last_servers(lab)
        records = [programs.asterisk_record(folder.of_server(lab, name)) for name in known]
        running = [process.running(record) for record in (*records, programs.app_record(lab))]
        is_there = not front or process.running(programs.front_record(lab))
        if all(running) and not (peer or wanted) and chosen in ((), known) and is_there:
            return read(lab)
        if any(running):
            raise LabError(
                "lab_running",
                "the lab in {folder} is running; stop it first: warmline lab down --dir {folder}",
                folder=lab,
            )
        if front:
            lab_front.program()
        people = user_passwords(lab)
        program = asterisk.ensure(say)
        passwords, chosen = phone_passwords(lab), chosen or known
        ari, last = description.ari_passwords(lab, chosen), description.last_sip_ports(lab, chosen)
        with planned(lab, chosen, ari, last) as every:
            before = lab_front.beside(every[0].ports.sip) if front else None
            templates.write(lab, program, every, peer, passwords, before)
            music.write(lab / "music/tone.wav")
            configure.fill(folder.database(lab), [*demo_config.users(people), *wanted])
            made = describe(lab, program, every, passwords, people)
            try:
                for one in every:
                    pid = programs.start_asterisk(program, lab, one.ari, one.keeper.fileno(), one.name)
                    made = with_pid(made, one.name, pid)
                    if len(every) > 1:  # the app reaches each Asterisk through a gate
                        made = with_guard(made, one.name, programs.start_guard(lab, one.name, one.gate, one.ari))
                if before:
                    pids = {**made.pids, "front": programs.start_front(lab, before)}
                    made = replace(made, front=before.sip, pids=pids)
                app = programs.start_app(lab, made.api, *(one.ari for one in every))
                made = replace(made, pids={**made.pids, "warmline": app})
                if len(every) == 1:
                    made = with_guard(made, MAIN_SERVER, programs.start_guard(lab))
            except BaseException:
                _stop(lab)
                raise
        return save(made)


def down(directory: Path) -> bool:
    """End the programs that `up` started in `directory`; return whether any ran. Raises LabError."""
    lab = folder.existing(directory)
    with folder.locked(lab):
        return _stop(lab)


def restart_app(directory: Path) -> Lab:
    """Restart the app of a running lab, with the same database and ports. Raises LabError."""
    lab = folder.existing(directory)
    with folder.locked(lab):
        programs.check_asterisk(lab)
        before = read(lab)
        process.stop(programs.app_record(lab))
        port = int(before.api.rpartition(":")[2])
        if not ports.is_free(port):
            raise LabError(
                "lab_app_port_taken",
                "the app's port 127.0.0.1:{port} is taken by another program; stop that program first",
                port=port,
            )
        try:
            pid = programs.start_app(lab, before.api, before.ari)  # another server may be away
        except BaseException:
            process.stop(programs.app_record(lab))
            raise
        return save(replace(before, pids={**before.pids, "warmline": pid}))


def restart_asterisk(directory: Path, server: str = MAIN_SERVER) -> Lab:
    """Start the Asterisk of a server again, with the same settings; the app may be running. Raises LabError."""
    lab = folder.existing(directory)
    with folder.locked(lab):
        before = read(lab)
        sip, ari = _reach(before, server)
        process.stop(programs.asterisk_record(folder.of_server(lab, server)))
        with ports.reserve_again(int(sip.rpartition(":")[2])) as keeper:
            program = asterisk.ensure(lambda text: None)
            pid = programs.start_asterisk(program, lab, ari, keeper.fileno(), server)
        return save(with_pid(before, server, pid))


def _reach(lab: Lab, server: str) -> tuple[str, dict[str, str]]:
    """Return the SIP address and ARI of a server. Raises LabError."""
    if server == MAIN_SERVER:
        return lab.sip, lab.ari
    found = of_server(lab, server)
    return found["sip"], found["ari"]


def _stop(lab: Path) -> bool:
    """Stop the app before Asterisk and the gates, so that the app can end its calls."""
    servers = folder.every_server(lab)
    if not folder.has_several(lab):  # the guard is no gate
        process.stop(programs.guard_record(lab))
    app = process.stop(programs.app_record(lab))
    process.stop(programs.front_record(lab))
    for server in servers:
        process.stop(programs.guard_record(server))
    ended = [process.stop(programs.asterisk_record(server)) for server in servers]
    return any(ended) or app
