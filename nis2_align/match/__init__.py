"""From requirements and provisions to matches: signals, their blend, and the choice of clauses."""
