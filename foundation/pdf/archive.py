"""What an archive asks of a PDF beside its layout: the standards it claims, and files kept inside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

CLAIM = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF; ``words`` say what it holds."""

    name: str
    data: bytes
    media_type: str
    words: str


def claim_accessibility(pdf: Any) -> None:
    """PDF/UA-1 beside PDF/A-3a. A second RDF, which WeasyPrint would add, is one that no reader looks at."""
    metadata = _of(pdf, pdf.catalog["Metadata"])
    text = b"".join(metadata.stream)
    if text.count(b"</rdf:RDF>") != 1:
        raise ValueError("WeasyPrint writes its metadata in another form than it did")
    metadata.stream[:] = [text.replace(b"</rdf:RDF>", CLAIM)]
    metadata.compress = False  # so that an archive's tools read it without unpacking


def attach(pdf: Any, attachments: Sequence[Attachment], *, at: datetime) -> None:
    """Put files into a PDF of pikepdf, as the data behind it. The moment is given, so no clock is read."""
    import pikepdf  # noqa: PLC0415 -- slow import

    moment = f"D:{at:%Y%m%d%H%M%S}Z"
    for one in sorted(attachments, key=lambda one: one.name):  # a tree of names is sorted
        pdf.attachments[one.name] = pikepdf.AttachedFileSpec(  # type: ignore[call-arg]  # stub lacks the last
            pdf,
            one.data,
            description=one.words,
            filename=one.name,
            mime_type=one.media_type,
            creation_date=moment,
            mod_date=moment,
            relationship=pikepdf.Name.Data,
        )
    if attachments:
        pdf.Root.AF = pikepdf.Array([pdf.attachments[name].obj for name in sorted(pdf.attachments)])


def _of(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
