"""Configuration as files: written files can be read again, and errors are reported."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wording.said import refused
from warmline.options import config_files
from warmline.options.option_table import ENTITIES, OptionError, check
from warmline.options.values.option_types import as_text

SCRIPT = ENTITIES["script"].option("script_text").type
LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).filter(lambda text: _allowed(text))
EVERYTHING = """
[campaign.SHOP]
dial_timeout = 20
three_way_record_stop = true
dial_statuses = ["NEW", "NA"]
[holiday.XMAS]
holiday_date = 2026-12-25
[did."+8005550100"]
[setting]
timezone = "Europe/Berlin"
"""
NAMES = st.from_regex(r"\A[A-Za-z0-9_][A-Za-z0-9_-]{0,19}\Z")


def _allowed(text: str) -> bool:
    try:
        SCRIPT.parse(text)
    except ValueError:
        return False
    return True


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("configuration")


@pytest.mark.parametrize("form", config_files.FORMS)
@given(scripts=st.dictionaries(NAMES, LINES, max_size=3))
def test_every_text_comes_back(folder: Path, form: str, scripts: dict[str, str]) -> None:
    here = folder / form
    config = {"script": {name: {"script_text": text, "active": "Y"} for name, text in scripts.items()}}
    config_files.write(here, form, config)
    found, kinds = config_files.read(here)
    assert kinds == {"script"}
    assert found == {("script", name): options for name, options in config["script"].items()}


@pytest.mark.parametrize("form", config_files.FORMS)
def test_every_option_comes_back(tmp_path: Path, form: str) -> None:
    defaults = {kind: {option.name: option.default for option in entity.options} for kind, entity in ENTITIES.items()}
    names = {kind: entity.only or entity.example[0] for kind, entity in ENTITIES.items()}
    names["did"] = "_8005550[1-5]XX."
    files = config_files.write(tmp_path, form, {kind: {names[kind]: options} for kind, options in defaults.items()})
    assert [file.name for file in files] == [f"{kind}.{form}" for kind in ENTITIES]
    found, kinds = config_files.read(tmp_path)
    assert kinds == set(ENTITIES)
    assert {(kind, names[kind]) for kind in ENTITIES} == set(found)
    for (kind, _), options in found.items():
        assert options == {option: as_text(value) for option, value in defaults[kind].items()}


def test_one_file_may_have_everything(tmp_path: Path) -> None:
    file = tmp_path / "all.toml"
    file.write_text(EVERYTHING)
    found, kinds = config_files.read(file)
    assert found == {
        ("campaign", "SHOP"): {"dial_timeout": "20", "three_way_record_stop": "Y", "dial_statuses": "NEW,NA"},
        ("holiday", "XMAS"): {"holiday_date": "2026-12-25"},
        ("did", "8005550100"): {},
        ("setting", "warmline"): {"timezone": "Europe/Berlin"},
    }
    assert kinds == {"campaign", "holiday", "did", "setting"}
    assert check("campaign", found["campaign", "SHOP"])["dial_statuses"] == ("NEW", "NA")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.toml", "[campaign.SHOP", "config_file_syntax"),
        ("a.json", "{", "config_file_syntax"),
        ("a.json", "[]", "config_file_no_tables"),
        ("a.toml", "[campain.SHOP]", "config_kind_unknown"),
        ("a.toml", "[campaign]\ndial_timeout = 3", "config_name_missing"),
        ("a.toml", "campaign = 3", "config_name_missing"),
        ("a.toml", "[campaign.SHOP.x]", "config_value_form"),
        ("b.toml", "[campaign.DOUBLE]", "config_entity_twice"),
    ],
)
def test_an_unreadable_file_is_reported_in_one_line(tmp_path: Path, name: str, text: str, code: str) -> None:
    (tmp_path / "a.toml").write_text("[campaign.DOUBLE]")
    (tmp_path / name).write_text(text)
    with refused(OptionError, code) as wrong:
        config_files.read(tmp_path)
    assert "\n" not in str(wrong.value)


def test_an_empty_folder_is_no_configuration(tmp_path: Path) -> None:
    with refused(OptionError, "config_folder_empty", folder=tmp_path):
        config_files.read(tmp_path)
    with refused(OptionError, "file_unreadable", file=tmp_path / "none.toml"):
        config_files.read(tmp_path / "none.toml")


def test_other_configuration_files_in_the_folder_refuse_an_export(tmp_path: Path) -> None:
    (tmp_path / "sales.toml").write_text("[campaign.SALES]")
    with refused(OptionError, "config_folder_other_files", file=tmp_path / "sales.toml"):
        config_files.write(tmp_path, "toml", {"campaign": {}})
    assert [file.name for file in tmp_path.iterdir()] == ["sales.toml"]


def test_secrets_are_their_owners_alone(tmp_path: Path) -> None:
    [file] = config_files.write(tmp_path, "toml", {"phone": {"1000": {}}})
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text() == "[phone.1000]\n"
