"""Tools of a release: the wheel, the checks, the tag."""
