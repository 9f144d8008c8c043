# Every target works in a fresh clone: what is missing is brought first.
PYTHON ?= python3
export PORT ?= 8000
MANAGE = .venv/bin/python manage.py

.DEFAULT_GOAL := help
.PHONY: help run test check format catalogues lock demo-report screenshots bench clean

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run:  ## Serve the portal on 127.0.0.1, PORT=8000, until Ctrl-C
	@$(PYTHON) tools/run.py

test:  ## Run the suite on private servers and a real browser; ARGS="tests/news -q" for a part
	@$(PYTHON) tools/test.py $(ARGS)

check:  ## Check style, types, floors, migrations and catalogues, without running anything
	@$(PYTHON) tools/check.py

format:  ## Write Python and templates the way check wants them
	@$(PYTHON) tools/check.py --mend

catalogues:  ## Bring the translation catalogues up to the code, and compile them
	@$(PYTHON) tools/prepare.py
	@.venv/bin/python tools/catalogues.py extract
	@.venv/bin/python tools/catalogues.py compile

lock:  ## Write the locks anew from what pyproject.toml asks for (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --upgrade \
		--python-version 3.11 --group dev pyproject.toml --output-file requirements.lock
	@uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --upgrade \
		--python-version 3.11 tools/verapdf.in --output-file tools/verapdf.lock

demo-report:  ## Build the national progress report from demo data; the last line is the PDF's path
	@$(PYTHON) tools/prepare.py 1>&2
	@$(MANAGE) demo_report

screenshots:  ## Picture every kind of page at three widths, into screenshots/
	@$(PYTHON) tools/test.py --script tools/screenshots.py

bench:  ## Measure figures, pages, the deadline storm and documents as ratios, on private servers
	@$(PYTHON) tools/test.py --script tools/bench.py
	@$(PYTHON) tools/test.py --script tools/storm.py
	@$(PYTHON) tools/test.py --script tools/document_bench.py

clean:  ## Throw away what commands made, except .env and the data in var/
	@rm -rf .venv .deps screenshots staticfiles .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find . -name '*.mo' -delete
