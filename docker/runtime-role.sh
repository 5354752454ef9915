#!/bin/sh
# Run once by the image of PostgreSQL, when the database is made: the role that the service runs as. Its rights come from
# `sajeon migrate --runtime-role sajeon_run`.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/runtime-password)" <<'SQL'
create role sajeon_run login password :'password';
SQL
