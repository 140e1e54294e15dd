-- One text for every engine. In double braces stand the types in which they differ; statements end with a
-- semicolon at the end of a line. A file that has been released never changes: add the next number.

CREATE TABLE users (
    id            TEXT PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role          TEXT NOT NULL DEFAULT 'user',
    disabled      INTEGER NOT NULL DEFAULT 0,
    created_at    {{timestamp}} NOT NULL,
    updated_at    {{timestamp}} NOT NULL
);

CREATE TABLE sessions (
    id                    TEXT PRIMARY KEY,
    user_id               TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    refresh_hash          {{bytes}} NOT NULL,
    previous_refresh_hash {{bytes}} NOT NULL,
    rotated_at            {{timestamp}},
    remote_address        TEXT NOT NULL,
    created_at            {{timestamp}} NOT NULL,
    last_used_at          {{timestamp}} NOT NULL,
    expires_at            {{timestamp}} NOT NULL,
    revoked_at            {{timestamp}}
);
CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE hosts (
    id         TEXT PRIMARY KEY,
    name       {{text}} NOT NULL,
    address    TEXT NOT NULL,
    engine_id  TEXT NOT NULL,
    created_at {{timestamp}} NOT NULL
);

-- project and search_text repeat what configuration, name and image say, for the filters of the list.
CREATE TABLE containers (
    id                TEXT PRIMARY KEY,
    host_id           TEXT NOT NULL REFERENCES hosts (id),
    engine_id         TEXT NOT NULL,
    name              {{text}} NOT NULL,
    image             TEXT NOT NULL,
    tag               TEXT NOT NULL DEFAULT 'latest',
    digest            TEXT NOT NULL,
    image_id          TEXT NOT NULL,
    status            TEXT NOT NULL DEFAULT 'stopped',
    health            TEXT NOT NULL,
    update_policy     TEXT NOT NULL DEFAULT 'manual',
    strategy          TEXT NOT NULL DEFAULT 'rolling',
    configuration     {{json}} NOT NULL,
    project           TEXT NOT NULL,
    search_text       TEXT NOT NULL,
    decision          TEXT NOT NULL DEFAULT 'not_checked',
    decision_reason   TEXT NOT NULL,
    possible_at       {{timestamp}},
    checked_at        {{timestamp}},
    candidate_tag     TEXT NOT NULL,
    candidate_digest  TEXT NOT NULL,
    candidate_bump    TEXT NOT NULL DEFAULT 'none',
    created_by        TEXT NOT NULL,
    created_at        {{timestamp}} NOT NULL,
    updated_at        {{timestamp}} NOT NULL
);
CREATE UNIQUE INDEX containers_name_on_host ON containers (host_id, name);
CREATE INDEX containers_by_name ON containers (name, id);
CREATE INDEX containers_by_status ON containers (status, name, id);
CREATE INDEX containers_by_project ON containers (project, name, id);
CREATE INDEX containers_by_decision ON containers (decision, name, id);
CREATE INDEX containers_by_host ON containers (host_id, name, id);

-- The history outlives the container, so it names it and does not refer to it.
CREATE TABLE update_history (
    id             TEXT PRIMARY KEY,
    container_id   TEXT NOT NULL,
    container_name {{text}} NOT NULL,
    host_id        TEXT NOT NULL,
    status         TEXT NOT NULL DEFAULT 'pending',
    strategy       TEXT NOT NULL DEFAULT 'rolling',
    old_image      TEXT NOT NULL,
    old_tag        TEXT NOT NULL,
    old_digest     TEXT NOT NULL,
    old_image_id   TEXT NOT NULL,
    new_image      TEXT NOT NULL,
    new_tag        TEXT NOT NULL,
    new_digest     TEXT NOT NULL,
    new_image_id   TEXT NOT NULL,
    requested_by   TEXT NOT NULL,
    approved_by    TEXT NOT NULL,
    error          TEXT NOT NULL,
    proof          {{json}} NOT NULL,
    created_at     {{timestamp}} NOT NULL,
    started_at     {{timestamp}},
    completed_at   {{timestamp}},
    unfinished     INTEGER NOT NULL GENERATED ALWAYS AS (
        CASE WHEN status IN ('pending', 'awaiting_approval', 'scheduled', 'running', 'paused', 'parked')
        THEN 1 ELSE 0 END) STORED
);
-- What keeps two updates of one container apart, whatever else goes wrong.
CREATE UNIQUE INDEX update_history_one_unfinished ON update_history (container_id) WHERE unfinished = 1;
CREATE INDEX update_history_by_time ON update_history (created_at, id);
CREATE INDEX update_history_by_state ON update_history (unfinished, created_at, id);
CREATE INDEX update_history_by_status ON update_history (status, created_at, id);
CREATE INDEX update_history_by_container ON update_history (container_id, created_at, id);

CREATE TABLE update_steps (
    update_id    TEXT NOT NULL REFERENCES update_history (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    name         TEXT NOT NULL,
    status       TEXT NOT NULL DEFAULT 'pending',
    started_at   {{timestamp}},
    completed_at {{timestamp}},
    detail       TEXT NOT NULL,
    PRIMARY KEY (update_id, position)
);

CREATE TABLE update_log (
    id         {{identity}},
    update_id  TEXT NOT NULL REFERENCES update_history (id) ON DELETE CASCADE,
    written_at {{timestamp}} NOT NULL,
    step       TEXT NOT NULL,
    line       TEXT NOT NULL
);
CREATE INDEX update_log_of_update ON update_log (update_id, id);

CREATE TABLE update_journal (
    update_id  TEXT NOT NULL REFERENCES update_history (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    step       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    data       {{json}} NOT NULL,
    written_at {{timestamp}} NOT NULL,
    PRIMARY KEY (update_id, position)
);

CREATE TABLE audit (
    id             {{identity}},
    happened_at    {{timestamp}} NOT NULL,
    request_id     TEXT NOT NULL,
    actor          TEXT NOT NULL,
    remote_address TEXT NOT NULL,
    operation      TEXT NOT NULL,
    resource       TEXT NOT NULL,
    outcome        TEXT NOT NULL,
    detail         {{json}} NOT NULL
);

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value {{json}} NOT NULL
);
