"""Write the golden files of all sentences again: `python -m tests.wording`."""

from tests.wording.sentences import files

for file, text in files().items():
    file.write_text(text)
    print(f"{file.name}: {text.count(chr(10))} sentences")
