"""The shell command that changes Warmline's settings."""

import re
import shlex
from pathlib import Path

from cli.doctor.facts.check_facts import CheckFacts
from warmline.system.settings import SECRETS


def file_of(facts: CheckFacts, key: str) -> Path:
    """Return the file in which a setting stands, or belongs: for a secret, the file with secrets if there is one."""
    return facts.secrets if key in SECRETS and facts.secrets.exists() else facts.file


def change(facts: CheckFacts, key: str, value: str | int) -> str:
    """Return the command that writes `key = "value"` into the settings file, in place of the old line.

    The app reads the settings when it starts.
    """
    line = f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"'
    escaped = re.sub(r"([\\|&])", r"\\\1", line)
    file = shlex.quote(str(file_of(facts, key)))
    swap = f"sed -i {shlex.quote(f's|^{key} *=.*|{escaped}|')} {file}"
    return f"grep -q '^{key} *=' {file} && {swap} || echo {shlex.quote(line)} >> {file}"
