"""The tables of further Asterisk servers in the settings, and their passwords in the file of secrets."""

from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.agi import decisions
from warmline.system import server_settings, settings
from warmline.system.settings import Settings, SettingsError

B = '[server.b]\nari_url = "http://127.0.0.1:8188/ari"\n'


def loaded(folder: Path, content: str, secrets: str = "") -> Settings:
    file = folder / "warmline.toml"
    file.write_text(content)
    (folder / "secrets.toml").write_text(secrets)
    return settings.load_with_secrets({"WARMLINE_CONFIG": str(file)})


def test_main_has_the_settings_without_a_table(tmp_path: Path) -> None:
    known = loaded(tmp_path, 'ari_url = "http://127.0.0.1:1/ari"\nbrowser_sip = "127.0.0.1:5060"\n')
    assert known.servers == ()
    (main,) = server_settings.every_server(known)
    assert (main.name, main.ari_url, main.browser_sip, main.sip, main.weight) == (
        "main",
        "http://127.0.0.1:1/ari",
        "127.0.0.1:5060",
        "",
        10,
    )


def test_tables_add_servers_in_their_order(tmp_path: Path) -> None:
    tables = (
        f'{B}ari_user = "pbx"\nweight = 0\n[server.a]\nari_url = "http://127.0.0.1:2/ari"\nsip = "127.0.0.1:5070"\n'
    )
    known = loaded(tmp_path, 'ari_password = "one"\n' + tables, '[server.b]\nari_password = "two"\n')
    found = server_settings.every_server(known)
    assert [(one.name, one.ari_user, one.ari_password, one.weight) for one in found] == [
        ("main", "warmline", "one", 10),
        ("b", "pbx", "two", 0),
        ("a", "warmline", "", 10),
    ]


def test_the_table_of_main_adds_to_its_settings(tmp_path: Path) -> None:
    known = loaded(tmp_path, f'ari_user = "pbx"\n{B}[server.main]\nsip = "127.0.0.1:5060"\nweight = 3\n')
    main, b = server_settings.every_server(known)
    assert (main.name, main.ari_user, main.sip, main.weight) == ("main", "pbx", "127.0.0.1:5060", 3)
    assert b.name == "b"


@pytest.mark.parametrize(
    ("content", "secrets", "code", "fields"),
    [
        ("server = 1", "", "setting_server_invalid", {}),
        ('[server.b-1]\nari_url = "http://x"', "", "server_name_invalid", {"name": "b-1"}),
        ("[server.b]\nweight = 1", "", "server_without_ari", {"name": "b"}),
        ('[server.b]\nari_url = "nonsense"', "", "server_ari_invalid", {"value": "nonsense"}),
        ('[server.b]\nari_url = "http://u:p@h/ari"', "", "server_ari_invalid", {"value": "a text with a password"}),
        ('[server.b]\nari_url = "http://localhost:8088/ari"', "", "servers_share_address", {"other": "main"}),
        (
            B + 'sip = "10.0.0.5:5060"\n[server.main]\nsip = "10.0.0.5:5060"',
            "",
            "servers_share_address",
            {"key": "sip"},
        ),
        (B + "weight = 101", "", "setting_type", {"key": "server.b.weight", "kind": "a number from 0 to 100"}),
        (B + "db = 'x'", "", "setting_unknown", {"key": "server.b.db"}),
        ('[server.main]\nari_url = "http://x"', "", "setting_unknown", {"known": "sip, weight, certificate"}),
        (B, "[server.b]\nari_user = 'x'", "setting_unknown", {"known": "ari_password"}),
        (B, "[server.c]\nari_password = 'x'", "server_table_missing", {"name": "c", "known": "b"}),
    ],
)
def test_an_invalid_table_is_named(
    tmp_path: Path, content: str, secrets: str, code: str, fields: dict[str, str]
) -> None:
    with refused(SettingsError, code, **fields):
        loaded(tmp_path, content, secrets)


def test_a_table_that_is_being_edited_sends_no_caller_to_the_fallback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "warmline.toml").write_text(f'db = "{tmp_path}/w.db"\nrun = "{tmp_path}"\n[server.b]\nweight = 1\n')
    monkeypatch.setenv("WARMLINE_CONFIG", str(tmp_path / "warmline.toml"))
    with refused(SettingsError, "server_without_ari"):
        settings.load()
    assert decisions._resolve_database("")[0] == f"{tmp_path}/w.db"
