"""A small document with everything in it, and what is printed on its files. No database."""

from datetime import UTC, datetime

from reporting.documents.blocks import (
    Annex,
    Document,
    Foot,
    Head,
    Heading,
    Paragraph,
    Picture,
    Row,
    Table,
)
from reporting.documents.imprint import Imprint

CUT_AT = datetime(2026, 12, 18, 8, 30, tzinfo=UTC)
CONTENT = {"units": [{"id": 1, "name_vi": "Đà Nẵng"}], "period": {"year": 2026}}
RULER = {
    "value": "78.8",
    "value_words": "78,8%",
    "top": "100",
    "marks": [{"when": "2025", "low": "70", "high": "70", "words": "70"}],
}
SUMMARY = Table(
    head=("Chỉ tiêu", "2026", "Mốc 2025", "Độ phủ"),
    aligned=("start", "end", "end", "centre"),
    rows=(
        Row(("Khu công nghiệp", "78,8%", "70%", "2/2")),
        Row(("=1+1", "1.254,5", "5–8%", "–")),
        Row(("889", "52 doanh nghiệp", "-3", "05")),
    ),
    note="Độ phủ: số đơn vị có số liệu.",
)
BY_PROVINCE = Table(
    head=("STT", "Tỉnh, thành phố", "Tử số", "Mẫu số", "%"),
    aligned=("centre", "start", "end", "end", "end"),
    rows=(
        Row(("", "Đồng bằng sông Hồng (1/2)", "52", "1.066", "4,88"), is_group=True),
        Row(("1", "Hà Nội", "52", "1.066", "4,88")),
        Row(("2", "Hải Phòng"), span_note="chưa có báo cáo được duyệt", span=3),
    ),
)


def paper(language="vi", **changed):
    told = {
        "language": language,
        "title": "Kết quả thực hiện năm 2026",
        "head": Head("", "BỘ CÔNG THƯƠNG", "Số: 05/BC-BCT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                     "Độc lập - Tự do - Hạnh phúc", "Hà Nội, ngày 18 tháng 12 năm 2026", "BÁO CÁO",
                     "Kết quả thực hiện năm 2026", "Kính gửi: Thủ tướng Chính phủ."),
        "blocks": (
            Heading(1, "I", "Kết quả"),
            Heading(2, "1", "Đánh giá chung"),
            Paragraph("Ở thời điểm chốt số liệu, 2 trên 2 tỉnh đã có báo cáo được duyệt."),
            SUMMARY,
            Picture("ruler", RULER, "Hình 1. Khu công nghiệp, so với mốc", "Số liệu đạt 78,8%."),
            Paragraph("Kính trình Thủ tướng Chính phủ./."),
        ),
        "annexes": (Annex("I", "KHU CÔNG NGHIỆP, 2026", (BY_PROVINCE,), is_landscape=True),),
        "foot": Foot("", "Nơi nhận:", ("- Như trên;", "- Lưu: VT."), "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG",
                     "(chữ ký số)", "Nguyễn Văn A"),
        "running": "Bản cắt C-2026-01 · bản đồ ngày 14/12/2026 · 2/2 đơn vị",
        "code_words": "Mã kiểm tra 7K4M-92QD",
        "check_words": "Để kiểm tra, quét mã.",
        "annex_reference": "(Kèm theo Báo cáo)",
        **changed,
    }  # fmt: skip
    return Document(**told)


def imprint(document=None, **changed):
    document = document or paper()
    told = {
        "language": document.language,
        "title": document.title,
        "cut_number": "C-2026-01",
        "cut_at": CUT_AT,
        "cut_sha256": "ab" * 32,
        "lens": "bản đồ ngày 14/12/2026",
        "coverage": "2/2 đơn vị",
        "check_code": "7K4M-92QD",
        "check_url": "https://sxtdbv.example/progress/documents/7K4M-92QD/",
        "demo": document.demo,
        **changed,
    }
    return Imprint(**told)
