"""Cut an act into provisions; find what it cites."""

from nis2_align.segment.act import segment

__all__ = ["segment"]
