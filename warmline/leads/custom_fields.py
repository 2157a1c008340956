"""Custom fields of a lead: the option `custom_fields` of its list names them, and each value is a text.

A lead has them as one JSON object. Values for names that its list no longer has stay in it.
"""

import json
from collections.abc import Collection, Mapping

from warmline.leads.lead_fields import FIELDS, LONGEST_CUSTOM, bounded, unknown_field, unusable_value
from warmline.options.values.option_error import OptionError

COLUMN = "custom_fields"  # of a lead, and of its list
LARGEST = 100_000  # bytes of the column; an import sends leads to another process
NONE = "{}"  # the column without values
USUAL = frozenset(FIELDS)
_ENCODER = json.JSONEncoder(ensure_ascii=False)  # made once, because imports write a million columns


def read(stored: str) -> dict[str, str]:
    """Return the values that the column of a lead has, by name."""
    return {str(name): str(text) for name, text in json.loads(stored).items()}


def written(values: Mapping[str, str]) -> str:
    """Return values as the column has them; an empty text is no value. Raises OptionError if they are too large."""
    stored = _ENCODER.encode({name: text for name, text in values.items() if text})
    if (size := len(stored.encode())) > LARGEST:
        raise OptionError(
            "lead_custom_fields_too_large",
            "the custom fields of the lead have {size} bytes together; allowed: {most}",
            size=size,
            most=LARGEST,
        )
    return stored


def checked(stored: object, names: Collection[str]) -> str:
    """Return the column as `written`, from another process that has read a file. Raises OptionError."""
    try:
        found = read(str(stored))
    except (ValueError, AttributeError):
        raise unusable_value(COLUMN) from None
    usual, own = parted(found, names)
    if usual:
        raise unknown_field(next(iter(usual)), names)
    return written(own)


def parted(
    given: Mapping[str, str], names: Collection[str], kept: Collection[str] = ()
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the fields that every lead has as they are, and the custom fields as they are stored.

    `names` are those of the list. A value of `kept`, for a name that the list no longer has, can only be emptied.
    Raises OptionError, which names the field, the custom fields of the list and the nearest valid name.
    """
    usual, own = dict[str, str](), dict[str, str]()
    for name, text in given.items():
        if name in USUAL:
            usual[name] = text
        elif name in names or (name in kept and not text.strip()):
            own[name] = bounded(name, text, LONGEST_CUSTOM)
        else:
            raise unknown_field(name, names)
    return usual, own


def of_list(stored: str, names: Collection[str]) -> str:
    """Return the column with a text for each name of the list, in its order, and without values that were kept."""
    values = read(stored)
    return json.dumps({name: values.get(name, "") for name in names}, ensure_ascii=False)


def whole(stored: str, names: Collection[str]) -> dict[str, str]:
    """Return a text for each name of the list, in its order, and then the values that were kept."""
    return {**dict.fromkeys(names, ""), **read(stored)}
