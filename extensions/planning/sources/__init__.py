"""What is known of a source, whoever plans a connector for it.

There are two ways to know something. The template brings data: `catalogue` says which connectors
exist for a source, `knowledge` what those say of its tables, keys, cursors, paging and signing in.
Both are looked up without reading what is not asked for, and anew at every run; `Catalogue` is the
way in. And people have descriptions: `drafting.read` takes an OpenAPI document, a manifest, a
catalog of streams or a connector, and gives back a plan to begin with.

- `existing`: the types of what is found.
- `findings`: what one row of the catalogue says, in words.
- `catalogue`, `knowledge`: the look-ups. docs/catalogue.md and docs/knowledge.md say where the data
  comes from; `scripts/build_catalogue.py` and `scripts/build_knowledge.py` write it.
- `drafting`: one module for each kind of description; nothing is executed or fetched.

A known fact is never an answer. It carries its origin until somebody confirms it. One that is wrong
is mended in its reader, `drafting/airbyte.py` or `drafting/connector.py`; then the data is written
anew.
"""
