"""From a document to its provisions: the door of segmentation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from nis2_align.errors import NoArticlesError
from nis2_align.languages import Language
from nis2_align.model import Document, Issue, Provision, Segmentation, Span
from nis2_align.notices import error, issue
from nis2_align.segment.division import Opening, divide
from nis2_align.segment.marks import mark_of, roman
from nis2_align.segment.structure import Line, Patterns, patterns, read_lines
from nis2_align.segment.tree import Node, grow
from nis2_align.text.normalise import NormalisedText, normalise

__all__ = ["segment"]


def _kept(letters: str) -> Iterator[int]:
    """Yield the places of the letters that are neither white space nor the bar of a table."""
    return (at for at, letter in enumerate(letters) if letter != "|" and not letter.isspace())


class _Source:
    """Moves offsets of the normalised text back to the document."""

    def __init__(self, document: Document, normalised: NormalisedText) -> None:
        self.text = document.text
        self.starts = normalised.starts

    def at(self, offset: int) -> int:
        return 0 if offset == 0 else self.starts[offset]

    def span(self, start: int, end: int) -> Span:
        """Return the stretch without white space at its ends; empty where nothing is left."""
        first, last = self.at(start), self.at(end)
        piece = self.text[first:last]
        first += len(piece) - len(piece.lstrip())
        return Span(start=first, end=max(first, first + len(piece.strip())))

    def inner(self, start: int, end: int) -> Span:
        """Return the stretch without white space and without the bars of a table at its ends."""
        span = self.span(start, end)
        piece = span.of(self.text)
        first, last = (next(_kept(letters), None) for letters in (piece, piece[::-1]))
        if first is None or last is None:
            return Span(start=span.start, end=span.start)
        return Span(start=span.start + first, end=span.end - last)

    def words(self, stretch: tuple[int, int] | None) -> str:
        """Return the stretch in the original script on one line."""
        if stretch is None:
            return ""
        return " ".join(self.span(*stretch).of(self.text).split())


def segment(document: Document, language: Language, said_amending: bool = False) -> Segmentation:
    """Cut an act into its provisions.

    Words and numbers are read in Latin letters, so that both scripts of an act give the same
    refs; spans count in the document as it was read. Afterwards holds:

    1. every span slices back into ``document.text`` and has no white space at its ends;
    2. children lie inside their parents, siblings do not overlap, refs are unique;
    3. the provisions without a parent tile the text: between them is only white space;
    4. inside a provision every character that is not white space lies in a child, in ``own``,
       in a ``heading_span``, or before ``own`` in the printed label with its punctuation (or the
       label of a chapter whose title stands below the number of its first article);
    5. ``own`` ends where the first child begins.

    Text that goes on after the list of a numbered paragraph is a child of the paragraph, of
    kind ``paragraph``, with the paragraph's ref and ``~2`` (``12(1)~2``). A number used twice
    is told apart the same way. Unnumbered paragraphs and dashes are counted from 1; text after
    the list of an unnumbered paragraph is the next paragraph.

    Args:
        document: The act.
        language: The pack whose words open its parts.
        said_amending: A person said that it mainly changes another act; else that is found out.

    Returns:
        The provisions in the order of the text, parents before children, with issues about
        doubtful numbers.

    Raises:
        NoArticlesError: No line opens an article.
    """
    normalised = normalise(document.text)
    words = patterns(language.structure)
    lines = read_lines(normalised.text, _hints(document, normalised))
    openings = divide(lines, words)
    if not openings:
        raise error(
            NoArticlesError,
            "no_articles",
            {"name": document.name, "language": language.code},
            command="Name its language with --language.",
        )
    roots = _Planter(openings, words, lines).roots(len(normalised.text))
    source = _Source(document, normalised)
    provisions = tuple(_Labeller(document, source, language).provisions(roots))
    issues = list(_order_issues(document.id, openings, source))
    amending = said_amending or _is_amending(openings, normalised.text, language)
    if amending:
        issues.append(issue("amending_act", act=document.id, name=document.name))
    return Segmentation(
        document=document,
        language=language.code,
        provisions=provisions,
        amending=amending,
        issues=tuple(issues),
    )


def _hints(document: Document, normalised: NormalisedText) -> Iterator[tuple[int, int, str]]:
    for hint in document.hints:
        start = bisect_left(normalised.starts, hint.span.start)
        yield start, bisect_left(normalised.starts, hint.span.end), hint.kind


class _Planter:
    """Turns the parts into a tree."""

    def __init__(self, openings: list[Opening], words: Patterns, lines: list[Line]) -> None:
        self.openings, self.words = openings, words
        self.act_style = _act_style(openings)
        broken = sum(line.text[:1].islower() and mark_of(line.text) is None for line in lines)
        self.wrapped = broken * 5 > len(lines) >= 40
        self.counts: Counter[str] = Counter()

    def roots(self, end: int) -> list[Node]:
        """Return the parts that have no parent, their descendants hung on them."""
        roots: list[Node] = []
        open_chapters: list[tuple[int, Node]] = []
        for opening in self.openings:
            node = self._node(opening)
            if opening.kind == "chapter":
                while open_chapters and open_chapters[-1][0] >= opening.rank:
                    open_chapters.pop()
            elif opening.kind != "article":
                open_chapters.clear()
            (open_chapters[-1][1].children if open_chapters else roots).append(node)
            if opening.kind == "chapter":
                open_chapters.append((opening.rank, node))
            if opening.kind in {"article", "annex"}:
                grow(node, opening, self.words, act_style=self.act_style, wrapped=self.wrapped)
        _close(roots, end)
        return roots

    def _node(self, opening: Opening) -> Node:
        self.counts[opening.kind] += 1
        number = opening.number
        if opening.kind == "chapter" or (opening.kind == "annex" and not number):
            number = str(self.counts[opening.kind])
        elif opening.kind == "annex" and len(number) < 6:
            number = str(roman(number) or number)
        return Node(
            kind=opening.kind,
            start=opening.start,
            body=opening.body,
            number=number,
            label=opening.label,
            heading=opening.heading,
        )


def _close(nodes: list[Node], end: int) -> None:
    for place, node in enumerate(nodes):
        node.end = nodes[place + 1].start if place + 1 < len(nodes) else end
        _close(node.children, node.end)


def _act_style(openings: list[Opening]) -> str:
    """Return the style in which most articles number their paragraphs, or ""."""
    marks = [
        mark_of(part.lines[0].text) for part in openings if part.kind == "article" and part.lines
    ]
    styles = Counter(mark.style for mark in marks if mark and mark.style in {"(1)", "1."})
    if not styles:
        return ""
    style, count = styles.most_common(1)[0]
    return style if count * 3 >= len(marks) else ""


class _Labeller:
    """Gives each node its ref and its spans.

    Letters of lists stay as printed, save in a language of two scripts, where both scripts of an
    act must give the same refs.
    """

    def __init__(self, document: Document, source: _Source, language: Language) -> None:
        self.document, self.source = document, source
        self.printed = language.scripts == ("Cyrl",)
        self.used: set[str] = set()
        self.counts: Counter[str] = Counter()

    def provisions(
        self, nodes: list[Node], parent: str | None = None, prefix: str = ""
    ) -> Iterator[Provision]:
        """Yield the provisions of the nodes, parents before children."""
        for node in nodes:
            ref = self._unique(_ref(node, prefix, self._number(node)))
            yield self._provision(node, ref, parent)
            inner = "" if node.kind == "chapter" else ref
            yield from self.provisions(node.children, ref, inner)

    def _number(self, node: Node) -> str:
        letter = self.source.words(node.label).strip("(). ") if self.printed else ""
        listed = node.kind in {"point", "subpoint", "row"} and node.number.isalpha()
        return letter if listed and letter else node.number

    def _unique(self, ref: str) -> str:
        unique = ref
        while unique in self.used:
            self.counts[ref] += 1
            unique = f"{ref}~{self.counts[ref] + 1}"
        self.used.add(unique)
        return unique

    def _provision(self, node: Node, ref: str, parent: str | None) -> Provision:
        span = self.source.span(node.start, node.end)
        stop = min([node.end, *(child.start for child in node.children)])
        own = self.source.inner(min(node.body, stop), stop)
        if own.start == own.end:
            own = Span(start=min(own.start, span.end), end=min(own.start, span.end))
        return Provision(
            act=self.document.id,
            ref=ref,
            label=self.source.words(node.label),
            kind=node.kind,
            heading=self.source.words(node.heading) or None,
            heading_span=self.source.span(*node.heading) if node.heading else None,
            span=span,
            own=own,
            parent=parent,
            page=self.document.page_of(span.start),
        )


def _ref(node: Node, prefix: str, number: str) -> str:
    if node.kind in {"preamble", "closing"}:
        return node.kind.title()
    if node.kind in {"chapter", "annex"}:
        return f"{node.kind.title()} {number}"
    if node.kind == "article":
        return number
    return prefix if node.more else f"{prefix}({number})"


def _order_issues(act: str, openings: list[Opening], source: _Source) -> Iterator[Issue]:
    seen: set[str] = set()
    for opening in openings:
        if opening.kind != "article":
            continue
        label = source.words(opening.label)
        span = source.span(*opening.label) if opening.label else None
        if opening.number in seen:
            yield issue("duplicate_article", act=act, span=span, label=label, number=opening.number)
        elif opening.doubtful:
            yield issue("article_out_of_order", act=act, span=span, label=label)
        seen.add(opening.number)


def _is_amending(openings: list[Opening], text: str, language: Language) -> bool:
    """Tell whether most articles change the words of another act."""
    if not language.structure.amending:
        return False
    pattern = re.compile(
        "|".join(
            r"\s+".join(map(re.escape, phrase.split())) for phrase in language.structure.amending
        ),
        re.IGNORECASE,
    )
    articles = [part for part in openings if part.kind == "article"]
    changing = sum(any(pattern.search(line.text) for line in part.lines) for part in articles)
    return changing * 2 > len(articles)
