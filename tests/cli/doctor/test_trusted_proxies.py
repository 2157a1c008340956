"""`warmline doctor`: the setting `trusted_proxies`."""

import subprocess

import pytest

from cli.doctor.checks import api_process_check
from cli.doctor.facts.finding import Finding
from tests.cli.doctor.made_machine import Machine


def found(machine: Machine, proxies: str, host: str = "127.0.0.1") -> Finding:
    """Return the only finding of the check."""
    facts = machine.facts()
    facts.settings = facts.settings._replace(trusted_proxies=proxies, listen_host=host)
    [only] = api_process_check.proxies(facts)
    return only


@pytest.mark.parametrize(
    ("proxies", "host", "code", "named"),
    [
        ("", "127.0.0.1", "proxies_none", ""),
        ("127.0.0.1", "127.0.0.1", "proxies_good", "127.0.0.1"),
        ("127.0.0.1, 192.0.2.0/24", "127.0.0.1", "proxies_good", "192.0.2.0/24"),
        ("192.0.2.7", "192.0.2.1", "proxies_good", "192.0.2.7"),
        ("::1,2001:db8::/64", "::1", "proxies_good", "2001:db8::/64"),
        ("0.0.0.0/0", "127.0.0.1", "proxies_too_many", "0.0.0.0/0"),
        ("127.0.0.1,10.0.0.0/8", "127.0.0.1", "proxies_too_many", "10.0.0.0/8"),
        ("::/0", "192.0.2.1", "proxies_too_many", "::/0"),
        ("192.0.2.7", "127.0.0.1", "proxies_unreachable", "127.0.0.1"),
        ("the proxy", "127.0.0.1", "proxies_invalid", "the proxy"),
    ],
)
def test_each_value_has_its_finding(machine: Machine, proxies: str, host: str, code: str, named: str) -> None:
    one = found(machine, proxies, host)
    assert one.code == code and named in one.found


@pytest.mark.parametrize(
    ("before", "after"),
    [("0.0.0.0/0", "127.0.0.1"), ("127.0.0.1,10.0.0.0/8", "127.0.0.1/32"), ("192.0.2.7", "127.0.0.1,192.0.2.7/32")],
)
def test_the_fix_leaves_a_value_that_is_good(machine: Machine, before: str, after: str) -> None:
    change = found(machine, before).fix.removesuffix(f" && {api_process_check.RESTART}")
    file = machine.facts().file
    file.write_text(f'{file.read_text()}\ntrusted_proxies = "{before}"\n')
    subprocess.run(["sh", "-c", change], check=True)
    assert f'trusted_proxies = "{after}"' in file.read_text().splitlines()
    assert found(machine, after).code == "proxies_good"
