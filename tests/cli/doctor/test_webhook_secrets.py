"""`warmline doctor`: secrets in addresses of webhooks, in plain text or named."""

from cli.doctor.checks import secrets_check
from cli.doctor.facts.finding import Finding, Severity
from tests.cli.doctor.made_machine import Machine
from warmline.store.configuration import config

OPEN = "https://crm.example.com/dispo?token=Geheim123&code=--A--dispo--B--"
NAMED = "https://crm.example.com/dispo?token={secret:token}&code=--A--dispo--B--"


def found(machine: Machine) -> Finding:
    """Return the only finding of the check."""
    [only] = secrets_check.webhooks(machine.facts())
    return only


def test_an_address_with_a_secret_is_named_and_the_command_names_the_secret(machine: Machine) -> None:
    db = machine.settings.db
    assert found(machine).code == "webhook_secrets_good"
    config.create(db, "campaign", "SALES", {"dispo_call_url": OPEN}, who="test")
    one = found(machine)
    assert (one.severity, one.code, one.by_hand) == (Severity.WARNING, "webhook_secret_open", True)
    assert one.found == "campaign SALES has what looks like a secret in dispo_call_url: token"
    assert f"warmline campaign set SALES 'dispo_call_url={NAMED}'" in one.fix
    assert "Geheim" not in "".join(map(str, one))


def test_a_named_secret_that_is_not_set_is_an_error(machine: Machine) -> None:
    config.create(machine.settings.db, "ingroup", "SALES", {"start_call_url": NAMED}, who="test")
    missing = found(machine)
    assert (missing.severity, missing.code) == (Severity.ERROR, "webhook_secret_missing")
    assert missing.found == "start_call_url of ingroup SALES names the secret token, which is not set"
    facts = machine.facts()
    facts.settings = facts.settings._replace(webhook_secrets="other=1 token=Geheim123")
    [known] = secrets_check.webhooks(facts)
    assert known.code == "webhook_secrets_good"
