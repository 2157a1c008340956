"""Copies the files that are not modules into the package, where warmline/system/program_files.py finds them."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithFiles(build_py):
    """Builds the packages of a wheel; an editable installation uses the files of the checkout."""

    def run(self) -> None:
        """Build the modules, then copy the files; the scripts stay executable."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib, "warmline/files")
        shutil.rmtree(target, ignore_errors=True)
        for folder in ("agi-bin", "dialplan", "systemd", "workspace"):
            shutil.copytree(folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy("schema.sql", target)


setup(cmdclass={"build_py": BuildWithFiles})
