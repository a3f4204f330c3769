"""One run of Copier, as templates and questions see it: its answers, its folders, its replays."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from copier.errors import UserMessageError
from jinja2.runtime import Context

from .. import planning

REPLAYS = ("copier._main.old_copy.", "copier._main.new_copy.")
"""Prefixes of the folders in which `copier update` renders the old and the new plan once more.

tests/update/test_copier_internals.py says what changes if Copier renames them.
"""


class Heard:
    """What a run was told before its questions, and what it proposed at them.

    Kept with Copier's map of the answers: an update asks in one worker, which has an extension of
    its own, and prints its last message in another.
    """

    def __init__(self, answers: Any) -> None:
        self.given: Mapping[str, Any] = {}
        self.recorded: Mapping[str, Any] = dict(answers.last)
        self.proposed: dict[str, Any] = {}
        self.asked: list[str] = []
        self.packages: dict[Path, Any] = {}
        self.origins: Mapping[str, str] = {}


def heard_by(answers: Any) -> Heard:
    """What the run was told, and proposed; made when it is first asked for."""
    if not hasattr(answers, "heard"):
        answers.heard = Heard(answers)
    heard: Heard = answers.heard
    return heard


def said_in(answers: Any) -> dict[str, Any]:
    """The answers of this run, without proposals that were left standing."""
    record, heard = planning.record, heard_by(answers)
    last = heard.recorded
    said = {name: value for name, value in answers.user_defaults.items() if name not in last}
    for question, value in answers.user.items():
        if record.leaves_standing(question, value):
            continue
        proposed = heard.proposed.get(question)
        if question in last:
            if not record.same(question, value, last[question]):
                said[question] = record.as_a_whole(question, value, last[question])
        elif question in said or not record.is_accepted(question, value, proposed):
            said[question] = value
    return {**said, **answers.init}


def read(record: Mapping[str, Any]) -> Any:
    """The typed answers on record; a refusal ends the run with its sentence."""
    try:
        return planning.read_answers(record)
    except planning.Refusal as refusal:
        raise UserMessageError(str(refusal)) from None


def copier_command() -> str:
    """The command that is Copier, as this run was started.

    uvx keeps an environment for one run in an archive of its cache; others are on the PATH.
    """
    by_uvx = "archive-v0" in Path(sys.prefix).parts
    return f"{'uvx --with copier-template-extensions ' if by_uvx else ''}copier"


def data_files() -> list[Path]:
    """The files that Copier was given as `--data-file`, for what their values no longer tell."""
    given = sys.argv[1:] if Path(sys.argv[0]).stem in ("copier", "__main__") else []
    option = "--data-file"
    named = [given[at + 1] for at, one in enumerate(given[:-1]) if one == option]
    named += [one.partition("=")[2] for one in given if one.startswith(f"{option}=")]
    return [Path(name) for name in named if Path(name).is_file()]


def live_answers(context: Context) -> Any:
    """Copier's own map of the answers of this run: `init` as given, `last` as on record.

    Templates see copies only, and Copier fails on an answer such as `cdc_tables=orders,customers`
    before any validator runs. Reached through the closure of a value that Copier fills on demand;
    tests/data/test_data_alone.py tells when Copier changes that.
    """
    return worker_of(context).answers


def worker_of(context: Context) -> Any:
    """Copier's worker, which makes this copy."""
    return context["_copier_conf"]._pending["data"].__closure__[0].cell_contents


def raw_answers(context: Context) -> dict[str, Any]:
    """The answers as a template sees them."""
    return {name: context.parent[name] for name in planning.ANSWERS if name in context.parent}


def answers_read_from(context: Context) -> str:
    """Where the answers on record stand, seen from the destination.

    Where nobody names a file, Copier reads the default one first, and asks for its name after that.
    """
    conf = context["_copier_conf"]
    named = PurePath(conf["answers_file"])
    return named.as_posix() if (Path(conf["dst_path"]) / named).is_file() else ".copier-answers.yml"


def names_of(context: Context) -> Any:
    """The names and folders of the connector."""
    connector, layout = context.get("connector"), context.get("layout")
    if not connector:
        # Copier compares files before it has read the answers; the answers file tells whose.
        folder = PurePosixPath(PurePath(context["_copier_conf"]["answers_file"]).as_posix()).parent
        connector = folder.name
        layout = "upstream" if planning.UPSTREAM_ROOT in str(folder) else "standalone"
    return planning.names_for(connector, layout or "")


def is_replay(context: Context, replays: tuple[str, ...] = REPLAYS) -> bool:
    """Whether this is a copy that `copier update` makes aside, of the old plan or the new one."""
    path = str(context["_copier_conf"]["dst_path"])
    return any(prefix in path for prefix in replays)
