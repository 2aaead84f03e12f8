"""The stack's resources on moto, as far as the handlers need them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cliffhanger.adapters import aws
from tests.support.mails import INBOUND

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REGION = "eu-central-1"
ACCOUNT = "123456789012"
INBOUND_BUCKET = f"cliffhanger-inbound-{ACCOUNT}-{REGION}"
SECRET = {"a": "a key of the tests"}
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
    "AWS_DEFAULT_REGION": REGION,
}


def create_table(client: DynamoDBClient, name: str) -> None:
    text: Any = [{"AttributeName": attribute, "AttributeType": "S"} for attribute in ("pk", "sk", "due_pk")]
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[*text, {"AttributeName": "due_at", "AttributeType": "N"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "due",
                "KeySchema": [
                    {"AttributeName": "due_pk", "KeyType": "HASH"},
                    {"AttributeName": "due_at", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
    )


def create_stack(templates: str) -> dict[str, str]:
    """Make the resources; returns the environment that the template gives to every function."""
    create_table(aws.dynamodb(), "cliffhanger")
    s3 = aws.s3()
    for bucket in ("manuscripts", "content", "site", INBOUND_BUCKET):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket="manuscripts", VersioningConfiguration={"Status": "Enabled"})
    sqs = aws.sqs()
    queues = {
        name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("issues", "letters", "feedback", "feedback-dlq")
    }
    aws.secretsmanager().create_secret(Name="keys", SecretString=json.dumps(SECRET))
    aws.sesv2().create_email_identity(EmailIdentity="stories.example.org")
    return {
        "TABLE_NAME": "cliffhanger",
        "MANUSCRIPTS_BUCKET": "manuscripts",
        "CONTENT_BUCKET": "content",
        "ISSUES_QUEUE_URL": queues["issues"],
        "LETTERS_QUEUE_URL": queues["letters"],
        "FEEDBACK_QUEUE_URL": queues["feedback"],
        "FEEDBACK_DLQ_URL": queues["feedback-dlq"],
        "SITE_BUCKET": "site",
        "BASE_URL": "https://stories.example.org",
        "SITE_URL": "https://read.example.org",
        "SENDER_DOMAIN": "stories.example.org",
        "INBOUND_DOMAIN": INBOUND,
        "POSTAL_ADDRESS": "1 Quiet Lane, Sometown",
        "OPERATOR_ADDRESS": "operator@example.org",
        "GRACE_SECONDS": "600",
        "DAY_SECONDS": "86400",
        "DOUBT_SECONDS": "3600",
        "SPACING_SECONDS": "0",
        "WORKERS": "4",
        "THREADS": "4",
        "DELIVER_MEMORY": "256",
        "FIRST_DAY_LETTERS": "0",
        "TEMPLATES_FOLDER": templates,
        "SECRET_NAME": "keys",
        "CONFIGURATION_SET": "cliffhanger",
        "GENERATION": "1:cliffhanger",
        "POWERTOOLS_SERVICE_NAME": "test",
        "POWERTOOLS_METRICS_NAMESPACE": "Cliffhanger",
    }
