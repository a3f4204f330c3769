"""What knows Copier and Jinja: the session's rooms, loaded by extensions/session.py.

- `run`: one run of Copier: answers given and on record, folders, replays.
- `compiling`: keeps what Jinja compiles.
- `recorded`: what is on record, and the plan of it; the rooms below stand on it.
- `asked`, `offered`, `checked`: what questions ask for, the tables they offer, what is refused.
- `printed`, `updated`: what templates and updates ask for.

A method with `@pass_context` is a global of that name in every template and question.
"""
