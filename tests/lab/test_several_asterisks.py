"""A lab with several Asterisks: each has its own folder and ports, and faults of one leave the others alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lab import folder, instance, process, programs
from lab.description import Lab, read
from lab.lab_error import LabError
from tests.lab.conftest import stop
from tests.lab.test_instance import alive, get, warmline
from tests.lab.test_script_questions import until
from tests.wording.said import refused, said
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.system import settings
from warmline.system.server_settings import every_server


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Provide the folder of one lab with three servers for all tests of this file."""
    made = tmp_path_factory.mktemp("s") / "lab"
    try:
        instance.up(made, servers=3)
        yield made
    finally:
        stop(made)


def follows(lab: Lab, server: str) -> bool:
    """Return whether the app is connected to a server."""
    ari = lab.servers[server]["ari"]
    return get(f"{ari['url']}/applications/warmline", ari["user"], ari["password"]) == 200


def test_each_server_has_its_own_folder_ports_and_password(directory: Path) -> None:
    lab = read(directory)
    assert list(lab.servers) == [MAIN_SERVER, "b", "c"]
    for facts in ("dir", "sip", "ari", "recordings", "pid", "gate", "guard"):
        assert len({str(one[facts]) for one in lab.servers.values()}) == 3
    main = lab.servers[MAIN_SERVER]
    assert (main["dir"], main["sip"], main["ari"]) == (lab.dir, lab.sip, lab.ari)
    assert main["pid"] == lab.pids["asterisk"]
    assert lab.servers["b"]["dir"] == f"{lab.dir}/servers/b"
    assert all(follows(lab, name) and alive(one["pid"]) for name, one in lab.servers.items())
    assert all(alive(one["guard"]) for one in lab.servers.values())
    until(lambda: all((Path(one["dir"]) / "run/beat").exists() for one in lab.servers.values()))
    for name in lab.servers:
        assert f"\nsystemname = {name}\n" in (folder.of_server(directory, name) / "etc/asterisk.conf").read_text()


def test_the_settings_name_each_server_and_the_secrets_have_its_password(directory: Path) -> None:
    lab = read(directory)
    known = every_server(settings.load_with_secrets({"WARMLINE_CONFIG": f"{lab.dir}/warmline.toml"}))
    assert [(one.name, one.ari_password, one.sip) for one in known] == [
        (name, one["ari"]["password"], one["sip"]) for name, one in lab.servers.items()
    ]
    assert known[1].ari_url == f"http://{lab.servers['b']['gate']}/ari"
    assert known[1].recordings == lab.servers["b"]["recordings"]
    assert lab.servers["b"]["ari"]["password"] not in (directory / "warmline.toml").read_text()
    assert (directory / "secrets.toml").stat().st_mode & 0o777 == 0o600


def test_the_scripts_of_a_server_read_the_settings_of_its_machine(directory: Path) -> None:
    """Otherwise they ask for the heartbeat at `main`, and a fault of `main` sends callers of `b` to the fallback."""
    for name, one in read(directory).servers.items():
        environ = dict(line.partition("=")[::2] for line in Path(f"/proc/{one['pid']}/environ").read_text().split("\0"))
        own = settings.load({"WARMLINE_CONFIG": environ["WARMLINE_CONFIG"]})
        assert (own.run, own.spool) == (f"{one['dir']}/run", f"{one['dir']}/spool"), name


def test_a_lab_that_runs_keeps_its_number_of_servers(directory: Path) -> None:
    assert instance.up(directory) == instance.up(directory, servers=3) == read(directory)
    with refused(LabError, "lab_running"):
        instance.up(directory, servers=2)


@pytest.mark.parametrize("count", ["0", "6"])
def test_a_number_of_servers_out_of_range_starts_nothing(short_path: Path, count: str) -> None:
    ended = warmline("lab", "up", "--dir", short_path / "lab", "--servers", count)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert said("lab_servers_invalid", count=count) in ended.stderr
    assert not (short_path / "lab").exists()


def test_a_lab_ends_as_a_whole_and_starts_with_the_same_servers_again(directory: Path) -> None:
    before = read(directory)
    process.kill(before.pids["warmline"])
    process.kill(before.servers["b"]["pid"])
    assert instance.down(directory)
    assert not any(alive(one["pid"]) or alive(one["guard"]) for one in before.servers.values())
    again = instance.up(directory)
    assert list(again.servers) == [MAIN_SERVER, "b", "c"]
    for name, one in again.servers.items():
        assert one["ari"]["password"] == before.servers[name]["ari"]["password"]  # another lab may have the ports
    ended = warmline("lab", "down", "--dir", directory)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert not any(alive(one["pid"]) for one in again.servers.values())


def test_a_lab_goes_back_to_one_server(directory: Path) -> None:
    lab = instance.up(directory, servers=1)
    assert list(lab.servers) == [MAIN_SERVER] and lab.servers[MAIN_SERVER]["gate"] == ""
    assert "[server" not in (directory / "warmline.toml").read_text() + (directory / "secrets.toml").read_text()
    assert "systemname" not in (directory / "etc/asterisk.conf").read_text()
    assert process.running(programs.asterisk_record(folder.of_server(directory, "b"))) is None
