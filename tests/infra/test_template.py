"""The promises that the template alone can keep: nothing is lost unseen, nothing is public, nothing is logged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from cliffhanger import outbox, settings
from cliffhanger.clock import DAY

FUNCTIONS = Path(__file__).parents[2] / "functions"
DEPLOYING = FUNCTIONS.parent / "docs" / "deploy.md"
ONLY_FOR_TESTS = {"CLIFFHANGER_CLOCK_FILE"}

DATA_PATH = [
    *("ManuscriptsBucket", "IngestQueue", "IngestFunction"),
    *("TickSchedule", "TickFunction"),
    *("IssuesQueue", "LettersQueue", "DeliverFunction"),
    *("ConfigurationSet", "FeedbackTopic", "FeedbackQueue", "FeedbackFunction"),
    *("PagesApi", "PagesFunction"),
    *("InboundBucket", "MailroomQueue", "MailroomFunction"),
    *("Table", "ContentBucket", "Secret", "TemplatesLayer"),
    "OperatorTopic",
]

ROUTES = {
    "GET /",
    "GET /join/{series}",
    "GET /read/{series}",
    "GET /read/{series}/{chapter}",
    "POST /subscribe/{series}",
    "OPTIONS /subscribe/{series}",
    "GET /embed/{series}",
    "GET /me/{token}",
    "POST /me/{token}",
    *(f"{method} /{wish}/{{series}}/{{token}}" for method in ("GET", "POST") for wish in ("next", "pause", "resume")),
    "GET /confirm/{token}",
    "POST /confirm/{token}",
    "GET /unsubscribe/{series}/{token}",
    "POST /unsubscribe/{series}/{token}",
    "GET /preferences/{series}/{token}",
    "GET /release/{series}/{token}",
    "POST /release/{series}/{token}",
}


class Asked(Mapping[str, str]):
    """An environment in which every variable has a sensible value, and which remembers what was asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return "https://example.org" if name in ("BASE_URL", "SITE_URL") else "60"

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def of_type(resources: dict[str, Any], kind: str) -> dict[str, Any]:
    return {name: resource["Properties"] for name, resource in resources.items() if resource["Type"] == kind}


