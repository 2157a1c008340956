"""What has to be changed for Warmline to work in an Asterisk: nothing that is there already."""

import grp
import secrets
import shlex
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from warmline.cli import asterisk_conf
from warmline.cli.asterisk_conf import Conf
from warmline.cli.installing import changes
from warmline.cli.installing.changes import FILE, FOLDER, LINK, Change
from warmline.cli.installing.places import PROJECT, InstallError, Places
from warmline.settings import DEFAULT_FILE, DEFAULTS

DIALPLAN = PROJECT / "dialplan/warmline.conf"
UNITS = {"serve": PROJECT / "systemd/warmline.service", "guard": PROJECT / "systemd/warmline-guard.service"}
CHANNELVARS = "WARMLINE_CALL,WARMLINE_SESSION,WARMLINE_DIALLED,WARMLINE_WHY"
WRITE_TIMEOUT = 5000  # milliseconds
MARK = "; added by `warmline install`; `warmline uninstall` takes it out\n"


@dataclass(slots=True)
class Plan:
    """`notes`: what is left to the administrator, since it is his; `secret`: what no screen is to show."""

    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What only the administrator knows: the context where calls come in, and EXTEN@CONTEXT where phones log in."""

    from_trunk: str = ""
    login: str = ""


def make(places: Places, wishes: Wishes) -> Plan:
    """The plan; its last change is the dialplan's. Raises InstallError, OSError."""
    plan = Plan()
    http, ari = (_conf(places.etc, name) for name in ("http.conf", "ari.conf"))
    plan.secret = _password(places, ari)
    plan.changes += [*_folders(places), *_settings(places, plan, http), *_links(places), *_units(places, plan)]
    plan.changes += _lines(places, "http.conf", _http(http))
    plan.changes += _lines(places, "ari.conf", _ari(places, plan, ari))
    plan.changes += _lines(places, "extensions.conf", _dialplan(places, wishes))
    return plan


def _conf(etc: Path, name: str) -> Conf:
    return asterisk_conf.read(etc, name) if (etc / name).exists() else Conf()


def _password(places: Places, ari: Conf) -> str:
    """ARI's: that of whichever file has it, else a new one. Raises InstallError if they differ."""
    user = places.settings.ari_user
    theirs = ari.value(user, "password")
    ours = places.settings.ari_password
    if places.file.exists() and not ours:
        raise InstallError(f"{places.file} has no ari_password: write one there, and install again")
    if theirs and ours and theirs != ours:
        raise InstallError(f"the passwords of [{user}] in ari.conf and of ari_password in {places.file} differ")
    return theirs or ours or secrets.token_urlsafe(24)


def _folders(places: Places) -> Iterator[Change]:
    known = places.settings
    wanted = (Path(known.db).parent, Path(known.spool), Path(known.run), places.recordings, places.file.parent)
    for folder in dict.fromkeys(above for one in wanted for above in (*reversed(one.parents), one)):
        if not folder.exists():
            mode = 0o755 if folder == places.file.parent else 0o750
            yield Change(FOLDER, str(folder), mode=mode, user=places.user, group=places.group)


def _settings(places: Places, plan: Plan, http: Conf) -> Iterator[Change]:
    if places.file.exists():
        return
    values = {key: value for key, value in places.settings._asdict().items() if value != DEFAULTS[key]}
    values |= {"ari_password": plan.secret}
    if (recordings := str(places.recordings)) != DEFAULTS["recordings"]:
        values["recordings"] = recordings
    if "ari_url" not in values and (url := _url(http)) != DEFAULTS["ari_url"]:
        values["ari_url"] = url
    if str(places.file) != DEFAULT_FILE:
        plan.notes.append(
            f"Asterisk must be started with WARMLINE_CONFIG={places.file}: its scripts read that file, too"
        )
    text = "".join(f"{key} = {_toml(value)}\n" for key, value in values.items())
    root = 0 if places.user >= 0 else -1
    mode = 0o640 if places.user >= 0 else 0o600
    yield Change(FILE, str(places.file), f"# {MARK[2:]}{text}", mode, root, places.group)


def _url(http: Conf) -> str:
    """Where ARI answers programs of this machine."""
    host = http.value("general", "bindaddr") or "127.0.0.1"
    port = http.value("general", "bindport") or "8088"
    prefix = (http.value("general", "prefix") or "").strip("/")
    here = "127.0.0.1" if host in ("0.0.0.0", "::", "[::]") else host  # noqa: S104 - what is asked is whether it is so
    return "/".join(filter(None, (f"http://{here}:{port}", prefix, "ari")))


def _toml(value: object) -> str:
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return str(value) if isinstance(value, int) else f'"{text}"'


