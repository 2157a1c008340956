"""Assigns the columns of a file to fields of leads: by field name, by a mapping, or by common names."""

import re
from collections.abc import Collection, Mapping, Sequence

from warmline.leads.foreign_field_names import FIELD_OF, plain
from warmline.leads.lead_fields import FIELDS, unknown_field
from warmline.leads.lead_history import HISTORY
from warmline.options.values.entity import OptionError
from warmline.options.values.option_types import nearest

IMPORTED = (*FIELDS, *HISTORY)
LONGEST = 1000  # characters of the columns in an error
NAME = re.compile(r"[\w .#()/'+-]{0,60}")  # a first line with other text may be of a file with secrets


def columns(
    head: Sequence[str], renamed: Mapping[str, str], custom: Collection[str] = ()
) -> tuple[list[str], tuple[str, ...]]:
    """Return the field of each column, "" for none, and the names of columns without a field.

    `custom` are the custom fields of the list, which columns name in any case. Raises OptionError.
    """
    known = {plain(name): name for name in custom} | {name: name for name in IMPORTED}
    wanted = {plain(theirs): ours for theirs, ours in renamed.items()}
    theirs = [plain(name) for name in head]
    for name, ours in wanted.items():
        if name not in theirs:
            near = nearest(name, theirs)
            spelled = dict(zip(theirs, head, strict=True))
            for one in theirs:
                near = near.replace(one, spelled[one].strip()) if near else near
            raise OptionError(
                "csv_column_unknown", "the file has no column {name!r}; {hint}", name=name, hint=near or named(head)
            )
        if ours not in IMPORTED and ours not in custom:
            raise unknown_field(ours, custom)
    taken = {*wanted.values()}
    names = [wanted.get(name, ours if (ours := known.get(name, "")) not in taken else "") for name in theirs]
    for place, name in enumerate(theirs):
        field = FIELD_OF.get(name, "")
        if not names[place] and field not in names:
            names[place] = field
    if twice := next((name for name in names if name and names.count(name) > 1), ""):
        raise OptionError(
            "csv_column_twice",
            "two columns of the file are {name}; rename one of them in the file",
            name=twice,
        )
    if "phone_number" not in names:
        raise OptionError(
            "csv_no_number_column",
            "no column of the file is phone_number; {columns}; write --columns NAME=phone_number",
            columns=named(head),
        )
    return names, tuple(name for name, ours in zip(head, names, strict=True) if not ours)


def of_object(names: Sequence[str], renamed: Mapping[str, str], custom: Collection[str] = ()) -> list[str]:
    """Return the field of each name of an object in a file; not every object has every name. Raises OptionError."""
    given = {plain(name) for name in names}
    return columns(names, {theirs: ours for theirs, ours in renamed.items() if plain(theirs) in given}, custom)[0]


def named(head: Sequence[str]) -> str:
    """Return the columns of a file in words. A line that names none is not quoted: root can read any file."""
    if not any(head):
        return "its first line, which must name the columns, is empty"
    if not all(NAME.fullmatch(name.strip()) for name in head):
        return "its first line, which must name the columns, has other text"
    names = ", ".join(head)
    return f"its columns: {names if len(names) <= LONGEST else f'{names[: LONGEST - 1]}…'}"
