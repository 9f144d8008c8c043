from tests.matrix import Row
from tests.provinces.factories import ProvinceFactory
from tests.reporting.approved import t3


def a_code(_people):
    return {"code": ProvinceFactory(code="79").code}


def an_indicator(_people):
    return {"code": t3().code}


def nowhere(_people):
    return {"rest": "v1/communes"}


ROWS = [
    Row("healthz", everyone=200),
    Row("home", everyone=200),
    Row("about", everyone=200),
    Row("contact", everyone=200),
    Row("accessibility", everyone=200),
    Row("privacy", everyone=200),
    Row("outages", everyone=200),
    Row("guidance", everyone=200),
    Row("open_data", everyone=200),
    Row("site_map", everyone=200),
    Row("succession", everyone=200),
    Row("boundary_file", everyone=200),
    Row("api_documentation", everyone=200),
    Row("api_openapi", everyone=200),
    Row("api_provinces", everyone=200),
    Row("api_provinces", everyone=422, query="?on=x"),
    Row("api_provinces", everyone=405, method="post"),
    Row("api_lineage", a_code, everyone=200),
    Row("api_plans", everyone=200),
    Row("api_values", an_indicator, everyone=200),
    Row("api_nothing", nowhere, everyone=404),
    Row("rate", everyone=200, query="?path=/about/"),
    Row("rate", method="post", data={"useful": "yes", "path": "/about/"}, everyone=200),  # not from a page
    Row("robots", everyone=200),
    Row("sitemap", everyone=200),
    Row("search", everyone=200, query="?q=da+nang"),
    Row("display", everyone=302, query="?theme=dark&next=/"),
]