def _links(places: Places) -> Iterator[Change]:
    if not places.agi.is_dir():
        yield Change(FOLDER, str(places.agi), mode=0o755)
    for script in sorted(file for file in (PROJECT / "agi-bin").iterdir() if file.is_file()):
        link = places.agi / script.name
        if link.is_symlink() and link.resolve() == script:
            continue
        if link.exists() or link.is_symlink():
            raise InstallError(f"{link} is there and is not Warmline's {script.name}: move it away, and install again")
        yield Change(LINK, str(link), str(script))


def _units(places: Places, plan: Plan) -> Iterator[Change]:
    if places.units is None:
        return
    root = 0 if places.user >= 0 else -1
    for command, file in UNITS.items():
        path = places.units / file.name
        if path.exists():
            plan.notes.append(f"{path} is there already and stays as it is")
        else:
            yield Change(FILE, str(path), unit(places, command), user=root, group=root)


def unit(places: Places, command: str) -> str:
    """The systemd unit of `warmline serve` or `warmline guard`, with this machine's paths and user."""
    known = places.settings
    writes = {Path(known.db).parent, Path(known.spool), places.recordings}
    writes |= {Path(known.queue_log).parent} if known.queue_log else set()
    writes |= {Path(known.run)} if known.run != DEFAULTS["run"] else set()
    program = Path(sys.executable).with_name("warmline")
    at_home = any(program.is_relative_to(home) for home in ("/home", "/root", "/run/user"))
    values = {
        "User": places.name,
        "Group": grp.getgrgid(places.group).gr_name if places.group >= 0 else places.name,
        "ExecStart": f"{shlex.quote(str(program))} {command}",
        "ReadWritePaths": " ".join(sorted(map(str, writes))),
        "ProtectHome": "read-only" if at_home else "true",
    }
    made = []
    for line in UNITS[command].read_text().splitlines():
        key = line.partition("=")[0]
        made.append(f"{key}={values[key]}" if key in values else line)
        if line == "[Service]" and str(places.file) != DEFAULT_FILE:
            made.append(f"Environment=WARMLINE_CONFIG={places.file}")
    return "\n".join(made) + "\n"


def _http(http: Conf) -> str:
    missing = {"enabled": "yes", "bindaddr": "127.0.0.1"}
    return _general(http, {key: value for key, value in missing.items() if http.value("general", key) is None})


def _ari(places: Places, plan: Plan, ari: Conf) -> str:
    wanted = {"enabled": "yes", "websocket_write_timeout": str(WRITE_TIMEOUT), "channelvars": CHANNELVARS}
    text = _general(ari, {key: value for key, value in wanted.items() if ari.value("general", key) is None})
    theirs = ari.value("general", "channelvars")
    named = (theirs or "").replace(" ", "").split(",")
    if theirs and (missing := [name for name in CHANNELVARS.split(",") if name not in named]):
        plan.notes.append(f"ari.conf has channelvars={theirs}: add {','.join(missing)} to that line")
    if not ari.named(places.settings.ari_user):
        text += f"[{places.settings.ari_user}]\ntype = user\npassword = {plan.secret}\n"
        file = places.etc / "ari.conf"
        if file.exists() and file.stat().st_mode & stat.S_IROTH:
            plan.notes.append(f"every user of this machine can read ARI's password there: chmod o-rwx {file}")
    return text


def _general(conf: Conf, values: dict[str, str]) -> str:
    """Lines for [general], which they are added to if it is there."""
    if not values:
        return ""
    head = "[general](+)" if conf.named("general") else "[general]"
    return "\n".join((head, *(f"{key} = {value}" for key, value in values.items()), ""))


def _dialplan(places: Places, wishes: Wishes) -> str:
    conf = _conf(places.etc, "extensions.conf")
    included = any((places.etc / name).resolve() == DIALPLAN for name in conf.includes)
    text = "" if included else f'#include "{DIALPLAN}"\n'
    include = ("include", "warmline-from-trunk")
    if wishes.from_trunk and not any(include in one.lines for one in conf.named(wishes.from_trunk)):
        text += f"[{wishes.from_trunk}]\ninclude => warmline-from-trunk\n"
    extension, _, context = wishes.login.partition("@")
    login = ("exten", f"{extension},1,Goto(warmline-login,s,1)")
    if wishes.login and not any(login in one.lines for one in conf.named(context)):
        text += f"[{context}]\nexten => {login[1]}\n"
    return text


def _lines(places: Places, name: str, text: str) -> Iterator[Change]:
    """Lines for a user's file, or that file."""
    path = places.etc / name
    if text and path.exists():
        yield changes.lines(path, MARK + text)
    elif text:
        yield Change(FILE, str(path), MARK + text, 0o600, places.user, places.group)
