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
    path = file_of(facts, key)
    file = shlex.quote(str(path))
    if has_tables(path):
        return f"{without(key, file)} && sed -i {shlex.quote(f'1i {line}')} {file}"
    swap = f"sed -i {shlex.quote(f's|^{key} *=.*|{escaped}|')} {file}"
    return f"grep -q '^{key} *=' {file} && {swap} || echo {shlex.quote(line)} >> {file}"


def has_tables(path: Path) -> bool:
    """Return whether a settings file has tables of servers. A line at its end would belong to one of them."""
    try:
        return bool(re.search(r"^[ \t]*\[", path.read_text(errors="replace"), re.MULTILINE))
    except OSError:
        return False


def without(key: str, file: str) -> str:
    """Return the command that removes a setting from a quoted file, but not from its tables."""
    return f"sed -i '0,/^ *\\[/{{/^{key} *=/d}}' {file}"
