"""Makes a PDF of one page of HTML, as it stands in a file of ours.

Nothing is fetched: neither an address nor a file, whatever the page names. Called with the file to
read and the file to write, as an unprivileged child with little memory and little time.
"""

import ctypes
import io
import sys

from fontTools.ttLib import TTFont
from weasyprint import HTML
from weasyprint.pdf import stream

# What of a font is kept: the places of its letters, without hints and shared routines.
NO_HINTING, RETAIN_GIDS, DESUBROUTINIZE = 1, 2, 4


def subset_library():
    """Answer HarfBuzz's own subsetter, which Pango brings along; None where it is missing.

    A Chinese font has 65,000 letters, and the subsetter of WeasyPrint 57, which is written in
    Python, goes over all of them for five seconds, once for each size of letters. Later versions of
    WeasyPrint do as this does.
    """
    try:
        library = ctypes.CDLL("libharfbuzz-subset.so.0")
        base = ctypes.CDLL("libharfbuzz.so.0")
        names = ["hb_subset_input_create_or_fail", "hb_subset_input_glyph_set",
                 "hb_subset_or_fail"]
        for name in names:
            getattr(library, name).restype = ctypes.c_void_p
        for name in ["hb_blob_create", "hb_face_create", "hb_face_reference_blob",
                     "hb_blob_get_data"]:
            getattr(base, name).restype = ctypes.c_void_p
    except (OSError, AttributeError):
        return None
    return library, base


def subset(content, index, glyphs, libraries):
    """Answer a font with some of its letters at their old places; None where it fails."""
    library, base = libraries
    pointer = ctypes.c_void_p
    blob = base.hb_blob_create(content, ctypes.c_uint(len(content)), 1, None, None)
    face = base.hb_face_create(pointer(blob), ctypes.c_uint(index))
    asked = library.hb_subset_input_create_or_fail()
    if not asked:
        return None
    kept = library.hb_subset_input_glyph_set(pointer(asked))
    for glyph in glyphs:
        base.hb_set_add(pointer(kept), ctypes.c_uint(glyph))
    flags = NO_HINTING | RETAIN_GIDS | DESUBROUTINIZE
    library.hb_subset_input_set_flags(pointer(asked), ctypes.c_uint(flags))
    made = library.hb_subset_or_fail(pointer(face), pointer(asked))
    if not made:
        return None
    result = base.hb_face_reference_blob(pointer(made))
    length = ctypes.c_uint()
    data = base.hb_blob_get_data(pointer(result), ctypes.byref(length))
    return ctypes.string_at(data, length.value)


def use_quick_subsets():
    """Let WeasyPrint take its parts of fonts from HarfBuzz, where it is there."""
    libraries = subset_library()
    if libraries is None:
        return
    slow = stream.Font.clean

    def clean(font, glyphs):
        """Keep the letters that were used, and leave the rest to WeasyPrint."""
        if font.ttfont is not None and glyphs:
            made = subset(font.file_content, font.index, glyphs, libraries)
            if made:
                font.file_content = made
                font.ttfont = TTFont(io.BytesIO(made))
                glyphs = {}
        slow(font, glyphs)

    stream.Font.clean = clean


def refuse(address, *_ignored, **_named):
    """Answer no address, whichever it is."""
    raise ValueError("a paper names nothing that has to be fetched: " + address[:80])


def main(source, target):
    """Read the page, write the PDF."""
    with open(source, encoding="utf-8") as file:
        page = file.read()
    use_quick_subsets()
    HTML(string=page, url_fetcher=refuse).write_pdf(target)


main(sys.argv[1], sys.argv[2])
