"""The Grafana dashboard and the alert rules use metrics, labels and commands that exist."""

import json
import re

from ari_app.background.metric_table import METRICS, PREFIX, MetricKind
from tests.docs.page_blocks import PROJECT
from tests.docs.test_page_commands import check
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import AgentState

FOLDER = PROJECT / "packaging/monitoring"
DASHBOARD = FOLDER / "warmline-dashboard.json"
ALERTS = FOLDER / "warmline-alerts.yml"
BUILT = {"le"}  # a label of each bucket
OWN = {"up": {"job"}}  # of Prometheus itself
VALUES = {"state": set(AgentState), "kind": set(Kind), "job": {"warmline"}}
SELECTOR = re.compile(r"\b(\w+)\{([^}]*)\}")
BY = re.compile(r"\bby \(([^)]*)\)")
FIELD = re.compile(r"\{\{ ?(?:\$labels\.)?(\w+) ?\}\}")


def labels() -> dict[str, set[str]]:
    """Return the labels of each series that `/metrics` has."""
    found = dict[str, set[str]](OWN)
    for name, row in METRICS.items():
        of_row = {*row.labels, *(["server"] if row.by_server else [])}
        if row.kind is MetricKind.HISTOGRAM:
            series = f"{PREFIX}{name}"
            found |= {f"{series}_bucket": of_row | BUILT, f"{series}_sum": of_row, f"{series}_count": of_row}
        else:
            found[row.series(name)] = of_row
    return found


def of_dashboard() -> list[tuple[str, str]]:
    """Return each query of the dashboard with its legend."""
    panels = json.loads(DASHBOARD.read_text())["panels"]
    return [(one["expr"], one["legendFormat"]) for panel in panels for one in panel.get("targets", [])]


def of_alerts() -> list[tuple[str, str]]:
    """Return each query of the alert rules with the texts of its alert."""
    rules = ALERTS.read_text().split("- alert: ")[1:]
    return [(re.findall(r"expr: (.*)", rule)[0], rule.partition("annotations:")[2]) for rule in rules]


def test_each_query_names_series_and_labels_that_exist() -> None:
    known = labels()
    for expr, texts in (*of_dashboard(), *of_alerts()):
        names_what_exists(expr, texts, known)


def names_what_exists(expr: str, texts: str, known: dict[str, set[str]]) -> None:
    series = set(re.findall(rf"\b(?:{PREFIX}\w+|up)\b", expr))
    assert series and series <= known.keys(), expr
    for name, selected in SELECTOR.findall(expr):
        for label, value in re.findall(r'(\w+)!?="([^"]*)"', selected):
            assert label in known[name] and value in VALUES[label], expr
    here = set.union(*(known[name] for name in series))
    grouped = {one.strip() for found in BY.findall(expr) for one in found.split(",")}
    shown = set(FIELD.findall(texts)) - {"value"}
    assert grouped | shown <= here, expr
    if grouped:
        assert shown <= grouped, f"{expr} has no such label any more: {texts}"


def test_a_command_of_an_alert_can_be_run() -> None:
    commands = set(re.findall(r"`([^`]+)`", ALERTS.read_text().partition("groups:")[2]))
    for one in commands - {"warmline doctor"}:  # a group that works without a command, too
        check(FIELD.sub("NAME", one))
    assert "warmline doctor" in commands and {one.split()[0] for one in commands} == {"warmline"}
