"""Risks from libraries and from the version of the API."""

from __future__ import annotations

import re
from datetime import date

from ..figures import counted
from ..model import Facts
from ..wording import speaks_http
from . import libraries
from .look import few
from .rule import Cause, rules_on, texts

rule = rules_on("dependencies")

NEEDS_SYSTEM_LIBRARY = {
    "cx-oracle": "the Oracle client",
    "ibm-db": "the Db2 driver",
    "jaydebeapi": "a Java machine",
    "jpype1": "a Java machine",
    "mysqlclient": "the MySQL client library",
    "psycopg2": "the PostgreSQL client library",
    "pycurl": "libcurl",
    "pynwrfc": "SAP's RFC library",
    "pyodbc": "unixODBC and a driver",
    "pyrfc": "SAP's RFC library",
    "python-ldap": "the OpenLDAP library",
    "xmlsec": "libxmlsec1",
}
"""Library -> what it needs that pip does not bring, and serverless compute does not let install."""

COMPILED = {
    *("confluent-kafka", "cryptography", "grpcio", "hdbcli", "lxml", "numpy", "orjson", "pandas"),
    *("pyarrow", "pydantic-core", "pymssql", "snowflake-connector-python"),
}
"""Libraries of machine code that come as wheels: for some platforms and Python versions only."""

FROM_RUNTIME = {"databricks-connect", "delta-spark", "pyspark"}
"""Libraries the Databricks runtime brings in one version; a second one breaks the cluster. Upstream
moved pyspark out of its dependencies for that reason (7b59d856)."""

OWN_TRANSPORT = {
    *("aiohttp", "boto3", "botocore", "confluent-kafka", "google-ads", "google-analytics-data"),
    *("google-api-python-client", "grpcio", "httpx", "msgraph-sdk", "paramiko", "pycurl"),
    "pymongo",
}
"""Libraries that send without requests or urllib, the only two that upstream's simulator sees."""

NEEDS_LIBRARY = ("database", "streaming", "soap_api", "files")
"""Types of source that nothing but a driver or a parser reads: requests alone does not."""

FIRST_FIX_DAYS = 1_065
"""Median time after which a connector's dependencies first needed a fix: 35 months
of 30.44 days, in the histories that base_rates.py counts."""

SOON_DAYS = 365
"""A year. Vendors that retire versions by the calendar serve each for about that long: Shopify for
at least 12 months (shopify.dev, API versioning), Google Ads for about a year."""

RELEASE_TRAIN = r"[vV]?(20\d\d-?[01]\d|[1-9]\d{1,2})(\.\d+)*"
"""A version named after a month, or numbered 10 or higher: its vendor brings and retires versions
by the calendar. Versions named after a day come when something breaks and are served for years."""


@rule("api-version-unknown", "API version unknown", "api_version", "sunset")
@texts(
    what="The connector follows whatever version the source serves by default, and breaks on the "
    "day that changes.",
    mitigation="Choose a version, send it with every request, and write down when it ends.",
    check="Does every request name its version?",
    impact_reason="Medium: tables break together, but a new version can be named quickly.",
    false_positives="An API without versions: write that as `api_version`.",
)
def api_version_unknown(facts: Facts) -> Cause | None:
    """The source is an API and `api_version` is empty."""
    answers = facts.answers
    if answers.api_version or not speaks_http(answers):
        return None
    return Cause(f"api_version of {answers.source_name} is not known, nor when it ends.", "Medium")


@rule("end-of-life-unknown", "Nobody knows when the API version ends", "api_version", "sunset")
@texts(
    what="The version is switched off while nobody watches, and a forced upgrade comes at the "
    "worst time.",
    mitigation="Find the vendor's policy on versions; put the end and a date to upgrade before it "
    "into the calendar of the owner.",
    check="Who looks at the vendor's changelog, and how often?",
    moves="Up one step: such versions are switched off by the calendar.",
    impact_reason="Medium: an upgrade takes days and touches fields.",
    false_positives="A version that has been the only one for years.",
)
def end_of_life_unknown(facts: Facts) -> Cause | None:
    """`api_version` is a month or a number of 10 or more, which shows that versions follow each
    other, and `api_end_of_life` is empty."""
    answers = facts.answers
    dated = re.fullmatch(RELEASE_TRAIN, answers.api_version.strip())
    if not dated or answers.api_end_of_life or not speaks_http(answers):
        return None
    why = (
        f"{answers.source_name} is read with API version {answers.api_version}, end unknown; such "
        "a name shows that versions follow each other."
    )
    return Cause(why, "Medium", steps=1)


@rule("api-version-ends", "The API version is switched off", "api_version", "sunset")
@texts(
    what="On that day every request fails, or is answered by another version with other fields.",
    mitigation="Build on the newest version, and keep it in one place. Where each version lives "
    "for a year or so, name who moves to the next one, and when.",
    check="Who moves the connector to the next version, and by which day?",
    moves="Up one step where it is past or within a year.",
    impact_reason="High where it is past or within a year; else Medium.",
    false_positives="The vendor has put the date off: correct it.",
)
def api_version_ends(facts: Facts) -> Cause | None:
    """`api_end_of_life` is past or within 35 months of `created`."""
    answers = facts.answers
    if not answers.api_end_of_life or not answers.created:
        return None
    end = date.fromisoformat(answers.api_end_of_life)
    days = (end - date.fromisoformat(answers.created)).days
    if days > FIRST_FIX_DAYS:
        return None
    when = f"{counted(days, 'day')} after" if days >= 0 else "before"
    version = f"API version {answers.api_version}" if answers.api_version else "The API version"
    ending = f"ends on {answers.api_end_of_life}, {when} this plan was made"
    why = f"{version} of {answers.source_name} {ending}."
    soon = days <= SOON_DAYS
    return Cause(why, "High" if soon else "Medium", steps=int(soon))


