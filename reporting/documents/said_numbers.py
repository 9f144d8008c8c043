"""The numbers a sentence says, as a reader takes them. Years, days, articles and codes say no figure. Pure.

A bare number of four digits from 1900 to 2099 counts as a year, unless what it counts stands behind it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from .worded_percents import WordedPercent, percents_in

SCALES = {
    "nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9, "thousand": 3, "million": 6, "billion": 9,
}  # fmt: skip
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
LABELS = (
    "điều|khoản|nghị định|quyết định|nghị quyết|thông tư|chỉ thị|công văn|tờ trình|luật|phụ lục|bảng|biểu|"
    "hình|mẫu|mục|phần|chương|article|clause|decree|decision|resolution|circular|directive|annex|table|"
    "figure|section|chapter"
)
# Words that also stand before figures: “mục tiêu 3” is a name, “mục tiêu 70%” and “nhóm 120 hộ” are not.
NAMES = (
    "mục tiêu|chỉ tiêu|nhiệm vụ|nhóm|nhóm nhiệm vụ|giai đoạn|kỳ|vòng|đợt|khoá|khóa|quý|thứ|hạng|cấp|số|trang|"
    "target|goal|task|group|phase|round|quarter|level|part|page"
)
COUNTED = (
    "tỉnh|thành|đơn vị|địa phương|chỉ tiêu|mục tiêu|khu|cụm|làng|cơ sở|doanh nghiệp|provinces|units|targets"
)
# What a number counts where it stands before it: “1950 cơ sở” is no year, “2026 xã hội” is one.
THINGS = (
    rf"{'|'.join(SCALES)}|tỉnh|thành phố|đơn vị|địa phương|xã(?!\s+hội)|phường|khu(?!\s+vực)|cụm|làng|cơ sở|"
    r"doanh nghiệp|hợp tác xã|hộ|cửa hàng|siêu thị|chợ|trường(?!\s+hợp)|người|lượt|học viên|đại biểu|"
    r"chuyên gia|cán bộ|lao động|việc làm|mô hình|sản phẩm|dự án|hoạt động|lớp|khoá|khóa|hội nghị|hội thảo|"
    r"sự kiện|tài liệu|bản(?!\s+(?:đồ|thân))|cuốn|tấn|tạ|kg|ha|m[23²³]|lít|kWh|MWh|GWh|TOE|"
    r"đồng(?!\s+(?-i:[A-ZĐ]))|USD|VND|dong|"
    "provinces|units|communes|clusters|villages|establishments|enterprises|firms|businesses|companies|"
    "cooperatives|households|shops|supermarkets|markets|schools|people|persons|workers|participants|"
    "delegates|trainees|experts|officials|jobs|models|products|projects|activities|courses|classes|"
    "conferences|workshops|events|documents|copies|tonnes|tons|hectares|litres"
)
YEAR_WORDS = "năm|niên độ|mốc|giai đoạn|mục tiêu|kế hoạch|báo cáo|đầu|giữa|cuối|years?|target|plan|report"
YEAR = r"(?:19|20)\d{2}(?!\d|[.,]\d|\s?%)"
NO_COUNT = "(?<!tổng )(?<!con )(?<!trong )"  # “tổng số 12” counts
DAYS_AFTER = "đến|từ|trước|sau|hạn|by|on|until|before|from|to"
SPANS = (
    r"tháng(?!\s+\d)|năm(?!\s+(?:19|20)\d\d)|tuần|ngày(?!\s+\d)|giờ|phút|quý|"
    r"months?|years?|weeks?|days?|hours?|minutes?|quarters?"
)
NO_FIGURES = [
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"\S*(?:https?://|www\.|@)\S*",
        r"\b\d+(?:/(?:19|20)\d\d)?/(?-i:[A-ZĐ])[\w-]*(?:/[\w-]+)*",  # 889/QĐ-TTg, 09/2019/NĐ-CP
        r"\b\d+-(?-i:[A-ZĐ]{2,})/[\w-]+",  # 12-NQ/TW
        r"\b(?:ISO|IEC|TCVN|QCVN|SDGs?|HS)[ \u00a0]*\d[\d:./-]*(?:/\w+)?",
        r"\b(?:công nghiệp|industry)\s+\d\.0\b",
        r"\b24/7\b|\b[345][RS]\b",
        r"\bngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?",
        r"\bngày\s+\d{1,2}(?:[/.-]\d{1,2})?(?:[/.-]\d{4})?\b",
        r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b",
        r"\btháng\s+\d{1,2}(?:[/-](?:19|20)\d\d)?\b",
        r"(?<![\d/])\d{1,2}/(?:19|20)\d\d\b",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{MONTHS})\b",
        rf"\b(?:{MONTHS})\s+\d{{1,2}}\b(?![%.,]?\d)",
        rf"\b(?:{DAYS_AFTER})\s+(?:[12]?\d|3[01])/(?:1[0-2]|[1-9])(?![\d/%])(?!\s+(?:{COUNTED}))",
        r"\b\d{1,2}(?::|h)\d{2}\b|\b\d{1,2}\s+giờ(?:\s+\d{1,2})?(?:\s+phút)?",
        rf"\b\d+(?:[.,]\d+)?(?:\s*(?:[–-]|đến|to)\s*\d+(?:[.,]\d+)?)?[\s-](?:{SPANS})\b",
        r"(?<![\d.,])(?:19|20)\d{2}\s*[–-]\s*\d{2}\b(?![\d.,]*\s?%)",  # 2021–25
        rf"\b(?:{YEAR_WORDS})\s+{YEAR}(?:\s*(?:,|và|hoặc|and|or|to|đến)\s*{YEAR})*",
        rf"(?<![\d.,/]){YEAR}\s*[–-]\s*{YEAR}",
        # “đến 2030 doanh nghiệp phải …” names a year to come or just gone.
        rf"\b(?:{DAYS_AFTER}|tới|trong|in|since|during|after)\s+(?=20){YEAR}",
        rf"(?<![\d.,/]){YEAR}(?!\s+(?:{THINGS})\b)",
        rf"\b(?:{LABELS})\s+(?:số\s+|no\.?\s*)?\d+(?:\.\d+)*(?![\d.,]*\d|\s?%)",
        rf"{NO_COUNT}\b(?:{NAMES})\s+(?:số\s+|thứ\s+)?(?:[IVX]+\b|(?:1?\d|20)\b)(?![.,]\d|\s?%)",
        r"\bno\.?\s*\d+\b",
        r"\b\d+(?:st|nd|rd|th)\b",
        r"^\s*\d{1,2}(?:\.\d{1,2})*[.)](?=\s)",  # “1. ”, “2) ” at the start of a line
        r"\b[^\W\d_]+-?\d[\w-]*",  # T3, CO2, C-2026-01
    )
]
NUMBER = re.compile(
    r"(?P<sign>(?<!\S)[-−])?(?<![\d.,])(?P<digits>\d+(?:[.,]\d+)*)"
    r"(?P<percent>\s?%|\s+(?:điểm phần trăm|phần trăm|per ?cent(?:age points?)?)\b)?"
    rf"(?P<scale>(?:\s+(?:{'|'.join(SCALES)})\b)*)",
    re.IGNORECASE,
)
LINKS = re.compile(r"\s*(?:[–-]|đến|lên|xuống|to|and|và)\s*", re.IGNORECASE)
OUT_OF = re.compile(
    r"\s*/\s*|\s+(?:[^\W\d_]+,?\s+){0,4}?(?:trên|trong|out of|of)\s+(?:(?:tổng(?:\s+số)?|số|the|all)\s+)?",
    re.IGNORECASE,
)
OPENERS = re.compile(r"\b(?:từ|from|between)\s+$", re.IGNORECASE)


class Near(StrEnum):
    """How a number is said, where it is not said to be exact."""

    MORE = "more"
    LESS = "less"
    ABOUT = "about"


SAID_BEFORE = {
    near: re.compile(rf"{words}\s+$", re.IGNORECASE)
    for near, words in (
        # “52 trên 66” is out of 66, “trên 60” more than that.
        (Near.MORE, r"(?:\b(?:hơn|quá|ít nhất|over|more than|above|at least)|(?<!\d )(?<!\d)\btrên)"),
        (Near.LESS, r"\b(?:gần|dưới|chưa đến|nearly|almost|under|less than|below)"),
        (Near.ABOUT, r"\b(?:khoảng|xấp xỉ|chừng|gần|about|around|approximately|roughly|nearly)"),
    )
}


@dataclass(frozen=True)
class Number:
    """``unit`` is what its last written place is worth, ``round_unit`` its last that was not rounded away."""

    words: str
    value: Decimal
    unit: Decimal
    round_unit: Decimal
    is_percent: bool
    start: int
    end: int
    near: frozenset[Near] = frozenset()

    def tells(self, datum: Decimal) -> bool:
        """Whether this says ``datum`` honestly, rounded or qualified; its sign is the words' affair."""
        said, real = abs(self.value), abs(datum)
        if Near.MORE not in self.near and _rounded(real, self.unit) == said:
            return True
        return (
            (Near.MORE in self.near and 0 <= real - said < self.round_unit)
            or (Near.LESS in self.near and 0 <= said - real < self.round_unit)
            or (Near.ABOUT in self.near and _rounded(real, self.round_unit) == said)
        )


