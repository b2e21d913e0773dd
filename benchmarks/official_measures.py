"""Writes ``mappings/nis2/official.yaml``: how long each provision is, which acts are cited where.

    python benchmarks/official_measures.py FILE

FILE is the directive's English text, e.g. its page on EUR-Lex. Only figures and numbers of acts are
written: facts that hold in every language, by which a translation can be read and checked.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from nis2_align.official import read_official
from nis2_align.official_text import OfficialText

PATH = Path(__file__).resolve().parent.parent / "mappings" / "nis2" / "official.yaml"
_ACT = re.compile(r"(?<![\d/])\d{2,4}/\d{2,4}(?!\d)")
_HEAD = """\
# Made by `python benchmarks/official_measures.py FILE` from the directive's English text.
# lengths: provision -> its characters in English. cites: article -> numbers of the acts it cites.
# Both hold, nearly or wholly, in every language; a translation is read and checked by them.
"""


def page(official: OfficialText) -> str:
    """Return the file's text."""
    lines = [_HEAD + "lengths:"]
    lines += [f'  "{id_}": {len(text)}' for id_, text in official.texts.items()]
    cited: dict[str, set[str]] = {}
    for id_, text in official.texts.items():
        article = id_.split("(")[0].split("#")[0]
        if article.isdigit():
            cited.setdefault(article, set()).update(_ACT.findall(text))
    lines.append("cites:")
    lines += [f'  "{article}": {sorted(acts)}' for article, acts in cited.items() if acts]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the file, or refuse a text that is not whole."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    official = read_official(parser.parse_args().file)
    if official.missing:
        raise SystemExit(f"not whole: {', '.join(official.missing)}")
    PATH.write_text(page(official), encoding="utf-8")


if __name__ == "__main__":
    main()
