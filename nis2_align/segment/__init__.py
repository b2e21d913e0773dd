"""Cut an act into provisions; find what it cites."""

from nis2_align.segment.act import segment
from nis2_align.segment.citations import Citation, citations

__all__ = ["Citation", "citations", "segment"]
