"""The page of documentation and the OpenAPI document: one declaration, examples that run."""

import re

import pytest

from programmes.models import Indicator
from provinces.models import Province
from scp_portal.api import ENDPOINTS
from tests.reporting.approved import approve

pytestmark = pytest.mark.django_db

PAGE = "/about/open-data/api/"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_example_on_the_page_runs(client, plans, prefix):
    unit, indicator = Province.objects.get(slug="ha-tinh"), Indicator.objects.get(code="T3")
    approve(unit, 2025, indicator, numerator=5, denominator=10)
    text = client.get(prefix + PAGE).content.decode()
    examples = {link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*/api/v1/[^"]*)"', text)}

    assert len(examples) == 2 * len(ENDPOINTS) + 1
    assert {example: client.get(example).status_code for example in examples} == dict.fromkeys(examples, 200)


def test_the_page_asks_nobody_else(client, db):
    text = client.get(PAGE).content.decode()

    assert re.findall(r'(?:src|href)="https?://(?!testserver)[^"]*\.(?:js|css)"', text) == []


@pytest.mark.parametrize(
    ("path", "words"), [("/api/v1/openapi.json", "Register"), ("/en/api/v1/openapi.json", "Register")]
)
def test_openapi_names_every_endpoint_and_parameter(client, db, path, words):
    found = client.get(path).json()

    assert found["openapi"] == "3.1.0"
    assert set(found["paths"]) == {f"/{one.path}" for one in ENDPOINTS}
    plans = found["paths"]["/plans"]["get"]
    assert [one["name"] for one in plans["parameters"]] == ["lens", "issued_by", "answered_by", "format"]
    assert set(plans["responses"]) == {"200", "404", "422"}


def test_an_answer_has_the_fields_the_document_promises(client, plans):
    for path, schema in (("provinces", "/provinces"), ("plans", "/plans")):
        row = client.get(f"/api/v1/{path}").json()[0]
        document = client.get("/api/v1/openapi.json").json()
        answer = document["paths"][schema]["get"]["responses"]["200"]["content"]["application/json"]
        assert list(row) == list(answer["schema"]["items"]["properties"])


@pytest.mark.parametrize(
    ("path", "words"), [("/about/succession/", "Mã không phải"), ("/en/about/succession/", "A code is not")]
)
def test_succession_is_explained_in_both_languages(client, db, path, words):
    text = client.get(path).content.decode()

    assert words in text
    assert "<table>" in text
    assert "83,3%" in text or "83.3%" in text
