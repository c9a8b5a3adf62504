#!/bin/sh
# Makes the databases of an installation and their three roles each, on a server one administers: the migrator owns,
# the application writes, the reader reads. The postgres image runs it once, on an empty data folder; elsewhere psql's
# own settings (PGHOST, PGUSER, PGPASSWORD) say where. What the roles may do is granted by `bangfu migrate`.
set -eu
admin="${POSTGRES_USER:-${PGUSER:-postgres}}"

establish() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$admin" --dbname postgres \
    --set name="$1" --set migrator="$1_migrator" --set app="$1_app" --set read="$1_read" \
    --set migrator_password="$MIGRATOR_PASSWORD" --set password="$2" <<'SQL'
CREATE ROLE :"migrator" LOGIN PASSWORD :'migrator_password';
CREATE ROLE :"app" LOGIN PASSWORD :'password';
CREATE ROLE :"read" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"migrator" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
SQL
}

establish gateway "$GATEWAY_PASSWORD"
establish identification "$IDENTIFICATION_PASSWORD"
establish pairing "$PAIRING_PASSWORD"
establish industry "$INDUSTRY_PASSWORD"
establish training "$TRAINING_PASSWORD"
establish evaluation "$EVALUATION_PASSWORD"
# Only an installation without Kafka has the embedded log.
if [ -n "${EVENTS_PASSWORD:-}" ]; then establish events "$EVENTS_PASSWORD"; fi
