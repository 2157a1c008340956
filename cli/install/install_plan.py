"""The plan of an installation: the changes that this Asterisk still needs for Warmline."""

import os
import re
import secrets
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from cli.client.asterisk_conf import Conf
from cli.install import (
    InstallError,
    browser_endpoint,
    database_access,
    freepbx_custom_files,
    media_server,
    settings_files,
    systemd_units,
)
from cli.install.config_lines import added, first_step, note_if_new, read_conf
from cli.install.file_changes import FILE, FOLDER, LINK, FileChange
from cli.install.install_paths import InstallPaths
from warmline.access import one_time_codes
from warmline.system.asterisk_requirements import CHANNELVARS, WRITE_TIMEOUT
from warmline.system.database_address import folder_of
from warmline.system.program_files import DIALPLAN, agi_scripts

PORT = re.compile(r"(?:^[^:]*|\]):(\d+)$")  # at the end of an address


@dataclass(slots=True)
class InstallPlan:
    """A plan. `notes`: what the administrator must check; `later`: what must follow.

    `secret` is ARI's password, `webhook_secret` the key of webhooks, `browser_secret` the password of browser phones,
    and `factor_key` the key of second factors; none is printed.
    """

    changes: list[FileChange] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    secret: str = ""
    webhook_secret: str = ""
    browser_secret: str = ""
    factor_key: str = ""

    def shown(self, line: str) -> str:
        """Return a line of a diff without secrets."""
        secrets = (self.secret, "password"), (self.webhook_secret, "webhook secret"), (self.browser_secret, "password")
        for secret, name in (*secrets, (self.factor_key, "key")):
            line = line.replace(secret, f"(the {name})") if secret else line
        return line


@dataclass(frozen=True, slots=True)
class InstallOptions:
    """Facts that only the administrator knows: the context of incoming calls, and EXTEN@CONTEXT for logins.

    `browser_phones`: agents may use phones in their browsers.
    """

    from_trunk: str = ""
    login: str = ""
    browser_phones: bool = False


def make(places: InstallPaths, wishes: InstallOptions, done: Sequence[FileChange] = ()) -> InstallPlan:
    """Return the plan, whose last change is the dialplan's. `done`: previous changes. Raises InstallError, OSError."""
    before, places = places, browser_endpoint.wanted_settings(places) if wishes.browser_phones else places
    known = places.settings
    plan = InstallPlan(webhook_secret=known.webhook_secret, browser_secret=known.browser_password)
    plan.factor_key = known.second_factor_key or one_time_codes.new_key()
    http, users = (read_conf(places.etc, name) for name in ("http.conf", "ari.conf"))
    plan.secret = _password(places, users)
    port = _port(places, plan, http)
    plan.changes += [*_folders(places), *database_access.changes(places)]
    plan.changes += [*settings_files.changes(places, plan, http, port), *_links(places)]
    plan.changes += [*_command(places, plan), *_units(places, plan, done, port)]
    plan.changes += added(places, "http.conf", _http(plan, http))
    plan.changes += added(places, "ari.conf", _ari(places, plan, users))
    plan.changes += browser_endpoint.changes(places, before) if wishes.browser_phones else ()
    plan.changes += added(places, "extensions.conf", _dialplan(places, wishes, plan))
    return plan


def _password(places: InstallPaths, users: Conf) -> str:
    """Return ARI's password from the file that has it, else a new one. Raises InstallError if the files differ."""
    user = places.settings.ari_user
    theirs = users.value(user, "password")
    ours = places.settings.ari_password
    if places.file.exists() and not ours:
        raise InstallError(
            "ari_password_missing",
            "{file} has no ari_password; write one there, and install again",
            file=places.secrets,
        )
    if theirs and ours and theirs != ours:
        raise InstallError(
            "ari_passwords_differ",
            "the password of [{user}] in ari.conf and ari_password in {file} differ; make them equal",
            user=user,
            file=places.file,
        )
    return theirs or ours or secrets.token_urlsafe(24)


def _folders(places: InstallPaths) -> Iterator[FileChange]:
    """Yield the folders: those of calls belong to Asterisk's user, the settings' to root, who runs commands by them."""
    known = places.settings
    wanted = (folder_of(known.db), Path(known.spool), Path(known.run), places.recordings)
    for folder in (his := _missing(*wanted)):
        mode = systemd_units.RUN_MODE if folder == Path(known.run) else 0o750
        yield FileChange(FOLDER, str(folder), mode=mode, user=places.user, group=places.group)
    for folder in _missing(places.file.parent):
        if folder not in his:
            yield FileChange(FOLDER, str(folder), mode=0o755, user=places.root, group=places.root)


def _missing(*folders: Path) -> list[Path]:
    """Return the folders that do not exist, each after its parent."""
    every = dict.fromkeys(above for one in folders for above in (*reversed(one.parents), one))
    return [folder for folder in every if not folder.exists()]


def _port(places: InstallPaths, plan: InstallPlan, http: Conf) -> int:
    """Return the app's port, from the settings or free; add a note if Asterisk has the port of the settings."""
    wanted = places.settings.listen_port
    if (port := _free_port(wanted, http)) != wanted:
        told = f"Asterisk's HTTP server has port {wanted} (http.conf): the app's is to be another, listen_port = {port}"
        if not places.media:
            plan.notes.append(f"{told} in {places.file}")
    return wanted if places.file.exists() else port


