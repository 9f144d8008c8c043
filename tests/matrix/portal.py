from tests.matrix import Row

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
    Row("rate", everyone=200, query="?path=/about/"),
    Row("rate", method="post", data={"useful": "yes", "path": "/about/"}, everyone=200),  # not from a page
    Row("robots", everyone=200),
    Row("sitemap", everyone=200),
    Row("search", everyone=200, query="?q=da+nang"),
    Row("display", everyone=302, query="?theme=dark&next=/"),
]
