-- Rules, plans and registries; what is remembered of versions; why a decision is as it is.

ALTER TABLE containers ADD COLUMN policy_source TEXT NOT NULL DEFAULT '';
ALTER TABLE containers ADD COLUMN own_rules {{json}} NOT NULL DEFAULT '{}';
ALTER TABLE containers ADD COLUMN held_by TEXT NOT NULL DEFAULT '';
ALTER TABLE containers ADD COLUMN decision_detail {{json}} NOT NULL DEFAULT '{}';
-- What differs from the defaults was set by somebody.
UPDATE containers SET policy_source = 'this container',
    own_rules = CAST(
        '{"updatePolicy":"' || update_policy || '","strategy":"' || strategy || '"}' AS {{json}})
    WHERE update_policy <> 'manual' OR strategy <> 'rolling';

CREATE TABLE policies (
    id          TEXT PRIMARY KEY,
    name        {{text}} NOT NULL UNIQUE,
    enabled     INTEGER NOT NULL DEFAULT 1,
    scope       TEXT NOT NULL DEFAULT 'all',
    scope_value TEXT NOT NULL,
    rules       {{json}} NOT NULL,
    created_at  {{timestamp}} NOT NULL,
    updated_at  {{timestamp}} NOT NULL
);

CREATE TABLE schedules (
    id             TEXT PRIMARY KEY,
    name           {{text}} NOT NULL UNIQUE,
    enabled        INTEGER NOT NULL DEFAULT 1,
    action         TEXT NOT NULL DEFAULT 'check',
    cron           TEXT NOT NULL,
    zone           TEXT NOT NULL,
    scope          TEXT NOT NULL DEFAULT 'all',
    scope_value    TEXT NOT NULL,
    jitter_seconds INTEGER NOT NULL DEFAULT 0,
    missed         TEXT NOT NULL DEFAULT 'run_once',
    last_slot      {{timestamp}},
    last_run_at    {{timestamp}},
    last_result    TEXT NOT NULL,
    created_at     {{timestamp}} NOT NULL,
    updated_at     {{timestamp}} NOT NULL
);

CREATE TABLE windows (
    id          TEXT PRIMARY KEY,
    name        {{text}} NOT NULL UNIQUE,
    enabled     INTEGER NOT NULL DEFAULT 1,
    kind        TEXT NOT NULL DEFAULT 'window',
    scope       TEXT NOT NULL DEFAULT 'all',
    scope_value TEXT NOT NULL,
    times       {{json}} NOT NULL,
    calendar    {{bytes}} NOT NULL,
    created_at  {{timestamp}} NOT NULL,
    updated_at  {{timestamp}} NOT NULL
);

-- sealed_secret is worth nothing without the key file.
CREATE TABLE registries (
    registry      {{text}} PRIMARY KEY,
    username      TEXT NOT NULL,
    sealed_secret {{bytes}} NOT NULL,
    secret_kind   TEXT NOT NULL,
    options       {{json}} NOT NULL,
    created_at    {{timestamp}} NOT NULL,
    updated_at    {{timestamp}} NOT NULL
);

CREATE TABLE webhooks (
    id           TEXT PRIMARY KEY,
    name         {{text}} NOT NULL,
    token_hash   {{bytes}} NOT NULL UNIQUE,
    created_at   {{timestamp}} NOT NULL,
    last_used_at {{timestamp}}
);
CREATE INDEX webhooks_by_name ON webhooks (name, id);

CREATE TABLE sightings (
    repository    TEXT NOT NULL,
    tag           TEXT NOT NULL,
    digest        TEXT NOT NULL,
    first_seen_at {{timestamp}} NOT NULL,
    published_at  {{timestamp}},
    PRIMARY KEY (repository, tag, digest)
);
CREATE INDEX sightings_by_age ON sightings (first_seen_at);

CREATE TABLE holds (
    container_id TEXT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL,
    tag          TEXT NOT NULL,
    digest       TEXT NOT NULL,
    held_until   {{timestamp}},
    reason       TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   {{timestamp}} NOT NULL,
    PRIMARY KEY (container_id, kind, tag, digest)
);
