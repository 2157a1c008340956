"""The settings: one TOML file and the environment; an error names each invalid setting."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.other_user import folder_for_all, who_may_nothing
from tests.wording.said import refused
from warmline.system import database_address, plain_toml, settings
from warmline.system.settings import SettingsError

LINES = [
    'db = "/var/lib/warmline.db"',
    "db='/var/lib/warmline.db'",
    '  spool\t=\t"/a b"  ',
    "listen_port = 8089",
    "listen_port = 0",
    'ari_password = "a#b=c"',
    'ari_password = ""',
    "# a comment = 'x'",
    "",
    "[server.b]",
    " [server.c_2]\t",
    # lines that only a TOML parser can read:
    "listen_port = 08089",
    "listen_port = 8_089",
    "listen_port = +1",
    'db = "a\\tb"',
    'db = "a" # comment',
    'db = "a" # com"ment"',
    'db = """a"""',
    'db = "a',
    "db = a",
    "db =",
    '"db" = "a"',
    "[table]",
    "[server.d",
    "[server.]",
    "[server.e.f]",
    "[ server.g ]",
    "[server.h] # comment",
    'sip = "127.0.0.1:5060"',
    "db",
    'nothing_of_ours = "x"',
    "\ufeff",
    'run = "\u00a0\x7f"',
    'run = "\u00e9"',
    "\r",
]


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=4).map("\n".join))
def test_a_file_that_is_read_quickly_is_read_as_toml(text: str) -> None:
    values = plain_toml.read(text, settings.DEFAULTS)
    if values is not None:
        assert values == tomllib.loads(text)


@pytest.mark.parametrize("line", LINES[:11])
def test_plain_lines_are_read_quickly(line: str) -> None:
    assert plain_toml.read(f"{line}\n", settings.DEFAULTS) == tomllib.loads(line)


@pytest.mark.parametrize("text", ['hooks = "/etc/warmline/hooks"\n', 'hooks = "/etc/warmline/hooks" # mine\n'])
def test_a_setting_of_a_former_version_is_named_and_has_no_effect(text: str, tmp_path: Path) -> None:
    (file := tmp_path / "warmline.toml").write_text(f'db = "/x"\n{text}')
    there = {"WARMLINE_CONFIG": str(file)}
    usual = settings.load({"WARMLINE_DB": "/x"})
    assert settings.load(there) == usual._replace(removed=("hooks",))
    assert settings.load({"WARMLINE_DB": "/x", "WARMLINE_HOOKS": "/hooks"}).removed == ("hooks",)
    file.write_text('db = "/x"\nhooks = ""\n')
    assert settings.load(there).removed == usual.removed == ()


def test_tables_of_servers_are_read_quickly_and_a_script_leaves_them_out(tmp_path: Path) -> None:
    text = (
        'db = "/x"\n\n[server.main]\nsip = "127.0.0.1:5060"\n[server.b]\nari_url = "http://127.0.0.1:1"\nweight = 3\n'
    )
    assert plain_toml.read(text, settings.DEFAULTS) == tomllib.loads(text)
    (file := tmp_path / "warmline.toml").write_text(text)
    environment = {"WARMLINE_CONFIG": str(file)}
    assert [(one.name, one.weight) for one in settings.load(environment).servers] == [("main", 10), ("b", 3)]
    assert settings.load(environment, servers=False) == settings.load(environment)._replace(servers=())


def test_defaults_then_file_then_environment(tmp_path: Path) -> None:
    file = tmp_path / "warmline.toml"
    file.write_text('db = "/from/file"\nlisten_port = 1\n')
    environment = {"WARMLINE_LISTEN_PORT": "2", "WARMLINE_ARI_PASSWORD": "s3cret"}
    loaded = settings.load({"WARMLINE_CONFIG": str(file), **environment})
    assert loaded.db == "/from/file"
    assert loaded.listen_port == 2
    assert (loaded.ari_user, loaded.ari_password) == ("warmline", "s3cret")
    assert loaded.spool == settings.DEFAULTS["spool"]


def test_all_of_toml_may_be_used(tmp_path: Path) -> None:
    file = tmp_path / "warmline.toml"
    file.write_text('db = "/srv/\\u00e9"  # with a comment\nlisten_port = 8_089\n')
    loaded = settings.load({"WARMLINE_CONFIG": str(file)})
    assert (loaded.db, loaded.listen_port) == ("/srv/é", 8089)


def test_secrets_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    file, secrets = tmp_path / "warmline.toml", tmp_path / "secrets.toml"
    file.write_text('ari_user = "pbx"\nari_password = "former"\n')
    secrets.write_text('ari_password = "s3cret"\nwebhook_secret = "k3y"\n')
    for load in (settings.load, settings.load_with_secrets):
        loaded = load({"WARMLINE_CONFIG": str(file)})
        assert (loaded.ari_user, loaded.ari_password, loaded.webhook_secret) == ("pbx", "s3cret", "k3y")
    secrets.write_text("listen_port = 1\n")
    known = ", ".join(settings.SECRETS)
    assert "mail_login" in known and "listen_port" not in known
    with refused(SettingsError, "setting_unknown", key="listen_port", known=known):
        settings.load({"WARMLINE_CONFIG": str(file)})


def test_only_programs_that_need_secrets_must_read_them() -> None:
    with folder_for_all() as folder:
        file, secrets = folder / "warmline.toml", folder / "secrets.toml"
        file.write_text("listen_port = 8090\n")
        secrets.write_text('ari_password = "s3cret"\n')
        file.chmod(0o644)
        secrets.chmod(0o000)
        with who_may_nothing():
            loaded = settings.load({"WARMLINE_CONFIG": str(file)})
            assert (loaded.listen_port, loaded.ari_password) == (8090, "")
            with refused(SettingsError, "settings_unreadable", path=str(secrets), why="Permission denied"):
                settings.load_with_secrets({"WARMLINE_CONFIG": str(file)})


@pytest.mark.parametrize(
    ("content", "environment", "code", "fields"),
    [
        (b"dbb = 'x'", {}, "setting_unknown", {"key": "dbb"}),
        (b"db = 7", {}, "setting_type", {"key": "db", "value": "7", "kind": "text"}),
        (b"listen_port = '7'", {}, "setting_type", {"key": "listen_port", "value": "'7'"}),
        (b"listen_port = true", {}, "setting_type", {"kind": "a number"}),
        (b"db = ", {}, "settings_not_toml", {}),
        (b"db = '\xff'", {}, "settings_not_toml", {}),
        (b"", {"WARMLINE_LISTEN_PORT": "many"}, "setting_type", {"source": "the environment"}),
        (b"", {"WARMLINE_LISTEN_PORT": "\u00b2"}, "setting_type", {"kind": "a number"}),
        (b"ari_password = 12345678", {}, "setting_type", {"key": "ari_password", "value": "something else"}),
        (None, {}, "settings_unreadable", {"why": "No such file or directory"}),
    ],
)
def test_an_invalid_setting_is_named(
    tmp_path: Path, content: bytes | None, environment: dict[str, str], code: str, fields: dict[str, str]
) -> None:
    file = tmp_path / "warmline.toml"
    if content is not None:
        file.write_bytes(content)
    with refused(SettingsError, code, **fields):
        settings.load({"WARMLINE_CONFIG": str(file), **environment})


def test_an_address_of_a_database_shows_no_password() -> None:
    whole = "postgresql://warmline:secret@db.example:5433/calls?sslmode=verify-full"
    found = settings.load({"WARMLINE_DB": whole, "WARMLINE_SPOOL": "/srv/warmline/spool/"}).db
    assert found == f"{found}" == "postgresql://warmline@db.example:5433/calls" and found.whole == whole
    assert database_address.files_of(found) == "/srv/warmline/warmline.db"
    assert str(database_address.folder_of(found)) == "/srv/warmline"
    again = database_address.received(database_address.passed(found))
    assert (again, again.whole, again.files) == (found, whole, found.files)  # type: ignore[attr-defined]


def test_an_address_of_another_kind_of_database_is_refused() -> None:
    with pytest.raises(SettingsError) as refused:
        settings.load({"WARMLINE_DB": "mysql://warmline:secret@db.example/calls"})
    assert refused.value.code == "setting_db_address" and "secret" not in str(refused.value)
