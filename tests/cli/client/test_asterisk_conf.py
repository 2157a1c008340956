"""Asterisk's configuration files, read as Asterisk does."""

from pathlib import Path

import pytest

from cli.client.asterisk_conf import Conf, read


def conf(folder: Path, text: str) -> Conf:
    (folder / "x.conf").write_text(text)
    return read(folder, "x.conf")


def test_comments_and_both_signs(tmp_path: Path) -> None:
    found = conf(tmp_path, "; no\n[a] ; yes\nk = v ; why\nl=>w\nm = a\\;b\n;-- [b]\nk=2 --;\nn = 1\n")
    assert found.named("a")[0].lines == [("k", "v"), ("l", "w"), ("m", "a\\;b"), ("n", "1")]
    assert found.named("b") == []


def test_the_last_line_counts(tmp_path: Path) -> None:
    found = conf(tmp_path, "[a]\nk = 1\nk = 2\n[a]\nk = 3\n")
    assert found.value("a", "k") == "3" and found.value("a", "other") is None and found.value("b", "k") is None


def test_a_switch_is_on_for_the_words_of_asterisk(tmp_path: Path) -> None:
    for text, on in (("yes", True), ("TRUE", True), ("1", True), ("no", False), ("", False)):
        assert conf(tmp_path, f"[a]\nk = {text}\n").on("a", "k") is on, text


def test_a_section_inherits_from_its_template(tmp_path: Path) -> None:
    found = conf(tmp_path, "[t](!)\nk = 1\nl = 1\n[a](t)\nl = 2\n[directories](!)\nd = 1\n")
    assert (found.value("a", "k"), found.value("a", "l")) == ("1", "2")
    assert found.value("directories", "d") is None


def test_additions_to_the_one_that_is_meant(tmp_path: Path) -> None:
    text = "[9]\ntype = endpoint\n[9]\ntype = auth\n[9](+type=auth)\npassword = x\n[9](+)\ncontext = y\n"
    endpoint, auth = conf(tmp_path, text).named("9")
    assert (endpoint.value("context"), endpoint.value("password"), auth.value("password")) == ("y", None, "x")


def test_files_in_files(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d/1.conf").write_text("[one]\nk = 1\n")
    (tmp_path / "d/2.conf").write_text("[one](+)\nk = 2\n")
    found = conf(tmp_path, f'#include "d/*.conf"\n#tryinclude <{tmp_path}/none.conf>\n[two]\nk = 3\n')
    assert (found.value("one", "k"), found.value("two", "k")) == ("2", "3")
    assert found.includes[:2] == ["d/*.conf", f"{tmp_path}/none.conf"]


def test_a_file_in_itself_ends(tmp_path: Path) -> None:
    assert conf(tmp_path, "[a]\nk = 1\n#include x.conf\n").value("a", "k") == "1"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path, "x.conf")
