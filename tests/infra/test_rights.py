"""Who may do what: each function has a role of its own, with single actions on named things."""

from __future__ import annotations

from typing import Any

import pytest

FUNCTIONS = ("Ingest", "Tick", "Deliver", "Feedback", "Pages", "Mailroom")
ROLES = [f"{name}Role" for name in FUNCTIONS]
KNOWS_NO_RESOURCES = {"ses:GetAccount", "ses:DeleteSuppressedDestination"}
"""Actions that AWS lets nobody bind to a resource (Service Authorization Reference)."""


def statements(resources: dict[str, Any], role: str) -> list[dict[str, Any]]:
    return [
        statement
        for policy in resources[role]["Properties"]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def actions(resources: dict[str, Any], role: str) -> set[str]:
    return {action for statement in statements(resources, role) for action in statement["Action"]}


def granted(resources: dict[str, Any], role: str, action: str) -> set[str]:
    """The resources on which a role may do this, as they are written."""
    return {
        next(iter(resource.values())) if isinstance(resource, dict) else resource
        for statement in statements(resources, role)
        if action in statement["Action"]
        for resource in statement["Resource"]
    }


def test_only_deliver_may_send_mail(resources: dict[str, Any]) -> None:
    may = {
        role
        for role in (*ROLES, "TickScheduleRole")
        if any(action.startswith("ses:") and action != "ses:GetAccount" for action in actions(resources, role))
    }
    assert may == {"DeliverRole"}
    assert "ses:SendEmail" in actions(resources, "DeliverRole")


def test_deliver_sends_only_from_our_domain_through_our_configuration_set(resources: dict[str, Any]) -> None:
    ends = {arn.rpartition(":")[2] for arn in granted(resources, "DeliverRole", "ses:SendEmail")}
    assert ends == {"identity/${SenderDomain}", "configuration-set/${ConfigurationSet}"}


def test_who_only_puts_or_asks_one_by_one_may_do_no_more(resources: dict[str, Any]) -> None:
    """tests/unit/delivery/test_feedback_calls.py counts what events need."""
    assert "dynamodb:Query" not in actions(resources, "FeedbackRole")
    assert "s3:GetObject" not in actions(resources, "PagesRole")


def test_no_other_role_hides_in_the_template(resources: dict[str, Any]) -> None:
    found = {name for name, resource in resources.items() if resource["Type"] == "AWS::IAM::Role"}
    assert found == {*ROLES, "TickScheduleRole"}
    assert not [
        name for name, resource in resources.items() if resource["Type"].startswith("AWS::IAM::") and name not in found
    ]


@pytest.mark.parametrize("role", [*ROLES, "TickScheduleRole"])
def test_every_action_is_named_in_full(role: str, resources: dict[str, Any]) -> None:
    for statement in statements(resources, role):
        assert statement.keys() == {"Effect", "Action", "Resource"}
        assert isinstance(statement["Action"], list)
        assert not [action for action in statement["Action"] if "*" in action or "?" in action]


@pytest.mark.parametrize("role", [*ROLES, "TickScheduleRole"])
def test_nothing_is_granted_on_everything(role: str, resources: dict[str, Any]) -> None:
    for statement in statements(resources, role):
        if "*" in statement["Resource"]:
            assert set(statement["Action"]) <= KNOWS_NO_RESOURCES


@pytest.mark.parametrize("role", [*ROLES, "TickScheduleRole"])
def test_no_role_takes_a_managed_policy(role: str, resources: dict[str, Any]) -> None:
    assert "ManagedPolicyArns" not in resources[role]["Properties"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_its_own_role(name: str, resources: dict[str, Any]) -> None:
    properties = resources[f"{name}Function"]["Properties"]
    assert properties["Role"] == {"Fn::GetAtt": f"{name}Role.Arn"}
    assert "Policies" not in properties  # SAM would add to the role
    assert "Events" not in properties  # SAM would attach a managed role on every queue


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_writes_to_its_own_log_only(name: str, resources: dict[str, Any]) -> None:
    assert resources[f"{name}Function"]["Properties"]["LoggingConfig"] == {"LogGroup": {"Ref": f"{name}Log"}}
    assert granted(resources, f"{name}Role", "logs:PutLogEvents") == {f"{name}Log.Arn"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_receives_from_its_own_queues_only(name: str, resources: dict[str, Any]) -> None:
    feeds = {
        resource["Properties"]["EventSourceArn"]["Fn::GetAtt"]
        for resource in resources.values()
        if resource["Type"] == "AWS::Lambda::EventSourceMapping"
        and resource["Properties"]["FunctionName"] == {"Ref": f"{name}Function"}
    }
    assert granted(resources, f"{name}Role", "sqs:ReceiveMessage") == feeds
    assert granted(resources, f"{name}Role", "sqs:DeleteMessage") == feeds


def test_only_ingest_reads_what_authors_drop(resources: dict[str, Any]) -> None:
    readers = {
        role
        for role in ROLES
        if any("ManuscriptsBucket" in str(thing) for thing in granted(resources, role, "s3:GetObject"))
    }
    assert readers == {"IngestRole"}


def test_only_the_mailroom_reads_what_readers_write_and_it_reads_nothing_else(resources: dict[str, Any]) -> None:
    readers = {
        role
        for role in ROLES
        if any("InboundBucket" in str(thing) for thing in granted(resources, role, "s3:GetObject"))
    }
    assert readers == {"MailroomRole"}
    assert granted(resources, "MailroomRole", "s3:GetObject") == {"${InboundBucket.Arn}/*"}


def test_nobody_may_read_the_whole_table(resources: dict[str, Any]) -> None:
    used = {action for role in ROLES for action in actions(resources, role) if action.startswith("dynamodb:")}
    assert used == {f"dynamodb:{action}" for action in ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query")}


def test_only_where_readers_erase_themselves_is_anything_deleted(resources: dict[str, Any]) -> None:
    assert [role for role in ROLES if "dynamodb:DeleteItem" in actions(resources, role)] == ["PagesRole"]