@dataclass(frozen=True)
class Pair:
    """“27 of 66”: so many out of so many."""

    part: Number
    whole: Number
    words: str

    def tells(self, other: "Pair") -> bool:
        return self.part.tells(other.part.value) and self.whole.tells(other.whole.value)


def pairs_in(numbers: Sequence[Number], text: str) -> list[Pair]:
    """“27 trên 66”, “27/66”, “27 provinces of the 66”, in the order of reading."""
    return [
        Pair(one, after, text[one.start : after.end])
        for one, after in pairwise(numbers)
        if not (one.is_percent or after.is_percent or one.value > after.value)
        and OUT_OF.fullmatch(text[one.end : after.start])
    ]


def numbers_in(text: str, language: str) -> list[Number]:
    """Every figure of a text in the order of reading, percentages also where they are written in words."""
    left = text
    for pattern in NO_FIGURES:
        left = pattern.sub(lambda found: "_" * len(found.group()), left)
    found = [_number(match, left, language) for match in NUMBER.finditer(left)]
    found += [_worded(said, left) for said in percents_in(left)]
    return _shared(sorted((one for one in found if one is not None), key=lambda one: one.start), left)


def _worded(said: WordedPercent, text: str) -> Number:
    value = Decimal(said.value)
    return Number(
        words=said.words,
        value=value,
        unit=Decimal(1),
        round_unit=_round_unit(value),
        is_percent=True,
        start=said.start,
        end=said.start + len(said.words),
        near=_near(text[: said.start]),
    )


