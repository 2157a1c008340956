"""Which webhooks are due, to which address, and their results, in the core alone."""

from collections.abc import Iterator

import pytest

from tests.core.core_stage import QUICK, SILENT, lab_with, set_up
from tools.simulation.asterisk.core_driver import Driver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.engine.recovery import restore
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.webhook import Webhook, WebhookDelivery, WebhookTrigger
from warmline.core.webhooks import webhook_retries, webhook_triggers

URLS = {hook.value: f"http://crm/{hook}" for hook in WebhookTrigger}


def lab(**options: str) -> Driver:
    return lab_with(None, **(URLS | options))


def told(driver: Driver) -> list[Webhook]:
    """Return the current and past webhooks, in order."""
    records = [*driver.closed.values(), *driver.world.webhooks.values()]
    return sorted((record for record in records if isinstance(record, Webhook)), key=lambda record: record.id)


def sent(driver: Driver) -> list[str]:
    return [action.webhook for action in driver.asked if isinstance(action, do.SendWebhook)]


def facts(webhook: Webhook) -> dict[str, str]:
    return dict(webhook.facts)


@pytest.fixture
def unheard() -> Iterator[Driver]:
    """Return agent 1000 with a caller, and an unanswered webhook about it."""
    driver = lab()
    driver.asterisk.receiver = 0
    driver.customer()
    yield driver


def test_a_call_that_reaches_its_agent_is_told_at_once() -> None:
    driver = lab()
    driver.customer()
    [webhook] = told(driver)
    assert (webhook.hook, webhook.url, webhook.agent) == (WebhookTrigger.START, URLS[WebhookTrigger.START], "1000")
    assert webhook.call == driver.call().id
    assert facts(webhook) | {"session_id": ""} == {
        "user": "1000",
        "campaign": "TESTCAMP",
        "group": "SALESLINE",
        "phone": "1000",
        "session_id": "",
    }
    assert sent(driver) == [webhook.id]


def test_a_disposition_is_told_with_its_code_also_when_the_agent_logs_out_by_it() -> None:
    driver = lab(start_call_url="")
    driver.customer()
    call = driver.call().id
    driver.hang_up("cust")
    driver.ask(Kind.LOGOUT)
    driver.ask(Kind.STATUS, status="SALE")
    assert driver.world.sessions == {}
    [webhook] = told(driver)
    assert (webhook.hook, webhook.call, facts(webhook)["dispo"]) == (WebhookTrigger.DISPO, call, "SALE")


@pytest.mark.parametrize(
    ("kind", "arguments", "target"),
    [
        (Kind.BLIND_TRANSFER, {"number": "8500"}, ("8500", "", "")),
        (Kind.LOCAL_CLOSER, {"ingroup": "SUPPORTLINE"}, ("", "SUPPORTLINE", "")),
        (Kind.LOCAL_CLOSER, {"ingroup": "AGENTDIRECT", "to_agent": "1001"}, ("", "AGENTDIRECT", "1001")),
        (Kind.LEAVE_VM, {}, ("", "", "")),
    ],
)
def test_a_call_that_is_handed_over_is_told(
    kind: Kind, arguments: dict[str, str], target: tuple[str, str, str]
) -> None:
    driver = lab(start_call_url="", dispo_call_url="")
    driver.customer()
    call = driver.call().id
    driver.ask(kind, **arguments)
    driver.wait(2)
    [webhook] = [webhook_of_call for webhook_of_call in told(driver) if webhook_of_call.hook is WebhookTrigger.TRANSFER]
    webhook_facts = facts(webhook)
    assert (webhook.call, webhook.agent, webhook_facts["transfer"]) == (call, "1000", kind)
    assert (
        webhook_facts["transfer_number"],
        webhook_facts["transfer_group"],
        webhook_facts["transfer_agent"],
    ) == target


@pytest.mark.parametrize(
    ("scene", "target"),
    [
        ("three_way", (QUICK, "", "")),
        ("consulting", (QUICK, "", "")),
        ("dialing", (SILENT, "", "")),
        ("with_closer", ("", "SUPPORTLINE", "1001")),
        ("asking", ("", "SUPPORTLINE", "")),
    ],
)
def test_the_webhook_of_a_leave_names_the_remaining_party(scene: str, target: tuple[str, str, str]) -> None:
    driver = set_up(lab(start_call_url="", dispo_call_url=""), scene)
    assert driver.ask(Kind.LEAVE_3WAY_CALL) == ""
    [webhook_facts] = [facts(webhook) for webhook in told(driver) if webhook.hook is WebhookTrigger.TRANSFER]
    assert (
        webhook_facts["transfer"],
        webhook_facts["transfer_number"],
        webhook_facts["transfer_group"],
        webhook_facts["transfer_agent"],
    ) == (
        "LEAVE_3WAY_CALL",
        *target,
    )


