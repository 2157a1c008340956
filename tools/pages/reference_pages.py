"""Writes reference pages that consist of tables, such as settings, checks of doctor, metrics, events and views."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from ari_app.background.metric_table import METRICS, MetricRow
from ari_app.reloading import AT_ONCE
from cli.doctor.check_list import TABLE as CHECKS
from tools.pages.analysis.views import VIEWS
from tools.pages.marked_text import PROJECT, cell, rows, with_tables
from tools.pages.recorded.version_runs import FILE, SCRIPTS_FILE, requirements, runs
from warmline.dialplan.lint_codes import LINT_CODES
from warmline.options.deny_lists import DENY_LISTS
from warmline.store.events.input_fields import COMMAND, PUBLIC, REQUESTED
from warmline.system.asterisk_requirements import OLDEST_TEXT
from warmline.system.server_settings import SERVER_TABLE
from warmline.system.setting_table import SETTING_TABLE
from warmline.text.event_names import INPUT_TYPES, RECORD_TYPES
from warmline.text.webhook_variables import EMPTY, OF_CALL, OF_LEAD, OURS

ORIGINS = {"Debian": "Debian's package", "source": "built from source"}


def settings() -> str:
    """Return a row for each setting."""
    return rows(
        ("setting", "values", "default", "meaning", "for a change the app needs a"),
        *(
            (
                f"`{name}`",
                cell(values),
                f"`{default}`" if default != "" else "empty",
                cell(meaning),
                "reload" if name in AT_ONCE else "restart",
            )
            for name, (default, values, meaning) in SETTING_TABLE.items()
        ),
    )


def server_settings() -> str:
    """Return a row for each setting of the table of a server."""
    return rows(
        ("setting", "values", "default", "meaning"),
        *(
            (f"`{name}`", cell(values), f"`{default}`" if default != "" else "empty", cell(meaning))
            for name, (default, values, meaning) in SERVER_TABLE.items()
        ),
    )


def checks() -> str:
    """Return a row for each check of doctor, in the order in which they run."""
    return rows(("check", "passes if"), *((f"`{check.name}`", cell(check.passes_if)) for check in CHECKS))


def findings() -> str:
    """Return a row for each finding of `warmline dialplan lint`."""
    return rows(
        ("code", "severity", "found if", "callers and agents notice", "fix"),
        *(
            (f"`{code}`", str(one.severity), cell(one.when), cell(one.harm), cell(one.fix))
            for code, one in LINT_CODES.items()
        ),
    )


def metrics() -> str:
    """Return a row for each metric."""
    return rows(
        ("metric", "kind", "labels", "meaning"),
        *((f"`{row.series(name)}`", row.kind, _labels(row), cell(row.meaning)) for name, row in METRICS.items()),
    )


def _labels(row: MetricRow) -> str:
    """Return the labels of a metric; in brackets the one that several servers bring."""
    given = [f"`{label}`" for label in row.labels]
    return " ".join([*given, "(`server`)"] if row.by_server else given)


def records() -> str:
    """Return a row for each type of an event about a changed record."""
    return rows(("type", "meaning"), *((f"`{name}`", cell(meaning)) for name, meaning in RECORD_TYPES.items()))


def inputs() -> str:
    """Return a row for each type of an event about an input, with the fields of its data."""
    told = ((f"`{kind}`", cell(meaning), _fields(kind)) for kind, meaning in INPUT_TYPES.items())
    return rows(("type", "meaning", "fields of `data`"), *told)


def _fields(kind: str) -> str:
    names = PUBLIC.get(kind, ()) + (("command", *COMMAND[1:]) if kind == REQUESTED else ())
    return " ".join(f"`{name}`" for name in names) or "none"


def variables(named: Mapping[str, str]) -> str:
    """Return a row for each variable of a webhook's address."""
    return rows(("variable", "value"), *((f"`{name}`", cell(meaning)) for name, meaning in named.items()))


def empty() -> str:
    """Return the names of VICIdial's variables that have no value."""
    return ", ".join(f"`{name}`" for name in EMPTY) + "."


def columns(view: str) -> str:
    """Return a row for each column of a view for analysts."""
    return rows(("column", "content"), *((f"`{one.name}`", cell(one.meaning)) for one in VIEWS[view].columns))


def accepted() -> str:
    """Return a sentence about the versions of Asterisk with which the application starts."""
    return f"`warmline serve` needs Asterisk {OLDEST_TEXT}. `warmline doctor` reports an older one."


def deny_list(country: str) -> str:
    """Return a row for each kind of entries that the deny list of a country has."""
    return rows(
        ("entries", "meaning", "source"),
        *(
            (cell(" ".join(f"`{one}`" for one in part.entries)), part.meaning, part.source)
            for part in DENY_LISTS[country]
        ),
    )


def version_table(file: Path = FILE) -> str:
    """Return a row for each run of a file."""
    return rows(
        ("Asterisk", "from", "Python", "date", "tests passed", "of these, passed alone", "failed"),
        *(tuple(map(str, (run | {"origin": ORIGINS[run["origin"]]}).values())) for run in runs(file)),
    )


def readme_requirements() -> str:
    """Return the sentence about versions as README has it."""
    return requirements().replace("Warmline runs", "[Tested](docs/reference/versions.md)")


# Each page with its tables.
TABLES: dict[str, dict[str, Callable[[], str]]] = {
    "settings": {"settings": settings, "server_settings": server_settings},
    "doctor": {"checks": checks},
    "dialplan-findings": {"findings": findings},
    "deny-lists": {country.lower(): partial(deny_list, country) for country in DENY_LISTS},
    "metrics": {"metrics": metrics},
    "events": {"records": records, "inputs": inputs},
    "webhook-variables": {
        "call": partial(variables, OF_CALL),
        "ours": partial(variables, OURS),
        "lead": partial(variables, OF_LEAD),
        "empty": empty,
    },
    "versions": {
        "requirements": requirements,
        "accepted": accepted,
        "runs": version_table,
        "script-runs": partial(version_table, SCRIPTS_FILE),
    },
    "analysis": {view.replace("_", "-"): partial(columns, view) for view in VIEWS},
}
PAGES: dict[Path, Callable[[str], str]] = {
    PROJECT / f"docs/reference/{name}.md": partial(with_tables, tables=tables) for name, tables in TABLES.items()
}
PAGES[PROJECT / "README.md"] = partial(with_tables, tables={"requirements": readme_requirements})
