"""Units of any day and their lineage, as programs get them."""

import csv
import io

import pytest

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"


def by_code(answer):
    return {unit["code"]: unit for unit in answer.json()}


@pytest.mark.parametrize(("day", "count"), [("2024-06-30", 63), ("2025-06-30", 63), ("2025-07-01", 34)])
def test_the_units_of_a_day(client, register, day, count):
    answer = client.get(f"{ROOT}provinces", {"on": day})

    assert answer.status_code == 200
    assert len(answer.json()) == count


def test_today_is_the_default(client, register):
    assert len(client.get(f"{ROOT}provinces").json()) == 34


def test_name_type_and_region_are_those_of_the_day(client, register):
    before = by_code(client.get(f"{ROOT}provinces", {"on": "2024-06-30"}))
    after = by_code(client.get(f"{ROOT}provinces", {"on": "2026-09-20"}))

    assert before["46"] == {
        "code": "46",
        "name_vi": "Thừa Thiên Huế",
        "name_en": "Thua Thien Hue",
        "type": "tỉnh",
        "region": "Bắc Trung Bộ và duyên hải miền Trung",
        "valid_from": "2008-08-01",
        "valid_to": None,
    }
    assert (after["46"]["name_vi"], after["46"]["type"], after["46"]["region"]) == (
        "Huế",
        "thành phố",
        "Bắc Trung Bộ",
    )
    assert (before["24"]["name_vi"], after["24"]["name_vi"], after["24"]["type"]) == (
        "Bắc Giang",
        "Bắc Ninh",
        "thành phố",
    )


def test_lineage_of_the_two_units_with_code_79(client, register):
    new = client.get(f"{ROOT}provinces/79/lineage", {"on": "2026-01-01"}).json()
    old = client.get(f"{ROOT}provinces/79/lineage", {"on": "2024-01-01"}).json()

    assert [one["code"] for one in new["ancestors"]] == ["74", "77", "79"]
    assert (new["unit"]["valid_from"], new["heirs"]) == ("2025-07-01", [])
    assert (old["unit"]["valid_to"], old["ancestors"]) == ("2025-07-01", [])
    assert [(one["code"], one["valid_from"]) for one in old["heirs"]] == [("79", "2025-07-01")]
    assert old["heirs"][0]["event"]["instrument"] == "202/2025/QH15"


def test_a_unit_nothing_happened_to_has_no_relatives(client, register):
    found = client.get(f"{ROOT}provinces/42/lineage").json()

    assert (found["unit"]["name_vi"], found["ancestors"], found["heirs"]) == ("Hà Tĩnh", [], [])


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("provinces?on=hom-qua", 422, "“hom-qua” không phải là ngày. Ghi theo mẫu 2025-07-01."),
        ("provinces?on=2025-02-30", 422, "không phải là ngày"),
        ("provinces?on=20250701", 422, "không phải là ngày"),
        ("provinces?on=1999-01-01", 422, "Sổ bắt đầu từ 2008-08-01. Hỏi ngày đó hoặc ngày sau."),
        ("provinces?day=2025-07-01", 422, "Ở đây không có tham số “day”. Các tham số: on, format."),
        ("provinces?on=2025-07-01&on=2025-07-02", 422, "“on” được gửi hai lần."),
        ("provinces?format=xml", 422, "Ghi format=json hoặc format=csv."),
        ("provinces/7/lineage", 422, "Mã có hai chữ số"),
        ("provinces/७९/lineage", 422, "Mã có hai chữ số"),
        ("provinces/99/lineage", 404, "Không có đơn vị nào mang mã 99"),
        ("provinces/74/lineage?on=2026-01-01", 404, "Không có đơn vị nào mang mã 74 vào 2026-01-01"),
        ("provinces/", 404, "Địa chỉ này không có gì."),
        ("communes", 404, "/api/v1/provinces/{code}/lineage"),
    ],
)
def test_a_refusal_is_one_sentence(client, register, path, status, words):
    answer = client.get(ROOT + path)

    assert answer.status_code == status
    assert list(answer.json()) == ["detail"]
    assert words in answer.json()["detail"]
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "accept", "words"),
    [
        ("/en/api/v1/provinces?on=x", "", "“x” is not a day. Write it as 2025-07-01."),
        ("/api/v1/provinces?on=x", "en-GB,en;q=0.8", "“x” is not a day. Write it as 2025-07-01."),
        ("/api/v1/provinces?on=x", "fr,vi;q=0.3", "“x” không phải là ngày. Ghi theo mẫu 2025-07-01."),
    ],
)
def test_the_sentence_is_in_the_language_asked(client, register, path, accept, words):
    answer = client.get(path, headers={"accept-language": accept} if accept else {})

    assert answer.json() == {"detail": words}
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_can_be_written(client, register, method):
    answer = getattr(client, method)(f"{ROOT}provinces")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "chỉ để đọc" in answer.json()["detail"]


def test_an_answer_sets_no_cookie_and_is_known_again(client, lan, register):
    client.force_login(lan)
    client.cookies.clear()
    first = client.get(f"{ROOT}provinces")
    again = client.get(f"{ROOT}provinces", headers={"if-none-match": first["ETag"]})

    assert not first.cookies
    assert "Cookie" not in first["Vary"]
    assert first["Cache-Control"] == "public, max-age=300"
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.head(f"{ROOT}provinces")["ETag"] == first["ETag"]


def test_the_csv_has_a_byte_order_mark_and_the_same_rows(client, register):
    answer = client.get(f"{ROOT}provinces", {"on": "2024-06-30", "format": "csv"})

    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 63
    assert rows[0]["name_vi"] == "Hà Nội"


def test_lineage_as_csv_says_who_is_who(client, register):
    answer = client.get(f"{ROOT}provinces/79/lineage", {"on": "2026-01-01", "format": "csv"})

    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert [(row["part"], row["code"]) for row in rows] == [
        ("unit", "79"),
        ("ancestors", "74"),
        ("ancestors", "77"),
        ("ancestors", "79"),
    ]
