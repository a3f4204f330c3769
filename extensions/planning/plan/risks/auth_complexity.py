"""Risks from signing in: methods, people who must act, and rights."""

from __future__ import annotations

from ...terms.vocabulary import AUTH_TRAITS
from ..auth import CONSENTED, renewed_by_platform, takes_address
from ..figures import counted
from ..model import Facts
from .look import few, methods, names
from .rule import Cause, rules_on, texts

rule = rules_on("auth_complexity")

SIGNS_IN_A_PERSON = ("basic", "oauth2_authorization_code", "oauth2_refresh_token", "other")
"""Methods behind which stands a person who signs in, so that a second factor concerns them."""


@rule("auth-method-unknown", "No way of signing in is chosen")
@texts(
    what="No first request can be made; what the method needs from customers is asked for late.",
    mitigation="Choose one method that works without a person, and make one request with it.",
    check="Has one request been answered with the chosen method?",
    impact_reason="High: nothing can be built or tried before.",
    false_positives="A public source: answer `none`.",
)
def auth_method_unknown(facts: Facts) -> Cause | None:
    """`auth_methods` is empty, and no connector signs in already."""
    if facts.answers.auth_methods or facts.answers.existing_package:
        return None
    return Cause(f"auth_methods is empty: nobody knows how to sign in to {_source(facts)}.", "High")


@rule("consent-needs-a-person", "A person must consent, a pipeline runs alone", "token_oauth")
@texts(
    what="When the consent lapses, is withdrawn, or belonged to somebody who left, the pipeline "
    "stops until a person clicks again.",
    mitigation="Use a method for machines, or let Unity Catalog run the consent; consent as a "
    "service user, and write down who renews it.",
    check="Does the pipeline still run after the person who consented has left?",
    moves="Up one step where no other method is planned and the connector itself keeps the tokens.",
    impact_reason="High where it is the only way in and the platform does not run the consent; "
    "else Medium.",
    false_positives="A consent of an administrator that is known never to lapse.",
)
def consent_needs_a_person(facts: Facts) -> Cause | None:
    """`auth_traits` has `interactive_consent`, or authorization code is a method."""
    answers = facts.answers
    by_trait = "interactive_consent" in answers.auth_traits
    if not by_trait and "oauth2_authorization_code" not in answers.auth_methods:
        return None
    alone = [one for one in answers.auth_methods if one not in CONSENTED]
    reason = "A person consents in a browser."
    if by_trait and not alone:
        reason = AUTH_TRAITS["interactive_consent"]
    if alone:
        return Cause(f"{reason} {methods(facts, alone)} would do without.", "Medium")
    if renewed_by_platform(answers):
        return Cause(f"{reason} Unity Catalog runs the consent and keeps the tokens.", "Medium")
    return Cause(f"{reason} No method without a person is planned.", "High", steps=1)


@rule("second-factor", "A second factor stops unattended sign-in", "token_oauth")
@texts(
    what="The sign-in asks for a code that no pipeline can type.",
    mitigation="Have a service account without a second factor, or a key or token made once.",
    check="Has a job signed in at night, without anybody there?",
    moves="Up one step where every method signs a person in.",
    impact_reason="High without a second way in, since no unattended sync runs; else Medium.",
    false_positives="The second factor is asked for only in the browser, not by the API.",
)
def second_factor(facts: Facts) -> Cause | None:
    """`auth_traits` has `mfa` and a method signs a person in, or none is chosen."""
    chosen = facts.answers.auth_methods
    persons = [one for one in chosen if one in SIGNS_IN_A_PERSON]
    if "mfa" not in facts.answers.auth_traits or (chosen and not persons):
        return None
    every = len(persons) == len(chosen)
    with_what = methods(facts, persons) or "a method still to be chosen"
    why = f"{_source(facts)} asks for a second factor, and the connector signs in with {with_what}."
    return Cause(why, "High" if every else "Medium", steps=int(every))


@rule("admin-approval", "An administrator must approve the access")
@texts(
    what="Every customer waits for somebody else before the first sync, and so do the first tests.",
    mitigation="Ask now for the test environment; write the request for customers, with each scope "
    "and its reason, on one page.",
    check="Is the approval for the test environment there?",
    moves="Up one step where there is no sandbox in which the team can approve by itself.",
    impact_reason="Medium: weeks of waiting, but no lost data.",
    false_positives="The customers' administrators are the users of the connector.",
)
def admin_approval(facts: Facts) -> Cause | None:
    """`auth_traits` has `admin_approval`."""
    answers = facts.answers
    if "admin_approval" not in answers.auth_traits:
        return None
    own = answers.test_environment == "sandbox"
    where = "there is no sandbox to try it in"
    if own:
        where = "a sandbox lets the team approve by itself"
    why = f"An administrator of {_source(facts)} must approve the access; {where}."
    return Cause(why, "Medium", steps=0 if own else 1)


