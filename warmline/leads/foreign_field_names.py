"""Names that other systems have for the fields of leads: in the columns of a file, and on a command line."""

import re

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
FIELD_OF = {name: field for field, names in USUAL.items() for name in names.split()}


def plain(name: str) -> str:
    """Return a column's name in lower case, with other characters removed or unified."""
    return re.sub(r"[\s.-]+", "_", name.strip().lower().strip("."))
