"""`warmline doctor`: the file with the key of links to recordings."""

import pytest

from cli.doctor.checks import secrets_check
from cli.doctor.facts.finding import Finding, Severity
from tests.cli.doctor.made_machine import Machine
from warmline.store.configuration import config
from warmline.store.database import link_key
from warmline.store.lookups import signed_recording_links
from warmline.store.lookups.signed_recording_links import LocalMaker


def finding(machine: Machine) -> Finding:
    [found] = secrets_check.links(machine.facts())
    return found


@pytest.fixture
def linking(machine: Machine) -> Machine:
    """Provide a machine on which a link was made."""
    db = machine.settings.db
    assert finding(machine).code == "links_off"
    config.set_options(db, "setting", "warmline", {"recording_links": "admin"}, who="test")
    assert (finding(machine).severity, finding(machine).code) == (Severity.NOTE, "link_key_none")
    link_key.of.cache_clear()
    assert signed_recording_links.make(db, ["A_1"], LocalMaker("root"), 1)
    return machine


def test_a_new_key_is_good(linking: Machine) -> None:
    assert finding(linking).code == "link_key_good"


def test_a_key_that_others_can_read_is_an_error_and_the_fix_replaces_it(linking: Machine) -> None:
    file = link_key.file(linking.settings.db)
    file.chmod(0o640)
    found = finding(linking)
    assert (found.severity, found.code) == (Severity.ERROR, "link_key_open") and found.fix.startswith(f"rm {file}")


def test_a_link_in_place_of_the_key_is_an_error(linking: Machine) -> None:
    file = link_key.file(linking.settings.db)
    file.rename(other := file.with_name("other"))
    file.symlink_to(other)
    assert finding(linking).code == "link_key_no_file"
