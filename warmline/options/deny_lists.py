"""Ready entries for `dial_deny`: premium numbers, satellite networks and codes that forward a line, by country.

`warmline install --deny-list` adds them to campaigns. Entries with a country code ask for enough digits, so that they
match no number within another country. For example, +870 is Inmarsat, and 870 is an area code in Arkansas.
"""

from typing import NamedTuple


class DenyEntries(NamedTuple):
    """Entries with the same meaning, and the document that says so."""

    entries: tuple[str, ...]
    meaning: str
    source: str


E164 = "ITU-T, List of Recommendation ITU-T E.164 assigned country codes"
MMI = "3GPP TS 22.030, annex B"
NETWORKS = DenyEntries(
    ("_+870XXXXXXXX.", "_+878XXXXXXXX.", "_+88[1-3]X.", "_+808XXXXXXX.", "_+979XXXXXXXX."),
    "satellite networks, international networks, and international premium numbers",
    E164,
)
FORWARDING = DenyEntries(
    ("_*21*!", "_**21*!", "_*6[1279]*!", "_**6[127]*!", "_*00[24]*!", "_**00[24]*!"),
    "codes that forward the line to another number",
    MMI,
)
NANP_FORWARDING = DenyEntries(
    ("_*72!", "_*9[02]!", "_1172!", "_119[02]!"),
    "codes that forward the line, and their form for dial phones",
    "NANPA, Vertical Service Code Assignments (ATIS-0300058)",
)
NANP_976 = DenyEntries(
    ("_NXX976XXXX", "_1NXX976XXXX", "_+1NXX976XXXX", "_976XXXX"),
    "exchange 976, information services",
    "ATIS-0300051, Central Office Code (NXX) Assignment Guidelines",
)
NINE_HUNDRED = ("_900NXXXXXX", "_1900NXXXXXX", "_+1900NXXXXXX")

DENY_LISTS: dict[str, tuple[DenyEntries, ...]] = {
    "DE": (
        DenyEntries(("_0900X.", "_+49900X."), "premium services", "Bundesnetzagentur, Nummernplan (0)900"),
        DenyEntries(("_0137X.", "_+49137X."), "mass calling services", "Bundesnetzagentur, Nummernplan (0)137"),
        DenyEntries(("_118XX", "_118XXX"), "directory enquiries", "Bundesnetzagentur, Nummernplan 118xy"),
        NETWORKS,
        FORWARDING,
    ),
    "GB": (
        DenyEntries(
            ("_09XXXXXXX.", "_+449XXXXXXXX."),
            "premium services",
            "Ofcom, The National Telephone Numbering Plan, part A",
        ),
        DenyEntries(
            ("_087XXXXXX.", "_+4487XXXXXXX."),
            "special services with a service charge",
            "Ofcom, The National Telephone Numbering Plan, part A",
        ),
        DenyEntries(
            ("_070XXXXXXX.", "_+4470XXXXXXX."),
            "personal numbers",
            "Ofcom, The National Telephone Numbering Plan, part A",
        ),
        DenyEntries(("_118XXX",), "directory enquiries", "Ofcom, The National Telephone Numbering Plan, part A"),
        NETWORKS,
        FORWARDING,
    ),
    "US": (
        DenyEntries(NINE_HUNDRED, "pay-per-call services", "FCC, 47 CFR 64.1506"),
        NANP_976,
        NETWORKS,
        NANP_FORWARDING,
    ),
    "CA": (
        DenyEntries(NINE_HUNDRED, "900 service", "CRTC, Public Notice CRTC 2002-2"),
        NANP_976,
        NETWORKS,
        NANP_FORWARDING,
    ),
    "FR": (
        DenyEntries(
            ("_089XXXXXX.", "_+3389XXXXXX."),
            "special numbers with a surcharge",
            "Arcep, décision n° 2018-0881, annexe 1",
        ),
        DenyEntries(("_118XXX",), "directory enquiries", "Arcep, décision n° 2018-0881, annexe 1"),
        NETWORKS,
        FORWARDING,
    ),
}


def entries(countries: tuple[str, ...]) -> tuple[str, ...]:
    """Return the entries of these countries, each once. Raises KeyError for a country without a list."""
    return tuple(dict.fromkeys(one for country in countries for part in DENY_LISTS[country] for one in part.entries))
