"""Reads DOCX files with python-docx, and adds a paragraph to a copy of each.

    docx_read.py FOLDER FILE...

Prints one line of JSON per file: what python-docx sees of it, and where the copy is.
"""

import json
import sys
from pathlib import Path

import docx
from docx.table import Table


def seen(document):
    section = document.sections[0]
    numbering = document.part.numbering_part.element
    return {
        "title": document.core_properties.title,
        "author": document.core_properties.author,
        "paragraphs": [[p.style.name, p.text] for p in document.paragraphs],
        "tables": [[[c.text for c in row.cells] for row in t.rows] for t in document.iter_inner_content() if isinstance(t, Table)],
        "table_styles": sorted({t.style.name for t in document.tables}),
        "header": [p.text for p in section.header.paragraphs],
        "footer": [p.text for p in section.footer.paragraphs],
        "lists": len(numbering.num_lst),
        "list_styles": [s.name for s in document.styles if s.name in ("List Bullet", "List Number")],
    }


def main(folder, *files):
    for number, file in enumerate(files):
        document = docx.Document(file)
        said = seen(document)
        copy = Path(folder) / f"{number}.docx"
        document.add_paragraph("Added in another program.", style="Body Text")
        document.save(copy)
        print(json.dumps({"file": file, "copy": str(copy), **said}))


main(*sys.argv[1:])
