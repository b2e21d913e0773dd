"""Lays results beside each other: two drafts of one law, or the laws of several countries.

What holds afterwards: nothing is analysed here and no verdict changes; a person's grade counts
before the tool's; every provision of either draft stands in exactly one pair.
"""
