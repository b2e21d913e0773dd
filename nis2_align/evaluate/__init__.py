"""How good the verdicts are: figures against labels, and knock-outs of real laws."""

from nis2_align.evaluate.figures import score_result
from nis2_align.evaluate.gold import GoldRow, read_gold

__all__ = ["GoldRow", "read_gold", "score_result"]
