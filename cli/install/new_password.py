"""`warmline install --new-password`: another ARI password in ari.conf and in Warmline's settings, and nothing else.

Each file is complete, old or new, even if the process is killed. Repeating the command makes both equal again.
"""

import os
import re
import secrets
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from cli.client import asterisk_conf
from cli.install import InstallError, freepbx_custom_files, install_manifest
from cli.install.file_changes import FileChange, rewrite
from cli.install.install_paths import InstallPaths

SETTING = re.compile(r"^([ \t]*ari_password[ \t]*=).*$", re.MULTILINE)
TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
IN_ENVIRONMENT = "WARMLINE_ARI_PASSWORD"


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """The files with their new text, and the record of the installation with the new password."""

    secret: str
    old: str
    files: dict[Path, str]
    recorded: Sequence[FileChange]

    def diff(self) -> Iterator[str]:
        """Yield the changes as lines of a diff, without either password. Raises OSError."""
        for path, text in self.files.items():
            before = path.read_text(errors="surrogateescape").splitlines()
            for line in unified_diff(before, text.splitlines(), str(path), str(path), lineterm="", n=1):
                shown = line.replace(self.secret, "(the new password)")
                yield shown.replace(self.old, "(the old password)") if self.old else shown

    def carry_out(self, places: InstallPaths) -> None:
        """Write the changes. Raises OSError."""
        for path, text in self.files.items():
            rewrite(path, text.encode(errors="surrogateescape"))
        if self.recorded:
            install_manifest.rewrite(places.record, self.recorded)


def make(places: InstallPaths) -> PasswordChange:
    """Return the changes to be written. Raises InstallError, OSError."""
    user, secret = places.settings.ari_user, secrets.token_urlsafe(24)
    conf = freepbx_custom_files.own_file(places.etc, "ari.conf")
    if IN_ENVIRONMENT in os.environ:
        raise InstallError(
            "password_in_environment",
            "the environment has {name}; remove it, and write ari_password in {file}",
            name=IN_ENVIRONMENT,
            file=places.file,
        )
    ours = places.secrets if places.secrets.exists() else places.file
    for path in (conf, ours):
        if not path.exists():
            raise InstallError(
                "settings_file_missing", "{file} does not exist; install first, with: warmline install", file=path
            )
    texts = {path: path.read_text(errors="surrogateescape") for path in (conf, ours)}
    files = {conf: _in_conf(texts[conf], user, secret), ours: _in_settings(texts[ours], secret)}
    _refuse_unless_it_counts(places, files, secret)
    edits = {str(path): lambda text: _in_settings(text, secret) for path in (places.file, ours)}
    edits[str(conf)] = lambda text: _in_conf(text, user, secret)
    recorded = [
        replace(one, text=edits[one.path](one.text)) if one.path in edits else one
        for one in install_manifest.read(places.record)
    ]
    return PasswordChange(secret, places.settings.ari_password, files, recorded)


def _refuse_unless_it_counts(places: InstallPaths, files: dict[Path, str], secret: str) -> None:
    """Check that the password in each file is the one that counts: an include or a template may override it.

    Raises InstallError.
    """
    user, (conf, settings) = places.settings.ari_user, files
    read = asterisk_conf.parse(places.etc, files[conf])
    if read.value(user, "password") != secret or (read.value(user, "password_format") or "plain") != "plain":
        raise InstallError(
            "ari_section_without_password",
            "{file} has no plain password in the section [{user}] itself; write a new password there and in {settings}",
            file=conf,
            user=user,
            settings=settings,
        )
    if tomllib.loads(files[settings]).get("ari_password") != secret:
        raise InstallError(
            "settings_without_password",
            "{file} has no line ari_password; write one there, and start again",
            file=settings,
        )


def _in_conf(text: str, user: str, secret: str) -> str:
    """Return Asterisk's file with another password in each section of the user."""
    made, here = [], False
    for line in text.splitlines(keepends=True):
        plain = asterisk_conf.COMMENT.sub("", line).strip()
        if found := asterisk_conf.SECTION.match(plain):
            here = found[1] == user
        elif here and plain.partition("=")[0].strip().lower() == "password":
            line = f"password = {secret}\n"
        made.append(line)
    return "".join(made)


def _in_settings(text: str, secret: str) -> str:
    """Return our file with another password outside the tables of servers."""
    end = table.start() if (table := TABLE.search(text)) else len(text)
    return SETTING.sub(lambda line: f'{line[1]} "{secret}"', text[:end]) + text[end:]
