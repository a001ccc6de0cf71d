# One image for web, workers, beat and migrations; docker-compose.yml says which command is which.
FROM python:3.12-slim AS packages
WORKDIR /app
COPY requirements/run.lock requirements/run.lock
RUN python -m venv /venv \
 && /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.lock

FROM python:3.12-slim
RUN useradd --system --uid 10001 --user-group --home-dir /app sonora \
 && install -d -o sonora -g sonora -m 700 /data
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SONORA_DATA_DIR=/data \
    STATIC_ROOT=/static
COPY --from=packages /venv /venv
COPY manage.py ./
COPY sonora sonora
COPY ml/models ml/models
COPY integrations integrations
COPY templates templates
COPY static static
# Static files need no database and no secret that lasts: the embedded mode makes one in a folder that is thrown away.
RUN SONORA_DATA_DIR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
 && rm -rf /tmp/build
USER sonora
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-m", "sonora.probe"]
CMD ["python", "-m", "gunicorn", "sonora.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
