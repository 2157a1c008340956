"""The do-not-call lists."""

from pathlib import Path

from lab import configure
from tests.wording.said import refused
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.leads import phone_numbers
from warmline.store.configuration import config, config_history
from warmline.store.configuration.config_history import WantedRevisions
from warmline.store.database.errors import Conflict
from warmline.store.journal import hash_chain
from warmline.store.journal.replay import replay
from warmline.store.leads import dnc
from warmline.store.leads.number_reads import SYSTEM_DNC


def test_a_listed_number_is_found_with_and_without_the_country_code(db: Path) -> None:
    assert dnc.add(db, "+1 800 555-1234", who="ada", why="letter")
    assert not dnc.add(db, "18005551234", who="ada")
    for number in ("18005551234", "8005551234", "+18005551234", "0018005551234"):
        assert dnc.listed(db, number) == SYSTEM_DNC
    for number in ("8005551235", "5551234", "", "anonymous"):
        assert dnc.listed(db, number) in ("", SYSTEM_DNC if number == "5551234" else "")


def test_a_listed_number_is_found_if_its_first_zero_follows_the_country_code(db: Path) -> None:
    code, national = phone_numbers.parted("+225 07 12 34 56 78", "CI")
    assert (code, national) == ("225", "0712345678")
    for one, other in ((national, code + national), (code + national, national)):
        dnc.add(db, one, who="ada")
        assert dnc.listed(db, other) == SYSTEM_DNC
        dnc.delete(db, one, who="ada")
    dnc.add(db, national, who="ada")
    assert dnc.listed(db, "12250712345678") == "", "a country code has up to three digits"


def test_a_campaigns_list_is_its_own(db: Path) -> None:
    for name in ("SHOP", "OTHER"):
        config.create(db, "campaign", name, {}, who="test")
    dnc.add(db, "8005551234", "SHOP", who="ada")
    assert dnc.listed(db, "8005551234", "SHOP") == "the do-not-call list of campaign SHOP"
    assert dnc.listed(db, "8005551234", "OTHER") == dnc.listed(db, "8005551234") == ""
    dnc.add(db, "8005550000", who="ada")
    assert dnc.listed(db, "8005550000", "SHOP") == SYSTEM_DNC
    assert dnc.listed(db, "8005550000", "SHOP", own=True) == ""


def test_the_history_names_the_user_of_a_removal_without_the_number(db: Path) -> None:
    config.create(db, "campaign", "SHOP", {}, who="ada")
    dnc.add(db, "18005551234", "SHOP", who="ada")
    dnc.delete(db, "8005551234", "SHOP", who="eve")
    [found] = config_history.newest(db, 1, WantedRevisions(kind=config_history.DNC))
    [change] = found.changes
    assert (found.who, change.action, change.name) == ("eve", "delete", "*1234@SHOP")
    assert (change.before["campaign"], change.before["by"]) == ("SHOP", "ada")
    assert "800555" not in repr(found), "an erased person's number must not stay in the journal"
    assert hash_chain.verify(db) == []
    with refused(Conflict, "revision_not_configuration", kind="dnc"):
        config_history.taken_back(db, found.number)


def test_a_code_with_the_flag_puts_the_callers_number_on_the_list(db: Path) -> None:
    """In the disposition's transaction, also for a call that is over."""
    lab = RecordedDriver(db_with_demo(db))
    lab.log_in("1000")
    for number, name in (("+1 800 555-1234", "first"), ("anonymous", "second"), ("8005550000", "third")):
        lab.asterisk.come_in(name, "ingroup", "SALESLINE", number=number)
        lab.pump()
        lab.hang_up(name)
        lab.ask(Kind.STATUS, status="DNC" if name != "third" else "SALE")
        lab.wait(1)
    [row] = dnc.page(lab.database)
    assert (row["phone_number"], row["campaign"], row["by"], row["why"]) == ("18005551234", "", "1000", "DNC")
    lab.close()


def test_a_code_puts_the_number_there_once_also_after_a_restart(db: Path) -> None:
    path = db_with_demo(db)
    config.set_options(path, "campaign", "TESTCAMP", {"wrapup_seconds": "30"}, who="test")
    lab = RecordedDriver(path)
    lab.log_in("1000")
    lab.asterisk.come_in("cust", "ingroup", "SALESLINE", number="8005551234")
    lab.pump()
    lab.ask(Kind.STATUS, status="DNC")
    lab.die()
    lab.hang_up("cust")
    assert dnc.page(lab.database) == []
    lab.come_back()
    first = dnc.page(lab.database)
    assert [row["phone_number"] for row in first] == ["8005551234"]
    for code in ("SALE", "DNC"):
        assert lab.ask(Kind.STATUS, status=code) == ""
        assert dnc.page(lab.database) == first
    assert replay(lab.database).differences == []
    assert dnc.page(lab.database) == first
    lab.close()


def test_a_code_that_is_taken_back_leaves_the_number_there_and_the_lead_as_it_was(db: Path) -> None:
    lab = RecordedDriver(db_with_demo(db))
    lab.log_in("1000")
    lab.asterisk.come_in("cust", "ingroup", "SALESLINE", number="8005551234")
    lab.pump()
    lab.hang_up("cust")

    def lead() -> tuple[str, str]:
        [found] = lab.journal.execute("SELECT status, user FROM lead WHERE phone_number = '8005551234'").fetchall()
        return tuple(found)

    before = lead()
    lab.ask(Kind.STATUS, status="DNC", undo=True)
    assert [row["why"] for row in dnc.page(lab.database)] == ["DNC"]
    assert lead() == before
    lab.ask(Kind.UNDO_DISPOSITION)
    assert lead() == before and before[0] != "SALE"
    lab.ask(Kind.STATUS, status="SALE", undo=True)
    assert lead() == before
    lab.wait(10)
    assert lead() == ("SALE", "1000")
    assert [row["why"] for row in dnc.page(lab.database)] == ["DNC"]
    lab.close()


def db_with_demo(db: Path) -> Path:
    path = db.parent / "demo.db"
    configure.fill(path, [])
    return path
