"""What every writer of an output starts from: the table, the texts behind it, and the words.

What holds afterwards: the same result, layout and day give the same material, and so the same
bytes.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from nis2_align.concordance import Table, table
from nis2_align.concordance.backward import Index, by_ref
from nis2_align.directive import load_statements
from nis2_align.messages import Messages, messages
from nis2_align.model import Provision, Result
from nis2_align.resources import load_yaml, mappings_dir

__all__ = ["LISTINGS", "Layout", "Listed", "Material", "locale", "material"]

#: Which listings an output holds: all it can, or one of them.
Listed = Literal["all", "concordance", "reverse", "gaps"]
LISTINGS: tuple[Listed, ...] = ("all", "concordance", "reverse", "gaps")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a reader asks of an output.

    Attributes:
        listing: ``concordance``: directive → national law; ``reverse``: national law →
            directive; ``gaps``; ``all``: every one that the format holds (CSV: the first).
        form: Code of a country's form in ``mappings/forms/``, or None for the general layout.
        official: Id of a requirement → its official text; empty: that of the result, and where
            it has none, our own summaries.
        made: The day that the output bears; None: today.
    """

    listing: Listed = "all"
    form: str | None = None
    official: Mapping[str, str] = field(default_factory=dict)
    made: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A result laid out, with the texts of its acts.

    Attributes:
        table: The table of concordance.
        say: Words of heads, grades and sentences.
        layout: What was asked for.
        made: The day that the output bears.
        digest: SHA-256 of the JSON output of the same result.
        official_text: Name of the official text given by the user, or None.
        official_locale: Tag of its language, or None.
        index: Every provision by act and ref.
        texts: Id of an act → its text.
        locales: Id of an act → tag of its language and script for spellers (BCP 47).
    """

    table: Table
    say: Messages
    layout: Layout
    made: datetime.date
    digest: str
    official_text: str | None
    official_locale: str | None
    index: Index
    texts: Mapping[str, str]
    locales: Mapping[str, str]

    def text_of(self, act: str, ref: str) -> str:
        """Return what a listing shows of a provision.

        Args:
            act: Id of the act.
            ref: The provision.

        Returns:
            The words of the whole provision, without its number; of an article or annex whose
            parts are listed beside it, its heading and what it says before them; empty where
            the text of the act is not on the result.
        """
        node = self.index.get((act, ref))
        if node is None:
            return ""
        text = self.texts[act]
        if node.kind in ("article", "annex"):
            parts = (node.heading or "", node.own.of(text))
            return "\n".join(part.strip() for part in parts if part.strip())
        return _unnumbered(node, node.span.of(text))

    def requirement_text(self, requirement: str, summary: str, *, whole: bool = False) -> str:
        """Return the official text of a requirement where it was given, else our words.

        Where a text was given that lacks the requirement, our words say that they are ours.

        Args:
            requirement: Its id.
            summary: Our short summary of it.
            whole: Take the whole first sentence of our statement in the language of the words
                instead of the summary, where there is one.
        """
        ours = load_statements(self.say.language).says.get(requirement, ()) if whole else ()
        own = ours[0] if ours else summary
        official = self.layout.official
        if not official or not own or requirement in official:
            return official.get(requirement) or own
        return f"{own} ({self.say.text('column_heading')})"

    @property
    def requirement_head(self) -> str:
        """The head over what a requirement says; without an official text it says so."""
        return self.say.text("column_official" if self.layout.official else "column_heading")


def _unnumbered(node: Provision, text: str) -> str:
    stripped = text.strip()
    if node.label and stripped.startswith(node.label):
        return stripped[len(node.label) :].lstrip()
    return stripped


def locale(language: str, script: str | None = None) -> str:
    """Return the tag by which a speller knows a language.

    Args:
        language: Code of a language pack or of a language of messages.
        script: ISO 15924, where the language is written in more than one.

    Returns:
        A tag such as ``hr-HR``; the code itself where ``mappings/forms/_locales.yaml`` lacks it.
    """
    tags = load_yaml(mappings_dir() / "forms" / "_locales.yaml").get(language)
    if isinstance(tags, dict):
        return str(tags.get(script) or next(iter(tags.values())))
    return tags if isinstance(tags, str) else language


def material(
    result: Result,
    headings: Mapping[str, str],
    language: str | None = None,
    layout: Layout | None = None,
) -> Material:
    """Lay a result out for the writers.

    Args:
        result: The analysis.
        headings: Id of a requirement → our short summary of it.
        language: Language of heads and grades; that of the result where None.
        layout: What is asked for; everything, in the general layout, where None.

    Returns:
        The material.

    Raises:
        UnknownLanguageError: There are no messages in the language.
    """
    # Here, not above: the JSON writer is not needed where only a table is read.
    from nis2_align.export.json import to_json

    asked, given = layout or Layout(), result.official_text
    if given is not None and not asked.official:
        texts = {item.requirement: given.text(item.requirement) for item in result.assessments}
        asked = replace(asked, official={id_: text for id_, text in texts.items() if text})
    return Material(
        table=table(result, headings),
        say=messages(language or result.words),
        layout=asked,
        made=asked.made or datetime.date.today(),
        digest=hashlib.sha256(to_json(result).encode("utf-8")).hexdigest(),
        official_text=given.name if given else None,
        official_locale=locale(given.language) if given else None,
        index=by_ref(result),
        texts={cut.document.id: cut.document.text for cut in result.segmentations},
        locales={act.id: locale(act.language, act.script) for act in result.acts},
    )
