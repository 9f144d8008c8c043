"""Who may open what in the library."""

from tests.library.factories import (
    CommentFactory,
    ConsultationFactory,
    DocumentFactory,
    EntryFileFactory,
    PhotoFactory,
)
from tests.matrix import Row


def _at(record):
    return {"kind": record.kind, "slug": record.slug}


def published(_people):
    return _at(DocumentFactory())


def draft(_people):
    return _at(DocumentFactory(published_at=None))


def withdrawn(_people):
    return _at(DocumentFactory(withdrawn_at="2025-01-01 08:00+07:00"))


def consultation(_people):
    return _at(CommentFactory().consultation)


def a_kind(_people):
    return {"kind": "norm"}


def public_file(_people):
    return {"pk": EntryFileFactory().pk}


def inner_file(_people):
    return {"pk": EntryFileFactory(is_public=False).pk}


def a_picture(_people):
    return _at(PhotoFactory(picture=EntryFileFactory().file))


def picture_of_a_draft(_people):
    return _at(PhotoFactory(picture=EntryFileFactory().file, published_at=None))


def open_consultation(_people):
    return {"slug": ConsultationFactory().slug}


def unpublished_consultation(_people):
    return {"slug": ConsultationFactory(published_at=None).slug}


ROWS = [
    Row("library:index", everyone=200),
    Row("library:index", everyone=200, query="?stage=khai-thac&kind=document&page=2"),
    Row("library:kind", a_kind, everyone=302),
    Row("library:entry", published, everyone=200),
    Row("library:entry", draft, everyone=404, an=200),
    Row("library:entry", withdrawn, everyone=404, an=200),
    Row("library:entry", consultation, everyone=200),
    Row("library:file", public_file, everyone=200),
    Row("library:file", inner_file, everyone=404, an=200),
    Row("library:picture", a_picture, everyone=200),
    Row("library:picture", picture_of_a_draft, everyone=404, an=200),
    Row("library:comment", open_consultation, method="post", everyone=302, data={"body": "Nên sửa"}),
    Row("library:comment", open_consultation, method="post", everyone=400, data={"body": ""}),
    Row("library:comment", unpublished_consultation, method="post", everyone=404, an=302, data={"body": "A"}),
]
