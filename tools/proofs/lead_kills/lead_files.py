"""Files of leads with five custom fields, as CSV and as NDJSON, and what must be stored of each lead."""

import json
from collections.abc import Iterator
from typing import NamedTuple

CUSTOM = ("plan", "meter", "region", "contract_end", "remark")
HEAD = ("phone_number", "first_name", "last_name", "email", "vendor_lead_code", "city", *CUSTOM)
FIRST = 3_000_000_000  # the number of lead 0
SURNAMES = 9973  # a name has a hundred of a million leads
PLANS, REGIONS = ("basic", "family", "night", "business"), 40
MOST = 200_000  # leads of one file; a file can have 256 MB


class FileLead(NamedTuple):
    """A lead of a file: its fields, in the order of HEAD."""

    values: tuple[str, ...]

    @property
    def number(self) -> str:
        return self.values[0]

    @property
    def custom(self) -> dict[str, str]:
        """Return its custom fields."""
        return dict(zip(CUSTOM, self.values[-len(CUSTOM) :], strict=True))


def lead(serial: int) -> FileLead:
    """Return the lead with that serial number, which is the same in each run."""
    return FileLead(
        (
            str(FIRST + serial),
            f"First{serial % 997}",
            f"Last{serial * 7919 % SURNAMES}",
            f"a{serial}@example.org",
            f"V{serial}",
            "Town",
            PLANS[serial % len(PLANS)],
            f"M-{serial}",
            f"region {serial % REGIONS}",
            f"2027-{serial % 12 + 1:02d}-01",
            f'said, "{serial}"',
        )
    )


def leads(first: int, count: int) -> Iterator[FileLead]:
    """Yield so many leads, from the serial number `first` on."""
    return map(lead, range(first, first + count))


def csv_file(first: int, count: int) -> bytes:
    """Return a CSV file of these leads."""
    lines = [",".join(HEAD)]
    for one in leads(first, count):
        remark = one.values[-1].replace('"', '""')
        lines.append(f'{",".join(one.values[:-1])},"{remark}"')
    return ("\n".join(lines) + "\n").encode()


def ndjson_file(first: int, count: int) -> bytes:
    """Return an NDJSON file of these leads."""
    return b"".join(
        json.dumps(dict(zip(HEAD, one.values, strict=True))).encode() + b"\n" for one in leads(first, count)
    )
