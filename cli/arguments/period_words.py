"""Short options for periods: `--today` means `--day today`."""

from collections.abc import Collection, Sequence

DAY = "--day"
PERIODS = {
    "--today": "today",
    "--yesterday": "yesterday",
    "--week": "thisweek",
    "--this-week": "thisweek",
    "--thisweek": "thisweek",
    "--last-week": "lastweek",
    "--lastweek": "lastweek",
    "--month": "thismonth",
    "--this-month": "thismonth",
    "--thismonth": "thismonth",
    "--last-month": "lastmonth",
    "--lastmonth": "lastmonth",
}


def in_full(words: Sequence[str], known: Collection[str]) -> list[str]:
    """Return a command line with `--day today` for `--today`, if its options `known` have a day."""
    if DAY not in known:
        return list(words)
    found: list[str] = []
    for place, word in enumerate(words):
        if word == "--":
            return [*found, *words[place:]]
        found += [DAY, PERIODS[word]] if word in PERIODS and word not in known else [word]
    return found
