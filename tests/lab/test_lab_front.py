"""A lab with a front: which packages it needs; contrib/front/tests/kamailio has a lab with a real Kamailio."""

from pathlib import Path

import pytest

from lab import instance, lab_front
from lab.lab_error import LabError
from tests.wording.said import refused


def test_a_lab_with_a_front_names_the_packages_before_anything_starts(
    short_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lab_front.shutil, "which", lambda *_, **__: None)
    with refused(LabError, "lab_kamailio_missing"):
        instance.up(short_path / "lab", front=True)
    assert not (short_path / "lab/warmline.toml").exists()
