"""The same dial twice: the second one gets the first one's receipt."""

from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages.commands import Kind, Reply


def test_a_repeat_names_the_receipt_it_follows() -> None:
    lab = Driver()
    lab.log_in("1000")
    lab.customer()
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8501")
    first_receipt = lab.last_receipt
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="8501")
    second_receipt = lab.last_receipt
    assert [action for action in lab.asked if isinstance(action, Reply)] == [
        Reply(first_receipt),
        Reply(second_receipt, of=first_receipt),
    ]
    assert list(lab.world.receipts) == [first_receipt]
