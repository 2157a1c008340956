"""Passwords that are easy to guess, and files that show them."""

import os
import re
import shlex
import ssl
import stat
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from cli.client import api_user_locks
from cli.doctor.checks import phone_check, warmline_check
from cli.doctor.facts import data_files
from cli.doctor.facts.check_facts import CheckFacts, FactUnknown, unknown, unreadable
from cli.doctor.facts.finding import Check, Finding, error, few, good, note, warning
from cli.doctor.facts.settings_command import file_of, has_tables, without
from cli.install import install_manifest, secret_lines
from cli.output.time_format import iso
from warmline.access import one_time_codes
from warmline.centre import api_port, app_client
from warmline.centre.app_answer import AppAway, AppRefused
from warmline.core.model.webhook import WebhookTrigger
from warmline.options.event_hook_options import EVENT_HOOK
from warmline.options.option_warnings import is_weak
from warmline.store.configuration import second_factors, weak_secrets
from warmline.store.configuration.password_only import people as password_only_people
from warmline.store.database import link_key
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.system import local_authority, token_file
from warmline.system.database_address import folder_of
from warmline.text import webhook_url

SAMPLE = "choose-a-long-one"  # in dialplan/ari.conf.sample
SHORTEST_ARI = 12
LATELY = 30  # days of commands that are looked at
SOON = 21  # days; a program that renews certificates does so 30 days before they expire
DAY = 86_400  # seconds
NEW_KEY = "$(python3 -c 'import secrets; print(secrets.token_hex(32))')"
NEW = "$(python3 -c 'import secrets; print(secrets.token_hex(16))')"


def passwords(facts: CheckFacts) -> Iterator[Finding]:
    """Check the passwords of ARI, the agent API, the agents and their phones."""
    found = [*_ari(facts), *_people(facts), *_phones(facts), *_locked(facts)]
    yield from found or [good("weak_secrets_none", "no password or PIN is easy to guess")]


def _ari(facts: CheckFacts) -> Iterator[Finding]:
    secret, user = facts.settings.ari_password, facts.settings.ari_user
    if len(secret) >= SHORTEST_ARI and secret != SAMPLE and not is_weak(secret, user):
        return
    path = file_of(facts, "ari_password")
    file = shlex.quote(str(path))
    ours = f'printf \'ari_password = "%s"\\n\' "$new" >> {file}'
    if has_tables(path):
        ours = f'sed -i "1i ari_password = \\"$new\\"" {file}'
    lines = f"\\n[{user}](+)\\npassword = %s\\n"
    write = (
        f"{without('ari_password', file)} && {ours}"
        f' && printf {shlex.quote(lines)} "$new" >> {shlex.quote(str(facts.own_file("ari.conf")))}'
    )
    fix = f"new={NEW} && {write} && {facts.rx('module reload res_ari.so')}"
    why = "ARI can do everything with calls (restart the app afterwards)"
    yield warning("ari_password_weak", f"the password of the ARI user {user} is short or a sample", why, fix)


def _people(facts: CheckFacts) -> Iterator[Finding]:
    try:
        db = facts.settings.db
        programs, users, agents = weak_secrets.api_users(db), weak_secrets.users(db), weak_secrets.agents(db)
    except StoreError as problem:
        raise unknown(problem) from None
    for user in users:
        why = "a person who reaches the APIs can do what this user may"
        fix = f"warmline user password {shlex.quote(user)}"
        yield warning("user_password_weak", f"the password of user {user} is easy to guess", why, fix)
    for user in programs:
        why = "a program that reaches the agent API can move this centre's calls"
        yield warning(
            "api_password_weak",
            f"the password of API user {user} is easy to guess",
            why,
            f"warmline api-user set {shlex.quote(user)} pass=-",
        )
    for agent in agents:
        why = "any person at a phone can log in as this agent"
        yield warning(
            "pin_weak",
            f"the PIN of agent {agent} is easy to guess",
            why,
            f"warmline agent set {shlex.quote(agent)} pin=-",
        )


def _phones(facts: CheckFacts) -> Iterator[Finding]:
    guessed = [phone for phone in facts.entities("phone") if _is_weak(facts, phone)]
    if not guessed:
        return
    text = "".join(facts.section("pjsip.conf", phone, {"password": "%s"}, of="type=auth") for phone in guessed)
    path = facts.folder("Configuration directory") / "pjsip.conf"
    escaped = text.replace("\n", "\\n")
    news = " ".join(f'"{NEW}"' for _ in guessed)
    lines = shlex.quote(f"\\n{escaped}")
    fix = f"printf {lines} {news} >> {shlex.quote(str(path))} && {facts.rx(phone_check.RELOAD)}"
    why = "a program that reaches Asterisk's SIP port can call as this phone (the phone needs the new password, too)"
    yield warning("sip_password_weak", f"the SIP password of {', '.join(guessed)} is easy to guess", why, fix)


