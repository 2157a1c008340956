"""The shell command that changes Warmline's settings."""

import re
import shlex

from cli.doctor.check_facts import CheckFacts


def change(facts: CheckFacts, key: str, value: str | int) -> str:
    """Return the command that writes `key = "value"` into the settings file, in place of the old line.

    The app reads the settings when it starts.
    """
    line = f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"'
    escaped = re.sub(r"([\\|&])", r"\\\1", line)
    file = shlex.quote(str(facts.file))
    swap = f"sed -i {shlex.quote(f's|^{key} *=.*|{escaped}|')} {file}"
    return f"grep -q '^{key} *=' {file} && {swap} || echo {shlex.quote(line)} >> {file}"
