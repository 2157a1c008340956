"""The stored form of an option's value in its column."""

import json

from warmline.options.option_table import Option
from warmline.options.route_types import DataRules, KeyRoutes
from warmline.options.values.option_types import Addresses, Reference, References, Texts, Value, Words

Column = str | int | None
Lists = References | Texts | Words | Addresses | DataRules | KeyRoutes  # stored as JSON


def stored(option: Option, value: Value) -> Column:
    """Return the column for a value: lists as JSON, an empty reference as NULL."""
    if isinstance(value, tuple):
        return json.dumps(value)
    if isinstance(option.type, Reference) and value == option.type.none:
        return None
    return value


def loaded(option: Option, column: Column) -> Value:
    """Return the value in a column. Raises ValueError for an invalid list."""
    match option.type:
        case Reference(_, str(none)) if column is None:
            return none
        case References() | Texts() | Words() | Addresses() | DataRules() | KeyRoutes():
            return () if column == "[]" else tuple(json.loads(str(column)))
        case _:
            assert column is not None
            return column


def is_its_column(option: Option) -> bool:
    """Return whether the value of an option is its column as it stands."""
    return not isinstance(option.type, Reference | Lists)
