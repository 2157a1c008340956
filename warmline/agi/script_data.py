"""The data of a call: the channel variables WARMLINE_DATA_name."""

from warmline.agi.channel import AGI
from warmline.agi.protocol import COMMAND_MAX_BYTES
from warmline.core.rules.call_data import MAX_ITEMS as MAX_NAMES
from warmline.core.rules.call_data import MAX_NAME_LENGTH as NAME_MAX_CHARACTERS
from warmline.core.rules.call_data import MAX_VALUE_LENGTH as VALUE_MAX_CHARACTERS
from warmline.core.rules.call_data import is_name
from warmline.text.coded_error import CodedError

TYPE_CHECKING = False  # typing would cost a script 5 ms
if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE_PREFIX = "WARMLINE_DATA_"
VALUE_MAX_BYTES = COMMAND_MAX_BYTES - 100  # of a value as one word of a command


class DataError(CodedError, ValueError):
    """A name or value that cannot be data of a call."""


def read_data(agi: AGI, name: str) -> str:
    """Return the call's data of that name; '' if it is not set. Raises CodedError (the name), AGIException."""
    return agi.get_variable(VARIABLE_PREFIX + _check_name(name))


def write_data(agi: AGI, values: "Mapping[str, object]") -> None:
    """Set data of the call: the channel variables WARMLINE_DATA_name, which the dialplan and other scripts can read.

    A name is at most 32 letters, digits and `_`, and begins with a letter. Capital and small letters are the same, so
    two names must differ in more; Asterisk's variable has the letters of the name. A value has at most 500 characters;
    control characters become spaces. A call has at most 32 names. '' removes a value.

    Raises CodedError if a name or value is not allowed, and then sets nothing. Raises AGIException.
    """
    if len({name.lower() for name in map(_check_name, values)}) < len(values):
        raise DataError(
            "data_name_twice",
            "names of data {names} are the same, because capital and small letters are the same; give one of them",
            names=", ".join(values)[:VALUE_MAX_CHARACTERS],
        )
    if len(values) > MAX_NAMES:
        raise DataError(
            "data_names_too_many",
            "{count} names are too many for the data of a call; allowed: {most}",
            count=len(values),
            most=MAX_NAMES,
        )
    texts = {_check_name(name): _to_text(name, value) for name, value in values.items()}
    for name, text in texts.items():
        agi.set_variable(VARIABLE_PREFIX + name, text)


def _check_name(name: str) -> str:
    if is_name(name):
        return name
    raise DataError(
        "data_name_invalid",
        "name of data {name!r} is invalid; allowed: a letter, then letters, digits and _, at most {most}",
        name=name[:NAME_MAX_CHARACTERS],
        most=NAME_MAX_CHARACTERS,
    )


def _to_text(name: str, value: object) -> str:
    text = str(value)
    byte_count = len(text.encode(errors="replace")) + text.count("\\") + text.count('"')
    if len(text) > VALUE_MAX_CHARACTERS or byte_count > VALUE_MAX_BYTES:
        raise DataError(
            "data_value_too_long",
            "data {name} has {length} characters; allowed: {most}, and {bytes} bytes",
            name=name,
            length=len(text),
            most=VALUE_MAX_CHARACTERS,
            bytes=VALUE_MAX_BYTES,
        )
    return text
