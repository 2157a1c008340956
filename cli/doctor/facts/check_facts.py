"""The facts that checks read: from Asterisk, its files, Warmline's database and the app. Each fact is read once."""

import grp
import re
import shlex
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from cli.client import ari_console, asterisk_conf
from cli.client.asterisk_conf import Conf
from cli.install import freepbx_custom_files
from warmline.centre.app_answer import AppAway
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.options.values.option_types import Value
from warmline.store.configuration import config
from warmline.store.database.database import StoreError
from warmline.system.settings import Settings, secrets_beside
from warmline.text.coded_error import CodedError

SETTING = re.compile(r"^\s+([A-Z][^:]*?):\s+(.*?)\s*$", re.MULTILINE)
STEP = re.compile(r"\d+\. (.*?)\s*\[([^\]]*):(\d+)\]$")


class FactUnknown(CodedError):
    """A fact cannot be read. Another check reports the cause."""


def unknown(error: CodedError) -> FactUnknown:
    """Return the FactUnknown with the code and the sentence of another error."""
    return FactUnknown(error.code, "{why}", why=error)


def unreadable(file: str | Path, error: OSError) -> FactUnknown:
    """Return the FactUnknown for a file that cannot be read."""
    return FactUnknown("fact_file_unreadable", "{file} cannot be read: {why}", file=file, why=error.strerror)


class AsteriskOwner(NamedTuple):
    """The user that Asterisk runs as."""

    user: int
    group: int
    name: str

    @property
    def group_name(self) -> str:
        """Return the group's name, or its number if it has no name."""
        try:
            return grp.getgrgid(self.group).gr_name
        except KeyError:
            return str(self.group)

    def may_write(self, folder: Path) -> bool:
        """Return whether this user can create files in the folder, judged by its owner and mode."""
        found = folder.stat()
        shift = 6 if found.st_uid == self.user else 3 if found.st_gid == self.group else 0
        return self.user == 0 or (found.st_mode >> shift) & 0o3 == 0o3


class DialplanStep(NamedTuple):
    """One priority of the loaded dialplan, and the file it was read from."""

    text: str
    file: str


