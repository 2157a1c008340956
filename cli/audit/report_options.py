"""The options that all reports share: the period, and the form of the output."""

from collections.abc import Callable
from inspect import Parameter, signature
from typing import Any

from cli.arguments.time_options import Between, Day, Period, Precise, Since, period
from cli.audit.report_writer import Csv, Fields, Ndjson, ReportWriter, sheet
from cli.output import time_format, time_zone
from cli.output.json_output import Json
from cli.output.time_format import iso

STRETCH = {"since": (Since, ""), "day": (Day, ""), "between": (Between, "")}
STYLE = {"as_json": (Json, False), "as_csv": (Csv, False), "as_ndjson": (Ndjson, False), "fields": (Fields, "")}


def report(show: Callable[..., None], csv: Any = Csv) -> Callable[..., None]:
    """Return the command of a report.

    `show` gets its own options, `out` (a ReportWriter) and, if it has a parameter `of`, a Period. `csv` is the option
    `--csv`, with what its values are.
    """
    own = [one for one in signature(show).parameters.values() if one.name not in ("of", "out")]
    timed = "of" in signature(show).parameters

    def command(**given: Any) -> None:
        if timed:
            given["of"] = period(*(given.pop(name) for name in STRETCH))
        time_format.precise = given.pop("precise")
        out = sheet(*(given.pop(name) for name in STYLE))
        show(out=out, **given)
        if timed and out.for_people:
            time_zone.name_below()  # the period depends on it

    style = STYLE | {"as_csv": (csv, False)}
    added = (STRETCH if timed else {}) | style | {"precise": (Precise, False)}
    parameters = own + [
        Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in added.items()
    ]
    command.__signature__ = signature(show).replace(  # type: ignore[attr-defined]  # typer reads it
        parameters=[one.replace(kind=Parameter.KEYWORD_ONLY) for one in parameters]
    )
    command.__annotations__ = {one.name: one.annotation for one in parameters}
    command.__doc__ = show.__doc__
    command.__name__ = show.__name__
    return command


def stretch(of: Period) -> dict[str, object]:
    """Return the period, for the head of a JSON document."""
    return {"since": iso(of.start), "until": iso(min(of.end, of.now))}


def none_found(out: ReportWriter, what: str, of: Period) -> None:
    """Print that the report is empty, for people only."""
    if out.for_people:
        further = "; --since 7d looks further back" if of.end > of.now else ""
        print(f"No {what} {of.text}{further}.")