def _free_port(wanted: int, http: Conf) -> int:
    """Return that port, or the next that Asterisk's own HTTP server does not have."""
    theirs = {http.value("general", "bindport") or "8088"}
    if http.on("general", "tlsenable"):
        named = PORT.search(http.value("general", "tlsbindaddr") or "")
        theirs.add(named[1] if named else "8089")
    return next(port for port in count(wanted) if str(port) not in theirs)


def _links(places: InstallPaths) -> Iterator[FileChange]:
    if not places.agi.is_dir():
        yield FileChange(FOLDER, str(places.agi), mode=0o755)
    for script in agi_scripts():
        link = places.agi / script.name
        if link.is_symlink() and link.resolve() == script:
            continue
        if link.exists() or link.is_symlink():
            raise InstallError(
                "agi_link_taken",
                "{link} exists and is not Warmline's {script}; move it away, and install again",
                link=link,
                script=script.name,
            )
        yield FileChange(LINK, str(link), str(script))


def _command(places: InstallPaths, plan: InstallPlan) -> Iterator[FileChange]:
    """Yield the link to `warmline` in a folder on the PATH of every shell and of sudo."""
    program = Path(sys.executable).with_name("warmline")
    if places.command is None or not program.exists():
        return
    link = places.command / "warmline"
    if not os.path.lexists(link):
        yield FileChange(LINK, str(link), str(program))
    elif link.resolve() != program.resolve():
        plan.notes.append(f"{link} is another program, and stays: type {program} in place of warmline")


def _units(places: InstallPaths, plan: InstallPlan, done: Sequence[FileChange], port: int) -> Iterator[FileChange]:
    """Yield the missing units, and Warmline's units that a newer version changes.

    A unit of the Debian package is not missing if it fits this machine.
    """
    if places.units is None:
        return
    ours = {(change.path, change.text) for change in done}
    for name, made in systemd_units.made(places, port).items():
        path = places.units / name
        there = path.read_text() if path.exists() else None
        if made == (there or systemd_units.packaged(name)):
            continue
        if there is None or (str(path), there) in ours:
            yield FileChange(FILE, str(path), made, user=places.root, group=places.root)
        else:
            plan.notes.append(f"{path} is not as `warmline install` made it, and stays as it is")


def _http(plan: InstallPlan, http: Conf) -> str:
    wanted = _on(plan, "http.conf", http)
    if http.value("general", "bindaddr") is None:
        wanted["bindaddr"] = "127.0.0.1"
    return _general(http, wanted)


def _ari(places: InstallPaths, plan: InstallPlan, users: Conf) -> str:
    wanted = {"websocket_write_timeout": str(WRITE_TIMEOUT), "channelvars": ",".join(CHANNELVARS)}
    wanted = {key: value for key, value in wanted.items() if users.value("general", key) is None}
    text = _general(users, _on(plan, "ari.conf", users) | wanted)
    theirs = users.value("general", "channelvars")
    named = (theirs or "").replace(" ", "").split(",")
    if theirs and (missing := [name for name in CHANNELVARS if name not in named]):
        plan.notes.append(f"ari.conf has channelvars={theirs}: add {','.join(missing)} to that line")
    if not users.named(places.settings.ari_user):
        text += f"[{places.settings.ari_user}]\ntype = user\npassword = {plan.secret}\n"
        file = freepbx_custom_files.own_file(places.etc, "ari.conf")
        if file.exists() and file.stat().st_mode & stat.S_IROTH:
            plan.notes.append(f"every user of this machine can read ARI's password there: chmod o-rwx {file}")
    return text


def _on(plan: InstallPlan, name: str, conf: Conf) -> dict[str, str]:
    """Return the line that switches ARI on, if it is off: without ARI there are no calls."""
    if conf.on("general", "enabled"):
        return {}
    if (said := conf.value("general", "enabled")) is not None:
        plan.notes.append(f"{name} has enabled = {said}: a line at its end switches it on")
    return {"enabled": "yes"}


def _general(conf: Conf, values: dict[str, str]) -> str:
    """Return lines for [general]; if the section exists, they are added to it."""
    if not values:
        return ""
    head = "[general](+)" if conf.named("general") else "[general]"
    return "\n".join((head, *(f"{key} = {value}" for key, value in values.items()), ""))


def _dialplan(places: InstallPaths, wishes: InstallOptions, plan: InstallPlan) -> str:
    """Return the include, and the lines for the wanted contexts. Raises InstallError."""
    conf = read_conf(places.etc, "extensions.conf")
    text = "" if conf.has(DIALPLAN, places.etc) else f'#include "{DIALPLAN}"\n'
    include = ("include", "warmline-from-trunk")
    if wishes.from_trunk and not any(include in one.lines for one in conf.named(wishes.from_trunk)):
        note_if_new(places, plan, conf, wishes.from_trunk)
        text += f"[{wishes.from_trunk}]\ninclude => warmline-from-trunk\n"
    extension, _, context = wishes.login.partition("@")
    login = f"{extension},1,Goto(warmline-login,s,1)"
    if wishes.login and not any(("exten", login) in one.lines for one in conf.named(context)):
        if taken := first_step(conf, context, extension):
            raise InstallError(
                "login_extension_taken",
                "[{context}] has exten => {extension} already; choose another extension with --login",
                context=context,
                extension=taken,
            )
        note_if_new(places, plan, conf, context)
        text += f"[{context}]\nexten => {login}\n"
    return text + (media_server.dialplan(places, conf) if places.media else "")
