"""What comes out: what the templates print, as values that need no reckoning any more.

The way in is `filters.FILTERS`: a filter of a template is a function of one of these modules, and
is loaded when a template first uses it. A template holds headings, order and fixed text; a sentence
made of facts stands here, where a unit test reads it.

- `document`: the sections of DESIGN.md. `charts`: its pictures.
- `constants`, `connector_module`, `spec`, `distribution`: what the connector's own files say.
- `simulator`: what stands in for the source until somebody describes it.
- `summary`, `report`, `report_data`, `comparison`: a plan in a message, at a terminal, for a
  script, and beside its earlier edition.
"""
