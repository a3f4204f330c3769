"""A session that answers as told, on a clock of its own, and what each method signs in with."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import requests

METHODS = {
    "none": {},
    "api_key": {"api_key": "k3y"},
    "basic": {"username": "ada", "password": "pa55"},
    "bearer_token": {"token": "t0ken"},
    "oauth2_client_credentials": {"access_token": "uc-token"},
    "oauth2_authorization_code": {"access_token": "uc-token"},
    "oauth2_refresh_token": {
        "client_id": "me",
        "client_secret": "s3cret",
        "refresh_token": "r3fresh",
        "token_endpoint": "https://acme.example/token",
    },
    "service_account_jwt": {
        "service_account_json": json.dumps(
            {
                "client_email": "robot@acme.example",
                "private_key": "pem",
                "token_uri": "https://acme.example/token",
            }
        )
    },
    "other": {},
}


def response(status: int = 200, content: Any = None, **headers: str) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made._content = json.dumps(content).encode() if content is not None else b"oops"
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return made


class Session:
    """Answers requests in the order of `answers`, then with 200; sleeping moves its clock."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.headers: dict[str, str] = {}
        self.auth: Any = None
        self.sent: list[SimpleNamespace] = []
        self.waits: list[float] = []
        self.now = 0.0

    def request(self, method: str, url: str, **arguments: Any) -> Any:
        sent = SimpleNamespace(method=method, url=url, at=self.now, headers=dict(self.headers))
        self.sent.append(SimpleNamespace(**vars(sent), **arguments))
        answer = self.answers.pop(0) if self.answers else response(content={})
        if isinstance(answer, Exception):
            raise answer
        return answer

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds
