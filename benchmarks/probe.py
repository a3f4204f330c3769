"""What cannot be timed from outside a process. Prints seconds; benchmarks/run.py calls it.

python benchmarks/probe.py load path/to/template
python benchmarks/probe.py keystroke path/to/template plan.yml
"""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path

import yaml
from copier import run_copy
from copier._main import Worker
from copier._types import Phase
from copier._user_data import Question
from jinja2.sandbox import SandboxedEnvironment

KEYSTROKES = 20
"""How often each validator runs; the median counts, so that a pause of the machine does not."""


def load(template: Path) -> float:
    """Seconds from a Jinja environment to one that has the extension."""
    started = time.process_time()
    spec = importlib.util.spec_from_file_location("session", template / "extensions/session.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.PlanningSession(SandboxedEnvironment())
    return time.process_time() - started


def keystroke(template: Path, plan: Path) -> float:
    """Seconds the slowest validator takes for an answer in a session with many tables."""
    answers = yaml.safe_load(plan.read_text(encoding="utf-8"))
    slowest = 0.0
    with (
        Worker(
            str(template),
            plan.parent / "nowhere",
            data=answers,
            defaults=True,
            unsafe=True,
            quiet=True,
        ) as worker,
        Phase.use(Phase.PROMPT),
    ):
        worker._ask()
        for name, details in worker.template.questions_data.items():
            question = Question(
                answers=worker.answers,
                context=worker._render_context(),
                jinja_env=worker.jinja_env,
                settings=worker.settings,
                var_name=name,
                **details,
            )
            answer = worker.answers.combined.get(name)
            times = []
            for _ in range(KEYSTROKES):
                started = time.process_time()
                question.validate_answer(answer)
                times.append(time.process_time() - started)
            slowest = max(slowest, sorted(times)[KEYSTROKES // 2])
    return slowest


def memory(template: Path, plan: Path, folder: Path) -> float:
    """MiB a copy takes at its peak.

    Linux tells it for the memory of this program alone; what a parent learns about its child
    counts the parent's own memory, too.
    """
    answers = yaml.safe_load(plan.read_text(encoding="utf-8"))
    run_copy(str(template), folder, answers, defaults=True, unsafe=True, quiet=True)
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    print(
        {"load": load, "keystroke": keystroke, "memory": memory}[sys.argv[1]](
            *map(Path, sys.argv[2:])
        )
    )
