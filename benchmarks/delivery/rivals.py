"""What the deliver function is held against."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import boto3
from benchmarks.delivery import scene
from jinja2 import Template

from cliffhanger import keys
from cliffhanger.adapters.attributes import to_item
from cliffhanger.mailbody import Place, fill

Send = Callable[[list[str]], None]
UNTOUCHED = "#state = :state AND #epoch = :epoch AND #bookmark = :was AND attribute_not_exists(#claim)"
TAGS = ("kind", "series", "reader", "epoch", "position", "claim")
SENDER = '"The Lantern Road" <lantern@stories.example.org>'
PLACES = {place: f"{scene.BASE_URL}/{place}/lantern/a{'x' * 32}" for place in Place}


def floor(_: int) -> Send:
    """The three calls that a letter can't do without, bare: claim, SendEmail, settle, each request lying ready."""
    dynamodb, ses = boto3.client("dynamodb"), boto3.client("sesv2")
    body = scene.issue()
    mail = _mail(fill(body.html, PLACES), fill(body.text, PLACES))

    def send(readers: list[str]) -> None:
        for claim, letter, settle in [(_claim(reader), _letter(reader, mail), _settle(reader)) for reader in readers]:
            dynamodb.update_item(**claim)
            ses.send_email(**letter)
            dynamodb.update_item(**settle)

    return send


def tutorial(_: int) -> Send:
    """As AWS's tutorials and their many copies do it: Scan the table, render the page, SES v1's SendEmail for each."""
    table, ses = boto3.resource("dynamodb").Table("cliffhanger"), boto3.client("ses")
    body = scene.issue()
    html, text = (Template(fill(part, dict.fromkeys(Place, "{{ link }}"))) for part in (body.html, body.text))

    def send(_: list[str]) -> None:
        answer = table.scan()
        for item in answer["Items"]:
            if "address" in item:
                link = f"{scene.BASE_URL}/unsubscribe?reader={item['reader']}"
                ses.send_email(
                    Source=SENDER,
                    Destination={"ToAddresses": [item["address"]]},
                    Message={
                        "Subject": {"Data": body.subject, "Charset": "UTF-8"},
                        "Body": {
                            "Html": {"Data": html.render(link=link), "Charset": "UTF-8"},
                            "Text": {"Data": text.render(link=link), "Charset": "UTF-8"},
                        },
                    },
                )

    return send


def smtp(port: int) -> Send:
    """`email.message` and `smtplib` on one open connection, one message a reader, no ledger."""
    body = scene.issue()

    def send(readers: list[str]) -> None:
        with smtplib.SMTP("127.0.0.1", port) as server:
            for reader in readers:
                places = {place: f"{url}{reader}" for place, url in PLACES.items()}
                message = EmailMessage()
                message["From"], message["To"], message["Subject"] = SENDER, scene.address(reader), body.subject
                message["List-Unsubscribe"] = f"<{places[Place.UNSUBSCRIBE]}>"
                message.set_content(fill(body.text, places))
                message.add_alternative(fill(body.html, places), subtype="html")
                server.send_message(message)

    return send


def _claim(reader: str) -> dict[str, Any]:
    claim = {"id": "0" * 16, "epoch": 1, "from": 1, "to": 1, "at": 1_800_000_000_000, "owed": False}
    return {
        "TableName": "cliffhanger",
        "Key": to_item(keys.subscription(scene.SERIES.slug, reader)._asdict()),
        "UpdateExpression": "SET #claim = :claim",
        "ConditionExpression": UNTOUCHED,
        "ExpressionAttributeNames": {f"#{name}": name for name in ("claim", "state", "epoch", "bookmark")},
        "ExpressionAttributeValues": to_item({":claim": claim, ":state": "active", ":epoch": 1, ":was": 0}),
        "ReturnValues": "ALL_NEW",
    }


def _settle(reader: str) -> dict[str, Any]:
    return {
        "TableName": "cliffhanger",
        "Key": to_item(keys.subscription(scene.SERIES.slug, reader)._asdict()),
        "UpdateExpression": "SET #bookmark = :to REMOVE #claim",
        "ConditionExpression": "#claim.#id = :id",
        "ExpressionAttributeNames": {f"#{name}": name for name in ("claim", "id", "bookmark")},
        "ExpressionAttributeValues": to_item({":to": 1, ":id": "0" * 16}),
        "ReturnValues": "ALL_NEW",
    }


def _letter(reader: str, mail: dict[str, Any]) -> dict[str, Any]:
    return {
        "FromEmailAddress": SENDER,
        "Destination": {"ToAddresses": [scene.address(reader)]},
        "ConfigurationSetName": "cliffhanger",
        "EmailTags": [{"Name": name, "Value": reader} for name in TAGS],
        "Content": {"Simple": mail},
    }


def _mail(html: str, text: str) -> dict[str, Any]:
    headers = {
        "List-Unsubscribe": f"<{PLACES[Place.UNSUBSCRIBE]}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": '"The Lantern Road" <lantern.stories.example.org>',
        "List-Archive": f"<{scene.BASE_URL}/read/lantern>",
    }
    return {
        "Subject": {"Data": scene.issue().subject, "Charset": "UTF-8"},
        "Body": {"Html": {"Data": html, "Charset": "UTF-8"}, "Text": {"Data": text, "Charset": "UTF-8"}},
        "Headers": [{"Name": name, "Value": value} for name, value in headers.items()],
    }
