"""The code, the seconds and the sentence with which a command ends."""

from warmline.core.messages.commands import Kind
from warmline.core.model.receipt import Outcome
from warmline.core.receipts.command_ends import CommandEnd, EndedCommand, count_seconds, describe_end
from warmline.core.rules import reasons

ENDS = {
    EndedCommand(Kind.DIAL_WITH_CUSTOMER, "8502", Outcome.BUSY, "busy (17)", 1): ("third_busy", "8502 was busy"),
    EndedCommand(Kind.PARK_CUSTOMER_DIAL, "SALES", Outcome.NO_AGENT, "", 20): (
        "third_no_agent",
        "no agent of SALES took the call in 20 s",
    ),
    EndedCommand(Kind.BLIND_TRANSFER, "8500", Outcome.COMPLETED, "", 3): (
        "third_answered",
        "8500 answered after 3 s",
    ),
    EndedCommand(Kind.DIAL, "8501", Outcome.NO_ANSWER, "no answer (19)", 30): (
        "customer_no_answer",
        "8501 did not answer after 30 s",
    ),
    EndedCommand(Kind.DIAL, "8501", Outcome.REFUSED, reasons.AGENT_LOGGED_OUT.text(), 0): (
        "agent_logged_out",
        "refused: the agent is not logged in",
    ),
    EndedCommand(Kind.PARK_CUSTOMER, "", Outcome.ABANDONED, reasons.CUSTOMER_HUNG_UP.text(), 0): (
        "customer_hung_up",
        "abandoned: the customer hung up first",
    ),
    EndedCommand(Kind.LEAVE_3WAY_CALL, "", Outcome.COMPLETED, "", 0): ("completed", "done"),
    EndedCommand(Kind.HANGUP, "", Outcome.UNKNOWN, "a sentence of a former release", 0): (
        "unknown",
        "unknown: a sentence of a former release",
    ),
}


def test_each_end_has_a_code_and_a_sentence() -> None:
    for command, (code, text) in ENDS.items():
        assert describe_end(command) == CommandEnd(code, command.seconds, text)


def test_the_wait_for_its_turn_is_no_time_of_ringing() -> None:
    steps = (("requested", 1_000_000), ("dialling", 3_000_000))
    assert count_seconds(1_000_000, steps, 7_900_000) == 5
    assert count_seconds(1_000_000, steps[:1], 7_900_000) == 7
