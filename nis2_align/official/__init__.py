"""An official text of the directive, given as a file → its words, provision by provision.

The reading goes by numbers and order alone, so it serves every language: EUR-Lex pages, and any
translation that keeps the directive's own numbering. Nothing of it is stored or logged.
"""

from nis2_align.official.reading import issues, official_of, read_official

__all__ = ["issues", "official_of", "read_official"]