def _near(before: str) -> frozenset[Near]:
    return frozenset(near for near, pattern in SAID_BEFORE.items() if pattern.search(before))


def _number(match: re.Match[str], text: str, language: str) -> Number | None:
    digits = match["digits"]
    value = value_of(digits, language)
    if value is None:
        return None
    scale = _scale(match["scale"])
    places = -int(value.as_tuple().exponent)
    return Number(
        words=match.group().strip(),
        value=(-value if match["sign"] else value) * scale,
        unit=scale.scaleb(-places),
        round_unit=_round_unit(value) * scale,
        is_percent=bool(match["percent"]),
        start=match.start() + len(match.group()) - len(match.group().lstrip()),
        end=match.start() + len(match.group().rstrip()),
        near=_near(text[: match.start()]),
    )


def value_of(digits: str, language: str) -> Decimal | None:
    """As the language writes numbers; the other one's way where it cannot be misread. None for “3,5,7”."""
    group, point = (",", ".") if language == "en" else (".", ",")
    for ours, theirs in ((group, point), (point, group)):
        grouped = rf"[1-9]\d{{0,2}}(?:\{ours}\d{{3}})+(?:\{theirs}\d+)?"
        # One group alone, in the other language's way, reads as decimals here.
        if re.fullmatch(grouped, digits) and (ours == group or digits.count(ours) > 1 or theirs in digits):
            return Decimal(digits.replace(ours, "").replace(theirs, "."))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", digits):
        return Decimal(digits.replace(",", "."))
    return None


def _scale(words: str) -> Decimal:
    """“nghìn tỷ” is a thousand billions."""
    return Decimal(10) ** sum(SCALES[word.lower()] for word in words.split())


def _round_unit(value: Decimal) -> Decimal:
    """10 for 80, 100 for 1200, 0.1 for 4.2: the last place that was not rounded away."""
    if not value:
        return Decimal(1)
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _rounded(value: Decimal, unit: Decimal) -> Decimal:
    return (value / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit


def _shared(numbers: list[Number], text: str) -> list[Number]:
    """In “5–8%”, “từ 5 đến 8%” and “1–2 tỷ”, the first number means what the second says."""
    found = list(numbers)
    for place in range(len(found) - 2, -1, -1):
        one, after = found[place], found[place + 1]
        between = text[one.end : after.start]
        joined = LINKS.fullmatch(between) and (
            between.strip() in ("–", "-") or OPENERS.search(text[: one.start])
        )
        if joined and not one.is_percent and one.unit <= 1:
            scale = _scale_of(after)
            found[place] = replace(
                one,
                value=one.value * scale,
                unit=one.unit * scale,
                round_unit=one.round_unit * scale,
                is_percent=after.is_percent,
            )
    return found


def _scale_of(number: Number) -> Decimal:
    return _scale(" ".join(word for word in number.words.split() if word.lower() in SCALES))
