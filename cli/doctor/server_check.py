"""Checks of several Asterisk servers: each lets Warmline in, has what calls need, and a name of its own."""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from cli.doctor import server_console
from cli.doctor.checks.ari_check import NOBODY
from cli.doctor.checks.phone_check import trunks
from cli.doctor.facts import sound_files
from cli.doctor.facts.check_facts import CheckFacts, FactUnknown
from cli.doctor.facts.finding import Check, Finding, Severity, error, few, good, note, warning
from warmline.centre.app_answer import AppAway
from warmline.store.database.database import StoreError
from warmline.store.reports import recordings
from warmline.system.asterisk_requirements import BROWSER_ENDPOINT, DIALPLAN_MODULES, MODULES, OLDEST_TEXT, new_enough
from warmline.system.loopback import is_local
from warmline.system.server_settings import ServerSettings, every_server

NAME = "servers"  # of the check


def servers(facts: CheckFacts) -> Iterator[Finding]:
    """Check each server besides `main`, whose own checks are the others, and that their names differ."""
    found = every_server(facts.settings)
    for one in found[1:]:
        if facts.server in ("", one.name):
            yield from _server(facts, one)
            yield from server_console.look(facts, one)
    if len(found) > 1:
        yield from _names(facts, [one.name for one in found])
        yield from _phones(facts)
    if not facts.server:
        yield from _unmeasured(facts)


def _server(facts: CheckFacts, one: ServerSettings) -> Iterator[Finding]:
    """Yield the faults of a server, or one good finding."""
    try:
        faults = [*_clear(facts, one), *_login(facts, one)]
        if all(fault.severity is not Severity.ERROR for fault in faults):
            faults += [*_version(facts, one), *_modules(facts, one), *_endpoints(facts, one), *_sounds(facts, one)]
    except FactUnknown as reason:
        yield Finding(Severity.UNKNOWN, str(reason), code="not_looked_at")
        return
    except AppAway as problem:
        why = "callers and calls of this server take its fallback, and the other servers carry their load"
        yield error("server_away", f"server {one.name}: {problem}", why, _look_there(facts, one), by_hand=True)
        return
    yield from faults or [good("server_good", f"server {one.name} works at {one.ari_url}")]


def _look_there(facts: CheckFacts, one: ServerSettings) -> str:
    return f"start Asterisk there, and compare ari_url of [server.{one.name}] in {facts.file} with its http.conf"


def _clear(facts: CheckFacts, one: ServerSettings) -> Iterator[Finding]:
    where = urlsplit(one.ari_url)
    if where.scheme != "https" and not is_local(where.hostname or ""):
        found = f"server {one.name}: the password of ARI passes unencrypted to {where.hostname}"
        why = "a program in the network that reads it can do everything with the calls of this server"
        fix = f"run the gate with a certificate there, and write https:// into ari_url of [server.{one.name}]"
        yield warning("server_unencrypted", found, why, f"{fix} in {facts.file}", by_hand=True)


def _login(facts: CheckFacts, one: ServerSettings) -> Iterator[Finding]:
    status, _ = facts.at(one.name, "DELETE", NOBODY)
    away = "the app cannot connect to it: its callers take the fallback"
    if status == HTTPStatus.UNAUTHORIZED:
        found = f"server {one.name}: ARI does not accept the user {one.ari_user} or its password"
        fix = f"write the password of its ari.conf as ari_password of [server.{one.name}] into {facts.secrets}"
        yield error("server_login_refused", found, away, fix, by_hand=True)
    elif status == HTTPStatus.FORBIDDEN:
        found = f"server {one.name}: {one.ari_user} may only read (read_only=yes)"
        yield error(
            "server_user_reads_only",
            found,
            "the app cannot move any channel there",
            "write read_only = no for it into the ari.conf of this server, then: asterisk -rx 'ari reload'",
            by_hand=True,
        )
    elif status == HTTPStatus.CONFLICT:
        found = f"server {one.name}: its gate follows an app with a newer database"
        fix = "stop one of the two apps; with this database, remove the file gate-epoch there and restart the guard"
        yield error("server_led_by_another", found, away, fix, by_hand=True)
    elif status != HTTPStatus.NOT_FOUND or facts.at(one.name, "GET", "asterisk/info")[0] != HTTPStatus.OK:
        found = f"server {one.name}: no ARI at {one.ari_url}: the answer is {status}"
        yield error("server_ari_missing", found, away, _look_there(facts, one), by_hand=True)


def _version(facts: CheckFacts, one: ServerSettings) -> Iterator[Finding]:
    found = str(facts.get("asterisk/info", one.name)["system"]["version"])
    if not new_enough(found):
        why = "phones could transfer calls there without Warmline"
        fix = f"install Asterisk {OLDEST_TEXT} there"
        yield error("server_version_old", f"server {one.name}: Asterisk {found}", why, fix, by_hand=True)