@rule("dependency-unpinned", "Libraries without an upper bound", "library")
@texts(
    what="A new release of a library changes what the connector relies on, overnight and at all "
    "customers.",
    mitigation="Give each library a lower bound that is tested and an upper bound below the next "
    "major version.",
    check="Does a fresh install next month bring the versions that were tested?",
    moves="Up one step where a requirement names no version at all.",
    impact_reason="Medium: all pipelines fail, until a version is pinned.",
    false_positives="A lock file fixes the versions wherever the connector is installed.",
)
def dependency_unpinned(facts: Facts) -> Cause | None:
    """A requirement has no upper bound."""
    found = libraries.open_ended(facts.answers.dependencies)
    if not found:
        return None
    bare = any(not one.specifier for one in found)
    return Cause(f"Without an upper bound: {few(map(str, found))}.", "Medium", steps=int(bare))


@rule("library-not-listed", "A library is needed that nobody has listed", "library")
@texts(
    what="It comes in whatever version the runtime or another library brings, and breaks the "
    "connector on the day that changes.",
    mitigation="Name the library in `dependencies`, with a tested lower and an upper bound.",
    check="Does a fresh install on serverless compute import everything the connector uses?",
    moves="Up one step where nothing in the standard library does it: a driver, or signing with a "
    "key. Most exports are text, perhaps packed.",
    impact_reason="Medium: all pipelines fail, until a version is pinned.",
    false_positives="The standard library does.",
)
def library_not_listed(facts: Facts) -> Cause | None:
    """`dependencies` is empty, and the source is a database, files, a stream or SOAP, a table is
    exported, or a method signs with a key."""
    answers = facts.answers
    if answers.dependencies or not answers.in_work:
        return None
    needs = [f"source_type {answers.source_type}"] if answers.source_type in NEEDS_LIBRARY else []
    needs += ["service_account_jwt"] if "service_account_jwt" in answers.auth_methods else []
    needs += ["read_by export"] if any(t.read_by == "export" for t in answers.in_work) else []
    if not needs:
        return None
    surely = needs != ["read_by export"]
    return Cause(f"dependencies is empty, with {few(needs)}.", "Medium", steps=int(surely))


@rule("dependency-conflict", "Libraries that cannot be installed together", "library")
@texts(
    what="The connector does not install, or replaces a library that the runtime relies on.",
    mitigation="Leave out what the runtime brings, and find one version that fits all bounds.",
    check="Does it install on a fresh cluster, beside what the runtime brings?",
    moves="Up two steps where no version fits; up one for a library of the runtime.",
    impact_reason="High: nothing runs.",
    false_positives="The library is needed for tests only and is not installed with the connector.",
)
def dependency_conflict(facts: Facts) -> Cause | None:
    """No version fits what is required, or a library that the runtime brings is listed."""
    wanted = facts.answers.dependencies
    brought = [text for name, text in libraries.named(wanted) if name in FROM_RUNTIME]
    unmet = libraries.contradictory(wanted)
    parts = [f"no version fits {text}" for text in unmet]
    parts += [f"the runtime brings {few(brought)} itself"] if brought else []
    if not parts:
        return None
    return Cause(f"dependencies: {'; '.join(parts)}.", "High", steps=2 if unmet else 1)


@rule("dependency-compiled", "Libraries of machine code", "library")
@texts(
    what="The library does not install on serverless compute, or not for the next Python version.",
    mitigation="Look for a library of pure Python, or for wheels of the runtime's platform; try it "
    "on serverless compute first.",
    check="Does it import on serverless compute?",
    moves="Up one step where it needs something that pip does not bring.",
    impact_reason="High where something else must be installed, which serverless compute refuses; "
    "else Medium.",
    false_positives="The runtime brings the library.",
)
def dependency_compiled(facts: Facts) -> Cause | None:
    """A requirement is among the libraries known to be compiled."""
    named = libraries.named(facts.answers.dependencies)
    needing = [
        f"{text} needs {need}" for name, text in named if (need := NEEDS_SYSTEM_LIBRARY.get(name))
    ]
    if needing:
        return Cause(f"{few(needing)}, which pip does not bring.", "High", steps=1)
    if compiled := [text for name, text in named if name in COMPILED]:
        return Cause(f"{few(compiled)} holds machine code.", "Medium")
    return None


@rule(
    "library-bypasses-simulator",
    "A client library that simulated tests do not see",
    "library",
    "tests",
)
@texts(
    what="The library retries, pages and renames fields in its own way, and tests against the "
    "simulator of upstream send real requests or none.",
    mitigation="Call the API through requests where that is possible; else put the library behind "
    "one function that tests replace.",
    check="Do the acceptance tests of reading run without network?",
    impact_reason="Medium: reading stays unproved in the simulator.",
    false_positives="The library is used for something other than reading records.",
)
def library_bypasses_simulator(facts: Facts) -> Cause | None:
    """A requirement is among the libraries known not to send through requests or urllib."""
    named = libraries.named(facts.answers.dependencies)
    found = [name for name, _ in named if name in OWN_TRANSPORT]
    if not found:
        return None
    return Cause(f"{few(found)} does not send through requests or urllib.", "Medium")
