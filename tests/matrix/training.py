from foundation.files import store_bytes
from tests.matrix import LOGIN, Row
from tests.training.factories import (
    NOON,
    CertificateFactory,
    CourseFactory,
    CurriculumFactory,
    MaterialFactory,
)


def published_curriculum(_people):
    return {"slug": CurriculumFactory().slug}


def draft_curriculum(_people):
    return {"slug": CurriculumFactory(published_at=None).slug}


def published_course(_people):
    return {"slug": CourseFactory().slug}


def draft_course(_people):
    return {"slug": CourseFactory(published_at=None).slug}


def published_file(_people):
    return {"slug": MaterialFactory().slug}


def draft_file(_people):
    return {"slug": MaterialFactory(published_at=None).slug}


def missing_file(_people):
    return {"slug": MaterialFactory(file=None).slug}


def right_code(_people):
    return {"code": CertificateFactory().code}


def wrong_code(_people):
    CertificateFactory()
    return {"code": "ZZZZ-ZZZZ-ZZZZ"}


def printed(_people):
    document = store_bytes(b"%PDF-1.7", name="a.pdf", media_type="application/pdf", by=None, at=NOON)
    return {"code": CertificateFactory(document=document).code}


ROWS = [
    Row("training:index", everyone=200),
    Row("training:curriculum", published_curriculum, everyone=200),
    Row("training:curriculum", draft_curriculum, everyone=404, an=200),
    Row("training:material", published_file, everyone=200),
    Row("training:material", draft_file, everyone=404, an=200),
    Row("training:material", missing_file, everyone=404),
    Row("training:course_list", everyone=200),
    Row("training:course_detail", published_course, everyone=200),
    Row("training:course_detail", draft_course, everyone=404, an=200),
    Row("training:expert_list", everyone=200),
    Row("training:certificate_check", everyone=200),
    Row("training:certificate_check", everyone=302, query="?code=8kqm2xpdzt4r"),
    Row("training:certificate", right_code, everyone=200),
    Row("training:certificate", wrong_code, everyone=404),
    Row("training:certificate_document", printed, guest=LOGIN, lan=404, hoa=404, thu=200, minh=200, an=200),
    Row("training:certificate_document", right_code, guest=LOGIN, everyone=404),
]