class CheckFacts:
    """The facts. `ask` calls ARI (method, path: status, JSON), `console` calls Asterisk's console.

    `at` calls ARI of another server, which is named first. `server` is the one server to check, "" for all.
    `file` is the settings file, `secrets` the file with secrets beside it.
    """

    def __init__(
        self,
        settings: Settings,
        file: Path,
        ask: Callable[[str, str], tuple[int, Any]] | None = None,
        console: Callable[[str], str] | None = None,
        at: Callable[[str, str, str], tuple[int, Any]] | None = None,
        server: str = "",
    ) -> None:
        self.server = server
        self.at = at or (lambda name, method, path: ari_console.ask(settings, method, path, name))
        self.settings = settings
        self.file = file
        self.secrets = Path(secrets_beside(str(file)))
        self._ask = ask or (lambda method, path: ari_console.ask(settings, method, path))
        self._console = console or (lambda command: ari_console.console(settings, command))
        self._said: dict[str, str | AppAway] = {}
        self._shown: dict[str, dict[str, dict[str, Value]]] = {}

    def ask(self, method: str, path: str) -> tuple[int, Any]:
        """Return ARI's answer. Raises AppAway."""
        return self._ask(method, path)

    def get(self, path: str, server: str = MAIN_SERVER) -> Any:
        """Return the JSON of the answer of a server's ARI. Raises FactUnknown."""
        try:
            status, told = self.ask("GET", path) if server == MAIN_SERVER else self.at(server, "GET", path)
        except AppAway as error:
            raise unknown(error) from None
        if status != 200:
            raise FactUnknown("ari_answers", "ARI answers {status}", status=status)
        return told

    def console(self, command: str) -> str:
        """Return the console's answer. Raises FactUnknown."""
        if command not in self._said:
            try:
                self._said[command] = self._console(command)
            except AppAway as error:
                self._said[command] = error
        said = self._said[command]
        if isinstance(said, AppAway):
            raise unknown(said)
        return said

    def rx(self, command: str) -> str:
        """Return the shell command that runs this console command."""
        return f"{self.settings.asterisk} -rx {shlex.quote(command)}"

    @cached_property
    def core(self) -> Mapping[str, str]:
        """Return the lines of `core show settings` by their names. Raises FactUnknown."""
        return dict(SETTING.findall(self.console("core show settings")))

    def folder(self, name: str) -> Path:
        """Return one of Asterisk's folders, such as `Spool directory`. Raises FactUnknown."""
        try:
            return Path(self.core[name])
        except KeyError:
            raise FactUnknown("core_setting_missing", "`core show settings` has no {name}", name=name) from None

    def conf(self, name: str) -> Conf:
        """Return one of Asterisk's files as it is now; a missing file is empty. Raises FactUnknown."""
        etc = self.folder("Configuration directory")
        try:
            return asterisk_conf.read(etc, name)
        except FileNotFoundError:
            return Conf()
        except OSError as error:
            raise unreadable(error.filename, error) from None

    def own_file(self, name: str) -> Path:
        """Return the file for lines of one of Asterisk's files, such as `ari.conf`. Raises FactUnknown."""
        try:
            return freepbx_custom_files.own_file(self.folder("Configuration directory"), name)
        except OSError as error:
            raise unreadable(error.filename, error) from None

    def entities(self, kind: str) -> dict[str, dict[str, Value]]:
        """Return all configured entities of that kind with their options. Raises FactUnknown."""
        if kind not in self._shown:
            try:
                self._shown[kind] = config.show_all(self.settings.db, kind)
            except StoreError as error:
                raise unknown(error) from None
        return self._shown[kind]

    @property
    def process(self) -> Path:
        """Return the folder of Asterisk's process in /proc. Raises FactUnknown."""
        file = self.folder("PID file")
        try:
            return Path("/proc", file.read_text().strip())
        except OSError as error:
            raise unreadable(file, error) from None

    @cached_property
    def environ(self) -> dict[str, str]:
        """Return the environment of Asterisk, which its scripts inherit. Raises FactUnknown."""
        file = self.process / "environ"
        try:
            pairs = file.read_bytes().decode(errors="surrogateescape").split("\0")
        except OSError as error:
            raise unreadable(file, error) from None
        return dict(pair.split("=", 1) for pair in pairs if "=" in pair)

    @cached_property
    def owner(self) -> AsteriskOwner:
        """Return the user that Asterisk runs as, who owns its process. Raises FactUnknown."""
        process = self.process
        try:
            found = process.stat()
            name = process.owner()
        except (OSError, KeyError) as error:
            raise FactUnknown(
                "asterisk_user_unreadable", "the user of Asterisk's process cannot be read: {why}", why=error
            ) from None
        return AsteriskOwner(found.st_uid, found.st_gid, name)

    @cached_property
    def dialplan(self) -> dict[str, list[DialplanStep]]:
        """Return the contexts of the loaded dialplan, with their steps and includes in order. Raises FactUnknown."""
        contexts: dict[str, list[DialplanStep]] = {}
        here: list[DialplanStep] = []
        for line in self.console("dialplan show").splitlines():
            if line.startswith("[ Context '"):
                here = contexts.setdefault(line.split("'")[1], [])
            elif found := STEP.search(line):
                here.append(DialplanStep(found[1], found[2]))
            elif "Include =>" in line:
                here.append(DialplanStep(f"include {line.split(chr(39))[1]}", ""))
        return contexts

    @cached_property
    def globals(self) -> dict[str, str]:
        """Return the dialplan's global variables. Raises FactUnknown."""
        shown = self.console("dialplan show globals").splitlines()
        return dict(line.strip().split("=", 1) for line in shown if "=" in line)

    def endpoint(self, phone: str) -> dict[str, str]:
        """Return Asterisk's parameters of an endpoint; empty for an unknown one. Raises FactUnknown."""
        return _parameters(self.console(f"pjsip show endpoint {phone}"))

    def login(self, name: str) -> dict[str, str]:
        """Return Asterisk's parameters of a `type=auth`; empty for an unknown one. Raises FactUnknown."""
        return _parameters(self.console(f"pjsip show auth {name}"))

    def add(self, file: str, section: str, lines: Mapping[str, str], reload: str, *, of: str = "") -> str:
        """Return the shell command that adds lines to a section of one of Asterisk's files, and reloads it.

        `of`: the section among several of that name, such as `type=endpoint`. Raises FactUnknown.
        """
        return self.add_text(file, self.section(file, section, lines, of=of), reload)

    def add_text(self, file: str, text: str, reload: str) -> str:
        """Return the shell command that adds a text to one of Asterisk's files, and reloads it. Raises FactUnknown."""
        return f"{append(self.own_file(file), text)} && {self.rx(reload)}"

    def section(self, file: str, name: str, lines: Mapping[str, str], *, of: str = "") -> str:
        """Return the text of an addition. Raises FactUnknown, also for a name that would add lines."""
        if not name.isprintable():
            raise FactUnknown(
                "section_name_invalid",
                "{name!r} cannot be the name of a section in Asterisk's configuration",
                name=name,
            )
        head = f"[{name}](+{of})" if self.conf(file).named(name) else f"[{name}]"
        return "\n".join((head, *(f"{key} = {value}" for key, value in lines.items()), ""))


def append(path: Path, text: str) -> str:
    """Return the shell command that appends text to a file."""
    escaped = text.replace("\\", "\\\\").replace("%", "%%").replace("\n", "\\n")
    return f"printf {shlex.quote(chr(92) + 'n' + escaped)} >> {shlex.quote(str(path))}"


def _parameters(shown: str) -> dict[str, str]:
    rows = (line.partition(" : ") for line in shown.splitlines() if " : " in line)
    return {key.strip(): value.strip() for key, _, value in rows if key.strip() != "ParameterName"}
