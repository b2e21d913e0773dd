"""The reverse listing: national law → directive, and what no requirement cites.

What holds afterwards: every cited provision is listed; an unmatched provision is named once; a
candidate for gold-plating stands at the very clause that goes beyond the directive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from nis2_align.model import Assessment, Coverage, GoldPlating, Provision, Result

__all__ = ["Index", "Reverse", "ReverseClass", "by_ref", "printed", "reverse", "unmatched"]

ReverseClass = Literal["transposing", "supporting", "national_only"]
# What a reader of the reverse listing looks up; points and rows below appear when cited.
_LISTED = frozenset({"article", "paragraph", "annex"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reverse:
    """One national provision and the requirements that it serves.

    Attributes:
        act: Id of the act.
        ref: The provision.
        kind: ``transposing``: it is, holds or lies in an accepted clause of a decided requirement;
            ``supporting``: only undecided requirements cite it, or it stands in an article
            of which another part is cited; ``national_only``: nothing of its article is cited.
        label: The numbers as the act prints them, article first; empty where there are none.
        requirements: Ids in the order of the catalogue.
        gold_plating: Candidates only, in the order of the catalogue; none but for a
            ``transposing`` clause. What holds the clause, or lies in it, does not repeat them.
    """

    act: str
    ref: str
    kind: ReverseClass
    label: str = ""
    requirements: tuple[str, ...] = ()
    gold_plating: tuple[GoldPlating, ...] = ()


#: (act, ref) → provision.
Index = Mapping[tuple[str, str], Provision]


def by_ref(result: Result) -> Index:
    """Return every provision of the result by act and ref, in the order of the texts."""
    return {(node.act, node.ref): node for cut in result.segmentations for node in cut.provisions}


def chain_of(index: Index, act: str, ref: str) -> Iterator[Provision]:
    """Yield the provision and what holds it, innermost first."""
    node = index.get((act, ref))
    while node is not None:
        yield node
        node = index.get((act, node.parent)) if node.parent is not None else None


def printed(index: Index, act: str, ref: str) -> str:
    """Return e.g. ``Član 12. (3) 1)``; empty where the provision is not known."""
    labels = [node.label for node in chain_of(index, act, ref) if node.kind != "chapter"]
    return " ".join(label.strip() for label in reversed(labels) if label.strip())


def reverse(result: Result) -> tuple[Reverse, ...]:
    """List national law → directive.

    Args:
        result: The analysis.

    Returns:
        Every article, paragraph and annex of every act in the order of the text, and each smaller
        provision that is cited; then cited provisions of acts whose text is not on the result.
    """
    index = by_ref(result)
    cited = _cited(result)
    touched = _touched(index, cited)
    articles = {(act, _outermost(index, act, ref)) for act, ref in touched}
    order = [key for key, node in index.items() if node.kind in _LISTED or key in cited]
    order += [key for key in cited if key not in index]
    rank = {item.requirement: place for place, item in enumerate(result.assessments)}
    decided = {item.requirement for item in result.assessments if _is_decided(item)}
    labels = {(m.act, m.ref): m.label for item in result.assessments for m in item.provisions}
    beyond = _beyond(result)
    return tuple(
        Reverse(
            act=act,
            ref=ref,
            kind=_class(
                touched.get((act, ref), set()),
                decided,
                (act, _outermost(index, act, ref)) in articles,
            ),
            label=printed(index, act, ref) or labels.get((act, ref), ""),
            requirements=tuple(sorted(touched.get((act, ref), set()), key=rank.__getitem__)),
            gold_plating=tuple(beyond.get((act, ref), ())),
        )
        for act, ref in order
    )


def unmatched(result: Result, listing: Iterable[Reverse]) -> tuple[Reverse, ...]:
    """Return the provisions that no requirement cites, each named once.

    Args:
        result: The analysis that the listing was made from.
        listing: What :func:`reverse` returned.

    Returns:
        The outermost uncited provisions: an article without any citation stands for its
        paragraphs; in an article that is cited in part, the uncited paragraphs stand.
    """
    index = by_ref(result)
    bare = {(entry.act, entry.ref): entry for entry in listing if not entry.requirements}
    return tuple(
        entry
        for (act, ref), entry in bare.items()
        if not any((act, node.ref) in bare for node in chain_of(index, act, ref) if node.ref != ref)
    )


def _is_decided(item: Assessment) -> bool:
    return item.coverage in (Coverage.FULL, Coverage.PARTIAL)


def _cited(result: Result) -> dict[tuple[str, str], set[str]]:
    cited: dict[tuple[str, str], set[str]] = {}
    for item in result.assessments:
        for match in item.provisions:
            cited.setdefault((match.act, match.ref), set()).add(item.requirement)
    return cited


def _beyond(result: Result) -> dict[tuple[str, str], list[GoldPlating]]:
    """Collect the candidates of decided requirements by the clause that they stand in."""
    held: dict[tuple[str, str], list[GoldPlating]] = {}
    for item in filter(_is_decided, result.assessments):
        cited = {(match.act, match.ref) for match in item.provisions}
        for candidate in item.gold_plating:
            if (candidate.act, candidate.ref) in cited:
                held.setdefault((candidate.act, candidate.ref), []).append(candidate)
    return held


def _touched(
    index: Index, cited: Mapping[tuple[str, str], set[str]]
) -> dict[tuple[str, str], set[str]]:
    """Spread citations: up to what holds the clause, short of chapters, and down into it."""
    touched = {key: set(requirements) for key, requirements in cited.items()}
    for act, ref in index:
        chain = [node for node in chain_of(index, act, ref) if node.kind != "chapter"]
        own = cited.get((act, ref), set())
        for node in chain[1:]:
            touched.setdefault((act, node.ref), set()).update(own)
            touched.setdefault((act, ref), set()).update(cited.get((act, node.ref), set()))
    return {key: requirements for key, requirements in touched.items() if requirements}


def _outermost(index: Index, act: str, ref: str) -> str:
    """Return the article or annex that holds a provision; itself where its act is not known."""
    chain = [node.ref for node in chain_of(index, act, ref) if node.kind != "chapter"]
    return chain[-1] if chain else ref


def _class(requirements: set[str], decided: set[str], article_cited: bool) -> ReverseClass:
    if requirements & decided:
        return "transposing"
    return "supporting" if article_cited else "national_only"
