"""The modules of a page joined in one file: a page of some sixty modules costs mostly its sixty requests.

Each module is a function that runs once, after those that it imports, and `globalThis.joined` has what it exports. A
module that is loaded later finds there what the page has loaded already. The tests with a lab load the modules
themselves.
"""

import posixpath
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

IMPORT = re.compile(r"""\bimport\s*\{([^}]*)\}\s*from\s*['"](\.[^'"]+)['"];?""")
FOR_ITSELF = re.compile(r"""\bimport\s*['"](\.[^'"]+)['"];?""")  # a module that exports nothing
NAMED = re.compile(r"""\bexport\s*\{([^}]*)\}(?:\s*from\s*['"](\.[^'"]+)['"])?;?""")
DECLARED = re.compile(r"^export ((?:async )?(?:function\*?|const|class)) (\w+)", re.MULTILINE)
LATER = re.compile(r"\bimport\('(\.[^']+)'\)")
LEFT = re.compile(r"^\s*(?:import|export)\b(?![(:])|\bimport\.meta\b", re.MULTILINE)


@cache
def joined(folder: Path, name: str) -> str:
    """Return a module of a folder with all that it imports, as one module. Raises ValueError for another syntax."""
    return _Joined(folder, name).whole()


@dataclass
class _Joined:
    folder: Path
    entry: str
    parts: dict[str, str] = field(default_factory=dict)  # the imported modules by name, in the order in which they run

    def whole(self) -> str:
        text, exports = self.read(self.entry)
        if LEFT.search(text):  # it needs the address of its own file, and no other module imports it
            run = text + "\n"
            given = "".join(
                f"export const {outer} = {inner};\n" if "." in inner else f"export {{{inner} as {outer}}};\n"
                for outer, inner in exports.items()
            )
        else:
            run, given = "", f"export const {{{', '.join(exports)}}} = {self.found(self.entry)};\n"
        return "".join(["globalThis.joined ??= {};\n", *self.parts.values(), run, given])

    def found(self, name: str) -> str:
        """Return what gives the exports of a module, which comes before the one that asks."""
        if name not in self.parts:
            text, exports = self.read(name)
            if LEFT.search(text):
                raise ValueError(f"{self.folder / name} has a syntax that {Path(__file__).name} cannot join")
            run = f"(() => {{\n{text}\nreturn {_object(exports)};\n}})()"
            self.parts[name] = f"globalThis.joined['{name}'] ??= {run};\n"
        return f"globalThis.joined['{name}']"

    def read(self, name: str) -> tuple[str, dict[str, str]]:
        """Return the text of a module without imports and exports, and what gives each value that it exports."""
        near, exports = posixpath.dirname(name), dict[str, str]()

        def of(path: str) -> str:
            return self.found(posixpath.normpath(posixpath.join(near, path)))

        def named(found: re.Match[str]) -> str:
            source = f"{of(found[2])}." if found[2] else ""
            for one in filter(None, map(str.strip, found[1].split(","))):
                inner, _, outer = one.partition(" as ")
                exports[outer or inner] = source + inner
            return ""

        def declared(found: re.Match[str]) -> str:
            exports[found[2]] = found[2]
            return f"{found[1]} {found[2]}"

        def later(found: re.Match[str]) -> str:
            path = posixpath.relpath(posixpath.join(near, found[1]), posixpath.dirname(self.entry) or ".")
            return f"import('./{path}')"

        text = IMPORT.sub(
            lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {of(found[2])};",
            (self.folder / name).read_text(),
        )
        text = FOR_ITSELF.sub(lambda found: f"{of(found[1])};", text)
        return LATER.sub(later, DECLARED.sub(declared, NAMED.sub(named, text))), exports


def _object(exports: dict[str, str]) -> str:
    return "{" + ", ".join(f"{outer}: {inner}" for outer, inner in exports.items()) + "}"
