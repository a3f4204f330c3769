"""What was said: raw answers become typed `Answers`, or a refusal.

The way in is `reading.read_answers`, which takes the answers as Copier or a data file hands them
over, and gives back one frozen value that the rest of the plan is worked out from.
`checks.problems` says before that what is wrong with them, all of it at once; `checks.refusal` says
it of a single answer, and `checks.terminal` in as many characters as a prompt shows.

- `answer_types`: the types. `Answers` knows which of its facts were given.
- `reading`: one reader for each question.
- `tables`, `table_facts`, `said_of_tables`: six answers speak about tables. They are put together
  here, and so is what was said of a table in earlier runs.
- `mappings`: structured answers, key by key.
- `limits`, `requirements`: limits of a source, and libraries, as people write them.
- `naming`: the classes, paths and ids that follow from a name.
- `ticks`: the checkboxes about tables.
- `plan_file`: a file of answers, with the line on which each stands.

To teach a new fact of a table: `table_facts` says how it is read. A new question: `reading`, and
docs/contributing/add-a-question.md for what belongs to it.
"""
