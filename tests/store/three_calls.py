"""Three recorded calls of an agent: one sold after 20 s, one handed over, and one whose caller gives up."""

from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind


def take(driver: RecordedDriver, notes: str = "") -> None:
    """Log agent 1000 in, who takes two of the calls and writes notes on the first one; end the recording."""
    driver.log_in("1000")
    driver.asterisk.come_in("one", "ingroup", "SALESLINE", number="+4930111", dialled="8005550100")
    driver.pump()
    driver.wait(20)
    driver.ask(Kind.HANGUP)
    driver.ask(Kind.STATUS, status="SALE", notes=notes)
    driver.asterisk.come_in("two", "ingroup", "SUPPORTLINE", number="4930222", dialled="8005550101")
    driver.pump()
    driver.wait(5)
    driver.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    driver.wait(1)
    driver.ask(Kind.LEAVE_3WAY_CALL)
    driver.ask(Kind.STATUS, status="XFER")
    driver.ask(Kind.PAUSE, pause_code="LUNCH")
    driver.wait(10)
    driver.hang_up("two")
    driver.asterisk.come_in("three", "ingroup", "SALESLINE", number="4930333", dialled="8005550100")
    driver.pump()
    driver.wait(7)
    driver.hang_up("three")
    driver.close()
