"""The option table accepts valid values, and refuses others with a clear error."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wording.said import refused
from warmline.options.option_table import (
    AGENT,
    AGENTDIRECT,
    CAMPAIGN,
    ENTITIES,
    INGROUP,
    Entity,
    Option,
    OptionError,
    check,
    check_name,
)
from warmline.options.references import references
from warmline.options.route_types import DataRules, KeyRoutes
from warmline.options.values.option_types import Addresses, References, Texts, Value, Words

OPTIONS = [(entity, option) for entity in ENTITIES.values() for option in entity.options]


def as_text(value: Value) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def test_agentdirect_goes_first_unless_told_otherwise() -> None:
    assert INGROUP.default(INGROUP.option("queue_priority"), AGENTDIRECT) == 99
    assert INGROUP.default(INGROUP.option("queue_priority"), "SALESLINE") == 0


def test_a_default_is_allowed() -> None:
    for entity, option in OPTIONS:
        if not option.required:
            assert check(entity.kind, {option.name: as_text(option.default)}) == {option.name: option.default}


@pytest.mark.parametrize(
    ("kind", "option", "text", "value"),
    [
        ("campaign", "dial_timeout", "0", 0),
        ("campaign", "dial_timeout", "300", 300),
        ("campaign", "campaign_recording", "ALLFORCE", "ALLFORCE"),
        ("campaign", "dial_template", "Local/{number}@out/n", "Local/{number}@out/n"),
        ("campaign", "campaign_cid", "+18005550100", "+18005550100"),
        ("campaign", "default_xfer_group", "", "---NONE---"),
        ("ingroup", "queue_priority", "-99", -99),
        ("call-time", "ct_default_start", "9:05", 905),
        ("agent", "ingroups", "A, B  C,,A", ("A", "B", "C")),
        ("agent", "ingroups", "", ()),
        ("agent", "pin", "0042", "0042"),
        ("did", "route", "agent:1000", "agent:1000"),
        ("api-user", "functions", "park_call,recording", ("park_call", "recording")),
    ],
)
def test_a_valid_value_is_converted(kind: str, option: str, text: str, value: Value) -> None:
    assert check(kind, {option: text}) == {option: value}


@pytest.mark.parametrize(
    ("kind", "option", "text", "said"),
    [
        ("campaign", "dial_timeout", "-1", "dial_timeout cannot be '-1'; allowed: 0 to 300 seconds"),
        ("campaign", "dial_timeout", "301", "allowed: 0 to 300 seconds"),
        ("campaign", "dial_timeout", "٣", "allowed: 0 to 300 seconds"),
        ("campaign", "campaign_recording", "allcals", "(did you mean ALLCALLS?)"),
        ("campaign", "dial_template", "PJSIP/{number}{number}@trunk", "{number} in it once"),
        ("campaign", "dial_template", "PJSIP/{number}@a&PJSIP/1", "{number} in it once"),
        ("campaign", "dial_prefix", "9\n", "0-9 + * #"),
        ("ingroup", "active", "yes", "allowed: Y, N"),
        ("did", "route", "queue:x", "ingroup:NAME or agent:NAME"),
        ("setting", "timezone", "", "timezone cannot be ''; allowed: a time zone, such as Europe/Berlin"),
        ("did", "after_hours_route", "ingroup:AGENTDIRECT", "(write agent:USER)"),
        ("ingroup", "drop_inbound_group", "AGENTDIRECT", "(but not AGENTDIRECT)"),
        ("container", "entries", "+49 30-555, 1", "separated by commas; may be empty (+49 30-555 is invalid)"),
        ("api-user", "functions", "transfer_conferense", "did you mean transfer_conference?"),
        ("campaign", "dial_tiemout", "5", "campaign has no option 'dial_tiemout'; did you mean dial_timeout?"),
        ("phone", "codec", "ulaw", "it has no options"),
    ],
)
def test_an_invalid_value_is_refused_with_the_allowed_ones(kind: str, option: str, text: str, said: str) -> None:
    with pytest.raises(OptionError) as refused:
        check(kind, {option: text})
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("language=de", "('language=de' is not NAME=PATTERN -> DESTINATION)"),
        ("=de -> hangup", "'' is not a name of data"),
        ("language=d** -> hangup", "the pattern 'd**' has ** where one * is enough"),
        ("language=\x1b[2J -> hangup", "the pattern '\\x1b[2J' has control characters"),
        (f"language={'x' * 101} -> hangup", "is longer than 100 characters"),
        ("language=de -> hangup -> hangup", "has a second ->; put a comma between rules"),
        ("language=de -> ingruop:A", "'ingruop:A' is not a result of language=de; did you mean ingroup?"),
        ("language=de -> extension:1,System(x)", "'System(x)' is not NAME=PATTERN -> DESTINATION"),
        ("a=B -> hangup, a=b -> agent:1", "a=b is there twice; the second rule would have no effect"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(text: str, why: str) -> None:
    with refused(OptionError, "options_invalid", codes=("option_invalid",)) as caught:
        check("did", {"data_routes": text})
    assert why in str(caught.value) and str(caught.value).isprintable()


@pytest.mark.parametrize("text", ["vip=yes", "vip=yes:", "vip=yes:100", "vip=yes:x", "vip=yes:--1", ":5", "vip:5"])
def test_a_priority_that_is_no_number_is_refused(text: str) -> None:
    with refused(OptionError, "options_invalid", codes=("option_invalid",)):
        check("ingroup", {"data_priority": text})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0", "'0' is not KEY -> DESTINATION"),
        ("0 -> extension:1, 0 -> callback", "key 0 is there twice; the second rule would have no effect"),
        ("1 -> ingruop:A", "'ingruop:A' is no destination of key 1; did you mean ingroup?"),
        ("1 -> extension:1&2", "'extension:1&2' is no destination of key 1"),
    ],
)
def test_a_key_without_one_destination_is_refused(text: str, why: str) -> None:
    with refused(OptionError, "options_invalid", codes=("option_invalid",)) as caught:
        check("ingroup", {"exit_keys": text})
    assert why in str(caught.value)


def test_rules_have_one_form() -> None:
    assert check("ingroup", {"exit_keys": " 0->extension:0@out ,*  ->  callback,, "}) == {
        "exit_keys": ("0 -> extension:0@out", "* -> callback")
    }
    assert check("did", {"data_routes": " language = de->ingroup:A ,vip=*  ->  agent:7,, "}) == {
        "data_routes": ("language=de -> ingroup:A", "vip=* -> agent:7")
    }
    assert check("ingroup", {"data_priority": "vip=a:b:+50, note=x y : -3"}) == {
        "data_priority": ("vip=a:b:+50", "note=x y:-3")
    }


def test_a_refused_secret_is_not_repeated() -> None:
    with pytest.raises(OptionError) as refused:
        check("agent", {"pin": "sesame"})
    assert "sesame" not in str(refused.value)


def test_a_name_has_one_form_and_a_did_no_plus() -> None:
    assert check_name("did", "+18005550100") == "18005550100"
    assert check_name("phone", "desk.7-a") == "desk.7-a"
    for kind, name in [("campaign", ""), ("ingroup", "---NONE---"), ("agent", "a b"), ("did", "++1"), ("agent", "é")]:
        with pytest.raises(OptionError):
            check_name(kind, name)


@pytest.mark.parametrize("name", ["default", "*72#", "_X.", "_8XX!", "_[13-5]XX", "_Z-N[0*#]", "_!"])
def test_a_did_is_a_number_or_a_pattern(name: str) -> None:
    assert check_name("did", name) == name


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("_80[", "(\\[ and \\] must be in pairs)"),
        ("_80[9-1]", "(\\[9-1\\] runs backwards)"),
        ("_80[X]", "(\\[X\\] is not a set of digits)"),
        ("_80.1", "(\\. must be the last character)"),
        ("_", "for all others$"),
    ],
)
def test_a_pattern_that_no_number_matches_is_refused(name: str, why: str) -> None:
    with refused(OptionError, "name_invalid", name=name) as caught:
        check_name("did", name)
    assert re.search(why, f"{caught.value.fields['allowed']}{caught.value.fields['hint']}")


def test_the_references_of_a_value_are_found() -> None:
    assert references(AGENT.option("ingroup_ranks").type, ("A:5", "B:-1")) == (("ingroup", "A"), ("ingroup", "B"))
    assert references(CAMPAIGN.option("default_xfer_group").type, "---NONE---") == ()
    assert references(CAMPAIGN.option("default_xfer_group").type, "SALES") == (("ingroup", "SALES"),)
    assert references(AGENT.option("ingroups").type, ("A", "B")) == (("ingroup", "A"), ("ingroup", "B"))
    assert references(ENTITIES["did"].option("route").type, "agent:7") == (("agent", "7"),)
    assert references(CAMPAIGN.option("dial_prefix").type, "9") == ()
    rules = ("a=1 -> ingroup:A", "b=x -> y -> agent:7", "c=* -> hangup")
    assert references(ENTITIES["did"].option("data_routes").type, rules) == (("ingroup", "A"), ("agent", "7"))
    keys = ("0 -> extension:0@out", "1 -> ingroup:A", "2 -> callback")
    assert references(ENTITIES["ingroup"].option("exit_keys").type, keys) == (("ingroup", "A"),)
    assert references(ENTITIES["ingroup"].option("data_priority").type, ("a=ingroup:5",)) == ()


@given(st.sampled_from(OPTIONS), st.text(max_size=30) | st.from_regex(r"[A-Za-z0-9+*#/,:{}@_ -]{0,30}", fullmatch=True))
def test_any_text_is_a_value_or_refused_and_a_value_is_its_own_text(row: tuple[Entity, Option], text: str) -> None:
    entity, option = row
    try:
        value = check(entity.kind, {option.name: text})[option.name]
    except OptionError:
        return
    assert check(entity.kind, {option.name: as_text(value)}) == {option.name: value}
    several = References | Texts | Words | Addresses | DataRules | KeyRoutes
    assert isinstance(value, tuple) == isinstance(option.type, several)
