"""Demo records of the library: plainly fictional, each marked as demo."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join

from foundation.dates import PartialDate
from foundation.files import PDF, store_bytes
from foundation.indexing import indexed_together
from foundation.models import StoredFile
from programmes.models import LifeCycleStage

from .models import (
    CaseStudy,
    Comment,
    Consultation,
    CriteriaSet,
    Criterion,
    DraftArticle,
    Entry,
    EntryFile,
    Material,
    Saving,
)

SOURCE = "Dữ liệu minh hoạ"
RIGHTS = "Tệp minh hoạ, dùng lại tự do"

MATERIALS = [
    {
        "slug": "minh-hoa-so-tay-giam-bao-bi",
        "type": Material.Type.HANDBOOK,
        "title_vi": "Sổ tay minh hoạ: giảm bao bì trong siêu thị",
        "title_en": "Example handbook: less packaging in supermarkets",
        "topic_vi": "Phân phối bền vững",
        "topic_en": "Sustainable distribution",
        "audience_vi": "Siêu thị, trung tâm thương mại",
        "audience_en": "Supermarkets and malls",
        "stages": ["tieu-dung", "thu-hoi"],
        "lines": [
            "Đếm bao bì dùng trong một tuần, theo loại.",
            "Bỏ loại không cần, đổi loại khó tái chế, cho khách mang túi của mình.",
            "Đếm lại sau ba tháng và dán kết quả ở quầy.",
        ],
    },
    {
        "slug": "minh-hoa-bai-tap-vong-doi",
        "type": Material.Type.COURSE,
        "title_vi": "Bài tập minh hoạ: vẽ vòng đời một chiếc áo",
        "title_en": "Example exercise: drawing the life cycle of a shirt",
        "topic_vi": "Thiết kế theo hướng bền vững",
        "topic_en": "Sustainable design",
        "audience_vi": "Học viên cấp độ cơ bản",
        "audience_en": "Participants of the basic level",
        "stages": ["thiet-ke", "san-xuat", "tai-che"],
        "lines": [
            "Chia chín khâu từ khai thác đến thải bỏ lên bảng.",
            "Ghi nguyên liệu, năng lượng, nước và chất thải của từng khâu.",
            "Chọn một khâu để thiết kế lại và nói vì sao.",
        ],
    },
]  # fmt: skip

ARTICLES = [
    ("Điều 1. Phạm vi", "Dự thảo minh hoạ này nêu nguyên tắc ghi nhãn bao bì tái sử dụng tại siêu thị."),
    ("Điều 2. Nhãn", "Nhãn ghi số lần dùng lại, nơi nhận lại bao bì và tiền đặt cọc, nếu có."),
    ("Điều 3. Báo cáo", "Siêu thị gửi số bao bì nhận lại mỗi năm một lần, trước ngày 15 tháng 01."),
]

# Article or nothing, body spoken for, comment, state, disposition, answer
COMMENTS: list[tuple[int | None, str, str, str, str, str]] = [
    (
        2, "Hợp tác xã Tre Xanh (minh hoạ)",
        "Nên cho phép in nhãn bằng mã vạch vì bao bì nhỏ không đủ chỗ ghi chữ.",
        Comment.State.ON_SHOW, Comment.Disposition.ACCEPTED, "Tiếp thu: Điều 2 bổ sung mã vạch.",
    ),
    (
        3, "", "Hạn 15 tháng 01 quá gần kỳ kiểm kê cuối năm; đề nghị lùi đến hết tháng 02.",
        Comment.State.ON_SHOW, Comment.Disposition.PARTLY, "Tiếp thu một phần: lùi đến 31 tháng 01.",
    ),
    (
        None, "Siêu thị Bến Gió (minh hoạ)", "Đề nghị nêu rõ ai trả lại tiền đặt cọc khi siêu thị đóng cửa.",
        Comment.State.ON_SHOW, "", "",
    ),
    (1, "", "Cần giải thích thế nào là “bao bì tái sử dụng”.", Comment.State.WAITING, "", ""),
]  # fmt: skip


@indexed_together()
def make_demo(rng: random.Random, *, today: date) -> dict[str, int]:
    """Make what is missing of the demo records; rows by kind."""
    published = _at(today - timedelta(days=30))
    return {
        "library materials": sum(_material(dict(row), today, published) for row in MATERIALS),
        "consultations": _consultation(today, published),
        "library case studies": _case(rng, today, published),
        "library criteria sets": _criteria(today, published),
    }


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8)))


def _entry(model: type[Entry], row: dict[str, Any], published: datetime) -> tuple[Any, bool]:
    stages = row.pop("stages")
    shared = {"is_demo": True, "source": SOURCE, "published_at": published}
    entry, made = model.objects.get_or_create(slug=row.pop("slug"), defaults={**row, **shared})
    if made:
        entry.stages.set(LifeCycleStage.objects.filter(slug__in=stages))
    return entry, made


def _material(row: dict[str, Any], today: date, published: datetime) -> int:
    lines = row.pop("lines")
    row |= {
        "abstract_vi": "Tài liệu minh hoạ, không phải tài liệu của Chương trình.",
        "abstract_en": "Example material, not a document of the programme.",
        "authors": "Nhóm minh hoạ",
        "version": "1.0",
        "dated_on": PartialDate(today.year),
        "rights": RIGHTS,
    }
    material, made = _entry(Material, row, published)
    if made:
        stored = _pdf(material, lines, published)
        EntryFile.objects.create(
            entry=material, file=stored, label_vi="Tài liệu (PDF)", label_en="Document (PDF)"
        )
    return 1


def _pdf(material: Material, lines: list[str], at: datetime) -> StoredFile:
    """One page that says on its face that it is an example."""
    from foundation.pdf.rendering import render_pdf  # noqa: PLC0415 -- slow import

    page = format_html(
        "<html><head><style>@page{{size:A4;margin:22mm 18mm 20mm 30mm}}"
        "body{{font-family:'Liberation Serif';font-size:14pt;line-height:1.42}}</style></head>"
        "<body><p><b>Bản minh hoạ: nội dung không có giá trị sử dụng</b></p>"
        "<h1>{}</h1><ol>{}</ol></body></html>",
        material.title_vi,
        format_html_join("", "<li>{}</li>", ((line,) for line in lines)),
    )
    data = render_pdf(page, title=material.title_vi, language="vi", created_at=at)
    stored = store_bytes(data, name=f"{material.slug}.pdf", media_type=PDF, by=None, at=at, is_public=True)
    stored.rights = RIGHTS
    stored.save(update_fields=["rights"])
    return stored


def _consultation(today: date, published: datetime) -> int:
    row = {
        "slug": "minh-hoa-du-thao-nhan-bao-bi",
        "title_vi": "Lấy ý kiến minh hoạ: dự thảo về nhãn bao bì tái sử dụng",
        "title_en": "Example consultation: draft on labels for reusable packaging",
        "abstract_vi": "Dự thảo minh hoạ để xem cách gửi, duyệt và trả lời ý kiến.",
        "abstract_en": "An example draft to show how comments are sent, moderated and answered.",
        "dated_on": PartialDate.of(published.date()),
        "draft_version": "2",
        "drafting_team_vi": "Tổ soạn thảo minh hoạ",
        "drafting_team_en": "Example drafting team",
        "opens_at": published,
        "closes_at": _at(today + timedelta(days=30)),
        "stages": ["tieu-dung", "tai-su-dung"],
    }  # fmt: skip
    consultation, made = _entry(Consultation, row, published)
    if made:
        for position, (heading, text) in enumerate(ARTICLES, start=1):
            DraftArticle.objects.create(
                consultation=consultation, position=position, heading=heading, text=text
            )
        _comments(consultation, published)
    return 1


def _comments(consultation: Consultation, published: datetime) -> None:
    articles = {article.position: article for article in consultation.articles.all()}
    for number, (place, body_of, text, state, disposition, answer) in enumerate(COMMENTS, start=1):
        Comment.objects.create(
            consultation=consultation,
            number=number,
            article=articles[place] if place else None,
            body=text,
            on_behalf_of=body_of,
            submitted_at=published + timedelta(days=2 * number, hours=number),
            state=state,
            disposition=disposition,
            answer_vi=answer,
            answered_at=published + timedelta(days=12) if disposition else None,
            is_demo=True,
        )


def _case(rng: random.Random, today: date, published: datetime) -> int:
    saved = rng.randrange(180, 320) * 1_000_000
    row = {
        "slug": "minh-hoa-xuong-gom-ben-gio",
        "title_vi": "Xưởng gốm Bến Gió (minh hoạ) bọc cách nhiệt lò nung",
        "title_en": "Bến Gió pottery (example) insulates its kiln",
        "measure_vi": "Bọc cách nhiệt lò nung và thu hồi khí nóng",
        "measure_en": "Kiln insulation and recovery of hot gas",
        "dated_on": PartialDate(today.year - 1),
        "saved_number": saved,
        "saved_qualifier": "about",
        "investment_number": saved * 2,
        "payback_months": 24,
        "verified_by": "Nhóm minh hoạ",
        "stages": ["san-xuat"],
    }
    case, made = _entry(CaseStudy, row, published)
    if made:
        before = rng.randrange(900, 1200)
        Saving.objects.create(
            case=case, resource_vi="Gas hoá lỏng", resource_en="Liquefied gas", unit="kg",
            before=before, after=round(before * 0.78), period="một tháng / a month",
        )  # fmt: skip
    return 1


def _criteria(today: date, published: datetime) -> int:
    row = {
        "slug": "minh-hoa-tieu-chi-van-phong",
        "title_vi": "Bộ tiêu chí minh hoạ: văn phòng tiêu dùng bền vững",
        "title_en": "Example criteria: the sustainable office",
        "object_vi": "Văn phòng",
        "object_en": "Offices",
        "version": "0.1",
        "threshold": 60,
        "status": "drafting",
        "dated_on": PartialDate(today.year),
        "stages": ["tieu-dung", "thai-bo"],
    }
    criteria_set, made = _entry(CriteriaSet, row, published)
    if made:
        top = _criterion(criteria_set, "1", "Tiêu dùng", "Consumption", 60)
        _criterion(criteria_set, "1.1", "Giấy và mực trên mỗi người", "Paper and ink per person", 30, top)
        _criterion(criteria_set, "1.2", "Điện trên mỗi mét vuông", "Electricity per square metre", 30, top)
        _criterion(criteria_set, "2", "Phân loại rác", "Waste sorting", 40)
    return 1


def _criterion(
    criteria_set: CriteriaSet, code: str, vi: str, en: str, weight: int, parent: Criterion | None = None
) -> Criterion:
    return Criterion.objects.create(
        criteria_set=criteria_set, code=code, name_vi=vi, name_en=en, weight=weight, parent=parent
    )
