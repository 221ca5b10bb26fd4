"""The catalogues whose translations were changed since they were compiled."""

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "locales"


def stale(folder: Path = FOLDER) -> list[Path]:
    """Every catalogue that is newer than what gettext reads in its place, or was never compiled."""
    return [po for po in sorted(folder.glob("*/LC_MESSAGES/*.po")) if not _compiled(po, po.with_suffix(".mo"))]


def _compiled(po: Path, mo: Path) -> bool:
    return mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns
