"""Warmline's settings and their secrets: two files, because the program of the APIs may read only the first."""

import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cli.client import ari_console
from cli.client.asterisk_conf import Conf
from cli.install import file_changes, secret_lines
from cli.install.config_lines import MARK
from cli.install.file_changes import FILE, FileChange
from cli.install.install_paths import InstallPaths
from warmline.system.settings import DEFAULT_FILE, DEFAULTS, SECRETS

if TYPE_CHECKING:
    from cli.install.install_plan import InstallPlan

HEAD = f"# {MARK[2:]}"


def changes(places: InstallPaths, plan: "InstallPlan", http: Conf, port: int) -> Iterator[FileChange]:
    """Yield what the files lack; `port` is the port of the APIs. Secrets of an older Warmline are moved.

    Raises OSError, TOMLDecodeError.
    """
    if places.file.exists():
        yield from _moved_secrets(places, plan)
        return
    wanted = places.settings.listen_port
    values = {key: value for key, default in DEFAULTS.items() if (value := getattr(places.settings, key)) != default}
    values |= {"ari_password": plan.secret} | ({"listen_port": port} if port != wanted and not places.media else {})
    secrets = {key: values.pop(key) for key in SECRETS if key in values}
    if not places.media:
        secrets["second_factor_key"] = plan.factor_key  # not at an upgrade: the way back would refuse it as unknown
    if (recordings := str(places.recordings)) != DEFAULTS["recordings"]:
        values["recordings"] = recordings
    if "ari_url" not in values and (url := ari_console.url(http)) != DEFAULTS["ari_url"]:
        values["ari_url"] = url
    if str(places.file) != DEFAULT_FILE:
        plan.notes.append(
            f"Asterisk must be started with WARMLINE_CONFIG={places.file}: its scripts read that file, too"
        )
    yield _secret_file(places, _lines(secrets))
    yield FileChange(FILE, str(places.file), HEAD + _lines(values), _mode(places, 0o644), places.root, places.root)


def _moved_secrets(places: InstallPaths, plan: "InstallPlan") -> Iterator[FileChange]:
    """Yield the changes that move secrets out of a settings file of an older Warmline."""
    text = places.file.read_text(errors="surrogateescape")
    if not any(key in tomllib.loads(text) for key in SECRETS):
        return
    _, lines = secret_lines.parted(text)
    new = _secret_file(places, lines)
    is_there = places.secrets.exists()
    if not lines or (is_there and places.secrets.read_text() != new.text):
        plan.notes.append(f"{places.file} has secrets: move these lines to {places.secrets} by hand")
        return
    if not is_there:
        yield new
    yield FileChange(file_changes.SECRETS, str(places.file), text, _mode(places, 0o644))


def _secret_file(places: InstallPaths, lines: str) -> FileChange:
    return FileChange(FILE, str(places.secrets), HEAD + lines, _mode(places, 0o640), places.root, places.group)


def _mode(places: InstallPaths, mode: int) -> int:
    return mode if places.user >= 0 else 0o600


def _lines(values: dict[str, str | int]) -> str:
    return "".join(f"{key} = {_toml(value)}\n" for key, value in values.items())


def _toml(value: object) -> str:
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return str(value) if isinstance(value, int) else f'"{text}"'
