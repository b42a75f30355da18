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
for logo in ("logo.svg", "logo-dark.svg"):
    shutil.copy(here / "profiles/havering" / logo, root / "brand" / logo)
main = root / "templates/council/layout.typ"
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(here / "fonts")])
(root / "pack.json").write_text(views[0].read_text())
compiler = typst.Compiler(str(main), root=str(root), font_paths=fonts)

# A pack is the views that share the number before the dash.
packs = sorted({view.stem.split("-")[0] for view in views}, key=int)
spent = 0.0
for number, pack in enumerate(packs):
    for view in sorted(views[0].parent.glob(f"{pack}-*.json")):
        (root / "pack.json").write_text(view.read_text())
        start = time.process_time()
        compiler.compile(format="pdf", pdf_standards=["ua-1", "a-3a"])
        if number >= 10:
            spent += time.process_time() - start
print(f"{spent / (len(packs) - 10) * 1000:.1f} ms a pack over {len(packs) - 10} packs (CPU time)")
shutil.rmtree(root)
