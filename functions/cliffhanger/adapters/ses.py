"""SES v2: one mail, one attempt."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
    ProxyConnectionError,
)
from botocore.parsers import ResponseParserError

from cliffhanger.adapters.failures import told_clearly
from cliffhanger.ports import Account, Mail, MailError

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

BEFORE_THE_BODY = (
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
    ProxyConnectionError,
)
"""Raised before anything of the mail has left."""


class SesMailer:
    def __init__(self, client: SESV2Client, configuration_set: str) -> None:
        self._client = client
        self._configuration_set = configuration_set

    def send(self, mail: Mail) -> None:
        try:
            self._client.send_email(**self._request(mail))
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            said = error.response["Error"]
            raise MailError(status, said["Code"], said.get("Message", "")) from None
        except ParamValidationError:
            raise MailError(400, "BadRequestException", "the request has no valid form") from None
        except BEFORE_THE_BODY:
            raise MailError(None, "NoConnection") from None
        except (BotoCoreError, ResponseParserError):  # whatever it is, SES may have the mail
            raise MailError(None, "NoAnswer") from None

    def forget(self, address: str) -> None:
        with told_clearly("SES"), suppress(self._client.exceptions.NotFoundException):
            self._client.delete_suppressed_destination(EmailAddress=address)

    def _request(self, mail: Mail) -> dict[str, Any]:
        reply_to = {"ReplyToAddresses": [mail.reply_to]} if mail.reply_to else {}
        return reply_to | {
            "FromEmailAddress": mail.sender,
            "Destination": {"ToAddresses": [mail.recipient]},
            "ConfigurationSetName": self._configuration_set,
            "EmailTags": [{"Name": name, "Value": value} for name, value in mail.tags.items()],
            "Content": {
                "Simple": {
                    "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
                    "Body": {
                        "Html": {"Data": mail.html, "Charset": "UTF-8"},
                        "Text": {"Data": mail.text, "Charset": "UTF-8"},
                    },
                    "Headers": [{"Name": name, "Value": value} for name, value in mail.headers.items()],
                }
            },
        }


class SesAccounts:
    def __init__(self, client: SESV2Client) -> None:
        self._client = client

    def account(self) -> Account:
        with told_clearly("SES"):
            answer = self._client.get_account()
        quota = answer["SendQuota"]
        return Account(
            enabled=answer["SendingEnabled"],
            max_rate=quota["MaxSendRate"],
            max_24h=quota["Max24HourSend"],
            sent_24h=quota["SentLast24Hours"],
        )
