"""From matches to verdicts: elements sought in the clauses, compared, and graded."""
