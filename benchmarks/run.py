"""Measures what a session costs, side by side with a blank template that asks the same.

    python benchmarks/run.py [--rounds 10] [--smoke] [--other path/to/template]

All cases of a round run one after the other, so that whatever else the machine does falls on all
of them; a ratio is taken within a round. Every copy is a process of its own, as people start it.
Cases, rows and targets stand in one file, so that what a figure means can be read off one page.
Prints Markdown. benchmarks/README.md says what each row means and keeps the last honest result.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from blank_twin import build  # noqa: E402
from projects import clone_template, git, release  # noqa: E402

COPIER = (sys.executable, "-m", "copier")


@dataclass
class Cost:
    """What one process took: seconds on the clock, and of the processor with all it started.

    `said` is the last line it printed.
    """

    wall: float
    cpu: float
    said: str


@dataclass
class Case:
    """Something to run: `prepare` makes a fresh place and says what to run there, and where."""

    name: str
    prepare: Callable[[], tuple[tuple[str, ...], Path]]
    variables: dict[str, str] = field(default_factory=dict)
    costs: list[Cost] = field(default_factory=list)

    def run(self) -> None:
        """Runs it once, on its own, and keeps the cost."""
        command, folder = self.prepare()
        # Copier's clones go where nothing else is.
        own = {"PYTHONDONTWRITEBYTECODE": "", "TMPDIR": str(folder.parent)}
        environment = {**os.environ, **own, **self.variables}
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert process.stdout
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{self.name}: {output.decode()}")
        self.costs.append(
            Cost(
                wall=time.perf_counter() - started,
                cpu=used.ru_utime + used.ru_stime,
                said=output.decode().rstrip().rpartition("\n")[2],
            )
        )


class Bench:
    """The templates, the plans of all sizes, and the cases made from them."""

    def __init__(self, folder: Path, *, smoke: bool) -> None:
        self.folder = folder
        self.many, self.named, self.tested = (40, 30, 20) if smoke else (1000, 300, 250)
        self.ours = clone_template(folder / "ours")
        self.twin = build(folder / "twin")
        git(self.twin, "init", "-q", "-b", "main")
        release(self.twin, "v1.0.0")
        for template in (self.ours, self.twin):
            git(template, "gc", "--quiet")  # packed, as a template comes from a server
        self.count = 0

    def cases(self) -> dict[str, Case]:
        """All processes to time, by name."""
        plans = {
            "example": example(),
            "mappings 10": mappings(10),
            "mappings many": mappings(self.many),
            "names 10": names(10),
            "names many": names(self.named),
        }
        cases = {name: self._copy(name, self.ours, plan) for name, plan in plans.items()}
        for name in ("example", "mappings many", "names 10", "names many"):
            cases[f"blank {name}"] = self._copy(f"blank {name}", self.twin, plans[name])
        for kind, template in (("update", self.ours), ("blank update", self.twin)):
            for name in ("names 10", "names many"):
                cases[f"{kind} {name}"] = self._update(f"{kind} {name}", template, plans[name])
        return cases

    def other(self, template: Path, data: Path | None) -> Case:
        """A copy of any other template. Its questions keep their defaults, or take `data`."""
        folder = self.folder / "other"
        shutil.copytree(template, folder, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        git(folder, "init", "-q", "-b", "main")
        release(folder, "v1.0.0")
        return self._copy("other", folder, yaml.safe_load(data.read_text()) if data else {})

    def suite(self) -> Case:
        """The generated tests of a large connector, with neither Spark nor plugins of pytest."""
        project = self._place()
        plan = self._write("suite", {**mappings(self.tested), "layout": "standalone"})
        subprocess.run(self._copying(self.ours, plan, project), check=True, capture_output=True)
        command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")

        def prepare() -> tuple[tuple[str, ...], Path]:
            place = self._place()
            shutil.copytree(project, place, dirs_exist_ok=True)
            return (*command, "sources/acme/tests"), place

        # A new environment has no plugins; those of ours would take a tenth of the time.
        return Case("suite", prepare, {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})

    def probes(self) -> dict[str, Case]:
        """What is measured within a process; the last line it prints is the result."""
        probe = (sys.executable, str(ROOT / "benchmarks" / "probe.py"))
        plan = self._write("keystroke", mappings(self.named))
        whole = self._write("memory", example())

        def load() -> tuple[tuple[str, ...], Path]:
            place = self._place()
            shutil.copytree(self.ours, place / "template")  # without compiled modules, as a clone
            return (*probe, "load", str(place / "template")), place

        def keystroke() -> tuple[tuple[str, ...], Path]:
            return (*probe, "keystroke", str(self.ours), str(plan)), self._place()

        def memory(template: Path) -> Callable[[], tuple[tuple[str, ...], Path]]:
            def prepare() -> tuple[tuple[str, ...], Path]:
                place = self._place()
                return (*probe, "memory", str(template), str(whole), str(place)), place

            return prepare

        return {
            "load": Case("load", load),
            "keystroke": Case("keystroke", keystroke),
            "memory": Case("memory", memory(self.ours)),
            "blank memory": Case("blank memory", memory(self.twin)),
        }

    def _copy(self, name: str, template: Path, answers: dict[str, Any]) -> Case:
        plan = self._write(name, answers)

        def prepare() -> tuple[tuple[str, ...], Path]:
            place = self._place()
            return self._copying(template, plan, place), place

        return Case(name, prepare)

    def _copying(self, template: Path, plan: Path, place: Path) -> tuple[str, ...]:
        options = ("--quiet", "--trust", "--defaults", "--data-file", str(plan))
        return (*COPIER, "copy", *options, str(template), str(place))

    def _update(self, name: str, template: Path, answers: dict[str, Any]) -> Case:
        project = self._place()
        plan = self._write(name, answers)
        subprocess.run(self._copying(template, plan, project), check=True, capture_output=True)
        git(project, "init", "-q", "-b", "main")
        release(project, "plan")
        changed = self._write(f"{name} changed", {"problem": "Reports are a week late."})
        options = ("--quiet", "--trust", "--defaults", "--data-file", str(changed))
        record = ("-r", ":current:", "-a", "sources/acme/.copier-answers.yml")

        def prepare() -> tuple[tuple[str, ...], Path]:
            place = self._place()
            shutil.copytree(project, place, dirs_exist_ok=True)
            return (*COPIER, "update", *options, *record), place

        return Case(name, prepare)

    def _place(self) -> Path:
        self.count += 1
        place = self.folder / "runs" / str(self.count) / "project"
        place.mkdir(parents=True)
        return place

    def _write(self, name: str, answers: dict[str, Any]) -> Path:
        path = self.folder / f"{name}.yml".replace(" ", "-")
        path.write_text(yaml.safe_dump(answers, sort_keys=False))
        return path


def example() -> dict[str, Any]:
    """The Stripe example with the first twelve of its tables."""
    plan = yaml.safe_load((ROOT / "examples" / "stripe.yml").read_text(encoding="utf-8"))
    return {**plan, "tables": plan["tables"][:12]}


def mappings(number: int) -> dict[str, Any]:
    """A plan whose tables say everything themselves."""
    kinds = ("cdc", "append", "snapshot")
    tables = [
        {
            "name": f"table_{position}",
            "ingestion": kinds[position % 3],
            "priority": "P0" if position % 2 else "P1",
            "primary_keys": ["id"],
            "rows": 1000 * (position + 1),
            **({} if kinds[position % 3] == "snapshot" else {"cursor_field": "changed"}),
        }
        for position in range(number)
    ]
    return {"connector": "acme", "created": "2026-11-24", "rate_limit": "10/s", "tables": tables}


def names(number: int) -> dict[str, Any]:
    """A plan whose tables are plain names, with boxes ticked for some of them."""
    tables = [f"table_{position}" for position in range(number)]
    return {
        "connector": "acme",
        "created": "2026-11-24",
        "rate_limit": "10/s",
        "tables": tables,
        "cdc_tables": tables[::3],
        "append_tables": tables[1::3],
        "p0_tables": tables[::2],
    }


@dataclass(frozen=True)
class Row:
    """A line of the result: one case, or one case divided by another."""

    what: str
    target: float
    of: str
    by: str = ""
    measure: str = "cpu"

    def values(self, cases: dict[str, Case], measure: str = "") -> list[float]:
        """One value a round, in the unit of the target."""
        own, other = (
            [float(getattr(cost, measure or self.measure)) for cost in cases[name].costs]
            for name in (self.of, self.by or self.of)
        )
        return [a / b for a, b in zip(own, other, strict=True)] if self.by else own


def rows(bench: Bench) -> list[Row]:
    """Every row of the table, with its target."""
    many, named = bench.many, bench.named
    return [
        Row("copy of the twelve-table example ÷ blank twin", 1.25, "example", "blank example"),
        Row(
            f"copy, {many} tables as mappings ÷ blank twin",
            1.25,
            "mappings many",
            "blank mappings many",
        ),
        Row("update, 10 tables ÷ blank twin", 1.25, "update names 10", "blank update names 10"),
        Row(
            f"update, {named} tables ÷ blank twin",
            1.25,
            "update names many",
            "blank update names many",
        ),
        Row(f"copy, {many} tables as mappings ÷ 10", 2.0, "mappings many", "mappings 10"),
        Row(f"copy, {named} plain names and boxes ÷ 10", 2.0, "names many", "names 10"),
        Row("update ÷ copy, 10 tables", 2.5, "update names 10", "names 10"),
        Row(f"update ÷ copy, {named} tables", 2.5, "update names many", "names many"),
        Row("loading the extension, seconds", 0.060, "load", measure="said"),
        Row(f"slowest validator at {named} tables, seconds", 0.010, "keystroke", measure="said"),
        Row("peak memory ÷ blank twin", 1.2, "memory", "blank memory", measure="said"),
        Row(f"generated tests of {bench.tested} tables, seconds", 5.0, "suite", measure="wall"),
    ]


def yardsticks(bench: Bench) -> list[Row]:
    """What Copier takes for the same by itself: the twin held against the twin."""
    many, named = bench.many, bench.named
    none = float("inf")
    return [
        Row(f"blank copy, {many} ÷ 10", none, "blank mappings many", "blank names 10"),
        Row(f"blank copy, {named} names ÷ 10", none, "blank names many", "blank names 10"),
        Row("blank update ÷ copy, 10 tables", none, "blank update names 10", "blank names 10"),
        Row(
            f"blank update ÷ copy, {named} tables",
            none,
            "blank update names many",
            "blank names many",
        ),
    ]


def main() -> None:
    """Runs every case in every round, then prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--smoke", action="store_true", help="one round of small plans")
    parser.add_argument("--other", type=Path, help="another Copier template to time beside ours")
    parser.add_argument("--other-data", type=Path, help="answers for it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        bench = Bench(Path(folder), smoke=arguments.smoke)
        cases = {**bench.cases(), **bench.probes(), "suite": bench.suite()}
        table = [*rows(bench), *yardsticks(bench)]
        if arguments.other:
            cases["other"] = bench.other(arguments.other, arguments.other_data)
            table.append(
                Row("copy of the example ÷ the other template", float("inf"), "example", "other")
            )
        for _ in range(1 if arguments.smoke else arguments.rounds):
            for case in cases.values():
                case.run()
                shutil.rmtree(bench.folder / "runs" / str(bench.count))
    print(report(table, cases))


def report(table: list[Row], cases: dict[str, Case]) -> str:
    """The result as Markdown: medians of the rounds, and how far the middle half spreads."""
    lines = [
        "| what | at most | median | middle half | on the clock | |",
        "|---|---|---|---|---|---|",
    ]
    for row in table:
        values = row.values(cases)
        median = statistics.median(values)
        low, high = _middle_half(values)
        target = "" if row.target == float("inf") else f"{row.target:g}"
        clock = statistics.median(row.values(cases, "wall")) if row.measure == "cpu" else median
        verdict = "" if not target else "holds" if median <= row.target else "missed"
        lines.append(
            f"| {row.what} | {target} | {median:.3g} | {low:.3g} to {high:.3g} "
            f"| {clock:.3g} | {verdict} |"
        )
    return "\n".join(lines)


def _middle_half(values: list[float]) -> tuple[float, float]:
    if len(values) < 2:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


if __name__ == "__main__":
    main()
