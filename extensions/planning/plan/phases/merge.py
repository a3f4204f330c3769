"""What stands before a merge into the community connectors repository, beside the code.

A pull request there needs a self-review report of 54 checks, `self-review-connector` among the
skills of the repository (f9c88869, 2026-08-18). Most pass on what is generated. The deliverables
here bring those that wait for a read, a real source or a person, and name them by their ids.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.answer_types import Answers
from ..model import Deliverable
from ..wording import named, source_of, tested_on


def asked_early(answers: Answers) -> Iterator[Deliverable]:
    """What others have to say yes to: asked for in the first phase, since it can take weeks."""
    if answers.layout != "upstream":
        return
    libraries = named(answers.dependencies)
    what = f"the code, its licence and {libraries}" if libraries else "the code and its licence"
    yield Deliverable(
        "approval-asked",
        f"Asked for, for it can take weeks: who approves {what} for the repository, and whether "
        f"the terms of {source_of(answers)} or a partnership stand in the way.",
    )


def before_the_merge(answers: Answers) -> Iterator[Deliverable]:
    """What the last phase brings, in the order in which it can be done."""
    if answers.layout != "upstream":
        return
    # What can be recorded is the test environment, unless it is a simulator or not known.
    real = answers.test_environment in ("sandbox", "production")
    live = tested_on(answers) if real else f"{source_of(answers)} itself"
    yield Deliverable(
        "recorded-run",
        f"The suite has run with `CONNECTOR_TEST_MODE=record` against {live}: no "
        "difference from `endpoints.yaml`, no request that it lacks, no endpoint left out "
        "(self-review B8, B11, B12). Records taken over into `corpus/` hold no personal data and "
        "no secret.",
    )
    yield Deliverable(
        "lint",
        "`pylint` finds nothing with the flags of `.github/workflows/pylint.yml` (self-review "
        "A11).",
    )
    yield Deliverable(
        "locked-libraries",
        "Every library in `pyproject.toml` has a lower and an upper bound (self-review D10), and "
        "the lock files are those that `tools/scripts/regenerate-locks.sh` makes.",
    )
    yield Deliverable(
        "merged-file",
        f"`python tools/scripts/merge_python_source.py {answers.connector}` has run after the last "
        "change, and its file is committed (self-review C6).",
    )
    if answers.purpose != "phase":
        yield Deliverable(
            "approval-given", "The approvals asked for in the first phase are there, in writing."
        )
    yield Deliverable(
        "self-review",
        "`/self-review-connector` says READY or ALMOST without a BLOCKER; its report and the label "
        "`connector-self-reviewed` stand on the pull request.",
    )
