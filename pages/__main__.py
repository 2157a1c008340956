"""`python -m pages` writes each file again that is made from the code and is out of date, and prints its name."""

from pages.generated import outdated
from pages.marked_text import PROJECT

for path, text in outdated().items():
    path.write_text(text)
    print(path.relative_to(PROJECT))
