"""Tokens, stems and spans of interest of one text in one language.

spaCy's blank pipeline tokenises; its phrase matcher finds glossary concepts by stem and modals
by form. Afterwards holds: every token knows its stretch of the source; token indices of all
spans lie inside ``tokens``.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import snowballstemmer

from nis2_align.glossary import glossary
from nis2_align.languages import Language, language
from nis2_align.model import Span
from nis2_align.text.figures import FigureMention, find_figures
from nis2_align.text.normalise import as_typed, fold, normalise

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

__all__ = [
    "AnalysedText",
    "Analyser",
    "ConceptMention",
    "DelegationMention",
    "ModalMention",
    "Token",
    "analyser",
]

_MAX_TOKENS_TEXT = 50_000_000
_MARK = "¶"
# "measures which users may take": one word may stand between.
_RELATIVE_REACH = 2
_CLAUSE_MARKS = {",", ";", ":", ".", "(", _MARK}
_SEPARATOR = f"\n{_MARK}\n"


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``start``/``end`` in the text analysed, ``stem`` empty for marks, stop words."""

    start: int
    end: int
    lower: str
    stem: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A word as it is written, read once for all its places; numbers of the vocabulary's words."""

    lower: str
    stem: str
    lemma: int
    norm: int


@dataclass(frozen=True, slots=True)
class ConceptMention:
    """A glossary concept at ``tokens[first:last]``."""

    concept: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ModalMention:
    """A modal at ``tokens[first:last]``: ``duty`` or ``option`` (which is also a power's form)."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class DelegationMention:
    """A verb or an instrument of a delegation to a by-law at ``tokens[first:last]``."""

    kind: str
    first: int
    last: int


def _first(mention: ConceptMention | ModalMention) -> int:
    return mention.first


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """A text as matching sees it; all sequences are in the order of the text.

    ``base`` is where the text begins in the source whose spans are asked for and given: an article
    that moved in its act is the same text on another base.
    """

    tokens: tuple[Token, ...]
    concepts: tuple[ConceptMention, ...]
    modals: tuple[ModalMention, ...]
    delegations: tuple[DelegationMention, ...]
    figures: tuple[FigureMention, ...]
    starts: tuple[int, ...]
    base: int = 0

    def within(self, span: Span) -> tuple[int, int]:
        """Return the half-open range of the tokens that begin inside ``span``."""
        first, last = span.start - self.base, span.end - self.base
        return bisect_left(self.starts, first), bisect_left(self.starts, last)

    def concepts_in(self, first: int, last: int) -> Iterator[ConceptMention]:
        """Yield the concepts that lie wholly inside a token range."""
        for place in range(bisect_left(self.concepts, first, key=_first), len(self.concepts)):
            mention = self.concepts[place]
            if mention.first >= last:
                return
            if mention.last <= last:
                yield mention

    def modals_in(self, first: int, last: int) -> Iterator[ModalMention]:
        """Yield the modals that lie wholly inside a token range."""
        for place in range(bisect_left(self.modals, first, key=_first), len(self.modals)):
            mention = self.modals[place]
            if mention.first >= last:
                return
            if mention.last <= last:
                yield mention

    def span(self, first: int, last: int) -> Span:
        """Return the stretch of the source from token ``first`` up to before ``last``."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Span(start=self.base + start, end=self.base + end)