def _locked(facts: CheckFacts) -> Iterator[Finding]:
    """Yield a finding for each user who must wait after wrong passwords; none if the API process is away, or older."""
    with suppress(AppAway, AppRefused, NotFound):
        for kind, user in [(one, name) for one in NOUNS for name in facts.entities(one)]:
            for lock in api_user_locks.found(facts.settings, user):
                found = (
                    f"{NOUNS[kind]} {user} has to wait until {lock.until}, after wrong passwords from {lock.address}"
                )
                why = "new devices at that address wait too; behind a proxy, set trusted_proxies"
                yield warning("api_user_locked", found, why, f"warmline {kind} unlock {shlex.quote(user)}")


NOUNS = {"api-user": "API user", "user": "user"}


def _is_weak(facts: CheckFacts, phone: str) -> bool:
    auth = facts.endpoint(phone).get("auth", "")
    if not auth:
        return False
    told = facts.login(auth)
    return "password" in told and told.get("auth_type") == "userpass" and is_weak(told["password"], phone)


def readers(facts: CheckFacts) -> Iterator[Finding]:
    """Check that other users cannot read passwords and customers' data.

    If root reads the settings, only root must be able to change them.
    """
    found = [*_changeable(facts), *_movable(facts)]
    for path, why, ours in _private(facts):
        if not path.exists():
            continue
        if path.stat().st_mode & (stat.S_IXOTH if path.is_dir() else stat.S_IROTH):
            fix = f"chmod o-rwx {shlex.quote(str(path))}"
            found.append(
                warning("file_readable_by_all", f"every user of this machine can read {path}", why, fix, safe=ours)
            )
    yield from found or [
        good("files_closed", "files with passwords, customers' data or recordings are closed to other users")
    ]


