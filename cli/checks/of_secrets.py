"""Passwords that are soon guessed, and files that show them."""

import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from warmline.cli.checks import of_phones
from warmline.cli.checks.facts import Facts, Unknown
from warmline.cli.checks.finding import Check, Finding, good, warning
from warmline.store import weak
from warmline.store.database import StoreError

SAMPLE = "choose-a-long-one"  # in dialplan/ari.conf.sample
SHORTEST_ARI = 12
NEW = "$(python3 -c 'import secrets; print(secrets.token_hex(16))')"


def passwords(facts: Facts) -> Iterator[Finding]:
    """Of ARI, the agent API, the agents and their phones."""
    found = [*_ari(facts), *_people(facts), *_phones(facts)]
    yield from found or [good("none is among those that are tried first")]


def _ari(facts: Facts) -> Iterator[Finding]:
    secret, user = facts.settings.ari_password, facts.settings.ari_user
    if len(secret) >= SHORTEST_ARI and secret != SAMPLE and not weak.is_weak(secret, user):
        return
    etc = facts.folder("Configuration directory")
    file = shlex.quote(str(facts.file))
    write = (
        f"sed -i '/^ari_password *=/d' {file} && printf 'ari_password = \"%s\"\\n' \"$new\" >> {file}"
        f" && printf '\\n[{user}](+)\\npassword = %s\\n' \"$new\" >> {etc / 'ari.conf'}"
    )
    mend = f"new={NEW} && {write} && {facts.rx('module reload res_ari.so')}"
    why = "ARI can do everything with calls (start the app again afterwards)"
    yield warning(f"the password of {user}, ARI's user, is short or a sample", why, mend)


def _people(facts: Facts) -> Iterator[Finding]:
    try:
        users, agents = weak.api_users(facts.settings.db), weak.agents(facts.settings.db)
    except StoreError as problem:
        raise Unknown(str(problem)) from None
    for user in users:
        why = "whoever reaches the agent API may move this centre's calls"
        yield warning(f"the password of API user {user} is soon guessed", why, f"warmline api-user set {user} pass=-")
    for agent in agents:
        why = "at a phone anybody may log in as this agent"
        yield warning(f"the PIN of agent {agent} is soon guessed", why, f"warmline agent set {agent} pin=-")


def _phones(facts: Facts) -> Iterator[Finding]:
    guessed = [phone for phone in facts.entities("phone") if _is_weak(facts, phone)]
    if not guessed:
        return
    text = "".join(facts.section("pjsip.conf", phone, {"password": "%s"}, of="type=auth") for phone in guessed)
    path = facts.folder("Configuration directory") / "pjsip.conf"
    escaped = text.replace("\n", "\\n")
    news = " ".join(f'"{NEW}"' for _ in guessed)
    mend = f"printf '\\n{escaped}' {news} >> {path} && {facts.rx(of_phones.RELOAD)}"
    why = "whoever reaches Asterisk's SIP port may call as this phone (give the new password to the phone, too)"
    yield warning(f"the SIP password of {', '.join(guessed)} is soon guessed", why, mend)


def _is_weak(facts: Facts, phone: str) -> bool:
    auth = facts.endpoint(phone).get("auth", "")
    if not auth:
        return False
    told = facts.login(auth)
    return "password" in told and told.get("auth_type") == "userpass" and weak.is_weak(told["password"], phone)


def readers(facts: Facts) -> Iterator[Finding]:
    """Files with passwords and customers' data are not for everybody."""
    etc = facts.folder("Configuration directory")
    ours = [facts.file, Path(facts.settings.db)]
    found = []
    for path in (*ours, etc / "ari.conf", etc / "pjsip.conf"):
        if path.exists() and path.stat().st_mode & stat.S_IROTH:
            why = "it holds passwords" if path != ours[1] else "it holds customers' data"
            mend = f"chmod o-rwx {shlex.quote(str(path))}"
            found.append(warning(f"every user of this machine can read {path}", why, mend, safe=path in ours))
    yield from found or [good("settings, database, ari.conf and pjsip.conf are closed to others")]


CHECKS = (
    Check("passwords", passwords),
    Check("readers", readers),
)