def test_a_refused_transfer_sends_no_webhook() -> None:
    driver = lab(start_call_url="")
    driver.customer()
    assert driver.ask(Kind.LEAVE_3WAY_CALL)
    assert told(driver) == []


def test_an_unanswered_webhook_is_retried_with_growing_pauses(unheard: Driver) -> None:
    [name] = unheard.world.webhooks
    for number, pause in enumerate(webhook_retries.BACKOFF_SECONDS, 1):
        [webhook] = unheard.world.webhooks.values()
        at, _, _ = webhook.tries[-1]
        assert (len(webhook.tries), webhook.due) == (number, at + pause * SECOND)
        unheard.wait((webhook.due - unheard.asterisk.now) / SECOND - 0.1)
        assert sent(unheard) == [name] * number
        unheard.wait(0.2)
    [webhook] = told(unheard)
    assert sent(unheard) == [name] * (1 + len(webhook_retries.BACKOFF_SECONDS))
    assert webhook.outcome is WebhookDelivery.FAILED and len(webhook.tries) == 1 + len(webhook_retries.BACKOFF_SECONDS)
    assert unheard.world.webhooks == {}


@pytest.mark.parametrize("status", [0, 408, 425, 429, 500, 503])
def test_a_webhook_with_a_temporary_status_is_delivered_later(status: int, unheard: Driver) -> None:
    unheard.asterisk.receiver = status
    unheard.wait(6)
    unheard.asterisk.receiver = 204
    unheard.wait(40)
    [webhook] = told(unheard)
    assert [tried for _, tried, _ in webhook.tries] == [0, status, 204]
    assert webhook.outcome is WebhookDelivery.DELIVERED


@pytest.mark.parametrize("status", [301, 400, 401, 404, 410])
def test_a_webhook_with_a_permanent_status_is_not_retried(status: int) -> None:
    driver = lab()
    driver.asterisk.receiver = status
    driver.customer()
    [webhook] = told(driver)
    assert webhook.outcome is WebhookDelivery.FAILED and len(webhook.tries) == 1


def test_a_webhook_to_a_forbidden_host_is_not_retried(unheard: Driver) -> None:
    [name] = unheard.world.webhooks
    unheard.feed(ev.WebhookTried(name, why="host crm is not in webhook_hosts", final=True))
    assert told(unheard)[0].outcome is WebhookDelivery.FAILED
    unheard.wait(60)
    assert sent(unheard) == [name]


def test_a_late_result_of_an_ended_webhook_changes_nothing(unheard: Driver) -> None:
    unheard.feed(ev.WebhookTried(next(iter(unheard.world.webhooks)), 200))
    [ended_webhook] = told(unheard)
    turn = unheard.feed(ev.WebhookTried(ended_webhook.id, 500))
    assert turn.changes == () and turn.actions == []


def test_a_webhook_in_progress_at_a_crash_is_sent_again_at_once() -> None:
    driver = lab()
    driver.asterisk.receiver = None
    driver.customer()
    driver.asterisk.receiver = 200
    driver.world = restore(list(driver.world.iterate_open_records()))
    driver.feed(ev.AppStarted())
    driver.wait(1)
    [webhook] = told(driver)
    assert sent(driver) == [webhook.id] * 2 and webhook.outcome is WebhookDelivery.DELIVERED


def test_webhooks_above_the_limit_are_dropped_and_recorded(unheard: Driver) -> None:
    [waiting_webhook] = unheard.world.webhooks.values()
    for number in range(webhook_triggers.MAX_WAITING_WEBHOOKS):
        unheard.world.webhooks[f"other-{number}"] = waiting_webhook
    unheard.hang_up("cust")
    turn = unheard.ask(Kind.STATUS, status="SALE")
    assert turn == ""
    [dropped] = [record for record in unheard.closed.values() if isinstance(record, Webhook)]
    assert (dropped.outcome, dropped.hook) == (WebhookDelivery.DROPPED, WebhookTrigger.DISPO)
    assert len(sent(unheard)) == 1
