"""The sources of packages: apt's output, and how it is used."""

import pytest

from lab import debian
from lab.debian import PackageSource

ARCHIVE = "http://mirror.example/debian"
PRINTED = f"""\
'{ARCHIVE}/dists/bookworm/InRelease' mirror.example_debian_dists_bookworm_InRelease 0
'{ARCHIVE}/dists/bookworm/main/binary-amd64/Packages.xz' mirror.example_debian_bookworm_main 0
'{ARCHIVE}/dists/bookworm/main/binary-all/Packages.xz' mirror.example_debian_bookworm_main_all 0
'{ARCHIVE}/dists/bookworm-updates/main/binary-amd64/Packages.xz' mirror.example_debian_updates_main 0
'http://mirror.example/debian-security/dists/bookworm-security/main/binary-amd64/Packages.xz' security 0
'https://other.example/tools/dists/nodistro/main/binary-amd64/Packages' other 0
"""


def test_the_configured_release_comes_first_then_testing_then_sid() -> None:
    assert debian.sources(PRINTED, "bookworm") == [
        PackageSource(ARCHIVE, ("bookworm", "bookworm-updates")),
        PackageSource(ARCHIVE, ("testing",)),
        PackageSource(ARCHIVE, ("sid",)),
    ]


@pytest.mark.parametrize("printed", ["", "E: nothing\n", PRINTED.replace("bookworm", "noble")])
def test_no_debian_archive_means_no_source(printed: str) -> None:
    assert debian.sources(printed, "bookworm") == []
