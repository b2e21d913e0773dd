"""The official text that a user laid beside the catalogue, provision by provision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["OfficialText"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialText:
    """An official text of the directive, given as a file and never stored.

    The texts are left out of ``repr``, so that no log can hold them by accident.

    Attributes:
        celex: The directive's CELEX number.
        name: File name without folders.
        sha256: Hex digest of the bytes of the file.
        language: ISO 639 code of its language, as detected; a pack's code where there is one.
        texts: Id of a provision (``21(2)(j)``, ``3(4)#sub2``, ``I(1)(a)``) → its own words without
            its number; an annex row has one line for each kind of entity.
        missing: Ids of the directive that were not found, in its order.
        within: Missing id → the found one whose text is as long as if it held both.
        parts: Id of a requirement or an element → the provisions that it carries, in order.
    """

    celex: str
    name: str
    sha256: str
    language: str
    texts: Mapping[str, str] = field(repr=False)
    missing: tuple[str, ...] = ()
    within: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def text(self, id: str) -> str | None:
        """Return the official words of a requirement, an element or a single provision.

        Args:
            id: Id of a requirement (``2(2)(a)``), an element (``2(2)(a)#ii_trust_services``) or a
                provision of the directive (``2(2)(a)(ii)``).

        Returns:
            A requirement's own words and, one line each, those of the subparagraphs and points
            that the catalogue does not list as requirements; None where nothing was found.
        """
        pieces = [
            f"{_number(part)}{self.texts[part]}" if place else self.texts[part]
            for place, part in enumerate(self.parts.get(id, (id,)))
            if part in self.texts
        ]
        return "\n".join(pieces) or None


def _number(provision: str) -> str:
    """Return the number of a point as it is printed before it; nothing for a subparagraph."""
    return f"({provision[provision.rindex('(') + 1 :]} " if provision.endswith(")") else ""
