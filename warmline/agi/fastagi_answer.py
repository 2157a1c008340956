"""Lets the AGI process answer for a script that cannot read the database of a server itself.

A script that the dialplan runs as a process often has no driver for PostgreSQL, and the copy for routing has no calls.
"""

import socket

from warmline.system import heartbeat_file

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from warmline.agi.channel import AGI
    from warmline.system.settings import Settings

COMMAND_TIMEOUT_SECONDS = 2.5  # for each command; the AGI process ends a request after 2 s


def relay_answer(channel: "AGI", config: "Settings", script: str, argument: str) -> bool:
    """Carry out the commands with which the AGI process answers `script`; return whether it sent any.

    Without a heartbeat of the AGI process it is not asked, as in the dialplan: another program may have its port.
    Raises the channel's errors, which end the request.
    """
    age_seconds = heartbeat_file.get_age_seconds(str(config.run), heartbeat_file.AGI)
    if (
        not config.fastagi
        or age_seconds is None
        or age_seconds > heartbeat_file.STOPPED_SECONDS
        or not argument.isalnum()
    ):
        return False
    host, _, port = config.fastagi.rpartition(":")
    command_count = 0
    try:
        with (
            socket.create_connection((host.strip("[]"), int(port)), COMMAND_TIMEOUT_SECONDS) as connection,
            connection.makefile("rwb") as stream,
        ):
            stream.write(f"agi_network_script: {script}\nagi_arg_1: {argument}\n\n".encode())
            stream.flush()
            for line in stream:
                channel.send_command(line.decode().rstrip("\n"))
                command_count += 1
                stream.write(f"200 result={channel.get_result(COMMAND_TIMEOUT_SECONDS)['result'][0]}\n".encode())
                stream.flush()
    except (OSError, ValueError):  # the AGI process has ended, or the setting is wrong
        return command_count > 0
    return command_count > 0
