"""`python -m tools.bench.flame_graph STACKS SVG`: draw where the processor time of Warmline's processes goes.

STACKS is what `py-spy record --subprocesses --format raw` writes: a line for each stack, its frames from the outermost
on, and the number of its samples. Stacks of threads that wait are left out. The graph grows down from the processes.
Each bar is a function with all that it calls, and its width is the share of the samples. Bars below SMALLEST of all are
left out.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

WIDTH, ROW, LETTER = 1200.0, 17, 6.1  # px: of the graph, of a line, of a letter
SMALLEST = 0.004  # of all samples
PROCESS = re.compile(r"process (\d+):")
PART = re.compile(r"\(ari_app/(\w+)_process\.py:")
# The innermost functions of threads that wait. py-spy takes some of them for busy.
WAITING = (
    "wait (threading.py",
    "Condition.wait (threading.py",
    "_worker (concurrent/futures/thread.py",
    "select (",
    "accept (",
)
FRAME = re.compile(r"(?P<name>.+) \((?P<file>[^:)]+)(:\d+)?\)")
# The colour of a bar, by the beginning of its file; the first that fits counts.
COLOURS = (
    ("warmline/core", "#8fbcbb"),
    ("warmline/store", "#ebcb8b"),
    ("warmline", "#a3be8c"),
    ("ari_app", "#b8cbe6"),
    ("", "#d8dee9"),
)


@dataclass
class Bar:
    """A function below its caller: its samples, and what it calls."""

    samples: int = 0
    below: dict[str, "Bar"] = field(default_factory=dict)


def grown(lines: Iterable[str]) -> Bar:
    """Return the tree of these stacks. Raises ValueError for a line that is none."""
    stacks = [(stack.split(";"), int(count)) for stack, _, count in (line.rstrip().rpartition(" ") for line in lines)]
    busy = [(frames, count) for frames, count in stacks if not frames[-1].startswith(WAITING)]
    parts = {_process(frames): part[1] for frames, _ in busy if (part := PART.search(";".join(frames)))}
    root = Bar()
    for frames, count in busy:
        bar = root
        bar.samples += count
        for frame in (f"process {parts.get(_process(frames), 'main')}", *_functions(frames)):
            bar = bar.below.setdefault(frame, Bar())
            bar.samples += count
    return root


def _process(frames: Sequence[str]) -> str:
    """Return the number of the stack's process, which is the last of those that started each other."""
    return ([found[1] for frame in frames if (found := PROCESS.match(frame))] or [""])[-1]


def _functions(frames: Sequence[str]) -> Iterator[str]:
    """Yield the functions, without the lines in them."""
    for frame in frames:
        if not PROCESS.match(frame):
            found = FRAME.fullmatch(frame)
            yield f"{found['name']} ({found['file']})" if found else frame


def drawn(root: Bar, title: str) -> str:
    """Return the graph as SVG."""
    bars = list(_bars(root, 0.0, 0, root.samples))
    height = ROW * (2 + max(row for *_, row in bars))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height}" role="img" '
        f'font-family="monospace" font-size="10"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>'
    )
    return "\n".join([head, *(_bar(*bar, root.samples) for bar in bars), "</svg>", ""])


def _bars(above: Bar, left: float, row: int, all_samples: int) -> Iterator[tuple[str, Bar, float, int]]:
    for name, bar in sorted(above.below.items(), key=lambda one: -one[1].samples):
        if bar.samples >= SMALLEST * all_samples:
            yield name, bar, left, row
            yield from _bars(bar, left, row + 1, all_samples)
        left += WIDTH * bar.samples / all_samples


def _bar(name: str, bar: Bar, left: float, row: int, all_samples: int) -> str:
    share = bar.samples / all_samples
    width, top = WIDTH * share, ROW * row
    file = found["file"] if (found := FRAME.fullmatch(name)) else ""
    colour = next(colour for start, colour in COLOURS if file.startswith(start))
    fits = int((width - 4) / LETTER)
    text = name if len(name) <= fits else name.partition(" (")[0][:fits]
    shown = f'<text x="{left + 2:.1f}" y="{top + 12}">{escape(text)}</text>' if fits > 2 else ""
    return (
        f'<g><title>{escape(name)}: {share:.1%}</title><rect x="{left:.1f}" y="{top}" width="{width - 0.4:.1f}" '
        f'height="{ROW - 1}" fill="{colour}"/>{shown}</g>'
    )


def main(stacks: str, svg: str) -> None:
    """Read the stacks, and write the graph."""
    with open(stacks) as lines:
        root = grown(lines)
    Path(svg).write_text(drawn(root, f"Processor time by function, {root.samples} samples"))


if __name__ == "__main__":
    main(*sys.argv[1:3])
