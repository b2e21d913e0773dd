"""The page on the contract names every field of the schema, and every listed value."""

import re

from nis2_align.export.json import schema


def walk(node):
    if isinstance(node, dict):
        yield from node.get("properties", {})
        yield from (value for value in node.get("enum", []) if value)
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def test_every_field_and_value_of_the_schema_is_explained(repo_root):
    page = (repo_root / "docs" / "json.md").read_text(encoding="utf-8")
    words = set(re.findall(r"`([a-z0-9_]+)`", page))
    gap_kinds = set(schema()["$defs"]["gap"]["properties"]["kind"]["enum"])
    missing = set(walk(schema())) - words - gap_kinds - {"class"}
    assert missing == set()
    assert "`class`" in page
