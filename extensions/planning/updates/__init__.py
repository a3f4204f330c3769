"""What stays when a plan is made again.

A plan is rendered anew by every copy and update. What people said, ticked, wrote and built is
carried over here; docs/decisions/0001-updates.md and 0002-states-of-facts.md say why in this way.

- `record`: what goes on record. The answers of a run are merged into those before; a proposal that
  nobody contradicted is no answer.
- `origins`: what is on record and confirmed by nobody.
- `answers_file`: how that file is written.
- `existing_package`: a connector that stood there before any plan, and what a phase takes of it.
- `first_edition`: plans from before answers and proposals were told apart.
- `design_merge`: ticks and notes of a DESIGN.md, carried into a fresh one.
- `ownership`: whose file is whose.
- `template_place`: whether the place a template came from can be updated from.
"""
