"""A lab from start to end: a private Asterisk and the app on loopback, in a separate folder."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lab import asterisk, configure, demo_config, folder, music, ports, process, programs, templates
from lab.description import Lab, ari_password, describe, last_sip_port, phone_passwords, read, save, user_passwords
from lab.lab_error import LabError

Say = Callable[[str], None]


def up(directory: Path, trunk: str = "", changes: Path | None = None, say: Say = lambda text: None) -> Lab:
    """Start a lab in `directory`, and wait until it accepts calls.

    `trunk` (HOST:PORT on loopback) gets outgoing calls; without it, built-in numbers answer them. `changes` is a TOML
    file of configuration changes. A folder of a previous lab keeps its database, ports and passwords, and a lab that
    runs goes on. `say` is called with texts about long steps. Raises LabError, with no program left running.
    """
    peer = ports.loopback(trunk) if trunk else ""
    wanted = configure.read(changes) if changes else []
    lab = folder.claim(directory)
    with folder.locked(lab):
        running = [process.running(record(lab)) for record in (programs.asterisk_record, programs.app_record)]
        if all(running) and not (peer or wanted):
            return read(lab)
        if any(running):
            raise LabError(
                "lab_running",
                "the lab in {folder} is running; stop it first: warmline lab down --dir {folder}",
                folder=lab,
            )
        people = user_passwords(lab)
        program = asterisk.ensure(say)
        passwords, ari = phone_passwords(lab), ari_password(lab)
        block, keeper = ports.reserve(last_sip_port(lab))
        with keeper:
            templates.write(lab, program, block, peer, passwords, ari)
            music.write(lab / "music/tone.wav")
            configure.fill(folder.database(lab), [*demo_config.users(people), *wanted])
            made = describe(lab, program, block, passwords, ari, people)
            try:
                pids = {"asterisk": programs.start_asterisk(program, lab, made.ari, keeper.fileno())}
                pids["warmline"] = programs.start_app(lab, made.api, made.ari)
                pids["guard"] = programs.start_guard(lab)
            except BaseException:
                _stop(lab)
                raise
        return save(replace(made, pids=pids))


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
            pid = programs.start_app(lab, before.api, before.ari)
        except BaseException:
            process.stop(programs.app_record(lab))
            raise
        return save(replace(before, pids={**before.pids, "warmline": pid}))


def restart_asterisk(directory: Path) -> Lab:
    """Start the Asterisk of a lab again, with the same settings; the app may be running. Raises LabError."""
    lab = folder.existing(directory)
    with folder.locked(lab):
        before = read(lab)
        process.stop(programs.asterisk_record(lab))
        with ports.reserve_again(int(before.sip.rpartition(":")[2])) as keeper:
            pid = programs.start_asterisk(asterisk.ensure(lambda text: None), lab, before.ari, keeper.fileno())
        return save(replace(before, pids={**before.pids, "asterisk": pid}))


def _stop(lab: Path) -> bool:
    """Stop the app before Asterisk, so that the app can end its calls."""
    process.stop(programs.guard_record(lab))
    app = process.stop(programs.app_record(lab))
    return process.stop(programs.asterisk_record(lab)) or app
