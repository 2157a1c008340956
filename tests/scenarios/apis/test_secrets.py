"""Secrets are stored nowhere: after logins, API calls and keys, all written files are searched."""

import base64
import signal
import stat
from asyncio import gather
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote_plus

import pytest

from tests.internals.scenarios import Kind, config, hook_states
from tests.scenarios.given import in_three_way
from tests.warm_app import executed
from tools.simulation.call_centre.crm import crm
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party
from tools.simulation.call_centre.webhook_receiver import receiving

PHONE = "1005"
API_USER, TOKEN_OF, HOOK = "secrets", "secrets", "secrets"
RELOADED = "settings and configuration have been read again"


class Secrets(StrEnum):
    """The secrets; long enough not to occur by chance. Numbers are pressed on a phone."""

    api_password = "Zq7.rostfrei+Ahorn=9/"  # noqa: S105
    wrong_password = "Zq7.rostfrei+Birke=4/"  # noqa: S105
    token = "Tk_" + "Nebelkraehe" * 3 + "-Fichte"
    wrong_token = "Tk_" + "Nebelkraehe" * 3 + "-Tannen"
    webhook_secret = "Hk-Saumpfad-31-Wacholder"  # noqa: S105
    of_address = "Tw-Zaunkoenig-57-Holunder"
    pin = "8392017455610928"
    card_by_api = "492911335577"
    card_by_phone = "510522004466"


@pytest.fixture
def lab(real: RealWorld) -> Iterator[RealWorld]:
    """Provide a lab with an API user, a token, an event hook and a webhook secret for this test alone."""
    database, file = real.database, real.site.folder / "warmline.toml"
    words = {"pass": Secrets.api_password, "functions": "ALL_FUNCTIONS", "api_access": "Y"}
    config.create(database, "api-user", API_USER, words, who="test")
    config.create(database, "api-token", TOKEN_OF, {"scopes": "ALL", "token": Secrets.token}, who="test")
    config.create(database, "event-hook", HOOK, {"url": "http://127.0.0.1:9/"}, who="test")
    hook_states.secret_of(database, HOOK, who="test")
    text = file.read_text()
    own = f'webhook_secret = "{Secrets.webhook_secret}"\nwebhook_secrets = "crm={Secrets.of_address}"\n'
    file.write_text(text + own)
    yield real
    file.write_text(text)
    config.delete(database, "api-user", API_USER, who="test")
    config.delete(database, "api-token", TOKEN_OF, who="test")
    config.delete(database, "event-hook", HOOK, who="test")


async def test_no_secret_is_written_anywhere(lab: RealWorld) -> None:
    with executed():  # the environment of a fork is that of its parent
        await lab.site.kill_app()
        await lab.site.start_app()
    await reload(lab)
    await lab.agent()
    customer, _ = await gather(call_with_everything(lab), log_in_by_pin(lab))
    await lab.hang_up(customer)
    await lab.ended(customer)
    written = dict(everything(lab))
    assert customer.name.encode() in written["warmline.db"] + written["warmline.db-wal"], "the search finds other texts"
    assert API_USER.encode() in written["log/warmline.log"]
    for name, text in written.items():
        found = [what for what, secret in secrets(lab).items() if any(form in text for form in forms(secret))]
        assert set(found) <= MAY_HOLD.get(name, set()), f"{name} holds {found}"


MAY_HOLD = {
    "etc/pjsip.conf": {"SIP"},
    "etc/ari.conf": {"ARI"},
    "warmline.toml": {"ARI", "webhook_secret", "of_address"},
    "lab.json": {"ARI", "SIP"},  # the file that shows a lab's access to its user
    "run/token": {"local token"},
    "warmline.db": {"event hook"},  # the key of signatures, which Warmline needs
    "warmline.db-wal": {"event hook"},
}


async def test_the_files_that_hold_one_are_closed(lab: RealWorld) -> None:
    modes = {name: stat.S_IMODE((lab.site.folder / name).stat().st_mode) for name in MAY_HOLD}
    assert modes == dict.fromkeys(MAY_HOLD, 0o600)


def secrets(lab: RealWorld) -> dict[str, str]:
    """Return the secrets by their kinds."""
    of_lab = {
        "ARI": lab.site.lab.ari["password"],
        "SIP": lab.site.lab.phones[PHONE]["password"],
        "local token": (lab.site.folder / "run/token").read_text().strip(),
        "event hook": hook_states.read_secret(lab.database, HOOK),
    }
    return of_lab | {one.name: one.value for one in Secrets}


