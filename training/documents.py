"""A certificate as a PDF: frozen words, one bilingual page, a square to check it by."""

from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from foundation.dates import day_words
from foundation.files import PDF, store_bytes
from foundation.models import StoredFile
from foundation.pdf.promises import checked
from foundation.pdf.rendering import render_pdf
from foundation.text import LANGUAGES

from .models import Certificate

ROOMY = 160  # letters of title and topics that fit in the large type


def write_certificate(certificate: Certificate) -> StoredFile:
    """Lay out and keep the PDF; its bytes depend on the certificate alone."""
    title = f"Giấy chứng nhận {certificate.number}"
    document = render_pdf(
        certificate_html(certificate), title=title, language="vi", created_at=certificate.issued_at
    )
    checked(document, title=title, language="vi")
    return store_bytes(
        document, name=f"{certificate.number}.pdf", media_type=PDF, by=None, at=certificate.issued_at
    )


def certificate_html(certificate: Certificate) -> str:
    address = _check_address(certificate)
    with override("vi"):
        words: dict[str, Any] = {
            "certificate": certificate,
            "address": address,
            "crowded": len(certificate.course_title_vi + certificate.topic_names_vi) > ROOMY,
            "square": segno.make(address, error="m").svg_data_uri(border=0),
            **_day("issued", certificate),
        }
        return render_to_string("training/documents/certificate.html", words)


def _check_address(certificate: Certificate) -> str:
    with override("vi"):
        return settings.SITE_ADDRESS + reverse("training:certificate", args=[certificate.code])


def _day(name: str, certificate: Certificate) -> dict[str, str]:
    """The dates in both languages, whatever language the worker speaks."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[f"{name}_{language}"] = day_words(certificate.issued_on)
            found[f"held_{language}"] = certificate.dates
    return found