def _modules(facts: CheckFacts, one: ServerSettings) -> Iterator[Finding]:
    told = facts.get("asterisk/modules", one.name)
    running = {str(module["name"]) for module in told if module["status"] == "Running"}
    if missing := sorted((MODULES | DIALPLAN_MODULES) - running):
        found = f"server {one.name}: modules that do not run: {', '.join(missing)}"
        fix = " && ".join(f"asterisk -rx 'module load {name}'" for name in missing)
        why = "calls there that need them are refused or end"
        yield error("server_modules_missing", found, why, f"run there: {fix}", by_hand=True)


def _endpoints(facts: CheckFacts, one: ServerSettings) -> Iterator[Finding]:
    """Yield the phones and trunks that are no endpoint of the server; each agent is called from each server."""
    there = {str(endpoint["resource"]) for endpoint in facts.get("endpoints/PJSIP", one.name)}
    wanted = [*facts.entities("phone"), *trunks(facts), *([BROWSER_ENDPOINT] if one.browser_sip else [])]
    if missing := [name for name in wanted if name not in there]:
        found = f"server {one.name} has no endpoint {few(missing)}"
        why = "agents with these phones get no call of this server, and calls there cannot be dialled by these trunks"
        fix = "write them into the pjsip.conf there, with the names that they have on `main`, and reload res_pjsip"
        yield error("server_endpoints_missing", found, why, fix, by_hand=True)


def _sounds(facts: CheckFacts, one: ServerSettings) -> Iterator[Finding]:
    """Yield the sound files of options that the server does not list. It lists none that has a whole path."""
    facts.entities("ingroup")  # raises FactUnknown if no database can be read
    files = dict.fromkeys(sound.file for sound in sound_files.named(facts.settings.db))
    missing = [file for file in files if not file.startswith("/") and not _has_sound(facts, one, file)]
    if missing:
        found = f"server {one.name} does not list these sound files: {few(missing)}"
        why = "callers there hear nothing at that point, unless the file is outside of the folder of a language"
        fix = "copy the files of `main` into the folder of sounds there, then: asterisk -rx 'module reload sounds'"
        yield warning("server_sounds_missing", found, why, fix, by_hand=True)


def _has_sound(facts: CheckFacts, one: ServerSettings, file: str) -> bool:
    return facts.at(one.name, "GET", f"sounds/{quote(file, safe='')}")[0] == HTTPStatus.OK


def _names(facts: CheckFacts, servers: list[str]) -> Iterator[Finding]:
    """Yield whether each Asterisk has another `systemname`: the ids of channels begin with it."""
    of: dict[str, list[str]] = {}
    for server in servers:
        try:
            of.setdefault(str(facts.get("asterisk/info", server).get("config", {}).get("name", "")), []).append(server)
        except FactUnknown:
            continue  # another finding says so
    shared = {name: those for name, those in of.items() if len(those) > 1}
    for name, those in shared.items():
        found = f"servers {' and '.join(those)} have the same systemname: {name or 'none'}"
        why = "a channel of one can have the id of a channel of the other, and their calls would be mixed up"
        fix = "write systemname = NAME into [options] of the asterisk.conf of each, another NAME, and restart Asterisk"
        yield error("server_systemname_shared", found, why, fix, by_hand=True)
    if not shared and len(of) == len(servers):
        yield good("server_systemnames_good", f"systemnames: {', '.join(name or 'none' for name in of)}")


def _unmeasured(facts: CheckFacts) -> Iterator[Finding]:
    """Yield how many recordings were not measured before their server left the settings."""
    try:
        found = recordings.unmeasured(facts.settings.db)
    except StoreError:
        return  # another finding says so
    for server, count in found.items():
        yield note(
            "recordings_unmeasured",
            f"recordings of server {server} that could not be measured, because the settings have it no more: {count}",
            "their files, if there are any, stay on that machine: Warmline neither plays nor erases them",
            "warmline audit recordings --since 30d --fields asked,server,id,file,cause",
        )


def _phones(facts: CheckFacts) -> Iterator[Finding]:
    """Yield the agents whose phones stay on the line of one server: their login is refused."""
    try:
        answer = {name: bool(one["phone_headers"]) for name, one in facts.entities("campaign").items()}
        agents = facts.entities("agent")
    except FactUnknown:
        return  # another finding says so
    stay = [
        name
        for name, one in agents.items()
        if one["phone_mode"] == "nailed_up" and one["phone"] and not answer.get(str(one["campaign"]), False)
    ]
    if stay:
        found = f"phone_mode=nailed_up with several servers: agents {few(stay)}"
        why = "their login is refused, because calls of the other servers cannot reach a phone that stays on the line"
        fix = "set phone_headers of their campaigns for auto-answer, and: warmline agent set USER phone_mode=on_hook"
        yield error("server_phones_nailed_up", found, why, fix, by_hand=True)


CHECKS = (
    Check(
        NAME,
        servers,
        "each further server lets Warmline in, has what calls need and another `systemname`, and no agent's phone "
        "stays on one",
    ),
)
