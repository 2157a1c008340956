"""Where the command asks: the database of this machine, or over the API the app of a login. Both answer the same."""

from urllib.parse import quote

from cli.client.outbound_records import AppOutbound
from cli.output.progress import working
from warmline.centre.place import Place, choose
from warmline.system.settings import Settings
from warmline_contrib.compliance import compliance_answer
from warmline_contrib.compliance.compliance_answer import ComplianceAnswer, EvidenceAnswer


class DatabaseCompliance:
    """The records in the database of this machine. Each method raises NotFound, StoreError."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.db

    def compliance(self, start: int, end: int, now: int, campaign: str) -> ComplianceAnswer:
        """Check the calls of a period, in microseconds UTC, against the law."""
        return compliance_answer.answer(self.path, start, end, campaign, now=now)

    def evidence(self, call: str, now: int) -> EvidenceAnswer:
        """Check one call against the law. Raises Conflict if several ids begin so."""
        return compliance_answer.of_call(self.path, call, now)


class AppCompliance(AppOutbound):
    """The records over the API. Each method raises NotFound, StoreError, AppAway, AppRefused."""

    def compliance(self, start: int, end: int, now: int, campaign: str) -> ComplianceAnswer:
        """Check the calls of a period, in microseconds UTC, against the law."""
        with working("checked by the app"):
            return self.read(ComplianceAnswer, "audit/compliance", campaign=campaign, **self.period(start, end))

    def evidence(self, call: str, now: int) -> EvidenceAnswer:
        """Check one call against the law."""
        return self.read(EvidenceAnswer, f"audit/compliance/{quote(call, safe='')}")


def records(where: Place) -> DatabaseCompliance | AppCompliance:
    """Return the records of a place."""
    return choose(where, DatabaseCompliance, AppCompliance)
