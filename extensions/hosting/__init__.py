"""What knows Copier and Jinja: the session's rooms, loaded by extensions/session.py.

- `run`: one run of Copier: answers given and on record, folders, replays.
- `compiling`: keeps what Jinja compiles.
- `recorded`: what is on record, and the plan of it; the rooms below stand on it.
- `printed`, `asked`, `updated`: what templates, questions and updates ask for. A method with
  `@pass_context` is a global of that name in every template and question.
"""
