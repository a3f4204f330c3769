"""What is wrong with an answer because of another one.

Only what was given in this run is refused: an answer on record that another answer has overtaken
is kept and shown. An answer given again, word for word as it is on record, counts as on record.
All rules stand in this one file, long as it is: whoever adds one sees which pairs are covered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ...terms.near import did_you_mean
from ...terms.values import is_empty, parse_list, shown
from .. import limits, tables
from ..naming import names_for
from ..reading import PACKAGE_ANSWER, READERS, read_extra_risks, read_out_of_scope
from ..said_of_tables import merged_tables
from .single import NEEDS_TABLES

LISTED = 10
"""Items a refusal names one by one before it only counts them: what one screen can show."""


@dataclass(frozen=True)
class Said:
    """The readable answers of a run: those `given` now and those on `record`.

    `risk_ids` gives the ids of all rules; `complete` says that nobody will be asked for what is
    missing, `answers_file` where the record stands.
    """

    given: Mapping[str, object]
    recorded: Mapping[str, object]
    risk_ids: Callable[[], Collection[str]]
    complete: bool = False
    answers_file: str = ""

    @cached_property
    def answers(self) -> dict[str, object]:
        """All answers; what is given now counts more."""
        return {**self.recorded, **self.given}

    @cached_property
    def new(self) -> frozenset[str]:
        """The questions whose answer was given now and differs from the one on record."""
        return frozenset(
            question
            for question, value in self.given.items()
            if question not in self.recorded or self.recorded[question] != value
        )

    @cached_property
    def names(self) -> Mapping[str, None]:
        """The tables in scope, in order. To read their names alone is quick at every keystroke."""
        return dict.fromkeys(tables.table_names(self.answers.get("tables")))

    @cached_property
    def entries(self) -> tables.Entries:
        """What `tables` says of each table, now or on record; nothing while it is not answered."""
        without = {name: value for name, value in self.given.items() if name != "table_details"}
        return tables.read_entries(tables.as_answer(merged_tables(self.recorded, without)))

    @cached_property
    def details(self) -> tables.Entries:
        """What `table_details` says of each table in this run."""
        return tables.read_table_details(self.given.get("table_details"))

    def answered(self, question: str) -> bool:
        """Whether a question has its answer, so that others can be held against it."""
        return self.complete or question in self.answers

    def fact(self, table: str, key: str) -> object:
        """What is said of a table under a key, in this run or before; None: nothing."""
        said = self.details.get(table, {})
        return said[key] if key in said else self.entries.get(table, {}).get(key)

    def listed(self, question: str) -> tuple[str, ...]:
        """The items of an answer that is a list of names."""
        return parse_list(self.answers.get(question))

    def text(self, question: str) -> str:
        """A text or choice, '' while it is not answered."""
        value = self.answers.get(question)
        return value if isinstance(value, str) else ""


def a_plan_stays_where_it_is(said: Said) -> Iterator[str]:
    """Another connector or layout is another folder: an update would leave half the plan behind.

    A plan that was moved beforehand, with its answers, may say so.
    """
    connector, layout = said.text("connector"), said.text("layout")
    home = names_for(connector, layout).answers_file
    if not said.recorded or home == said.answers_file:
        return
    old = said.recorded.get("connector")
    if not said.new & {"connector", "layout"}:
        # An answers file of another name was put where it is on purpose.
        if home.rpartition("/")[2] == said.answers_file.rpartition("/")[2]:
            yield (
                f"connector: the answers of {connector} stand in {said.answers_file}; run copier "
                f"in the folder from which they are {home}, with -a {home}."
            )
    elif connector != old:
        yield f"connector: this plan is {old}; keep that name here, and plan {connector} with copy."
    else:
        home = said.answers_file.rpartition("/")[0]
        yield f"layout: this plan stands in {home}; move it first, as docs/how-to/upstream.md says."


def tables_are_named(said: Said) -> Iterator[str]:
    """A plan that builds something needs a table, unless it stands beside code that has some."""
    purpose, recommendation = said.text("purpose"), said.text("recommendation")
    needs_none = purpose == "evaluate" or recommendation in ("adopt", "stop")
    needs_none = needs_none or said.answers.get(PACKAGE_ANSWER) is True
    settled = said.complete or (purpose and recommendation and "tables" in said.given)
    if settled and not needs_none and is_empty(said.answers.get("tables")):
        yield f"tables: {NEEDS_TABLES}"


def lists_name_tables_in_scope(said: Said) -> Iterator[str]:
    """Ticks and shipped tables must be about tables in scope: Copier has no other boxes."""
    for question in (*tables.TABLE_LISTS, "shipped_tables"):
        if question not in said.given or is_empty(said.given[question]):
            continue
        if not said.answered("tables"):
            yield f"{question}: names tables while tables is not answered; give tables as well."
            continue
        yield from _not_in_scope(question, said.listed(question), said)


def details_are_about_tables_in_scope(said: Said) -> Iterator[str]:
    """Details that are given now must be about tables in scope."""
    if said.answered("tables"):
        yield from _not_in_scope("table_details", said.details, said)


def _of(question: str, item: str, wrong: str) -> str:
    """What is wrong with one item of an answer, in a sentence of its own."""
    return f"{question}: item {shown(item)} {wrong}"


def _not_in_scope(question: str, names: Iterable[str], said: Said) -> Iterator[str]:
    unknown = [name for name in names if name not in said.names]
    for name in unknown[:LISTED]:
        hint = did_you_mean(name, said.names) or "name it in tables, or leave it out here."
        yield _of(question, name, f"is not in tables; {hint}")
    if len(unknown) > LISTED:
        rest = len(unknown) - LISTED
        yield f"{question}: {rest} more items are not in tables; name them there as well."


def ticks_agree_with_tables(said: Said) -> Iterator[str]:
    """A tick must not contradict what `tables` or `table_details` says of the table."""
    for question, key, name in _ticks(said):
        for source, says in (("tables", said.entries), ("table_details", said.details)):
            other = says.get(name, {}).get(key)
            if other not in (None, tables.TABLE_LISTS[question]):
                wrong = f"has {key} {other} in {source}; say it in one place only."
                yield _of(question, name, wrong)


def ticks_are_for_tables_of_this_phase(said: Said) -> Iterator[str]:
    """The code of a connector has answered for the tables it delivers: no list offers them."""
    if not said.answers.get(PACKAGE_ANSWER):
        return
    delivered = said.listed("shipped_tables")
    for question, key, name in _ticks(said):
        if name in delivered and key not in said.entries.get(name, {}):
            yield _of(question, name, "is delivered already; name tables of this phase.")


def ticks_agree_with_each_other(said: Said) -> Iterator[str]:
    """No table can be given for two ingestion types, or for two priorities.

    One that is given for another list than on record moves there: `ticks.py`.
    """
    first: dict[tuple[str, str], str] = {}
    for question, key, name in _ticks(said):
        other = first.setdefault((key, name), question)
        if other != question:
            yield _of(question, name, f"is in {other} too; name each table in one of the two.")


def _ticks(said: Said) -> Iterator[tuple[str, str, str]]:
    """Every tick of this run: its list, the key of a table it stands for, and the table."""
    for key, family in tables.TICKED.items():
        for question in family:
            for name in parse_list(said.given.get(question)):
                yield question, key, name


def details_agree_with_tables(said: Said) -> Iterator[str]:
    """Details take the place of what is on record, not of what `tables` says in the same run."""
    entries = tables.read_entries(said.given.get("tables")) if said.details else {}
    for name, details in said.details.items():
        for key, value in details.items():
            if entries.get(name, {}).get(key, value) != value:
                wrong = f"says another {key} than tables does; say it in one place only."
                yield _of("table_details", name, wrong)


def parents_make_no_circle(said: Said) -> Iterator[str]:
    """A table that needs records of itself, through however many parents, is never read."""
    if not said.new & {"tables", "table_details"}:
        return
    parents = {name: str(fact) for name in said.names if (fact := said.fact(name, "parent"))}
    in_scope = {name.lower(): name for name in said.names}
    for name, parent in parents.items():
        spelled = in_scope.get(parent.lower(), parent)
        if spelled != parent:
            yield _of("tables", name, f"has the parent {shown(parent)}; write {spelled}.")
        chain = [name]
        while parent in parents and parent not in chain:
            chain.append(parent)
            parent = parents[parent]
        if parent == name and name == min(chain):
            way = " needs ".join((*chain, name))
            yield _of("tables", name, f"is its own parent: {way}; leave one parent out.")


def limits_of_tables_have_a_name(said: Said) -> Iterator[str]:
    """A table can only refer to a limit that `rate_limit` names."""
    new = said.new & {"tables", "table_details", "rate_limit"}
    if not new or not said.answered("rate_limit"):
        return
    known = limits.names(limits.parse_limits(said.answers.get("rate_limit")))
    for name in said.names:
        limit = str(said.fact(name, "rate_limit") or "")
        if limits.refers(limit) and limit.lower() not in known:
            hint = did_you_mean(limit, known) or f"write rate_limit: {limit} 40/s, or 40/s here."
            yield _of("tables", name, f"has the rate_limit {shown(limit)}, no name; {hint}")


def nothing_is_in_and_out(said: Said) -> Iterator[str]:
    """A table is in scope or out of it."""
    if not said.new & {"tables", "out_of_scope"}:
        return
    in_scope = {name.lower(): name for name in said.names}
    for what, _ in read_out_of_scope(said.answers.get("out_of_scope") or []):
        if what.lower() in in_scope:
            wrong = f"is in tables too; take {in_scope[what.lower()]} out of one of the two."
            yield _of("out_of_scope", what, wrong)


def parameters_belong_to_planned_methods(said: Said) -> Iterator[str]:
    """A connection parameter given now can only belong to a method of this version."""
    if "connection_parameters" not in said.new or not said.answered("auth_methods"):
        return
    planned = said.listed("auth_methods")
    for one in READERS["connection_parameters"](said.answers["connection_parameters"]):
        if one.auth_method and one.auth_method not in planned:
            wrong = f"has auth_method {one.auth_method}, which is not in auth_methods; "
            yield _of("connection_parameters", one.name, f"{wrong}name it there as well.")


def delete_sync_has_a_table(said: Said) -> Iterator[str]:
    """Deletions can only be read from a table that is `cdc_with_deletes`."""
    if "features" not in said.new or "delete_sync" not in said.listed("features"):
        return
    silent = any("ingestion" not in entry for entry in said.entries.values())
    if not said.entries or (silent and not said.answered("cdc_with_deletes_tables")):
        return
    planned = tables.read_tables(
        {**said.answers, "tables": tables.as_answer(merged_tables(said.recorded, said.given))}
    )
    if all(table.ingestion != "cdc_with_deletes" for table in planned):
        wrong = "needs a table with ingestion cdc_with_deletes; name one, or leave delete_sync out."
        yield _of("features", "delete_sync", wrong)


def decisions_are_about_risks(said: Said) -> Iterator[str]:
    """A decision given now must be about a risk that a rule or an extra risk can have."""
    if "risk_decisions" not in said.new:
        return
    decisions = READERS["risk_decisions"](said.answers["risk_decisions"])
    before = said.recorded.get("risk_decisions")
    extra = read_extra_risks(said.answers.get("extra_risks"))
    known = {*said.risk_ids(), *(risk.id for risk in extra)}
    known |= set(before) if isinstance(before, Mapping) else set()
    for risk in decisions:
        if risk not in known:
            hint = did_you_mean(risk, known) or "use an id from the risks in DESIGN.md."
            yield _of("risk_decisions", risk, f"is no risk this plan can have; {hint}")


RULES: Collection[Callable[[Said], Iterator[str]]] = (
    a_plan_stays_where_it_is,
    tables_are_named,
    lists_name_tables_in_scope,
    ticks_agree_with_tables,
    ticks_are_for_tables_of_this_phase,
    ticks_agree_with_each_other,
    details_are_about_tables_in_scope,
    details_agree_with_tables,
    parents_make_no_circle,
    limits_of_tables_have_a_name,
    nothing_is_in_and_out,
    parameters_belong_to_planned_methods,
    delete_sync_has_a_table,
    decisions_are_about_risks,
)
"""Every rule about two answers, in the order of the session."""
