"""Every option that can name a place of the dialplan, a channel or an endpoint, with the decision about it."""

from collections.abc import Iterator

import pytest

from warmline.options import dial_ways
from warmline.options.option_table import ALL, ENTITIES
from warmline.options.values.entity import Option
from warmline.options.values.option_types import Reference, References, Type

PLACES = (
    *("9@c", "extension:9@c", "callmenu:c", "a=b -> extension:9@c", "0 -> extension:9@c"),
    *("PJSIP/{number}@c", "Local/9@c"),
)
LIKE_A_PLACE = ("exten", "menu", "context", "phone", "endpoint", "trunk", "template", "route", "ivr", "channel")
WAY = "the setting dial_ways holds for it"
MAILBOX = "the mailbox is an extension of Warmline's own context [warmline-voicemail]"
SOUND = "the name of a sound file"
PHONE = "a phone of an agent is called without a number: its name has neither @ nor /"
SHOWN = "what an agent's phone shows"
DECISIONS = {
    "campaign dial_template": WAY,
    "campaign park_ivr": WAY,
    "campaign am_message_exten": SOUND,
    "campaign phone_login": "whether a phone needs a PIN",
    "campaign phone_caller_number": SHOWN,
    "campaign phone_headers": SHOWN,
    **{f"ingroup {option}_exten": WAY for option in ("after_hours", "wait_time_option", "drop")},
    **{f"ingroup {option}_callmenu": WAY for option in ("after_hours", "wait_time_option", "drop")},
    **{f"ingroup {option}_voicemail": MAILBOX for option in ("after_hours", "wait_time_option")},
    "ingroup closing_time_option_exten": WAY,
    "ingroup closing_time_option_callmenu": WAY,
    "ingroup closing_time_option_voicemail": MAILBOX,
    "ingroup voicemail_ext": MAILBOX,
    "ingroup no_agent_action_value": WAY,
    "ingroup exit_keys": WAY,
    "ingroup moh_context": "a class of music on hold",
    "ingroup agent_alert_exten": SOUND,
    "agent phone": PHONE,
    "agent phone_mode": "how a phone is connected",
    "agent custom_five": WAY,
    "agent voicemail_id": MAILBOX,
    "did route": WAY,
    "did data_routes": WAY,
    "did after_hours_route": WAY,
    "did filter_route": WAY,
    "did filter_phone_group_id": "a list of callers",
    "scheduled-report mail_to": "addresses of mail",
    "setting dial_ways": "the list itself, which takes users:write",
    "setting webhook_hosts": "hosts of HTTP, for an administrator",
}


def accepts(kind: Type, text: str) -> bool:
    try:
        kind.parse(text)
    except ValueError:
        return False
    return True


def named_like_one(option: Option) -> bool:
    return any(word in option.name for word in LIKE_A_PLACE)


def candidates() -> Iterator[tuple[str, Option]]:
    """Yield the options that accept a place or are named like one, without free text and names of other entities."""
    for entity in ALL:
        for option in entity.options:
            is_free = accepts(option.type, "two words")
            is_entity = isinstance(option.type, Reference | References)
            is_place = any(accepts(option.type, place) for place in PLACES)
            if named_like_one(option):
                is_place = is_entity or not is_free
            elif is_entity or is_free:
                is_place = False
            if is_place:
                yield entity.kind, option


def test_each_option_that_may_name_a_place_has_its_decision() -> None:
    assert {f"{kind} {option.name}" for kind, option in candidates()} == DECISIONS.keys()


@pytest.mark.parametrize("named", [name for name, decision in DECISIONS.items() if decision == WAY])
def test_a_bound_option_yields_its_way(named: str) -> None:
    kind, name = named.split()
    option = ENTITIES[kind].option(name)
    text = next(one for one in (*PLACES, "c") if accepts(option.type, one))
    found = list(dial_ways.of(kind, {name: option.type.parse(text), "no_agent_action": "EXTENSION"}))
    assert found == [(name, text if name == dial_ways.TEMPLATE else "@c")]
    assert dial_ways.may_bring(kind, [name])


@pytest.mark.parametrize("named", [name for name, decision in DECISIONS.items() if decision in (MAILBOX, SOUND)])
def test_a_mailbox_and_a_sound_are_no_ways(named: str) -> None:
    kind, name = named.split()
    assert not list(dial_ways.of(kind, {name: "100"}))
    assert not dial_ways.may_bring(kind, [name])


@pytest.mark.parametrize("name", ["0900123456@trunk", "trunk/sip:0900123456@example.net", "1000&1001"])
def test_the_name_of_a_phone_has_no_number_for_a_trunk(name: str) -> None:
    assert not accepts(ENTITIES["phone"].names, name)
