# One image for web, worker, beat and migrations; docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm

# What PDFs are made with.
RUN apt-get update -qq \
    && apt-get install -qq --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.lock .
# The lock is whole: resolving anew would trip over releases newer than it.
RUN pip install --no-cache-dir --quiet --no-deps --require-hashes --only-binary=:all: --requirement requirements.lock

COPY . .
# Only reads and writes files; the values below are gone when the container starts.
RUN SECRET_KEY=build ALLOWED_HOSTS=build SITE_ADDRESS=https://build DEFAULT_FROM_EMAIL=build@build \
    sh -c "python tools/catalogues.py compile && python manage.py collectstatic --no-input --verbosity 0" \
    && useradd --system --uid 889 portal \
    && install --directory --owner portal /data

USER portal
ENV PYTHONUNBUFFERED=1 DATA_DIR=/data HOST=0.0.0.0 PORT=8000
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "scp_portal.start", "web"]
