#!/bin/sh
# Makes the databases of an installation and their roles, on a server one administers: the migrator owns, the application
# writes, the service's reader reads, and people read by the role of reports. Each has a password of its own. It can run
# any number of times: what is missing is made, passwords are set as the settings say, and nothing else is touched.
# compose.yaml runs it before the migrations; elsewhere psql's own settings (PGHOST, PGUSER, PGPASSWORD) say where. What
# the roles may do is granted by `bangfu migrate`.
set -eu
admin="${POSTGRES_USER:-${PGUSER:-postgres}}"

establish() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$admin" --dbname postgres --set name="$1" \
    --set migrator="$1_migrator" --set app="$1_app" --set read="$1_read" --set report="$1_report" \
    --set migrator_password="$2" --set app_password="$3" --set read_password="$4" --set report_password="$5" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN', role) FROM unnest(ARRAY[:'migrator', :'app', :'read', :'report']) AS role
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec
ALTER ROLE :"migrator" LOGIN PASSWORD :'migrator_password';
ALTER ROLE :"app" LOGIN PASSWORD :'app_password';
ALTER ROLE :"read" LOGIN PASSWORD :'read_password';
ALTER ROLE :"report" LOGIN PASSWORD :'report_password';
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8'' LOCALE ''C''', :'name', :'migrator')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
SQL
}

establish gateway "$GATEWAY_MIGRATOR_PASSWORD" "$GATEWAY_PASSWORD" "$GATEWAY_READ_PASSWORD" "$GATEWAY_REPORT_PASSWORD"
establish identification "$IDENTIFICATION_MIGRATOR_PASSWORD" "$IDENTIFICATION_PASSWORD" \
  "$IDENTIFICATION_READ_PASSWORD" "$IDENTIFICATION_REPORT_PASSWORD"
establish pairing "$PAIRING_MIGRATOR_PASSWORD" "$PAIRING_PASSWORD" "$PAIRING_READ_PASSWORD" "$PAIRING_REPORT_PASSWORD"
establish industry "$INDUSTRY_MIGRATOR_PASSWORD" "$INDUSTRY_PASSWORD" "$INDUSTRY_READ_PASSWORD" "$INDUSTRY_REPORT_PASSWORD"
establish training "$TRAINING_MIGRATOR_PASSWORD" "$TRAINING_PASSWORD" "$TRAINING_READ_PASSWORD" "$TRAINING_REPORT_PASSWORD"
establish evaluation "$EVALUATION_MIGRATOR_PASSWORD" "$EVALUATION_PASSWORD" "$EVALUATION_READ_PASSWORD" \
  "$EVALUATION_REPORT_PASSWORD"
# Only an installation without Kafka has the embedded log.
if [ -n "${EVENTS_PASSWORD:-}" ]; then
  establish events "$EVENTS_MIGRATOR_PASSWORD" "$EVENTS_PASSWORD" "$EVENTS_READ_PASSWORD" "$EVENTS_REPORT_PASSWORD"
fi
