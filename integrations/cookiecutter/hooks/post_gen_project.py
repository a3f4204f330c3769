"""Hands the answers to Copier, which runs the session in the folder that Cookiecutter has made.

Cookiecutter renders this file as a template, so no answer stands in it: a rendered answer would
be code. The answers come as JSON in a file, which goes away before Copier starts.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml  # Cookiecutter brings it

ANSWERS = Path("answers.json")
ADDRESS = re.compile(r"[\w.+-]{2,}:|[\w.-]+@")
"""How https://..., gh:... and git@... begin; C: is a drive of Windows."""


def main() -> int:
    """Runs the session; its exit code is that of Copier, so that Cookiecutter cleans up."""
    context = json.loads(ANSWERS.read_text(encoding="utf-8"))
    ANSWERS.unlink()
    # An empty text is no answer, and neither is what stood there: the plan then proposes.
    stood = context.get("_defaults", {})
    given = {
        name: said
        for name, said in context.items()
        if name[0] != "_" and said not in ("", stood.get(name))
    }
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.yml"
        plan.write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")
        command = [*copier(), "copy", "--trust", "--defaults", "--overwrite"]
        if context.get("_checkout"):
            command += ["--vcs-ref", context["_checkout"]]
        return subprocess.call([*command, "--data-file", str(plan), source(context), os.getcwd()])


def copier() -> list[str]:
    """The command that is Copier: beside Cookiecutter, or on the PATH."""
    if all(map(importlib.util.find_spec, ("copier", "copier_template_extensions"))):
        return [sys.executable, "-m", "copier"]
    found = shutil.which("copier")
    if not found:
        sys.exit("The session runs in Copier: pip install copier copier-template-extensions")
    return [found]


def source(context: dict[str, str]) -> str:
    """What Copier gets as template, and records: the very repository Cookiecutter was given."""
    template = context["_template"]
    if ADDRESS.match(template):
        return template
    # A relative path counts from where Cookiecutter was started, which this process cannot see.
    starts = (os.environ.get("PWD", ""), context.get("_output_dir", ""))
    for place in (template, context.get("_repo_dir", template)):
        for start in starts:
            folder = Path(start, place).absolute()
            for root in (folder, folder.parent.parent):
                if (root / "copier.yml").is_file():
                    return os.path.normpath(root)
    sys.exit(f"{template}: no copier.yml found there; give the template as an absolute path.")


sys.exit(main())
