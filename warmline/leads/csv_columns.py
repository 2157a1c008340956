"""Assigns the columns of a file to fields of leads: by field name, by a mapping, or by common names."""

import re
from collections.abc import Mapping, Sequence

from warmline.leads.lead_fields import FIELDS, unknown_field
from warmline.leads.lead_history import HISTORY
from warmline.options.values.entity import OptionError
from warmline.options.values.option_types import nearest

# Field → its names in lists of other systems, in the form that `plain` returns.
USUAL = {
    "phone_number": "phone tel telephone telefon telefonnummer telefonnr tel_nr rufnummer nummer number phone_no"
    " phonenumber telephone_number main_phone primary_phone festnetz",
    "alt_phone": "phone2 phone_2 mobile mobil mobilnummer handy cell cell_phone mobile_phone telefon2 telefon_2"
    " alternate_phone",
    "first_name": "firstname vorname given_name prenom forename",
    "last_name": "lastname nachname surname family_name name nom familienname",
    "title": "anrede salutation titel",
    "email": "e_mail mail email_address emailadresse",
    "address1": "address street strasse straße adresse street_address",
    "address2": "address_2 adresszusatz",
    "city": "ort stadt town ville",
    "postal_code": "plz zip zip_code zipcode postcode postleitzahl postalcode",
    "state": "bundesland region",
    "country_code": "country land",
    "date_of_birth": "birthday dob geburtsdatum birth_date birthdate",
    "vendor_lead_code": "customer_id kundennummer customer_number customer_no kundennr external_id",
    "comments": "comment notes note bemerkung kommentar notiz",
    "last_call": "last_local_call_time",
    "passes": "called_since_last_reset",
}
IMPORTED = (*FIELDS, *HISTORY)
LONGEST = 1000  # characters of the columns in an error
NAME = re.compile(r"[\w .#()/'+-]{0,60}")  # a first line with other text may be of a file with secrets
FIELD_OF = {name: field for field, names in USUAL.items() for name in names.split()}


def columns(head: Sequence[str], renamed: Mapping[str, str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the field of each column, "" for none, and the names of columns without a field. Raises OptionError."""
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
        if ours not in IMPORTED:
            raise unknown_field(ours)
    names = [wanted.get(name, name if name in IMPORTED and name not in wanted.values() else "") for name in theirs]
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


def plain(name: str) -> str:
    """Return a column's name in lower case, with other characters removed or unified."""
    return re.sub(r"[\s.-]+", "_", name.strip().lower().strip("."))


def named(head: Sequence[str]) -> str:
    """Return the columns of a file in words. A line that names none is not quoted: root can read any file."""
    if not any(head):
        return "its first line, which must name the columns, is empty"
    if not all(NAME.fullmatch(name.strip()) for name in head):
        return "its first line, which must name the columns, has other text"
    names = ", ".join(head)
    return f"its columns: {names if len(names) <= LONGEST else f'{names[: LONGEST - 1]}…'}"
