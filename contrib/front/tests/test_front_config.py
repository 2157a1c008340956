"""`warmline front config`: both texts, and what it refuses."""

from pathlib import Path

import pytest

from cli.main import main
from cli.output.exit_codes import ExitCode
from tests.cli.command_line import Run
from tests.wording.said import says

SETTINGS = """
front = "127.0.0.1:8448"
[server.main]
sip = "10.0.0.4:5060"
[server.b]
ari_url = "http://127.0.0.1:8188/ari"
sip = "10.0.0.5:5062"
weight = 30
[server.c]
ari_url = "http://127.0.0.1:8288/ari"
sip = "10.0.0.6:5060"
weight = 0
"""
LISTEN, TRUNK = ("--listen", "10.0.0.2:5060"), ("--trunk", "203.0.113.10")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `warmline front config` with the settings above."""
    (tmp_path / "warmline.toml").write_text(SETTINGS)
    monkeypatch.setenv("WARMLINE_CONFIG", str(tmp_path / "warmline.toml"))

    def call(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["front", "config", *words])
        said = capsys.readouterr()
        code = ended.value.code
        assert code is None or isinstance(code, int)
        return code or ExitCode.DONE, said.out, said.err

    return call


def refused(run: Run, code: str, *words: str, **given: object) -> None:
    status, out, err = run(*words)
    assert (status, out) == (ExitCode.FAILED, "")
    assert says(err, code, **given)


def test_the_list_has_a_line_for_each_server_and_its_weight(run: Run) -> None:
    assert run("--dispatcher") == (
        ExitCode.DONE,
        "1 sip:10.0.0.4:5060 0 0 duid=main;rweight=10\n"
        "1 sip:10.0.0.5:5062 0 0 duid=b;rweight=30\n"
        "2 sip:10.0.0.6:5060 0 0 duid=c\n",
        "",
    )


def test_the_configuration_has_the_addresses_of_its_options_and_settings(run: Run) -> None:
    status, out, err = run(*LISTEN, *TRUNK, "--trunk", "198.51.100.0/24", "--phones", "10.1.0.0/16")
    assert (status, err) == (ExitCode.DONE, "")
    assert "listen=udp:10.0.0.2:5060\n" in out
    assert "!(src_ip == 203.0.113.10/32 || src_ip == 198.51.100.0/24)" in out
    assert "!(src_ip == 10.1.0.0/16)" in out
    assert out.count('(is_in_subnet("$rd", "10.1.0.0/16"))') == 2
    assert 'modparam("evapi", "bind_addr", "127.0.0.1:8448")' in out
    assert out.count('!($evapi(srcaddr) == "127.0.0.1")') == 2
    assert 'modparam("dispatcher", "list_file", "/etc/kamailio/dispatcher.list")' in out
    assert "www_authorize" not in out and "auth_db" not in out


def test_no_phone_can_register_without_a_network_for_phones(run: Run) -> None:
    assert "if (!(src_ip == 255.255.255.255)) {" in run(*LISTEN, *TRUNK)[1]


def test_passwords_are_read_from_the_text_table_of_a_folder(run: Run) -> None:
    out = run(*LISTEN, *TRUNK, "--passwords", "/etc/kamailio/text")[1]
    assert 'modparam("auth_db", "db_url", "text:///etc/kamailio/text")' in out
    check = out.index("www_authorize(")
    assert check < out.index('save("location"') and out.index("route[REGISTER]") < check


def test_a_server_without_sip_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "warmline.toml").write_text(SETTINGS.replace('sip = "10.0.0.5:5062"', ""))
    refused(run, "server_without_sip", "--dispatcher", name="b")
    (tmp_path / "warmline.toml").write_text(SETTINGS.replace("10.0.0.5:5062", "10.0.0.5"))
    refused(run, "server_sip_invalid", "--dispatcher", name="b", value="10.0.0.5")


def test_a_configuration_without_the_setting_front_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "warmline.toml").write_text(SETTINGS.replace('front = "127.0.0.1:8448"', ""))
    refused(run, "front_not_set", *LISTEN, *TRUNK)
    assert run("--dispatcher")[0] == ExitCode.DONE


def test_a_front_on_another_machine_needs_the_address_of_the_app(run: Run, tmp_path: Path) -> None:
    (tmp_path / "warmline.toml").write_text(SETTINGS.replace("127.0.0.1:8448", "10.0.0.2:8448"))
    refused(run, "front_leader_missing", *LISTEN, *TRUNK, where="10.0.0.2:8448")
    assert '$evapi(srcaddr) == "10.0.0.1"' in run(*LISTEN, *TRUNK, "--leader", "10.0.0.1")[1]


def test_trunks_leaders_networks_and_paths_are_checked(run: Run) -> None:
    refused(run, "front_trunk_missing", *LISTEN)
    refused(run, "front_leader_invalid", *LISTEN, *TRUNK, "--leader", "me", value="me")
    for option in ("--trunk", "--phones"):
        status, _, err = run(*LISTEN, *TRUNK, option, "10.0.0.1/8")
        assert status == ExitCode.FAILED and f"{option}: 10.0.0.1/8 has host bits set" in err
    for option in ("--passwords", "--list-file"):
        refused(run, "front_path_invalid", *LISTEN, *TRUNK, option, 'x"', option=option, path='x"')
