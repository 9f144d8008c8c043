"""Plans as programs get them: under their issuer, with who answers for them on the map."""

import csv
import io

import pytest

pytestmark = pytest.mark.django_db

PLANS = "/api/v1/plans"


def found(client, **asked):
    answer = client.get(PLANS, asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def numbers(rows):
    return {row["number"] for row in rows}


def test_a_plan_is_listed_with_its_issuer_and_who_answers_for_it(client, plans):
    rows = {row["number"]: row for row in found(client, lens="on:2026-01-01")}
    plan = rows["66/KH-UBND"]

    assert (plan["issuer"]["code"], plan["issuer"]["name_vi"]) == ("93", "Hậu Giang")
    assert [(one["code"], one["name_vi"], one["valid_from"]) for one in plan["answering"]] == [
        ("92", "Cần Thơ", "2025-07-01")
    ]
    assert plan["states"][-1] == "được kế thừa, chờ kế hoạch riêng của đơn vị kế thừa"
    assert (plan["lens"], plan["is_demo"]) == ("on:2026-01-01", False)


def test_as_reported_the_issuer_answers_itself(client, plans):
    row = next(row for row in found(client, lens="as_reported") if row["number"] == "66/KH-UBND")

    assert [one["name_vi"] for one in row["answering"]] == ["Hậu Giang"]


def test_the_day_of_the_lens_decides_which_unit_a_code_means(client, plans):
    assert numbers(found(client, issued_by="96", lens="on:2024-06-30")) == {"169/KH-UBND", "174/KH-UBND"}
    assert numbers(found(client, issued_by="96", lens="on:2026-01-01")) == {""}
    assert numbers(found(client, issued_by="96", lens="as_reported")) == {"169/KH-UBND", "174/KH-UBND", ""}


def test_what_a_unit_answers_for_has_its_own_parameter(client, plans):
    hau_giang = {"172/KH-UBND", "45/KH-UBND", "66/KH-UBND"}

    assert numbers(found(client, answered_by="92", lens="on:2026-01-01")) == hau_giang
    assert found(client, issued_by="92", lens="on:2026-01-01") == []


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ({"lens": "sideways"}, 422, "“sideways” không phải là cách nhìn."),
        ({"lens": "on:"}, 422, "không phải là ngày"),
        ({"lens": "as_reported:2025-07-01"}, 422, "không phải là cách nhìn"),
        ({"lens": "on:2025-13-01"}, 422, "không phải là ngày"),
        ({"issued_by": "x"}, 422, "Mã có hai chữ số"),
        ({"issued_by": "74"}, 404, "Không có đơn vị nào mang mã 74"),
        ({"issued_by": "74", "unit": "1"}, 422, "Ở đây không có tham số “unit”"),
    ],
)
def test_a_refusal_says_what_to_write(client, plans, asked, status, words):
    answer = client.get(PLANS, asked)

    assert answer.status_code == status
    assert words in answer.json()["detail"]


def test_the_csv_names_units_with_their_first_day(client, plans):
    answer = client.get(PLANS, {"lens": "on:2026-01-01", "issued_by": "42", "format": "csv"})

    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["number"], row["issuer_code"], row["answering"]) == (
        "484/KH-UBND",
        "42",
        "42@2008-08-01 Hà Tĩnh",
    )


def test_a_csv_without_rows_keeps_its_head(client, register):
    answer = client.get(PLANS, {"issued_by": "92", "lens": "on:2026-01-01", "format": "csv"})

    assert answer.content.decode("utf-8-sig").startswith("id,number,kind")