class Analyser:
    """Analyses texts of one language; make it through :func:`analyser`, it is costly to start.

    Args:
        pack: The language pack.
        glossary: Concept → its terms in the language.
    """

    def __init__(self, pack: Language, glossary: Mapping[str, tuple[str, ...]]) -> None:
        import spacy

        self.pack = pack
        name = pack.stemming.snowball
        self._snowball = snowballstemmer.stemmer(name) if name else None
        self._guard = threading.Lock()
        self._stems: dict[str, str] = {}
        self._forms: dict[str, _Form] = {}
        self._stop = {as_typed(word) for word in pack.stopwords}
        self._relative = {as_typed(word) for word in pack.modals["relative"]}
        self._conditional = {as_typed(word) for word in pack.modals["conditional"]}
        self._negation = {as_typed(word) for word in pack.modals["negation"]}
        self._nlp: Pipeline = spacy.blank(pack.spacy)
        self._nlp.max_length = _MAX_TOKENS_TEXT
        self._modals = self._word_matcher({k: pack.modals[k] for k in ("duty", "option")})
        self._delegations = self._word_matcher(pack.delegation)
        self._concepts = self._concept_matcher(glossary)

    def stem(self, word: str) -> str:
        """Return the key under which the forms of ``word`` meet; empty for stop words."""
        known = self._stems.get(word)
        if known is None:
            known = self._stems[word] = self._make_stem(word.lower())
        return known

    def _make_stem(self, word: str) -> str:
        if as_typed(word) in self._stop or not any(c.isalpha() for c in word):
            return ""
        stemming = self.pack.stemming
        root = stemming.typed.get(word, word)
        if self._snowball is not None:
            # The stemmer works on a buffer of its own, which two threads must not share.
            with self._guard:
                root = str(self._snowball.stemWord(root))
        stem, prefix = stemming.strip(fold(root)), stemming.prefix
        return stem[:prefix] if prefix else stem

    def analyse(self, source: str) -> AnalysedText:
        """Analyse one text, in either script of the language."""
        normal = normalise(source)
        doc, places = self._doc(normal.text)
        starts, ends = normal.starts, normal.ends
        forms = [self._form(token.text) for token in doc]
        tokens = [
            Token(starts[first], ends[last - 1], form.lower, form.stem)
            for form, (first, last) in zip(forms, places, strict=True)
        ]
        return self._read_off(doc, tokens)

    def analyse_all(self, sources: Sequence[str]) -> tuple[AnalysedText, list[tuple[int, int]]]:
        """Analyse many short texts at once, which is far cheaper than one by one.

        Args:
            sources: The texts.

        Returns:
            One analysis of all, and the token range of each text in it; no concept or figure
            spans two texts.
        """
        ranges: list[tuple[int, int]] = []
        joined = _SEPARATOR.join(sources)
        analysed = self.analyse(joined)
        start = 0
        for source in sources:
            ranges.append(analysed.within(Span(start=start, end=start + len(source))))
            start += len(source) + len(_SEPARATOR)
        return analysed, ranges

    def stems(self, source: str) -> tuple[str, ...]:
        """Return the stems of the content words of a short text, in order."""
        return tuple(token.stem for token in self.analyse(source).tokens if token.stem)

    def _doc(self, text: str) -> tuple[Doc, list[tuple[int, int]]]:
        """Tokenise a text; return the tokens and where each stands.

        White space is no token here, so that a term broken at the end of a line is still found.
        """
        from spacy.tokens import Doc

        kept = [token for token in self._nlp.make_doc(text) if not token.is_space]
        words = [token.text for token in kept]
        doc = Doc(self._nlp.vocab, words=words)
        if words:
            forms = map(self._form, words)
            keys = np.array([(form.lemma, form.norm) for form in forms], dtype=np.uint64)
            doc.from_array(["LEMMA", "NORM"], cast("Any", keys))
        starts = [token.idx for token in kept]
        return doc, [(at, at + len(word)) for at, word in zip(starts, words, strict=True)]

    def _form(self, word: str) -> _Form:
        known = self._forms.get(word)
        if known is None:
            vocab = self._nlp.vocab
            lower, stem = vocab[word].lower_, "" if word == _MARK else self.stem(word)
            # A stop word matches any other inside a concept's term; a separator matches nothing.
            lemma = vocab.strings.add(_MARK if word == _MARK else stem or "_")
            known = _Form(lower, stem, lemma, vocab.strings.add(as_typed(lower)))
            self._forms[word] = known
        return known

    def _read_off(self, doc: Doc, tokens: Sequence[Token]) -> AnalysedText:
        modals = self._matches(self._modals, doc)
        return AnalysedText(
            tokens=tuple(tokens),
            concepts=tuple(ConceptMention(*found) for found in self._matches(self._concepts, doc)),
            modals=tuple(
                ModalMention(kind, first, last)
                for kind, first, last in self._negated(modals, tokens)
                if not self._in_side_clause(doc, first)
            ),
            delegations=tuple(
                DelegationMention(*found) for found in self._matches(self._delegations, doc)
            ),
            figures=find_figures([token.lower for token in tokens], self.pack),
            starts=tuple(token.start for token in tokens),
        )

    def _in_side_clause(self, doc: Doc, modal: int) -> bool:
        """Tell whether a modal stands close behind a relative word or in a conditional clause.

        "an incident which may affect", "if the breach may entail loss, it informs", "says whether
        it may spread": such a modal governs nothing outside its own clause. A word with a capital
        opens a sentence.
        """
        for place in range(max(0, modal - _RELATIVE_REACH), modal):
            word = doc[place].text
            if as_typed(word.lower()) in self._relative and not word[0].isupper():
                return not any(token.text in _CLAUSE_MARKS for token in doc[place:modal])
        start = modal
        while start and doc[start - 1].text not in _CLAUSE_MARKS:
            start -= 1
        return any(token.norm_ in self._conditional for token in doc[start:modal])

    def _matches(self, matcher: PhraseMatcher, doc: Doc) -> list[tuple[str, int, int]]:
        """Return the longest matches that do not overlap."""
        from spacy.util import filter_spans

        spans = filter_spans(matcher(doc, as_spans=True))
        return [(span.label_, span.start, span.end) for span in spans]

    def _negated(
        self, modals: Iterable[tuple[str, int, int]], tokens: Sequence[Token]
    ) -> Iterable[tuple[str, int, int]]:
        """A negated option forbids, so it binds: "may not disclose" is a duty."""
        for kind, first, last in modals:
            around = {as_typed(tokens[i].lower) for i in (first - 1, last) if 0 <= i < len(tokens)}
            negated = bool(around & self._negation)
            yield ("duty" if kind == "option" and negated else kind), first, last

    def _word_matcher(self, words: Mapping[str, tuple[str, ...]]) -> PhraseMatcher:
        """Match words in the very forms listed, with or without their marks.

        Modals and delegations are closed classes, so no stem is needed.
        """
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(self._nlp.vocab, attr="NORM")
        for kind, forms in words.items():
            matcher.add(kind, [self._doc(form)[0] for form in forms])
        return matcher

    def _concept_matcher(self, glossary: Mapping[str, tuple[str, ...]]) -> PhraseMatcher:
        from spacy.matcher import PhraseMatcher

        matcher = PhraseMatcher(self._nlp.vocab, attr="LEMMA")
        for concept, terms in glossary.items():
            docs = [self._doc(normalise(term).text)[0] for term in terms]
            matcher.add(concept, [doc for doc in docs if any(t.lemma_ != "_" for t in doc)])
        return matcher


@cache
def analyser(code: str) -> Analyser:
    """Return the analyser of one language pack, with the glossary's terms.

    Raises:
        UnknownLanguageError: There is no such pack.
    """
    pack = language(code)
    return Analyser(pack, glossary(code))
