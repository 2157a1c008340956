"""Writes reference pages that consist of tables, such as settings, checks of doctor, metrics, events and views."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from ari_app.background.metric_table import METRICS, MetricRow
from ari_app.reloading import AT_ONCE
from cli.doctor.check_list import TABLE as CHECKS
from tools.pages.analysis.views import VIEWS
from tools.pages.marked_text import GENERATED, PROJECT, cell, rows, whole_page, with_tables
from tools.pages.recorded.version_runs import FILE, SCRIPTS_FILE, requirements, runs
from warmline.options.deny_lists import DENY_LISTS
from warmline.store.events.input_fields import COMMAND, PUBLIC, REQUESTED
from warmline.system.asterisk_requirements import OLDEST_TEXT
from warmline.system.server_settings import SERVER_TABLE
from warmline.system.setting_table import SETTING_TABLE
from warmline.text.event_names import INPUT_TYPES, RECORD_TYPES
from warmline.text.webhook_variables import EMPTY, OF_CALL, OF_LEAD, OURS
from warmline_contrib.dialplan_lint.lint_codes import LINT_CODES

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


COUNTRIES = {"DE": "Germany", "GB": "United Kingdom", "US": "United States", "CA": "Canada", "FR": "France"}


def settings_page() -> str:
    """Return the page of settings."""
    head = """Every setting of `warmline.toml`: its values, its default and its meaning. [The settings
file](../../how-to/operations.md#settings-file) says where the file is, what may stand in `secrets.toml` or in an
environment variable, and how a change comes to the programs."""
    of_server = "The table `[server.NAME]` of a further Asterisk has these settings; a change needs a restart:"
    return whole_page("Settings", head, settings(), "## Settings of a server", of_server, server_settings())


def events_page() -> str:
    """Return the page of events."""
    head = """Every type of event in `/api/v1/events`. [The JSON API](../json-api.md#events) explains how to read the
stream and what each event contains. The names of the types do not change."""
    of_records = "`data` contains the public fields of the record after the change:"
    of_inputs = """An input is what the app was told by Asterisk, by a client, by a timer or by a part of itself.
`data` contains these fields only:"""
    return whole_page("Events", head, "## Changed records", of_records, records(), "## Inputs", of_inputs, inputs())


def metrics_page() -> str:
    """Return the page of metrics."""
    head = """Every metric that Prometheus can read at `/metrics`. [Monitor](../../how-to/operations.md#monitor)
explains how to read them, and which alarms to set. A label in brackets exists only with several Asterisk servers.
No metric contains a caller's number or an agent's name."""
    return whole_page("Metrics", head, metrics())


def doctor_page() -> str:
    """Return the page of checks."""
    head = """When each check of `warmline doctor` passes, in the order in which they run. `warmline doctor --only
CHECK` runs one of them. [Operate Warmline](../../how-to/operations.md#find-problems-with-warmline-doctor) explains
the output, the options and the exit codes."""
    return whole_page("Checks of `warmline doctor`", head, checks())


def findings_page() -> str:
    """Return the page of findings."""
    head = """What each finding of `warmline dialplan lint` means, whom it hurts and how to fix it.
[Check a dialplan](../../how-to/dialplan.md) explains the command. A code does not change when its
sentences do."""
    return whole_page("Findings in a dialplan", head, findings())


def deny_lists_page() -> str:
    """Return the page of deny lists."""
    head = """Entries of the option `dial_deny` against premium, satellite and forwarding numbers, by country. [Deny
lists](../../how-to/outbound.md#deny-lists) says how to add them to campaigns."""
    chapters = (f"## {COUNTRIES[country]}: {country}\n\n{deny_list(country)}" for country in DENY_LISTS)
    return whole_page("Deny lists", head, *chapters)


def webhook_variables_page() -> str:
    """Return the page of variables."""
    head = """What `--A--name--B--` stands for in a webhook's address, in capital or small letters.
[Webhooks](../../how-to/webhooks.md) explains how to set one up. A name that is in no table is a [custom
field](../../how-to/leads.md#custom-fields) of the lead's list, or empty."""
    call, lead = "## The call and its agent", "## The lead"
    without = "Warmline accepts these names of VICIdial's, warns about them, and leaves them empty:"
    return whole_page(
        "Variables of webhooks",
        head,
        *(call, "The names in this table are VICIdial's:", variables(OF_CALL)),
        *("VICIdial does not have these:", variables(OURS)),
        *(lead, "If the call has no lead, these variables are empty:", variables(OF_LEAD)),
        *("## VICIdial's variables without a value", without, empty()),
    )


# Each page that is made whole.
WHOLE: dict[str, Callable[[], str]] = {
    "settings": settings_page,
    "events": events_page,
    "metrics": metrics_page,
    "doctor": doctor_page,
    "dialplan-findings": findings_page,
    "deny-lists": deny_lists_page,
    "webhook-variables": webhook_variables_page,
}
# Each other page with its tables.
TABLES: dict[str, dict[str, Callable[[], str]]] = {
    "versions": {
        "requirements": requirements,
        "accepted": accepted,
        "runs": version_table,
        "script-runs": partial(version_table, SCRIPTS_FILE),
    },
    "analysis": {view.replace("_", "-"): partial(columns, view) for view in VIEWS},
}


def _whole(make: Callable[[], str], _text: str) -> str:
    return make()


PAGES: dict[Path, Callable[[str], str]] = {
    PROJECT / f"docs/reference/{name}.md": partial(with_tables, tables=tables) for name, tables in TABLES.items()
}
PAGES |= {GENERATED / f"{name}.md": partial(_whole, make) for name, make in WHOLE.items()}
PAGES[PROJECT / "README.md"] = partial(with_tables, tables={"requirements": readme_requirements})