@rule(
    "untested-auth-method",
    "A method of signing in that nobody can test",
    "config_check",
    "token_oauth",
)
@texts(
    what="It fails at the first customer who chooses it.",
    mitigation="Ship the method that can be tested; move the others to `future_auth_methods` until "
    "there are credentials for each.",
    check="Has each method answered one request in the test environment?",
    moves="Up one step where there is nothing real to test against; down one with a sandbox.",
    impact_reason="Medium: it concerns the customers who use that method.",
    false_positives="Credentials for every method exist, and the answers do not say so.",
)
def untested_auth_method(facts: Facts) -> Cause | None:
    """Several methods must work, and one needs a person, `auth_environments` says that environments
    differ, or there is no sandbox."""
    answers = facts.answers
    if len(answers.auth_methods) < 2:
        return None
    if consented := [one for one in answers.auth_methods if one in CONSENTED]:
        doubt = f"{methods(facts, consented)} cannot be tried without a person"
    elif answers.auth_environments:
        doubt = f'environments differ ("{answers.auth_environments}")'
    elif answers.test_environment != "sandbox":
        doubt = f"test_environment is {answers.test_environment}"
    else:
        return None
    count = counted(len(answers.auth_methods), "method")
    why = f"{count} must work ({methods(facts, answers.auth_methods)}), but {doubt}."
    steps = {"none": 1, "simulator": 1, "sandbox": -1}.get(answers.test_environment, 0)
    return Cause(why, "Medium", steps)


@rule("table-without-permission", "One table without permission", "permission_scope")
@texts(
    what="The credentials may read most tables; the first 403 ends the sync of all.",
    mitigation="List the scope or right of each table; catch 403 by table, name it and go on with "
    "the others; check the rights when the connection is made.",
    check="What does a sync do when one table answers 403?",
    moves="Up one step where there is no sandbox in which the tests can take a right away.",
    impact_reason="Medium: the sync fails for every table, yet the rights can be granted.",
    false_positives="One right opens all the tables in scope.",
)
def table_without_permission(facts: Facts) -> Cause | None:
    """More than one table is read, and `auth_traits` has `per_object_permissions`."""
    answers, tables = facts.answers, facts.answers.in_work
    if len(tables) < 2 or "per_object_permissions" not in answers.auth_traits:
        return None
    untried = answers.test_environment != "sandbox"
    where = f"; test_environment is {answers.test_environment}" if untried else ""
    why = (
        f"{counted(len(tables), 'table')} are read ({few(names(tables))}), and rights differ from "
        f"object to object{where}."
    )
    return Cause(why, "Medium", steps=int(untried))


@rule("ip-allowlist", "Only known IP addresses are let in", "config_check")
@texts(
    what="Serverless pipelines have no fixed address unless the workspace sets one up: the source "
    "refuses every request, though it worked from a laptop.",
    mitigation="Route the pipeline through a fixed address and have the source allow it; say so in "
    "the connection's description.",
    check="Has a serverless job, not a laptop, been let in?",
    impact_reason="Medium: nothing runs until networks are set up, but it shows on the first day.",
    false_positives="The customers' networks already have a fixed address for Databricks.",
)
def ip_allowlist(facts: Facts) -> Cause | None:
    """`auth_traits` has `ip_allowlist`."""
    if "ip_allowlist" not in facts.answers.auth_traits:
        return None
    return Cause(f"{_source(facts)} lets in only known IP addresses (auth_traits).", "Medium")


@rule("per-tenant-url", "Each customer has a URL of its own", "config_check")
@texts(
    what="The address is typed with a scheme, a slash or a path too much, or lies in another "
    "region, and every request fails with an error that does not say so.",
    mitigation="Ask for the shortest part, such as the subdomain; clean it, build the URL in one "
    "place, and check it when the connection is made.",
    check="Does a connection with a wrong address say which part is wrong?",
    impact_reason="Medium: the customer cannot connect, and nobody else is concerned.",
    false_positives="The address follows from the credentials.",
)
def per_tenant_url(facts: Facts) -> Cause | None:
    """`auth_traits` has `per_tenant_url`, and no connection parameter takes the address."""
    if "per_tenant_url" not in facts.answers.auth_traits:
        return None
    parameters = facts.answers.connection_parameters
    if any(takes_address(one.name) for one in parameters):
        return None
    others = [one.name for one in parameters if not one.secret]
    asked = ", and no connection parameter asks for it."
    if others:
        asked = f"; which of {few(others)} takes it?"
    if len(others) == 1:
        asked = f"; does {others[0]} take it?"
    return Cause(f"Each customer of {_source(facts)} has a URL{asked}", "Medium")


def _source(facts: Facts) -> str:
    return facts.answers.source_name