def _changeable(facts: CheckFacts) -> Iterator[Finding]:
    """Yield the settings file and its folder, if root reads them and other users can change them."""
    why = "root's `warmline` runs the command of the setting asterisk: a user who changes it can become root"
    modes = {facts.file.parent: 0o755, facts.file: 0o640 if _has_secrets(facts.file) else 0o644, facts.secrets: 0o640}
    for path, mode in modes.items() if os.geteuid() == 0 else ():
        if path.exists() and ((now := path.stat()).st_uid != 0 or now.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
            quoted = shlex.quote(str(path))
            fix = f"chown root:{facts.owner.group_name} {quoted} && chmod {mode:o} {quoted}"
            yield warning("settings_writable_by_others", f"not only root can change {path}", why, fix)


def _has_secrets(file: Path) -> bool:
    if not file.exists():
        return False
    try:
        return bool(secret_lines.LINE.search(file.read_text(errors="surrogateescape")))
    except OSError as problem:
        raise unreadable(file, problem) from None


def _movable(facts: CheckFacts) -> Iterator[Finding]:
    """Yield a finding about secrets that `warmline install` would move out of the settings file."""
    record = folder_of(facts.settings.db) / install_manifest.NAME
    if os.path.lexists(record) and _has_secrets(facts.file):
        why = f"the API process must be able to read this file, but not {facts.secrets.name}"
        yield warning("secrets_in_settings", f"{facts.file} has ARI's password", why, "warmline install")


def _private(facts: CheckFacts) -> Iterator[tuple[Path, str, bool]]:
    """Yield files that must be closed to other users, why, and whether the file belongs to Warmline alone.

    The folder of recordings is closed because Asterisk lets all users read a recording.
    """
    known, etc = facts.settings, facts.folder("Configuration directory")
    passwords, customers, key = "it holds passwords", "it holds customers' data", known.tls_key
    if _has_secrets(facts.file):
        yield facts.file, passwords, True
    yield facts.secrets, passwords, True
    yield from ((Path(known.db + ending), customers, True) for ending in ("", "-wal", "-shm", "-spill", "-notes"))
    yield from ((file, customers, True) for file in sorted(Path(known.db).parent.glob("*-spill.*")))
    yield link_key.file(known.db), "a person who has the key can forge links to all recordings", True
    own = {etc / "ari.conf", facts.own_file("ari.conf"), etc / "pjsip.conf"}
    yield from ((file, passwords, False) for file in sorted(own))
    yield Path(known.spool), customers, True
    yield token_file.path(known.run), "a program that has the token can do everything with calls", True
    yield Path(known.recordings), "it holds what people said", False
    if known.queue_log:
        yield Path(known.queue_log), customers, False
    if key or known.tls_certificate:
        yield Path(key or known.tls_certificate), "a program that has the key can pose as the API process", True


def webhooks(facts: CheckFacts) -> Iterator[Finding]:
    """Check that addresses of webhooks have no secret in plain text, and that each secret that they name is set."""
    rows = {
        (kind, name, option): str(options[option])
        for kind in ("campaign", "ingroup")
        for name, options in facts.entities(kind).items()
        for option in map(str, WebhookTrigger)
        if options.get(option)
    }
    rows |= {(EVENT_HOOK.kind, name, "url"): str(one["url"]) for name, one in facts.entities(EVENT_HOOK.kind).items()}
    found = [one for row, url in rows.items() for one in (*_open_secrets(facts, row, url), *_missing(facts, row, url))]
    yield from found or [good("webhook_secrets_good", "no address of a webhook has a secret in plain text")]


def _open_secrets(facts: CheckFacts, row: tuple[str, str, str], url: str) -> Iterator[Finding]:
    kind, name, option = row
    shown, secrets = url, dict(webhook_url.open_secrets(url))
    for part, value in secrets.items():
        own = re.sub(r"[^A-Za-z0-9_-]", "", part)[:32] or "secret"
        shown = shown.replace(value, f"{{secret:{own}}}")
    if not secrets:
        return
    file, change = file_of(facts, "webhook_secrets"), f"{option}={shown}"
    fix = (
        f"add NAME=VALUE to webhook_secrets in {file}, and reload warmline; then: warmline {kind} set "
        f"{shlex.quote(name)} {shlex.quote(change)}; the history keeps the old value, so let the receiver replace it"
    )
    why = "supervisors, the API process and readers of exports and of the history can read it"
    text = f"{kind} {name} has what looks like a secret in {option}: {', '.join(secrets)}"
    yield warning("webhook_secret_open", text, why, fix, by_hand=True)


def _missing(facts: CheckFacts, row: tuple[str, str, str], url: str) -> Iterator[Finding]:
    if facts.secrets.exists() and not os.access(facts.secrets, os.R_OK):
        return
    kind, name, option = row
    known = webhook_url.named_secrets(facts.settings.webhook_secrets)
    if missing := [one for one in webhook_url.secrets(url) if not known.get(one)]:
        fix = f"add {' '.join(f'{one}=VALUE' for one in missing)} to webhook_secrets in "
        fix += f"{file_of(facts, 'webhook_secrets')}, and reload warmline"
        text = f"{option} of {kind} {name} names the secret {', '.join(missing)}, which is not set"
        yield error("webhook_secret_missing", text, "the webhook waits and is not sent", fix, by_hand=True)


def second_factor(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the codes of the users with a second factor can be checked: the key is theirs, and the clock right."""
    try:
        keys = second_factors.keys(facts.settings.db)
    except StoreError as problem:
        raise unknown(problem) from None
    key, enrolled = facts.settings.second_factor_key, sum(keys.values())
    can_tell = not facts.secrets.exists() or os.access(facts.secrets, os.R_OK)
    others = enrolled - keys.get(one_time_codes.key_id(key), 0) if can_tell else 0
    file, why = file_of(facts, "second_factor_key"), "codes of authenticator apps are refused; recovery codes work"
    fix = (
        f"put the former second_factor_key into {file}, and restart warmline; if it is lost, for each user: warmline "
        "user reset-second-factor USER"
    )
    if others and not key:
        found = f"users with a second factor: {others}; second_factor_key is empty"
        yield error("second_factor_key_empty", found, why, fix, by_hand=True)
    elif others:
        found = f"users who have enrolled a second factor with another second_factor_key: {others}"
        yield error("second_factor_key_other", found, why, fix, by_hand=True)
    elif can_tell and not key:
        found, why = "second_factor_key is empty", "no user can enrol a second factor"
        line = shlex.quote('second_factor_key = "%s"\\n')
        fix = f"printf {line} {NEW_KEY} >> {shlex.quote(str(file))} && systemctl restart warmline"
        yield note("second_factor_key_none", found, why, fix)
        return
    if enrolled and not warmline_check.clock_is_kept():
        found = f"users with a second factor: {enrolled}; no time synchronization (NTP) is active"
        why = "codes are refused once the clock is wrong by more than 30 seconds"
        yield warning("second_factor_clock", found, why, "timedatectl set-ntp true")
    elif not others:
        yield good("second_factor_good", f"users with a second factor: {enrolled}; their codes can be checked")


def password_only(facts: CheckFacts) -> Iterator[Finding]:
    """Check that no program uses the agent API as a person whose login takes more than the password."""
    try:
        people = password_only_people(facts.settings.db, (int(time.time()) - LATELY * DAY) * 1_000_000)
    except StoreError as problem:
        raise unknown(problem) from None
    if used := [f"{one.user} (last on {str(iso(one.used))[:10]})" for one in people if one.used]:
        text = f"programs used the agent API with the password alone of persons whose login takes more: {few(used)}"
        fix = (
            "give each program an API user: warmline api-user create NAME pass=-; or name its address: "
            "warmline setting set password_only_addresses=ADDRESS"
        )
        why = "the agent API refuses them, except from addresses of the setting password_only_addresses"
        yield warning("password_only_used", text, why, fix, by_hand=True)
    elif people:
        names = few([one.user for one in people])
        found = f"persons whose login takes more than a password: {names}"
        yield good("password_only_unused", f"{found}; in {LATELY} days, no program used the agent API as one of them")
    else:
        yield good("password_only_nobody", "no login of a person takes more than a password")


def certificate(facts: CheckFacts) -> Iterator[Finding]:
    """Check that the current certificate of the API process remains valid for some weeks."""
    file = facts.settings.tls_certificate
    if not file:
        yield good("certificate_not_needed", "no certificate is set; the API process listens on this machine only")
        return
    why, fix = (
        "clients refuse the APIs when it has ended",
        f"{_renewal(Path(file))}, then: systemctl reload warmline",
    )
    app = api_port.connection(facts.settings, app_client.WITHIN)
    try:
        with closing(app):
            app.connect()
            assert isinstance(app.sock, ssl.SSLSocket)
            shown = app.sock.getpeercert() or {}
    except ssl.SSLCertVerificationError as problem:
        yield error("certificate_invalid", f"{file}: {problem.verify_message}", why, fix, by_hand=True)
        return
    except OSError as problem:
        shown_not = problem.strerror or str(problem)
        raise FactUnknown(
            "certificate_not_shown", "the API process shows no certificate: {why}", why=shown_not
        ) from None
    days = int((ssl.cert_time_to_seconds(str(shown["notAfter"])) - time.time()) // DAY)
    if days < SOON:
        yield warning("certificate_ends_soon", f"{file} expires in {days} days", why, fix, by_hand=True)
    else:
        yield good("certificate_good", f"{file} is valid for {days} days")


def _renewal(file: Path) -> str:
    """Return how a certificate is renewed: by a command, if `warmline certificate create` made it."""
    is_own = file.name == local_authority.SERVER and (file.parent / local_authority.ROOT_KEY).exists()
    return "warmline certificate create" if is_own else f"renew {shlex.quote(str(file))}"


def links(facts: CheckFacts) -> Iterator[Finding]:
    """Check that only the call process reads the key of links to recordings."""
    file = link_key.file(facts.settings.db)
    makers = next(iter(facts.entities("setting").values()))["recording_links"]
    try:
        key = file.lstat()
    except FileNotFoundError:
        if makers:
            yield note("link_key_none", f"{file} does not exist yet", "the first link to a recording makes it")
        else:
            yield good("links_off", "no links to recordings are made")
        return
    except OSError as problem:
        raise unreadable(file, problem) from None
    if file in data_files.wrong(facts):
        data_files.need(facts)
    quoted, found = shlex.quote(str(file)), []
    if not stat.S_ISREG(key.st_mode):
        fix = f"rm -r {quoted} && systemctl restart warmline"
        found.append(
            error(
                "link_key_no_file",
                f"{file} is no regular file",
                "links to recordings are refused; all former ones end",
                fix,
            )
        )
    elif key.st_mode & 0o077:
        why = "a person who has read the key can forge links to all recordings; a new key ends the former links"
        fix = f"rm {quoted} && systemctl restart warmline"
        found.append(error("link_key_open", f"others than the call process can read {file}", why, fix))
    yield from found or [good("link_key_good", f"only the call process can read {file}")]


CHECKS = (
    Check(
        "passwords", passwords, "no password or PIN is easy to guess, and no API user has to wait after wrong passwords"
    ),
    Check(
        "readers",
        readers,
        "other users cannot read passwords or customers' data, and only root can change the settings",
    ),
    Check("webhook secrets", webhooks, "no webhook's address has a secret in plain text, and the named ones are set"),
    Check("recording links", links, "only the call process can read the key that signs links to recordings"),
    Check("second factor", second_factor, "codes of second factors can be checked: key and clock are right"),
    Check(
        "password alone",
        password_only,
        "no program uses the agent API as a person whose login takes more than a password",
    ),
    Check("certificate", certificate, "the certificate of the API process remains valid for some time"),
)
