"""Any configuration survives files: export, apply to an empty database, export."""

import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.soak import examples
from warmline.options import config_files
from warmline.options.campaign.lead_dialling_options import LeadFilter
from warmline.options.option_table import ENTITIES, Option
from warmline.options.route_types import DataRules, KeyRoutes, RouteTarget
from warmline.options.values.option_types import (
    Addresses,
    Choice,
    Date,
    Number,
    PageUrl,
    Rated,
    Reference,
    References,
    Secret,
    Text,
    Texts,
    TimeOfDay,
    Type,
    Url,
    Words,
    Zone,
)
from warmline.store.configuration import change_plan, config
from warmline.store.migrations.schema_migration import migrate

HOW_MANY = 2  # of each kind
ALONE = ("recording_format",)  # options that this machine may not support
TOLD = {"dial_timeout": "0", "drop_action": "MESSAGE", "safe_harbor_audio": "sorry"}  # with automatic calls
NAMES = {
    kind: (entity.only,) if entity.only else tuple(f"{entity.example[0][:3]}{n}" for n in range(HOW_MANY))
    for kind, entity in ENTITIES.items()
}


def _is_left_out(option: Option) -> bool:
    return option.name in ALONE or isinstance(option.type, Secret)


def texts_of(option: Option, place: int) -> st.SearchStrategy[str]:
    """Draw any value of the option, in a configuration of NAMES; `place` is the entity's index in its kind."""
    form = option.type
    if option.unique:
        assert isinstance(form, Reference)
        return st.sampled_from(["", NAMES[form.entity][place]])
    return _of(form).filter(lambda text: _may_be(option, text))


def _of(form: Type) -> st.SearchStrategy[str]:
    match form:
        case Choice(values):
            return st.sampled_from(values)
        case TimeOfDay():
            return st.builds("{}{:02}".format, st.integers(0, 23), st.integers(0, 59))
        case Number(low, high):
            return st.integers(low, high).map(str)
        case Rated():
            return st.just(f"{NAMES['ingroup'][0]}:3,{NAMES['ingroup'][1]}:4")
        case Text(pattern) | Texts(pattern):
            return _matching(pattern)
        case Words(values):
            return _several(values, 1)
        case Reference(kind, none):
            return st.sampled_from([*NAMES[kind], *([none or ""] if none is not None else [])])
        case References(kind):
            return _several(NAMES[kind], 0)
        case RouteTarget():
            places = ["extension:100@x", "voicemail:8", "hangup", f"agent:{NAMES['agent'][0]}"]
            return st.sampled_from([*places, *(f"ingroup:{name}" for name in NAMES["ingroup"])])
        case KeyRoutes():
            places = ["extension:100@x", "voicemail:8", "callback", f"ingroup:{NAMES['ingroup'][0]}"]
            rule = st.builds("{} -> {}".format, st.sampled_from("0123456789*#"), st.sampled_from(places))
            return st.lists(rule, max_size=4, unique_by=lambda text: text[0]).map(",".join)
        case DataRules(sign, result):
            patterns = st.sampled_from(["*", "de", "4*1", "caf\u00e9 & co"])
            rule = st.builds("n{}={} {} {}".format, st.integers(0, 9), patterns, st.just(sign), _of(result))
            return st.lists(rule, max_size=4).map(",".join)
        case Date():
            return st.dates().map(str)
        case Zone():
            return st.sampled_from(["Europe/Berlin", "UTC"])
        case Addresses():
            return _several(("192.0.2.7", "10.0.0.0/8", "2001:db8::/32"), 0)
        case LeadFilter():
            return st.sampled_from(["", "state=TX|FL and rank>=5", 'city="New York" or called_count=0'])
        case PageUrl():
            return st.sampled_from(["", "https://example.org/--A--call_id--B--"])
        case Url():
            return st.sampled_from(["", "http://example.org/x?a=1&b=%41", "VARhttps://example.org/--A--call_id--B--"])
        case _:
            raise AssertionError(f"nothing is known of {form}")


@cache
def _matching(pattern: str) -> st.SearchStrategy[str]:
    short = pattern.replace("20000", "60")
    return st.from_regex(rf"\A(?:{short})\Z", fullmatch=True)


def _several(words: tuple[str, ...], least: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words), min_size=least, max_size=4).map(",".join)


def _may_be(option: Option, text: str) -> bool:
    try:
        return bool(option.type.parse(text)) or not option.required
    except ValueError:
        return False


@st.composite
def configurations(draw: st.DrawFn) -> dict[tuple[str, str], dict[str, str]]:
    """Draw each entity of NAMES with its required options, and those of one kind with some others."""
    made: dict[tuple[str, str], dict[str, str]] = {}
    full = draw(st.sampled_from(sorted(ENTITIES)))
    for kind, names in NAMES.items():
        options = [option for option in ENTITIES[kind].options if not _is_left_out(option)]
        some = set(draw(st.lists(st.integers(0, len(options) - 1), max_size=8))) if kind == full and options else ()
        for place, name in enumerate(names):
            wanted = [option for n, option in enumerate(options) if option.required or n in some]
            texts = {option.name: draw(texts_of(option, place)) for option in wanted}
            is_automatic = texts.get("dial_method", "MANUAL") != "MANUAL"
            made[kind, name] = texts | TOLD if is_automatic else texts
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("round")
    migrate(folder / "empty.db")
    return folder


@settings(max_examples=examples(3, by_night=20), suppress_health_check=list(HealthCheck))
@given(made=configurations(), form=st.sampled_from(config_files.FORMS))
def test_nothing_is_lost(folder: Path, made: dict[tuple[str, str], dict[str, str]], form: str) -> None:
    exported = []
    for name in ("one", "two"):
        path = folder / f"{name}.db"
        shutil.copy(folder / "empty.db", path)
        change_plan.apply(path, change_plan.plan(path, made), who="ada")
        shutil.rmtree(folder / name, ignore_errors=True)
        files = config_files.write(folder / name, form, config.everything(path))
        exported.append({file.name: file.read_bytes() for file in files})
        made, _ = config_files.read(folder / name)
        assert change_plan.plan(path, made) == []
    assert exported[0] == exported[1]
