"""The build: setuptools, and the files that are not modules, which warmline/system/program_files.py finds.

pyproject.toml names this backend and its two commands.

WARMLINE_CORE=yes in the environment leaves out the packages of contrib, and what the core knows of them.
"""

import os
import re
import shutil
from pathlib import Path

from setuptools.build_meta import *  # noqa: F403 - this module is the backend
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

FOLDERS = ("agi-bin", "dialplan", "examples", "packaging/systemd", "workspace")
OF_THE_SOURCE = ("schema.sql", "CHANGELOG.md", "packaging/requirements-run.lock", "packaging/warmline_build.py")


class BuildWithFiles(build_py):
    """Builds the packages of a wheel; an editable installation uses the files of the checkout."""

    def run(self) -> None:
        """Build the modules, then copy the files; the scripts stay executable."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib, "warmline/files")
        shutil.rmtree(target, ignore_errors=True)
        for folder in map(Path, FOLDERS):
            shutil.copytree(folder, target / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy("schema.sql", target)
        if os.environ.get("WARMLINE_CORE") == "yes":
            shutil.rmtree(Path(self.build_lib, "warmline_contrib"))
            table = Path(self.build_lib, "warmline/system/contrib_table.py")
            table.write_text(re.sub(r"= \(\n.*?^\)$", "= ()", table.read_text(), flags=re.DOTALL | re.MULTILINE))


class SourceWithFiles(sdist):
    """Makes the source archive, with the same files and what an installation needs beside the code."""

    def make_release_tree(self, base_dir: str, files: list[str]) -> None:
        """Copy the files of the packages and these."""
        found = (file for folder in FOLDERS for file in Path(folder).rglob("*") if file.is_file())
        others = sorted(str(file) for file in found if "__pycache__" not in file.parts)
        super().make_release_tree(base_dir, [*files, *others, *OF_THE_SOURCE])
