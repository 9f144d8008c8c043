from tests.matrix import Row

ROWS = [
    Row("healthz", everyone=200),
    Row("home", everyone=200),
    Row("display", everyone=302, query="?theme=dark&next=/"),
]
