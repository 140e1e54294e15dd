-- What an update keeps for going back, how it fares afterwards, and what images and volumes were like.

ALTER TABLE update_history ADD COLUMN kind TEXT NOT NULL DEFAULT 'update';
ALTER TABLE update_history ADD COLUMN rollback_of TEXT NOT NULL DEFAULT '';
ALTER TABLE update_history ADD COLUMN rolled_back_by TEXT NOT NULL DEFAULT '';
ALTER TABLE update_history ADD COLUMN plan_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE update_history ADD COLUMN care {{json}} NOT NULL DEFAULT '{}';
ALTER TABLE update_history ADD COLUMN observation {{json}} NOT NULL DEFAULT 'null';
-- These two repeat what observation and update_restore_points say, for the filters of the list.
ALTER TABLE update_history ADD COLUMN watching INTEGER NOT NULL DEFAULT 0;
ALTER TABLE update_history ADD COLUMN has_restore_point INTEGER NOT NULL DEFAULT 0;
CREATE INDEX update_history_by_watch ON update_history (watching, created_at, id);
CREATE INDEX update_history_by_restore_point ON update_history (has_restore_point, created_at, id);

-- Large and seldom read, so they do not stand in the rows that lists walk through.
CREATE TABLE update_restore_points (
    update_id TEXT PRIMARY KEY REFERENCES update_history (id) ON DELETE CASCADE,
    content   {{json}} NOT NULL
);

CREATE TABLE update_last_words (
    update_id TEXT PRIMARY KEY REFERENCES update_history (id) ON DELETE CASCADE,
    content   {{json}} NOT NULL
);

CREATE TABLE image_configs (
    image_id      TEXT PRIMARY KEY,
    image         {{json}} NOT NULL,
    first_seen_at {{timestamp}} NOT NULL
);

-- position counts up, so it tells the order even within a millisecond. Like the history, a snapshot outlives
-- the row of its container: it can still be given back.
CREATE TABLE snapshots (
    position     {{identity}},
    id           TEXT NOT NULL UNIQUE,
    update_id    TEXT NOT NULL,
    container_id TEXT NOT NULL,
    host_id      TEXT NOT NULL,
    volume       TEXT NOT NULL,
    mounted_at   TEXT NOT NULL,
    method       TEXT NOT NULL DEFAULT 'archive',
    reference    TEXT NOT NULL,
    size_bytes   BIGINT NOT NULL,
    milliseconds BIGINT NOT NULL,
    created_at   {{timestamp}} NOT NULL
);
CREATE INDEX snapshots_of_update ON snapshots (update_id, position);
CREATE INDEX snapshots_of_container ON snapshots (container_id, position);
