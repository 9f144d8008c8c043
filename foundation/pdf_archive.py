"""What an archive asks of a PDF beside its layout: the standards it claims, and files kept inside it."""

import hashlib
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
    """Put files in, as the data behind the document. The moment is given, so that no clock is read."""
    import pydyf  # noqa: PLC0415 -- slow import

    if not attachments:
        return
    ordered = sorted(attachments, key=lambda one: one.name)  # a tree of names is sorted
    files = [(pydyf.String(one.name), _specified(pdf, one, at)) for one in ordered]
    names = pydyf.Dictionary({"Names": pydyf.Array([part for pair in files for part in pair])})
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = names
    pdf.catalog["AF"] = pydyf.Array([reference for _name, reference in files])


def _specified(pdf: Any, attachment: Attachment, at: datetime) -> bytes:
    import pydyf  # noqa: PLC0415 -- slow import

    moment = pydyf.String(f"D:{at:%Y%m%d%H%M%S}Z")
    known = pydyf.Dictionary(
        {
            "Size": len(attachment.data),
            "CheckSum": f"<{hashlib.md5(attachment.data, usedforsecurity=False).hexdigest()}>",
            "CreationDate": moment,
            "ModDate": moment,
        }
    )
    kind = "/" + attachment.media_type.replace("/", "#2f")
    stream = pydyf.Stream(
        [attachment.data], {"Type": "/EmbeddedFile", "Subtype": kind, "Params": known}, compress=True
    )
    pdf.add_object(stream)
    specified = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(attachment.name),
            "UF": pydyf.String(attachment.name),
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "Desc": pydyf.String(attachment.words),
            "AFRelationship": "/Data",
        }
    )
    pdf.add_object(specified)
    reference: bytes = specified.reference
    return reference


def _of(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
