"""The words that all wings share.

- `vocabulary`: every choice that a question offers, and what it means. A way of paging begins here;
  docs/contributing/add-a-question.md says where it goes on.
- `states`: the four states of a fact - given, known, assumed, unknown.
- `values`: single values as people write them: counts, limits, durations, dates, lists. What cannot
  be read is a `Refusal`, one sentence that says what would be right.
- `misread`: what YAML reads otherwise than people do: keys that stand twice, and some numbers.
- `near`: the name that somebody may have meant.
- `text`: any text, made safe for the place it is printed in.

Nothing here knows a question, a source or a plan. The wings above are `answers`, `sources`, `plan`,
`files` and `updates`; each knows those before it, and `make lint` holds the imports to that.
"""
