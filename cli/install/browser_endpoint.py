"""Browser phones in an installation: their endpoint in pjsip.conf, its password, and the settings."""

import secrets
from collections.abc import Iterator
from dataclasses import replace

from cli.client.asterisk_conf import Conf
from cli.install import file_changes
from cli.install.config_lines import MARK, added, read_conf
from cli.install.file_changes import FileChange
from cli.install.install_paths import InstallPaths
from warmline.system.asterisk_requirements import BROWSER_ENDPOINT, BROWSER_OPTIONS

HEAD = f"# {MARK[2:]}"
PORT = "5060"  # of SIP, if no transport names another


def wanted_settings(places: InstallPaths) -> InstallPaths:
    """Return the places with the settings that browser phones need; values that exist stay. Raises OSError."""
    conf, known = read_conf(places.etc, "pjsip.conf"), places.settings
    password = conf.value(BROWSER_ENDPOINT, "password") or known.browser_password or secrets.token_urlsafe(24)
    address = known.browser_sip or f"127.0.0.1:{_port(conf)}"
    return replace(places, settings=known._replace(browser_sip=address, browser_password=password))


def changes(places: InstallPaths, before: InstallPaths) -> Iterator[FileChange]:
    """Yield the changes of pjsip.conf, and those of settings that exist. `before`: the settings as they are.

    Raises OSError.
    """
    conf, known = read_conf(places.etc, "pjsip.conf"), places.settings
    if not conf.named(BROWSER_ENDPOINT):
        yield from added(places, "pjsip.conf", _endpoint(known.browser_password))
    if not places.file.exists():
        return  # the new files have them
    if not before.settings.browser_sip:
        yield file_changes.lines(places.file, f'{HEAD}browser_sip = "{known.browser_sip}"\n')
    if not before.settings.browser_password:
        file = places.secrets if places.secrets.exists() else places.file
        yield file_changes.lines(file, f'{HEAD}browser_password = "{known.browser_password}"\n')


def _endpoint(password: str) -> str:
    options = "".join(f"{key} = {value}\n" for key, value in BROWSER_OPTIONS.items())
    auth = f"type = auth\nauth_type = userpass\nusername = {BROWSER_ENDPOINT}\npassword = {password}\n"
    return f"[{BROWSER_ENDPOINT}]\n{options}[{BROWSER_ENDPOINT}]\n{auth}"


def _port(conf: Conf) -> str:
    """Return the UDP port of a transport."""
    for section in conf.sections:
        is_udp = (section.value("type"), section.value("protocol") or "udp") == ("transport", "udp")
        if is_udp and (port := (section.value("bind") or "").rpartition(":")[2]).isdigit():
            return port
    return PORT
