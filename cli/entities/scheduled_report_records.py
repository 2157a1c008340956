"""The runs of scheduled reports: in the database of this machine, or over the API at the app of a login."""

import time
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import quote

from cli.client import app_client
from cli.output.current_user import login_name
from cli.output.time_format import of_iso
from cli.place.login_file import AppLogin
from cli.place.place import Place, choose
from warmline.store.scheduled_reports import report_runs
from warmline.store.scheduled_reports.report_runs import ReportRun
from warmline.system.settings import Settings


class ScheduledReports(Protocol):
    """The scheduled reports of a place. Each method raises NotFound, StoreError, AppAway, AppRefused."""

    def send(self, name: str) -> int:
        """Let the worker process send the last whole period at once; return the id of the run."""

    def runs(self, name: str) -> list[ReportRun]:
        """Return the latest runs, the newest first."""


def at(where: Place) -> ScheduledReports:
    """Return the scheduled reports of a place."""
    return choose(where, DatabaseReports, AppReports)


class DatabaseReports:
    """The scheduled reports in the database of this machine."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.db

    def send(self, name: str) -> int:
        return report_runs.ask(self.path, name, who=login_name(), now=time.time_ns() // 1000)

    def runs(self, name: str) -> list[ReportRun]:
        return report_runs.runs(self.path, name)


class AppReports:
    """The scheduled reports over the API, at the app of a login."""

    def __init__(self, login: AppLogin) -> None:
        self.login = login

    def send(self, name: str) -> int:
        return int(app_client.send(self.login, "POST", f"{_path(name)}/send")["id"])

    def runs(self, name: str) -> list[ReportRun]:
        return list(map(_run, app_client.get(self.login, _path(name))["runs"]))


def _run(told: Mapping[str, Any]) -> ReportRun:
    times = {one: of_iso(told[one]) for one in ("begins", "ends", "asked", "due")}
    ended = None if told["ended"] is None else of_iso(told["ended"])
    return ReportRun(id=told["id"], by=told["by"], tries=told["tries"], why=told["why"], ended=ended, **times)


def _path(name: str) -> str:
    return f"scheduled-reports/{quote(name, safe='')}"
