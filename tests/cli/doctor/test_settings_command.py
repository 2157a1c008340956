"""The shell commands that `warmline doctor` prints for a changed setting, also for a file with tables of servers."""

import subprocess
import tomllib

import pytest

from cli.doctor.checks import secrets_check
from cli.doctor.facts.settings_command import change
from tests.cli.doctor.made_machine import Machine

TABLE = '[server.b]\nari_url = "http://127.0.0.1:1/ari"\nari_user = "of-b"\n'


@pytest.mark.parametrize("before", ["", 'ari_user = "pbx"\n', "# a comment\n"])
@pytest.mark.parametrize("table", ["", TABLE])
def test_a_command_changes_the_setting_alone(machine: Machine, before: str, table: str) -> None:
    facts = machine.facts()
    facts.file.write_text(before + table)
    for key, value in {"ari_user": "new", "listen_port": 8090}.items():
        subprocess.run(["sh", "-c", change(facts, key, value)], check=True)
    found = tomllib.loads(facts.file.read_text())
    assert found == {"ari_user": "new", "listen_port": 8090} | tomllib.loads(table)


@pytest.mark.parametrize("before", ["", 'ari_password = "1234"\n'])
def test_a_new_password_leaves_that_of_another_server(machine: Machine, before: str) -> None:
    facts = machine.facts()
    facts.settings = facts.settings._replace(ari_password="1234")  # noqa: S106 - the check finds this sample
    facts.secrets.write_text(before + '[server.b]\nari_password = "of-b"\n')
    (fix,) = (one.fix for one in secrets_check._ari(facts))
    subprocess.run(["sh", "-c", fix.split(" && printf '\\n[")[0]], check=True)
    found = tomllib.loads(facts.secrets.read_text())
    assert len(found["ari_password"]) == 32 and found["server"] == {"b": {"ari_password": "of-b"}}
