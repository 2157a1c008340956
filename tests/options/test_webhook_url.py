"""The allowed addresses of webhooks, and how they are filled in."""

import re

import pytest

from tests.wording.said import refused
from warmline.options import option_warnings
from warmline.options.option_table import OptionError, check
from warmline.text import webhook_url
from warmline.text.webhook_variables import NAMES

FACTS = {"user": "1000", "dispo": "SALE", "first_name": "Zoë & Co", "phone_number": "+1 555"}


@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("http://crm/x?u=--A--user--B--&d=--A--dispo--B--", "http://crm/x?u=1000&d=SALE"),
        ("VARhttps://crm/--A--user--B--/", "https://crm/1000/"),
        ("http://crm/?n=--A--first_name--B--", "http://crm/?n=Zo%C3%AB%20%26%20Co"),
        ("http://crm/?n=--A--phone_number--B--", "http://crm/?n=%2B1%20555"),
        ("http://crm/?n=--A--city--B--.", "http://crm/?n=."),
        ("http://crm/?--A--user--B----A--user--B--", "http://crm/?10001000"),
        ("http://crm/?u=--A--USER--B--&x=--A--fronter--B--.--A--usr--B--", "http://crm/?u=1000&x=."),
    ],
)
def test_values_go_where_their_names_stand(template: str, url: str) -> None:
    assert webhook_url.filled(template, FACTS) == url


@pytest.mark.parametrize(("value", "there"), [(".", "%2E"), ("..", "%2E%2E"), ("1.5", "1.5"), ("..a", "..a"), ("", "")])
def test_a_value_leads_to_no_other_folder(value: str, there: str) -> None:
    template = "http://crm/of/--A--last_name--B--/x"
    assert webhook_url.filled(template, {"last_name": value}) == f"http://crm/of/{there}/x"


def test_a_value_never_leaves_its_place() -> None:
    nasty = "&x=1#?/../\r\nHost: evil\0%00--A--user--B--"
    url = webhook_url.filled("http://crm/a?n=--A--first_name--B--&u=--A--user--B--", {"first_name": nasty, "user": "1"})
    assert url.count("&") == url.count("?") == 1 and url.endswith("&u=1")
    assert not set("#\r\n\0 ") & set(url)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://crm.example.com:8080/x?a=--A--user--B--",
        "VARhttps://[2001:db8::1]/x",
        "http://xn--mnchen-3ya.de/",
        "http://crm/{secret:a-1}?t={secret:crm}",
    ],
)
def test_addresses_are_taken_as_they_are(text: str) -> None:
    assert check("campaign", {"dispo_call_url": text}) == {"dispo_call_url": text}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("crm.example.com/x", "it must begin with http:// or https://"),
        ("http:///x", "and a host"),
        ("http://--A--user--B--/x", "the host must not contain variables"),
        ("http://me:secret@crm/", "user and password"),
        ("http://{secret:host}/", "the host must not contain variables or secrets"),
        ("http://crm/?t={secret:a b", "no blanks"),
        ("http://crm/?t={secret:a.b}", "its name has letters"),
        ("http://crm/?t={secret:crm--A--data_x--B--}", "a secret is {secret:NAME}"),
        ("http://crm:99999/", "[Pp]ort"),
        ("http://crm:0/", "port 0 is not allowed"),
        ("http://crm/a b", "no blanks"),
        ("http://crm/" + "x" * 2000, "up to 2000"),
    ],
)
def test_an_invalid_address_is_refused(text: str, said: str) -> None:
    for entity in ("campaign", "ingroup"):
        with refused(OptionError, "options_invalid", codes=("option_invalid",)) as caught:
            check(entity, {"start_call_url": text})
        assert re.search(said, str(caught.value.fields["faults"]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("http://crm/?token=abc&who=--A--user--B--", [("token", "abc")]),
        ("VARhttps://crm/?x-api-key=1&apikey=2&API_KEY=3", [("x-api-key", "1"), ("apikey", "2"), ("API_KEY", "3")]),
        ("http://crm/?password=pre--A--user--B--", [("password", "pre--A--user--B--")]),
        ("http://crm/T0/B1/x9YzQ8w7vU6t5S4r3Q2p1", [("path", "x9YzQ8w7vU6t5S4r3Q2p1")]),
        ("http://crm/?token={secret:crm}&pass=--A--pass--B--&key=&monkey=1&passes=--A--called_count--B--", []),
        ("http://crm/dispositions_of_the_centre/--A--uniqueid--B--?code=--A--dispo--B--", []),
        ("", []),
    ],
)
def test_a_secret_in_plain_text_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert list(webhook_url.open_secrets(text)) == found


def test_hosts_are_names_addresses_and_networks() -> None:
    hosts = ("crm.example.com", "10.0.0.0/8", "2001:db8::1")
    assert check("setting", {"webhook_hosts": ",".join(hosts)}) == {"webhook_hosts": hosts}
    with refused(OptionError, "options_invalid", codes=("option_invalid",)):
        check("setting", {"webhook_hosts": "http://crm/"})


def test_variables_without_a_value_are_taken_and_named() -> None:
    text = "http://crm/?--A--usr--B--&--A--agent_email--B--&--A--SQLDATE--B--&--A--did_custom_one--B--&--A--pass--B--"
    assert check("campaign", {"dispo_call_url": text}) == {"dispo_call_url": text}
    assert webhook_url.empty(text) == ["usr", "agent_email", "did_custom_one", "pass"]
    assert list(
        option_warnings.empty_variables({"dispo_call_url": text, "start_call_url": "", "dial_timeout": 25})
    ) == [
        "dispo_call_url: empty, because Warmline has no such value: agent_email, did_custom_one, pass",
        "dispo_call_url: usr is empty unless it is a custom field of the lead's list; did you mean user?",
    ]


def test_no_variable_has_a_secret_for_its_value() -> None:
    assert not [name for name in NAMES if "pass" in name or "secret" in name or "pin" in name]
