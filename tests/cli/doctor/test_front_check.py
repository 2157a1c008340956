"""`warmline doctor --only front`: the address, the listener, and the files of a front on this machine."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.calls.call import talking_channels
from cli.client import ari_console
from cli.client.app_answer import AppAway
from cli.doctor import front_check
from cli.doctor.check_list import run
from cli.doctor.facts.check_facts import CheckFacts
from cli.front import front_config
from cli.front.front_config import Front
from warmline.system.server_settings import every_server
from warmline.system.settings import Settings, load

TABLES = """
[server.main]
sip = "10.0.0.4:5060"
[server.b]
ari_url = "http://127.0.0.1:8188/ari"
sip = "10.0.0.5:5060"
"""


@pytest.fixture
def where() -> Iterator[str]:
    """Listen as a front does; yield the HOST:PORT."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide the folder of Kamailio's files, and of the settings."""
    monkeypatch.setattr(front_check, "CONFIG", tmp_path / "kamailio.cfg")
    (tmp_path / "warmline.toml").touch()
    return tmp_path


def set_front(folder: Path, where: str, tables: str = TABLES) -> None:
    (folder / "warmline.toml").write_text(f'front = "{where}"\n{tables}')


def known(folder: Path) -> Settings:
    return load({"WARMLINE_CONFIG": str(folder / "warmline.toml")})


def findings(folder: Path) -> dict[str, str]:
    """Return the codes of the findings with their fixes."""
    facts = CheckFacts(known(folder), folder / "warmline.toml")
    return {one.finding.code: one.finding.fix for one in run(facts, front_check.CHECKS)}


def write(folder: Path, where: str) -> Path:
    """Write both files of the front as they are printed; return that of the list."""
    place = folder / "dispatcher.list"
    front = Front("10.0.0.2:5060", where, ["127.0.0.1"], [], [], "", str(place))
    (folder / "kamailio.cfg").write_text(front_config.kamailio(front))
    place.write_text(front_config.dispatcher(every_server(known(folder))))
    return place


def test_a_site_without_a_front_is_good(folder: Path) -> None:
    assert findings(folder) == {"front_off": ""}


def test_a_front_with_the_printed_files_is_good(folder: Path, where: str) -> None:
    set_front(folder, where)
    write(folder, where)
    assert findings(folder) == {"front_good": ""}


def test_a_front_that_does_not_listen_is_found(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        where = f"127.0.0.1:{closed.getsockname()[1]}"
    set_front(folder, where)
    write(folder, where)
    assert findings(folder) == {"front_silent": "systemctl restart kamailio"}


def test_a_list_that_lacks_a_server_is_found_with_its_command(folder: Path, where: str) -> None:
    set_front(folder, where)
    place = write(folder, where)
    further = '[server.c]\nari_url = "http://127.0.0.1:8288/ari"\nsip = "10.0.0.6:5060"\n'
    set_front(folder, where, f"{TABLES}weight = 30\n{further}")
    assert findings(folder) == {
        "front_list_differs": f"warmline front config --dispatcher > {place} && kamcmd dispatcher.reload"
    }


def test_a_configuration_of_another_version_or_program_is_found(folder: Path, where: str) -> None:
    set_front(folder, where)
    write(folder, where)
    file = folder / "kamailio.cfg"
    text = file.read_text()
    file.write_text(text.replace(f"# Form: {front_config.form()}\n", ""))
    assert list(findings(folder)) == ["front_config_old"]
    file.write_text(text.replace(where, "127.0.0.1:1"))
    assert list(findings(folder)) == ["front_config_other_address"]
    file.write_text("#!KAMAILIO\n")
    assert list(findings(folder)) == ["front_config_not_ours"]
    file.unlink()
    assert list(findings(folder)) == ["front_config_not_ours"]


def test_a_server_without_an_address_for_the_front_is_found(folder: Path, where: str) -> None:
    set_front(folder, where, '[server.b]\nari_url = "http://127.0.0.1:8188/ari"\nsip = "10.0.0.5:5060"\n')
    assert list(findings(folder)) == ["front_server_unknown"]
    set_front(folder, "front")
    assert list(findings(folder)) == ["front_invalid"]


def test_the_files_of_a_front_elsewhere_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_check, "LIMIT", 0.01)
    set_front(folder, "192.0.2.1:8448")
    assert set(findings(folder)) == {"front_silent", "front_files_elsewhere"}


def test_channels_of_each_server_complete_a_word(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is away leaves out only its own channels."""
    set_front(folder, "127.0.0.1:8448", f'{TABLES}[server.c]\nari_url = "http://127.0.0.1:8288/ari"\n')
    monkeypatch.setenv("WARMLINE_CONFIG", str(folder / "warmline.toml"))

    def ask(_: Settings, method: str, path: str, server: str) -> tuple[int, list[dict[str, object]]]:
        if server == "b":
            raise AppAway("asterisk_away", "Asterisk does not answer at {where}: {why}", where="b", why="gone")
        shown = [("phone", "Dial"), ("ours", "Stasis")]
        return 200, [{"name": f"PJSIP/{server}-{name}", "dialplan": {"app_name": app}} for name, app in shown]

    monkeypatch.setattr(ari_console, "ask", ask)
    assert talking_channels("") == ["PJSIP/main-phone", "PJSIP/c-phone"]
    assert talking_channels("PJSIP/c") == ["PJSIP/c-phone"]
