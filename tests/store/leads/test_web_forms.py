"""The web forms of a call: whose address counts, its values, and the origins that a page may show in a panel."""

import hashlib
import hmac
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.free_port import free_port
from warmline.options.campaign.web_form_options import ADDRESSES
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config
from warmline.store.database.errors import Conflict
from warmline.store.event_hooks import hook_states
from warmline.store.lookups import web_forms
from warmline.text import webhook_url

BEGINS_WITHIN = 30.0  # seconds, on a busy machine
PAGE = Path(__file__).parents[3] / "docs/how-to/web-forms.md"
NOW = 1_790_000_123
CAMPAIGN = {"web_form_address": "https://crm.example/c?id=--A--lead_id--B--&n=--A--first_name--B--"}


@pytest.fixture
def forms_db(db: Path) -> Path:
    """Provide a database with a campaign, an in-group and a list."""
    config.create(db, "campaign", "SALES", CAMPAIGN, who="test")
    config.create(db, "ingroup", "LINE", {}, who="test")
    config.create(db, "list", "102", {"campaign": "SALES"}, who="test")
    return db


def addresses(db: Path, **facts: object) -> list[str]:
    return [one.address for one in web_forms.of_call(db, "SALES", "LINE", "102", facts, NOW)]


def test_the_address_of_the_ingroup_comes_before_that_of_the_list_and_of_the_campaign(forms_db: Path) -> None:
    for option in ADDRESSES:
        for kind, name in (("campaign", "SALES"), ("list", "102"), ("ingroup", "LINE")):
            address = f"http://{kind}.example/{option}"
            config.set_options(forms_db, kind, name, {option: address}, who="test")
            found = {one.option: one.address for one in web_forms.of_call(forms_db, "SALES", "LINE", "102", {}, NOW)}
            assert found[option] == address


def test_a_hostile_value_stays_one_value(forms_db: Path) -> None:
    found = addresses(forms_db, lead_id=7, first_name="A&b=\"c'<d>#e/../{secret:x} --A--lead_id--B--")
    assert found == [
        "https://crm.example/c?id=7&n=A%26b%3D%22c%27%3Cd%3E%23e%2F..%2F%7Bsecret%3Ax%7D%20--A--lead_id--B--"
    ]


def test_one_form_opens_by_itself_where_the_campaign_says(forms_db: Path) -> None:
    given = {"web_form_address_two": "http://two.example/", "get_call_launch": "WEBFORMTWO", "web_form_target": "PANEL"}
    config.set_options(forms_db, "campaign", "SALES", given, who="test")
    found = web_forms.of_call(forms_db, "SALES", "", "", {}, NOW)
    assert [(one.opens, one.target) for one in found] == [(False, "PANEL"), (True, "PANEL")]


def test_only_panels_need_origins_and_none_can_change_the_pages_policy(forms_db: Path) -> None:
    assert web_forms.panel_origins(forms_db) == []
    given = {"web_form_target": "PANEL", "web_form_address_two": "https://a.example;script-src/x"}
    config.set_options(forms_db, "campaign", "SALES", given, who="test")
    config.set_options(forms_db, "ingroup", "LINE", {"web_form_address": "http://127.0.0.1:8090/x"}, who="test")
    assert web_forms.panel_origins(forms_db) == ["http://127.0.0.1:8090", "https://crm.example"]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://--A--first_name--B--/", "https://x.example/?k={secret:crm}", "VARhttp://x"],
)
def test_an_address_that_is_no_page_or_has_a_secret_is_refused(forms_db: Path, address: str) -> None:
    with pytest.raises(OptionError):
        config.set_options(forms_db, "campaign", "SALES", {"web_form_address": address}, who="test")


def hook(db: Path, name: str) -> str:
    """Create an event hook that gets no events; return its secret."""
    config.create(db, "event-hook", name, {"url": "https://crm.example/", "active": "N"}, who="test")
    return hook_states.secret_of(db, name, who="test")


def is_signed(address: str, secret: str) -> bool:
    signed, _, given = address.partition("#")[0].partition("&warmline_sig=")
    return hmac.compare_digest(given, hmac.new(secret.encode(), signed.encode(), hashlib.sha256).hexdigest())


