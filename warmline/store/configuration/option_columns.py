"""How the value of an option is kept in its column."""

import json

from warmline.options.option_table import Option
from warmline.options.option_types import Addresses, Reference, References, Texts, Value, Words

Column = str | int | None


def stored(option: Option, value: Value) -> Column:
    """What goes into the column: lists as JSON, a reference to nothing as NULL."""
    if isinstance(value, tuple):
        return json.dumps(value)
    if isinstance(option.type, Reference) and value == option.type.none:
        return None
    return value


def loaded(option: Option, column: Column) -> Value:
    """The value of what is in the column. Raises ValueError for a list that is none."""
    match option.type:
        case Reference(_, str(none)) if column is None:
            return none
        case References() | Texts() | Words() | Addresses():
            return tuple(json.loads(str(column)))
        case _:
            assert column is not None
            return column
