from tests.matrix import Row

ROWS = [
    Row("healthz", everyone=200),
    Row("home", everyone=200),
    Row("search", everyone=200, query="?q=da+nang"),
    Row("display", everyone=302, query="?theme=dark&next=/"),
]
