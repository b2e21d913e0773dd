"""The store of people's decisions, which lie over the tool's verdicts and never replace them.

``with open_reviews(path) as reviews`` gives the store; :func:`decide` takes a decision on a
result, ``reviews.record`` keeps it, and :func:`apply` lays what stands over a result, also over
that of a later draft. Of a draft the store holds names of clauses and fingerprints, and no text.
"""

from nis2_align.concordance import reviewed_coverage
from nis2_align.reviews.decision import Basis, Decision, Fingerprint, now, standing
from nis2_align.reviews.fingerprints import Prints, prints
from nis2_align.reviews.overlay import apply, decide, find_dossier, recognised
from nis2_align.reviews.place import VARIABLE, default_path, own_path
from nis2_align.reviews.plain import parse, to_text
from nis2_align.reviews.store import Reviews, open_reviews

__all__ = [
    "VARIABLE", "Basis", "Decision", "Fingerprint", "Prints", "Reviews", "apply", "decide",
    "default_path", "find_dossier", "now", "open_reviews", "own_path", "parse", "prints",
    "recognised", "reviewed_coverage", "standing", "to_text",
]  # fmt: skip