def forms(secret: str) -> set[bytes]:
    """Return the forms in which a secret can be written: plain, in an address, and in basic authentication."""
    in_base64 = {
        base64.b64encode(f"{'x' * before}{secret}".encode())[shift:-4]  # its inner part, for each of the three offsets
        for before, shift in ((0, 0), (1, 4), (2, 4))
    }
    return {secret.encode(), quote_plus(secret).encode(), *(form for form in in_base64 if len(form) > 7)}


def everything(lab: RealWorld) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the lab with its name, and the command lines of its processes."""
    files = [path for path in lab.site.folder.rglob("*") if path.is_file()]
    assert {"warmline.db", "warmline.db-wal", "warmline.log", "guard.log", "asterisk.log"} <= {
        path.name for path in files
    }
    for path in files:
        name = str(path.relative_to(lab.site.folder))
        with suppress(FileNotFoundError):  # a short-lived journal of Asterisk's database
            yield name, name.encode() + path.read_bytes()
    for program, pid in lab.site.lab.pids.items():
        for what in ("cmdline", "environ"):
            text = Path("/proc", str(pid), what).read_bytes()
            assert text, f"{program} has no {what}"
            yield f"{what} of {program}", text


async def reload(lab: RealWorld) -> None:
    """Let the app sign its webhooks from now on, and know the new user."""
    log = lab.site.folder / "log/warmline.log"
    before = log.read_text().count(RELOADED)
    lab.site.tell_app(signal.SIGHUP)

    async def done() -> bool | None:
        return log.read_text().count(RELOADED) > before or None

    await lab.until(done, "the app reads its settings")


async def log_in_by_pin(lab: RealWorld) -> None:
    """Let a phone log in with its PIN."""
    await lab.configure("campaign", "TESTCAMP", phone_login="PIN", login_state="PAUSED")
    config.set_options(lab.database, "agent", PHONE, {"pin": Secrets.pin}, who="test")
    phone = await lab.phone(PHONE)

    async def asked() -> bool | None:
        return "agent-pass" in await lab.prompts(phone) or None

    await lab.until(asked, "the PIN is asked")
    await lab.press(phone, Secrets.pin + "#")
    await lab.agent_is(phone, "PAUSED")
    config.set_options(lab.database, "agent", PHONE, {"pin": ""}, who="test")
    await lab.hang_up(phone)


async def call_with_everything(lab: RealWorld) -> Party:
    """Press keys and passwords during a three-way call, and send webhooks."""
    async with crm(lab) as program, receiving() as receiver:
        await program.is_told_of_everything(lab)
        hook = {"url": f"http://127.0.0.1:{receiver.port}/", "events": "call.connected"}
        config.set_options(lab.database, "event-hook", HOOK, hook, who="test")
        named = f"http://{program.host}/start_call?phone_number=--A--phone_number--B--&token={{secret:crm}}"
        await lab.configure("campaign", "TESTCAMP", start_call_url=named)
        agent, customer, third = await in_three_way(lab)
        assert (await program.told(1))["token"] == Secrets.of_address
        await ask_everything(lab, agent.name)
        await gather(lab.gets_keys(third, Secrets.card_by_api), lab.press(third, Secrets.card_by_phone))
        assert await lab.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
        await program.told(2)
        event = await receiver.request(1, lab.patience)
        assert (event.method, event.headers["Warmline-Event"]) == ("POST", "call.connected")
    return customer


async def ask_everything(lab: RealWorld, agent: str) -> None:
    """Call the agent API with a right and a wrong password, in the address and in a form; the JSON API with tokens."""
    asked = {
        "source": "test",
        "user": API_USER,
        "agent_user": agent,
        "function": "send_dtmf",
        "value": Secrets.card_by_api,
    }
    url = f"{lab.site.lab.api}/agc/api.php"
    for password, told in ((Secrets.wrong_password, "ERROR: Invalid Username"), (Secrets.api_password, "SUCCESS")):
        async with lab.site.http.get(url, params=asked | {"pass": password}) as answer:
            assert (await answer.text()).startswith(told)
    form = {
        "user": API_USER,
        "pass": Secrets.wrong_password,
        "source": "test",
        "function": "version2",
        "format": "debug",
    }
    async with lab.site.http.post(url, data=form) as answer:
        assert Secrets.wrong_password not in await answer.text()
    for token, status in ((Secrets.wrong_token, 401), (Secrets.token, 200)):
        headers = {"Authorization": f"Bearer {token}"}
        async with lab.site.http.get(f"{lab.site.lab.api}/api/v1/agents", headers=headers) as answer:
            assert answer.status == status
    async with lab.site.http.get(f"{lab.site.lab.api}/api/v1/agents?token={Secrets.token}") as answer:
        assert answer.status == 401
