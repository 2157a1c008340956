"""The fields of a lead that can be set, with VICIdial's names, and the allowed values of each.

AGI scripts change leads, so the forms of options, which few fields need, are loaded where they are needed.
"""

import re
from collections.abc import Collection, Mapping

from warmline.leads import more_numbers, phone_numbers
from warmline.leads.foreign_field_names import FIELD_OF, plain
from warmline.leads.phone_numbers import PhoneNumberError
from warmline.options.values.option_error import OptionError

# Field → its largest number of characters, in the order of VICIdial's lead form.
TEXTS = {
    "vendor_lead_code": 40,
    "source_id": 50,
    "gmt_offset_now": 6,
    "phone_code": 10,
    "phone_number": 40,
    "title": 20,
    "first_name": 100,
    "middle_initial": 20,
    "last_name": 100,
    "address1": 200,
    "address2": 200,
    "address3": 200,
    "city": 100,
    "state": 50,
    "province": 100,
    "postal_code": 20,
    "country_code": 3,
    "gender": 10,
    "date_of_birth": 20,
    "alt_phone": 40,
    "email": 254,
    "security_phrase": 200,
    "comments": 4000,
    "owner": 50,
    "status": 6,
    "time_zones": 200,
    more_numbers.FIELD: more_numbers.LONGEST,
}
FIELDS = (*TEXTS, "rank")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # C1, too: bytes that were read as other letters
HIGHEST = 9999  # rank
LONGEST_CUSTOM = 4000  # characters of a custom field


def checked(given: Mapping[str, str], country: str = "") -> dict[str, str | int]:
    """Return the fields as they are stored; `phone_number` may also set `phone_code`.

    Raises OptionError, which names the field, its fault, and the nearest valid name.
    """
    fields: dict[str, str | int] = {}
    for name, text in given.items():
        if name not in FIELDS:
            raise unknown_field(name)
        fields[name] = _rank(text) if name == "rank" else _text(name, text)
    try:
        if more_numbers.FIELD in given:
            fields[more_numbers.FIELD] = more_numbers.checked(given[more_numbers.FIELD], country)
        if "phone_number" in given:
            code, fields["phone_number"] = phone_numbers.parted(given["phone_number"].strip(), country)
            fields |= {"phone_code": code} if code else {}
    except PhoneNumberError as error:
        raise number_invalid(error) from None
    return fields


def allowed(name: str) -> str:
    """Return the allowed values of a field in words; another name is that of a custom field."""
    if name == "rank":
        return f"a number from -{HIGHEST} to {HIGHEST}"
    if name == "time_zones":
        return "time zones with | between them, such as America/Chicago|America/Denver; empty for those of the number"
    if name == "phone_number":
        return "digits; if its list has a country, a number that is possible there"
    if name == more_numbers.FIELD:
        return f"up to {more_numbers.MOST} numbers, each with a label or none: 2125550187:office|2125550188"
    if name == "status":
        from warmline.options.values.option_forms import CODE

        return f"the code of a disposition: {CODE.allowed}"
    return f"up to {TEXTS.get(name, LONGEST_CUSTOM)} characters"


def _text(name: str, text: str) -> str:
    text = bounded(name, text, TEXTS[name])
    if name == "status" and text:
        return status(text)
    return _zones(text) if name == "time_zones" else text


def bounded(name: str, text: str, most: int) -> str:
    """Return the text of a field without blanks around it, if it has at most `most` characters. Raises OptionError."""
    # The agent API answers update_fields with these sentences, so they must not change.
    control, text = CONTROL.search(text), text.strip()
    if len(text) > most:
        raise OptionError(
            "lead_text_too_long",
            "{name} has {length} characters, more than {most}",
            name=name,
            length=len(text),
            most=most,
        )
    if control:
        raise OptionError(
            "lead_control_character",
            "{name} has a control character in it",
            name=name,
        )
    return text


def status(text: str) -> str:
    """Return a status that a lead may have: the code of a disposition, known or not. Raises OptionError."""
    from warmline.options.values.option_forms import CODE

    try:
        return CODE.parse(text)
    except ValueError:
        raise OptionError(
            "lead_status_invalid", "status cannot be {value!r}; allowed: {allowed}", value=text, allowed=CODE.allowed
        ) from None


def _zones(text: str) -> str:
    """Return the names of time zones without blanks. Raises OptionError."""
    from zoneinfo import available_timezones

    from warmline.options.values.option_types import is_zone, nearest

    zones = [zone.strip() for zone in text.split("|") if zone.strip()]
    for zone in zones:
        if not is_zone(zone):
            raise OptionError(
                "lead_time_zone_unknown",
                "time_zones cannot have {zone!r}; allowed: time zones such as Europe/Berlin{hint}",
                zone=zone,
                hint=f" ({near})" if (near := nearest(zone, available_timezones())) else "",
            )
    return "|".join(dict.fromkeys(zones))


def field_of(word: str) -> str:
    """Return the field that a word stands for or resembles, such as phone_number for `phone`; "" if there is none."""
    from warmline.options.values.option_types import nearest_word

    name = plain(word)
    named = name if name in FIELDS else FIELD_OF.get(name, "")
    return named if named in FIELDS else nearest_word(name, FIELDS)


def unknown_field(name: str, custom: Collection[str] = ()) -> OptionError:
    """Make the error for a field that leads do not have; `custom` are the custom fields of its list."""
    from warmline.options.values.option_types import nearest_word

    meant = nearest_word(name, custom) or field_of(name)
    hint = f"did you mean {meant}?" if meant else f"allowed: {', '.join(FIELDS)}"
    hint = f"custom fields of its list: {', '.join(custom)}; {hint}" if custom else hint
    return OptionError("lead_field_unknown", "a lead has no field {name!r}; {hint}", name=name, hint=hint)


def unusable_value(name: str) -> OptionError:
    """Return the error for a value that another process sent, and that no lead may have."""
    return OptionError("lead_value_unusable", "a lead has an unusable value of {name}", name=name)


def number_invalid(error: PhoneNumberError) -> OptionError:
    """Return the error of an option with the code and the sentence of a phone number's error."""
    return OptionError(error.code, "{why}", why=error)


def _rank(text: str) -> int:
    try:
        rank = int(text.strip() or 0)
    except ValueError:
        rank = HIGHEST + 1
    if abs(rank) > HIGHEST:
        raise OptionError(
            "lead_rank_invalid",
            "rank cannot be {value!r}; allowed: a number from -{most} to {most}",
            value=text,
            most=HIGHEST,
        )
    return rank
