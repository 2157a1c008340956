"""`warmline doctor` and the front: the printed files, and each way in which they can differ."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.doctor.check_list import run
from cli.doctor.facts.check_facts import CheckFacts
from warmline.system.server_settings import every_server
from warmline.system.settings import Settings, load
from warmline_contrib.front import front_check, front_config
from warmline_contrib.front.front_config import Front

FRONT_TABLES = """
[server.main]
sip = "10.0.0.4:5060"
[server.b]
ari_url = "http://127.0.0.1:8188/ari"
sip = "10.0.0.5:5060"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide the folder of Kamailio's files, and of the settings."""
    monkeypatch.setattr(front_check, "CONFIG", tmp_path / "kamailio.cfg")
    (tmp_path / "warmline.toml").touch()
    return tmp_path


def set_front(folder: Path, where: str, tables: str = FRONT_TABLES) -> None:
    (folder / "warmline.toml").write_text(f'front = "{where}"\n{tables}')


def front_settings(folder: Path) -> Settings:
    return load({"WARMLINE_CONFIG": str(folder / "warmline.toml")})


def front_findings(folder: Path) -> dict[str, str]:
    """Return the codes of the front_findings with their fixes."""
    facts = CheckFacts(front_settings(folder), folder / "warmline.toml")
    return {one.finding.code: one.finding.fix for one in run(facts, front_check.CHECKS)}


def write_front(folder: Path, where: str) -> Path:
    """Write both files of the front as they are printed; return that of the list."""
    place = folder / "dispatcher.list"
    front = Front("10.0.0.2:5060", where, ["127.0.0.1"], [], [], "", str(place))
    (folder / "kamailio.cfg").write_text(front_config.kamailio(front))
    place.write_text(front_config.dispatcher(every_server(front_settings(folder))))
    return place


def test_a_front_with_the_printed_files_is_good(folder: Path, where: str) -> None:
    set_front(folder, where)
    write_front(folder, where)
    assert front_findings(folder) == {"front_good": ""}


def test_a_list_that_lacks_a_server_is_found_with_its_command(folder: Path, where: str) -> None:
    set_front(folder, where)
    place = write_front(folder, where)
    further = '[server.c]\nari_url = "http://127.0.0.1:8288/ari"\nsip = "10.0.0.6:5060"\n'
    set_front(folder, where, f"{FRONT_TABLES}weight = 30\n{further}")
    assert front_findings(folder) == {
        "front_list_differs": f"warmline front config --dispatcher > {place} && kamcmd dispatcher.reload"
    }


def test_a_configuration_of_another_version_or_program_is_found(folder: Path, where: str) -> None:
    set_front(folder, where)
    write_front(folder, where)
    file = folder / "kamailio.cfg"
    text = file.read_text()
    file.write_text(text.replace(f"# Form: {front_config.form()}\n", ""))
    assert list(front_findings(folder)) == ["front_config_old"]
    file.write_text(text.replace(where, "127.0.0.1:1"))
    assert list(front_findings(folder)) == ["front_config_other_address"]
    file.write_text("#!KAMAILIO\n")
    assert list(front_findings(folder)) == ["front_config_not_ours"]
    file.unlink()
    assert list(front_findings(folder)) == ["front_config_not_ours"]


@pytest.fixture
def where() -> Iterator[str]:
    """Listen as a front does; yield the HOST:PORT."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
