"""The places where a lead may be: time zones, and the country and state whose legal hours apply.

The places follow from the number and from the address, because numbers move, and people too. A lead may be called when
each of them allows it. `places.toml` has the numbering plans.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).with_name("places.toml")
# Fields of a lead from which its places are made. After a change of one of them, the places are found again.
FROM = ("phone_code", "phone_number", "state", "province", "postal_code", "country_code")
NORTH_AMERICA = "1"  # calling code
AREA = 3  # digits of an area code there
NATIONAL = 10  # digits of a number there
STATES = ("US", "CA")  # countries whose states are known
ALPHA_3 = {"USA": "US", "CAN": "CA", "GBR": "GB", "DEU": "DE", "FRA": "FR", "AUT": "AT", "CHE": "CH"}


class LeadPlaces(NamedTuple):
    """Time zones and jurisdictions, each with | between them. No zone: the lead must not be dialled automatically."""

    time_zones: str = ""
    jurisdictions: str = ""


@dataclass(frozen=True)
class _Place:
    """A country or a state with its zones."""

    zones: tuple[str, ...]
    jurisdiction: str

    @property
    def country(self) -> str:
        return self.jurisdiction.partition("-")[0]


@dataclass
class _Table:
    """The content of `places.toml`, by what numbers and addresses have in them."""

    countries: dict[str, _Place] = field(default_factory=dict)
    by_code: dict[str, list[str]] = field(default_factory=dict)  # calling code → countries
    by_area: dict[str, list[_Place]] = field(default_factory=dict)  # area code of North America
    states: dict[tuple[str, str], _Place] = field(default_factory=dict)  # country and name or abbreviation
    by_postal: dict[tuple[str, str], list[_Place]] = field(default_factory=dict)  # country and beginning


def columns(lead: Mapping[str, Any], country: str) -> dict[str, str | int]:
    """Return the stored places of a lead. Time zones that were given stay. `country` is that of its list, or ""."""
    found = of_lead(lead, country)
    return {"time_zones": lead.get("time_zones") or found.time_zones, "jurisdictions": found.jurisdictions}


def of_lead(lead: Mapping[str, Any], country: str = "") -> LeadPlaces:
    """Return the places of a lead. `country` is that of its list, for numbers without a calling code, or ""."""
    at_home = _country(str(lead.get("country_code", ""))) or country
    by_number = _of_number(str(lead.get("phone_code", "")), str(lead.get("phone_number", "")), at_home)
    by_address = _of_address(lead, at_home or (by_number[0].country if by_number else ""), by_number)
    if not all(place.zones for place in by_number):  # a toll-free number
        return LeadPlaces("", _joined(place.jurisdiction for place in by_address or by_number))
    found = (*by_number, *by_address) if by_number else ()
    return LeadPlaces(
        _joined(zone for place in found for zone in place.zones), _joined(place.jurisdiction for place in found)
    )


def deciding_part(code: str, number: str) -> str:
    """Return the part of a number with this country code from which its places follow: an area code, or all of it."""
    if code == NORTH_AMERICA and len(number) == NATIONAL and number[:AREA] in _table().by_area:
        return number[:AREA]
    return number


def of_number(number: str) -> LeadPlaces:
    """Return the places of a number with its calling code, such as +493012345; none for any other form."""
    if not number.startswith("+"):
        return LeadPlaces()
    digits = number[1:]
    code = next((digits[:size] for size in (1, 2, 3) if digits[:size] in _table().by_code), "")
    return of_lead({"phone_code": code, "phone_number": digits[len(code) :]})


def _of_number(code: str, number: str, country: str) -> list[_Place]:
    """Return the places of a number; a toll-free one is in a country without a zone. None for an unknown code."""
    table = _table()
    if not code:
        code = next((one for one, countries in table.by_code.items() if country in countries), "")
    if code == NORTH_AMERICA:
        national = number[1:] if len(number) > 10 and number.startswith("1") else number
        if states := table.by_area.get(national[:AREA]):
            return states
        island = table.countries.get(_region(code, national))
        return [island] if island else [_Place((), country) for country in STATES]
    countries = table.by_code.get(code, [])
    if len(countries) > 1 and (region := _region(code, number)) in countries:
        countries = [region]
    return [table.countries[one] for one in countries]


def _of_address(lead: Mapping[str, Any], country: str, by_number: list[_Place]) -> list[_Place]:
    """Return the places of the address: of its postal code, or else of its state, or else of a foreign country.

    A state alone adds nothing to a number of that state, which is more exact.
    """
    table = _table()
    postal = str(lead.get("postal_code", "")).strip().upper()
    names = [str(lead.get(name, "")).strip().casefold() for name in ("state", "province")]
    found = [table.states[country, name] for name in names if (country, name) in table.states]
    exact = table.by_postal.get((country, postal[:3])) or table.by_postal.get((country, postal[:1])) or []
    if exact and (not found or {one.jurisdiction for one in found} <= {one.jurisdiction for one in exact}):
        return exact
    if not found and (abroad := table.countries.get(_country(str(lead.get("country_code", ""))))):
        return [abroad]
    of_number = {place.jurisdiction for place in by_number}
    return [*(one for one in found if one.jurisdiction not in of_number), *exact]


def _country(text: str) -> str:
    """Return the two letters of a country, or "" for a text that names none."""
    upper = text.strip().upper()
    found = ALPHA_3.get(upper, upper)
    return found if found in STATES or found in _table().countries else ""


def _region(code: str, number: str) -> str:
    import phonenumbers  # takes 30 ms, which most leads save

    try:
        parsed = phonenumbers.parse(f"+{code}{number}")
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.region_code_for_number(parsed) or ""


@cache
def _table() -> _Table:
    import tomllib  # a change of other fields does without the places

    raw = tomllib.loads(DATA.read_text())
    table = _Table(by_code={NORTH_AMERICA: [*STATES]})
    for country, text in raw["countries"].items():
        code, zones, *law = text.split()
        table.countries[country] = _Place(tuple(zones.split("|")), law[0] if law else country)
        table.by_code.setdefault(code, []).append(country)
    for country in STATES:
        for state, row in raw[country].items():
            _add_state(table, country, state, row)
    return table


def _add_state(table: _Table, country: str, state: str, row: Mapping[str, Any]) -> None:
    name = f"{country}-{state}"
    whole = _Place(_distinct(zones for part in ("area_codes", "postal_codes") for zones in row[part]), name)
    table.states[country, state.casefold()] = table.states[country, row["name"].casefold()] = whole
    for zones, codes in row["area_codes"].items():
        for code in codes.split():
            table.by_area.setdefault(code, []).append(_Place(_distinct([zones]), name))
    for zones, codes in row["postal_codes"].items():
        for code in codes.split():
            first, _, last = code.partition("-")
            for prefix in [f"{one:03d}" for one in range(int(first), int(last) + 1)] if last else [first]:
                table.by_postal.setdefault((country, prefix), []).append(_Place(_distinct([zones]), name))


def _joined(names: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(names))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(zone for text in texts for zone in text.split("|")))
