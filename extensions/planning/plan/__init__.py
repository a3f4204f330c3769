"""What follows from the answers and from what is known: the plan.

The way in is `building.build`, which puts a `model.Plan` together. Each module or folder below
works out one part of it, from the answers and the parts before it:

- `proposals`: what stands where nobody answered. `known_tables`: the tables that are offered.
- `fit`, `alternatives`: whether to build at all, and what one could do instead.
- `features`, `auth`: what the connector has to do, and how it signs in.
- `request_counts`, `pace`, `assumptions`, `capacity`: requests, hours and shares of the limits.
- `risks`: one module a subject, one small rule for each risk, levels from what went wrong in real
  connectors.
- `criteria`, `phases`: what has to be true, and in which order it is built. The checks that the
  target asks for before a merge are in `criteria/of_review` and `phases/merge`.
- `open_questions`, `notes`: what nobody has answered, and what depends on it.
- `approval`: whether the plan is complete, and what an approval covers.

`model` has the types, `figures` and `wording` the way in which numbers and things are named
wherever the plan speaks of them. Nothing here knows a file that comes out.
"""
