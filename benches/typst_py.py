"""What typst-py spends on the PDF alone: one warm process, the same layout, the same views.

    JOBPACK_VIEWS=/tmp/views cargo bench --profile dev --bench pack
    pip install typst && python benches/typst_py.py /tmp/views
"""

import pathlib
import shutil
import sys
import tempfile
import time

import typst

views = sorted(pathlib.Path(sys.argv[1]).glob("*.json"))
here = pathlib.Path(__file__).resolve().parent.parent
root = pathlib.Path(tempfile.mkdtemp())
shutil.copytree(here / "templates", root / "templates")
# typst-py can't switch on the extra that marks row headers; a plain cell costs it no more.
for file in (root / "templates/base").glob("*.typ"):
    file.write_text(file.read_text().replace("pdf.header-cell(", "((scope: none, ..cell) => table.cell(..cell))("))
(root / "brand").mkdir()
shutil.copy(here / "profiles/havering/logo.svg", root / "brand/logo.svg")
main = root / "templates/council/layout.typ"
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(here / "fonts")])
(root / "pack.json").write_text(views[0].read_text())
compiler = typst.Compiler(str(main), root=str(root), font_paths=fonts)

spent = 0.0
for number, view in enumerate(views):
    (root / "pack.json").write_text(view.read_text())
    start = time.process_time()
    compiler.compile(format="pdf", pdf_standards=["ua-1", "a-3a"])
    if number >= 10:
        spent += time.process_time() - start
print(f"{spent / (len(views) - 10) * 1000:.1f} ms a pack over {len(views) - 10} packs (CPU time)")
shutil.rmtree(root)