def test_a_signed_address_says_the_agent_the_call_and_its_end(forms_db: Path) -> None:
    secret = hook(forms_db, "crm")
    config.set_options(forms_db, "campaign", "SALES", {"web_form_sign": "crm"}, who="test")
    known = {"user": "1000", "warmline_call": "01M7", "lead_id": 7, "first_name": "Ä&warmline_user=1001"}
    [address] = addresses(forms_db, **known)
    assert secret not in address and is_signed(address, secret) and not is_signed(address, secret[:-1])
    fields = dict(parse_qsl(urlsplit(address).query))
    assert [*fields] == ["id", "n", "warmline_user", "warmline_call", "warmline_until", "warmline_sig"]
    assert (fields["warmline_user"], fields["warmline_call"], fields["id"]) == ("1000", "01M7", "7")
    assert 4 * 3600 < int(fields["warmline_until"]) - NOW <= 5 * 3600
    assert addresses(forms_db, **known) == [address], "a screen does not change without a reason"
    assert not is_signed(address.replace("id=7", "id=8"), secret)


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("https://CRM.example", "https://crm.example/?warmline_user=1000&"),
        ("https://crm.example/%C3%A4/--A--plan--B--?x='|#/top", "https://crm.example/%C3%A4/gold?x=%27%7C&warmline_"),
        ("https://[::1]:8/?f[a]=%20", "https://[::1]:8/?f%5Ba%5D=%20&warmline_user=1000&"),
    ],
)
def test_the_signed_address_is_written_as_a_browser_sends_it(forms_db: Path, template: str, shown: str) -> None:
    secret = hook(forms_db, "crm")
    config.set_options(forms_db, "list", "102", {"web_form_address": template, "web_form_sign": "crm"}, who="test")
    [address] = addresses(forms_db, user="1000", **{f"{webhook_url.CUSTOM}plan": "gold"})
    assert address.startswith(shown) and is_signed(address, secret) and address.endswith("#/top") == ("#" in template)


def test_each_place_signs_its_own_addresses(forms_db: Path) -> None:
    crm, shop = hook(forms_db, "crm"), hook(forms_db, "shop")
    config.set_options(forms_db, "campaign", "SALES", {"web_form_sign": "crm"}, who="test")
    given = {"web_form_address_two": "https://shop.example/"}
    config.set_options(forms_db, "ingroup", "LINE", given, who="test")
    first, second = addresses(forms_db)
    assert is_signed(first, crm) and second == "https://shop.example/"
    config.set_options(forms_db, "ingroup", "LINE", {"web_form_sign": "shop"}, who="test")
    first, second = addresses(forms_db)
    assert is_signed(first, crm) and is_signed(second, shop)
    with pytest.raises(Conflict):
        config.delete(forms_db, "event-hook", "shop", who="test")


def test_values_of_list_agent_and_custom_fields_have_their_names(forms_db: Path) -> None:
    config.create(forms_db, "agent", "1000", {"custom_three": "C3"}, who="test")
    config.set_options(forms_db, "list", "102", {"list_name": "Autumn"}, who="test")
    names = ("list_name", "user_custom_three", "epoch", "channel_group", "Plan", "sipexten")
    template = "https://crm.example/?" + "&".join(f"--A--{name}--B--" for name in names)
    config.set_options(forms_db, "campaign", "SALES", {"web_form_address": template}, who="test")
    known = {"user": "1000", "phone_login": "p7", f"{webhook_url.CUSTOM}plan": "gold"}
    assert addresses(forms_db, **known) == [f"https://crm.example/?Autumn&C3&{NOW}&LINE&gold&p7"]


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[str]:
    """Run the page of the documentation; provide its address."""
    script = tmp_path / "crm.py"
    script.write_text(PAGE.read_text().partition("```python\n")[2].partition("```")[0])
    site = f"http://127.0.0.1:{(port := free_port())}"
    environ = {"PORT": str(port), "SITE": site, "SECRET": "of-this-test"}
    process = subprocess.Popen([sys.executable, script], env=environ, stderr=subprocess.DEVNULL)
    yield site
    process.kill()
    process.wait()


def answer(address: str) -> tuple[int, str]:
    """Open an address as a browser does, once its server listens."""
    until = time.monotonic() + BEGINS_WITHIN
    while True:
        try:
            with urllib.request.urlopen(address) as found:  # noqa: S310 - of this test
                return found.status, found.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
        except urllib.error.URLError:
            assert time.monotonic() < until, f"no server listens at {address}"
            time.sleep(0.01)  # a page of the documentation cannot report that it listens


def test_the_documented_page_takes_signed_addresses_alone(
    forms_db: Path, crm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook_states, "new_secret", lambda: "of-this-test")
    hook(forms_db, "crm")
    given = {"web_form_address": f"{crm}/lead?id=--A--lead_id--B--", "web_form_sign": "crm"}
    config.set_options(forms_db, "campaign", "SALES", given, who="test")
    known = {"user": "1000", "warmline_call": "01M7", "lead_id": 7}
    [form] = web_forms.of_call(forms_db, "SALES", "", "", known, int(time.time()))
    assert answer(form.address) == (200, "Call 01M7 of 1000\n")
    assert answer(form.address.replace("id=7", "id=8"))[0] == 403
    assert answer(f"{crm}/lead?id=7")[0] == 403
    [old] = web_forms.of_call(forms_db, "SALES", "", "", known, int(time.time()) - 6 * 3600)
    assert answer(old.address)[0] == 403
