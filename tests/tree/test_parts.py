"""The borders of the three parts: a part imports those below it, and a higher one only at places with a reason."""

from collections import Counter

from tests.tree.parts import CROSSINGS, PLACES, Part, part_of
from tests.tree.test_imports import ROOT, imports
from tests.tree.test_layers import LAYERS, modules


def crossings() -> set[tuple[str, Part]]:
    """Return each file that imports a higher part, at its top or inside a function, with that part."""
    files = {name: str(file.relative_to(ROOT)) for name, file in modules().items()}
    parts = {name: part_of(file) for name, file in files.items() if (ROOT / file).stat().st_size}
    return {
        (files[name], parts[imported])
        for name, part in parts.items()
        for imported in imports(ROOT / files[name])
        if imported in parts and parts[imported] > part
    }


def test_a_part_imports_a_higher_one_only_where_the_list_says_why() -> None:
    assert crossings() == set(CROSSINGS)


def test_each_folder_has_a_part_of_its_own_or_of_the_folder_around_it() -> None:
    assert {layer.split("/")[0] for layer in LAYERS} <= {*PLACES}
    assert [place for place in PLACES if not (ROOT / place).exists()] == []


def test_each_part_has_many_modules() -> None:
    counted = Counter(part_of(str(file.relative_to(ROOT))) for file in modules().values())
    assert {part for part in Part if counted[part] > 40} == set(Part)
