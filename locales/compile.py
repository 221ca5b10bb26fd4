"""`python -m locales.compile`: compiles the catalogues into what gettext reads; the build hook calls it, too."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent
DOMAIN = "mashang"


def compile_catalogues(folder: Path = FOLDER) -> list[Path]:
    """Write a .mo beside every locales/*/LC_MESSAGES/mashang.po, replacing it in one stroke; the files written."""
    return [_compiled(po) for po in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))]


def _compiled(po: Path) -> Path:
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name, domain=DOMAIN)
    target, draft = po.with_suffix(".mo"), po.with_suffix(".mo.draft")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    return draft.replace(target)


if __name__ == "__main__":
    for written in compile_catalogues():
        sys.stdout.write(f"{written.relative_to(FOLDER.parent)}\n")
