"""One page with every component, for eyes and for the accessibility tests; served while DEBUG is on."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.dates import PartialDateFormField

TARGETS = [
    {"name": "Giảm tiêu hao nguyên, nhiên, vật liệu của các ngành sản xuất chính", "icon": "pace",
     "state": "Đúng nhịp", "note": "Thiếu 0,4 điểm so với mốc 2025.", "value": 4.6, "top": 12,
     "words": "4,6%", "marks": [("2025", (5, 8), "5–8"), ("2030", (7, 10), "7–10")]},
    {"name": "Khu, cụm công nghiệp, làng nghề được phổ biến, nâng cao nhận thức", "icon": "late",
     "state": "Chậm nhịp", "note": "Thấp hơn mốc 2025 là 6 điểm.", "value": 64, "top": 100,
     "words": "64%", "marks": [("2025", 70, "70"), ("2030", 100, "100")]},
    {"name": "Mô hình sản xuất và tiêu dùng bền vững được xây dựng, áp dụng", "icon": "done",
     "state": "Đạt mốc 2025", "note": "Đã vào khoảng 20–30.", "value": 23, "top": 40,
     "words": "23 mô hình", "marks": [("2025", (20, 30), "20–30")]},
]  # fmt: skip


class GalleryForm(forms.Form):
    number = forms.CharField(label="Số quyết định", help_text="Ví dụ: 202/KH-UBND", required=False)
    issued = PartialDateFormField(label="Ngày ban hành")
    state = forms.ChoiceField(
        label="Tình trạng số liệu",
        choices=[("a", "có số"), ("b", "bằng 0"), ("c", "chưa có số"), ("d", "không công bố")],
        widget=forms.RadioSelect,
        initial="c",
    )
    reason = forms.CharField(label="Lý do tăng", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    agreed = forms.BooleanField(label="Tôi đã đọc thông báo về dữ liệu cá nhân", required=False)


def components(request: HttpRequest) -> HttpResponse:
    context = {
        "targets": TARGETS,
        "form": GalleryForm({"number": "202/KH-UBND", "issued": "14/9/203x", "state": "c"}),
        "numbers": Paginator(range(95), 8).get_page(request.GET.get("page")),
        "all_stages": range(1, 10),
        "some_stages": (2, 3, 7),
        "last_stage": (9,),
        "cells": [
            {"label": "Chờ duyệt", "icon": "pace", "number": 14, "url": "#main", "link": "Mở hàng chờ"},
            {"label": "Quá hạn", "icon": "failed", "number": 3, "url": "#main", "link": "Gửi đôn đốc"},
            {"label": "Vị trí trống", "icon": "late", "number": 2, "url": "#main", "link": "Xem vị trí"},
            {"label": "Ở tỉnh", "number": 9, "note": "ngày làm việc"},
        ],
    }
    return render(request, "about/components.html", context)
