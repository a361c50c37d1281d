"""Reads the text of a Word file, a line for each paragraph.

The file comes from outside: it is measured before anything is unpacked, only its text is read, and
macros, links and pictures are left where they are. The first line of what is written says how many
parts were macros. Called with the file to read and the file to write, as an unprivileged child with
little memory and little time.
"""

import sys
import zipfile
from xml.parsers import expat

# How much the text may hold once unpacked, how many parts a file may have, how deep tags may stand.
TEXT_BYTES = 16 << 20
PARTS = 2000
DEPTH = 200
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main|"


class Text:
    """The paragraphs of a document, as its tags tell them."""

    def __init__(self):
        self.lines = []
        self.line = []
        self.depth = 0
        self.is_text = False

    def begin(self, name, _attributes):
        """Begin a tag."""
        self.depth += 1
        if self.depth > DEPTH:
            raise ValueError("too deep")
        if name == SPACE + "t":
            self.is_text = True
        elif name in (SPACE + "tab", SPACE + "br"):
            self.line.append(" ")

    def end(self, name):
        """End a tag; a paragraph ends a line."""
        self.depth -= 1
        if name == SPACE + "t":
            self.is_text = False
        elif name == SPACE + "p":
            self.lines.append("".join(self.line))
            self.line = []

    def text(self, data):
        """Take text that stands in a run."""
        if self.is_text:
            self.line.append(data)


def forbid(*_ignored):
    """Refuse a document type: only there could entities be declared."""
    raise ValueError("a document type")


def read(part):
    """Answer the lines of one part."""
    text = Text()
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler = text.begin
    parser.EndElementHandler = text.end
    parser.CharacterDataHandler = text.text
    parser.StartDoctypeDeclHandler = forbid
    parser.Parse(part, True)
    return text.lines


def main(source, target):
    """Measure the archive, read its text, write it."""
    with zipfile.ZipFile(source) as archive:
        parts = archive.infolist()
        if len(parts) > PARTS:
            raise ValueError("too many parts")
        macros = sum("vbaproject" in part.filename.lower() for part in parts)
        main_part = archive.getinfo("word/document.xml")
        if main_part.file_size > TEXT_BYTES:
            raise ValueError("too large")
        with archive.open(main_part) as file:
            text = file.read(TEXT_BYTES + 1)
        if len(text) > TEXT_BYTES:
            raise ValueError("larger than it says")
    lines = [str(macros)] + read(text)
    with open(target, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


main(sys.argv[1], sys.argv[2])