def sources(resources: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Queue, function and event source mapping, for each queue that calls a function."""
    return [
        (source["EventSourceArn"]["Fn::GetAtt"].removesuffix(".Arn"), source["FunctionName"]["Ref"], source)
        for source in of_type(resources, "AWS::Lambda::EventSourceMapping").values()
    ]


def test_it_reads_in_the_order_of_the_data_path(resources: dict[str, Any]) -> None:
    assert [name for name in resources if name in DATA_PATH] == DATA_PATH


def test_it_runs_python_3_13_on_arm64(template: dict[str, Any], resources: dict[str, Any]) -> None:
    common = template["Globals"]["Function"]
    assert (common["Runtime"], common["Architectures"]) == ("python3.13", ["arm64"])
    for function in of_type(resources, "AWS::Serverless::Function").values():
        assert not {"Runtime", "Architectures", "CodeUri"} & function.keys()


def test_code_and_templates_are_named_once_so_that_the_local_cloud_can_replace_them(source: str) -> None:
    assert source.count("CodeUri: ../functions/") == 1
    assert source.count("ContentUri: ../templates/") == 1


def test_every_setting_that_the_code_reads_is_given_to_every_function(template: dict[str, Any]) -> None:
    asked = Asked()
    settings.load(asked)
    given = template["Globals"]["Function"]["Environment"]["Variables"].keys()
    assert asked.names - ONLY_FOR_TESTS <= given


def test_every_queue_that_feeds_a_function_has_a_dead_letter_queue(resources: dict[str, Any]) -> None:
    queues = of_type(resources, "AWS::SQS::Queue")
    fed = [queue for queue, _, _ in sources(resources)]
    assert sorted(fed) == ["FeedbackQueue", "IngestQueue", "IssuesQueue", "LettersQueue", "MailroomQueue"]
    for queue in fed:
        dead = queue.removesuffix("Queue") + "Dlq"
        assert queues[queue]["RedrivePolicy"]["deadLetterTargetArn"] == {"Fn::GetAtt": f"{dead}.Arn"}
        assert dead in queues


def test_failed_ticks_and_what_sns_could_not_hand_on_end_in_dead_letter_queues(resources: dict[str, Any]) -> None:
    schedule, outcome = resources["TickSchedule"]["Properties"], resources["TickOutcome"]["Properties"]
    assert schedule["Target"]["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": "TickDlq.Arn"}}
    assert outcome["DestinationConfig"] == {"OnFailure": {"Destination": {"Fn::GetAtt": "TickDlq.Arn"}}}
    subscription = resources["FeedbackSubscription"]["Properties"]
    assert subscription["RedrivePolicy"] == {"deadLetterTargetArn": {"Fn::GetAtt": "FeedbackDlq.Arn"}}


def test_every_dead_letter_queue_has_an_alarm_at_its_first_message(resources: dict[str, Any]) -> None:
    watched = {
        alarm["Dimensions"][0]["Value"]["Fn::GetAtt"].removesuffix(".QueueName")
        for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
        if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible" and alarm["Threshold"] == 0
    }
    assert watched == {name for name in of_type(resources, "AWS::SQS::Queue") if name.endswith("Dlq")}


def test_every_alarm_reaches_the_operator(resources: dict[str, Any]) -> None:
    alarms = of_type(resources, "AWS::CloudWatch::Alarm")
    assert alarms
    for alarm in alarms.values():
        assert alarm["AlarmActions"] == [{"Ref": "OperatorTopic"}]
        assert alarm["ComparisonOperator"] == "GreaterThanThreshold"


def test_the_operators_page_says_of_each_alarm_what_to_do(resources: dict[str, Any]) -> None:
    page = DEPLOYING.read_text(encoding="utf-8")
    assert [name for name in of_type(resources, "AWS::CloudWatch::Alarm") if f"`{name}`" not in page] == []


def test_whatever_the_functions_count_has_an_alarm_where_powertools_writes_it(
    template: dict[str, Any], resources: dict[str, Any]
) -> None:
    given = template["Globals"]["Function"]["Environment"]["Variables"]
    ours = [
        alarm
        for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
        if alarm["Namespace"] == given["POWERTOOLS_METRICS_NAMESPACE"]
    ]
    counted = {
        name
        for module in FUNCTIONS.rglob("*.py")
        for name in re.findall(r'\btally\("(\w+)"\)', module.read_text(encoding="utf-8"))
    }
    assert {alarm["MetricName"] for alarm in ours} == counted
    for alarm in ours:
        assert alarm["Dimensions"] == [{"Name": "service", "Value": given["POWERTOOLS_SERVICE_NAME"]}]


def test_an_alarm_comes_before_ses_reviews_the_account(resources: dict[str, Any]) -> None:
    """AWS opens a review at 5 % of bounces or 0.1 % of complaints."""
    limits = {
        alarm["MetricName"]: alarm["Threshold"]
        for alarm in of_type(resources, "AWS::CloudWatch::Alarm").values()
        if alarm["Namespace"] == "AWS/SES"
    }
    assert limits.keys() == {"Reputation.BounceRate", "Reputation.ComplaintRate"}
    assert 0 < limits["Reputation.BounceRate"] < 0.05
    assert 0 < limits["Reputation.ComplaintRate"] < 0.001


def test_a_message_stays_hidden_six_times_as_long_as_its_function_may_run(resources: dict[str, Any]) -> None:
    queues, functions = of_type(resources, "AWS::SQS::Queue"), of_type(resources, "AWS::Serverless::Function")
    for queue, function, _ in sources(resources):
        assert queues[queue]["VisibilityTimeout"] >= 6 * functions[function]["Timeout"]


def test_every_source_reports_single_failures_and_is_bounded(resources: dict[str, Any]) -> None:
    for _, _, source in sources(resources):
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        bound = source["ScalingConfig"]["MaximumConcurrency"]
        assert bound in (2, {"Ref": "IssuesConcurrency"}, {"Ref": "FeedbackConcurrency"})


def test_the_sources_fit_the_ten_runs_at_once_of_a_new_account(
    template: dict[str, Any], resources: dict[str, Any]
) -> None:
    """But for readers' mail, which few accounts take in: README says what to ask AWS for."""
    bounds = [
        source["ScalingConfig"]["MaximumConcurrency"]
        for queue, _, source in sources(resources)
        if "Condition" not in resources[queue]
    ]
    numbers = [bound if isinstance(bound, int) else template["Parameters"][bound["Ref"]]["Default"] for bound in bounds]
    assert sum(numbers) <= 10


def test_a_message_of_an_issue_is_worked_on_alone(resources: dict[str, Any]) -> None:
    assert resources["IssuesSource"]["Properties"]["BatchSize"] == 1


@pytest.mark.parametrize("name", ["ManuscriptsBucket", "ContentBucket", "InboundBucket"])
def test_buckets_are_private_encrypted_versioned_and_kept(name: str, resources: dict[str, Any]) -> None:
    bucket = resources[name]
    blocked = bucket["Properties"]["PublicAccessBlockConfiguration"]
    assert len(blocked) == 4
    assert all(blocked.values())
    assert bucket["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}
    assert bucket["Properties"]["BucketEncryption"]
    assert bucket["DeletionPolicy"] == bucket["UpdateReplacePolicy"] == "Retain"


def test_without_an_inbound_domain_there_is_nothing_to_write_to(resources: dict[str, Any]) -> None:
    conditions = {name: resource.get("Condition") for name, resource in resources.items()}
    inbound = {name for name in resources if name.startswith(("Inbound", "Mailroom"))}
    assert len(inbound) == 12
    assert {name for name, condition in conditions.items() if condition in ("HasInbound", "HasReceiptRule")} == inbound
    assert {name for name in inbound if conditions[name] == "HasReceiptRule"} == {"InboundRules", "InboundRule"}


def test_only_our_own_receipt_rule_may_lay_mail_into_the_bucket(resources: dict[str, Any]) -> None:
    [statement] = resources["InboundBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "ses.amazonaws.com"}
    assert statement["Action"] == "s3:PutObject"
    [rule] = statement["Condition"]["StringEquals"]["aws:SourceArn"].values()
    name = resources["InboundRule"]["Properties"]["Rule"]["Name"]
    assert rule.endswith(f":receipt-rule-set/${{AWS::StackName}}:receipt-rule/{name}")


def test_readers_mail_is_scanned_and_goes_by_itself(resources: dict[str, Any]) -> None:
    assert resources["InboundRule"]["Properties"]["Rule"]["ScanEnabled"] is True
    rules = resources["InboundBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert [rule["ExpirationInDays"] for rule in rules if "ExpirationInDays" in rule] == [7]


def test_the_words_of_a_letter_go_when_its_item_does_and_nothing_else_of_the_archive(resources: dict[str, Any]) -> None:
    rules = resources["ContentBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    [rule] = [rule for rule in rules if "ExpirationInDays" in rule]
    assert (rule["Prefix"], rule["Status"]) == ("letters/", "Enabled")
    assert rule["ExpirationInDays"] * DAY == outbox.KEPT
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}


def test_a_dropped_file_and_a_removed_one_both_reach_ingest(resources: dict[str, Any]) -> None:
    bucket = resources["ManuscriptsBucket"]
    notices = bucket["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    assert {notice["Event"] for notice in notices} == {"s3:ObjectCreated:*", "s3:ObjectRemoved:*"}
    assert {notice["Queue"]["Fn::GetAtt"] for notice in notices} == {"IngestQueue.Arn"}
    assert bucket["DependsOn"] == "IngestQueuePolicy"


def test_every_queue_is_encrypted_and_keeps_its_messages_as_long_as_sqs_can(resources: dict[str, Any]) -> None:
    """But for the notices of a minute that failed, which hold nothing to bring back."""
    for name, queue in of_type(resources, "AWS::SQS::Queue").items():
        assert queue["SqsManagedSseEnabled"] is True
        assert queue["MessageRetentionPeriod"] == (3600 if name == "TickDlq" else 14 * 24 * 3600)


def test_the_table_outlives_the_stack_and_can_be_restored(resources: dict[str, Any]) -> None:
    table = resources["Table"]
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
    assert table["Properties"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["Properties"]["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}


def test_a_restored_table_is_noticed_by_its_name(template: dict[str, Any]) -> None:
    given = template["Globals"]["Function"]["Environment"]["Variables"]
    assert given["GENERATION"] == {"Fn::Sub": "${Generation}:${Table}"}


def test_the_secret_is_made_by_the_stack_and_outlives_it(resources: dict[str, Any]) -> None:
    secret = resources["Secret"]
    assert "SecretString" not in secret["Properties"]
    assert secret["Properties"]["GenerateSecretString"]["GenerateStringKey"] == "a"
    assert secret["DeletionPolicy"] == secret["UpdateReplacePolicy"] == "Retain"


def test_ses_tells_what_settles_a_letter_and_nothing_about_its_reader(resources: dict[str, Any]) -> None:
    destination = resources["FeedbackDestination"]["Properties"]["EventDestination"]
    assert set(destination["MatchingEventTypes"]) == {*("SEND", "REJECT", "BOUNCE", "COMPLAINT", "RENDERING_FAILURE")}
    assert "TrackingOptions" not in resources["ConfigurationSet"]["Properties"]


def test_the_pages_have_these_routes(resources: dict[str, Any]) -> None:
    routes = of_type(resources, "AWS::ApiGatewayV2::Route").values()
    assert {route["RouteKey"] for route in routes} == ROUTES
    assert all(route["Target"] == {"Fn::Sub": "integrations/${PagesIntegration}"} for route in routes)


def test_the_access_log_holds_route_keys_but_no_path_no_address_and_no_agent(resources: dict[str, Any]) -> None:
    written = resources["PagesStage"]["Properties"]["AccessLogSettings"]["Format"]
    assert set(re.findall(r"\$context\.(\w+)", written)) == {
        *("requestTime", "routeKey", "status", "responseLatency", "responseLength", "requestId"),
        "integrationErrorMessage",
    }
    assert json.loads(re.sub(r"\$context\.\w+", "x", written))["route"] == "x"


def test_the_pages_are_throttled(resources: dict[str, Any]) -> None:
    limits = resources["PagesStage"]["Properties"]["DefaultRouteSettings"]
    assert 0 < limits["ThrottlingRateLimit"] <= limits["ThrottlingBurstLimit"]


def test_every_log_is_kept_for_a_time_that_the_operator_chose(resources: dict[str, Any]) -> None:
    groups = of_type(resources, "AWS::Logs::LogGroup")
    assert len(groups) == len(of_type(resources, "AWS::Serverless::Function")) + 1  # and the pages' access log
    assert all(group["RetentionInDays"] == {"Ref": "LogRetentionDays"} for group in groups.values())


def test_a_check_that_is_declined_has_a_reason_in_a_sentence(template: dict[str, Any]) -> None:
    for skip in template["Metadata"]["checkov"]["skip"]:
        assert re.fullmatch(r"CKV_AWS_\d+", skip["id"])
        assert len(skip["comment"].split()) > 8


def test_deploying_asks_only_for_the_domain_and_the_postal_address(template: dict[str, Any]) -> None:
    asked = {name for name, parameter in template["Parameters"].items() if "Default" not in parameter}
    assert asked == {"SenderDomain", "PostalAddress"}
