// The schema in PostgreSQL: the same tables and columns as in server.db (sqlite_schema.h), where
// the comments are.  Append-only: a step that was ever released is never edited.
//
// Steps bear the number that the schema has after them, the same as in SQLite; PostgreSQL came
// when that was 5.  Texts must sort by bytes, as in SQLite: that is asked of the whole database
// when it is opened, because not every engine that speaks this protocol has an order per column.
// No trigger guards the audit log here: some of them have none, and what is for intent is the hash
// chain anyway.
#pragma once

namespace machikoe {

struct PostgresMigration {
    int version;
    const char* sql;
};

inline constexpr PostgresMigration kPostgresMigrations[] = {
    {5, R"sql(
CREATE TABLE enrolment_code (
    code_hash  TEXT PRIMARY KEY CHECK (length(code_hash) = 64),
    name       TEXT NOT NULL,
    site       TEXT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms    BIGINT,
    kiosk      TEXT,
    token_hash TEXT
);

CREATE TABLE kiosk (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    site         TEXT NOT NULL,
    token_hash   TEXT UNIQUE CHECK (length(token_hash) = 64),
    revoked      BIGINT NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
    enrolled_ms  BIGINT NOT NULL,
    last_seen_ms BIGINT,
    held_count   BIGINT NOT NULL DEFAULT 0 CHECK (held_count >= 0),
    signing_key  TEXT NOT NULL DEFAULT '',
    set_up_key   TEXT NOT NULL DEFAULT '',
    locked_set_up_key TEXT NOT NULL DEFAULT '',
    health       TEXT NOT NULL DEFAULT ''
);

CREATE TABLE ledger (
    kiosk         TEXT NOT NULL,
    sequence      BIGINT NOT NULL CHECK (sequence >= 1),
    previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
    hash          TEXT NOT NULL CHECK (length(hash) = 64),
    outcome       TEXT NOT NULL CHECK (outcome IN ('stored', 'quarantined')),
    PRIMARY KEY (kiosk, sequence)
);

CREATE TABLE response (
    id        TEXT PRIMARY KEY CHECK (length(id) = 32),
    pack_hash TEXT NOT NULL CHECK (length(pack_hash) = 64),
    day       TEXT NOT NULL CHECK (day = '' OR day ~ '^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$'),
    hour      BIGINT NOT NULL CHECK (hour BETWEEN -1 AND 23),
    site      TEXT NOT NULL,
    event     TEXT NOT NULL,
    universe  TEXT NOT NULL
              CHECK (universe IN ('resident', 'parent', 'community-organisation', 'participant')),
    record    TEXT NOT NULL
);

CREATE TABLE quarantine (
    kiosk    TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    payload  BYTEA NOT NULL,
    reason   TEXT NOT NULL CHECK (reason <> ''),
    cause    TEXT NOT NULL
             CHECK (cause IN ('unknown-epoch', 'unknown-key', 'unknown-pack', 'unfit')),
    PRIMARY KEY (kiosk, sequence)
);

CREATE TABLE conflict (
    kiosk    TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    hash     TEXT NOT NULL CHECK (length(hash) = 64),
    payload  BYTEA NOT NULL,
    noted_ms BIGINT NOT NULL,
    PRIMARY KEY (kiosk, sequence, hash)
);

CREATE TABLE pack (
    hash      TEXT NOT NULL CHECK (length(hash) = 64),
    id        TEXT NOT NULL,
    file_name TEXT NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (hash, file_name)
);

CREATE TABLE epoch (
    id       TEXT PRIMARY KEY CHECK (length(id) = 32),
    kiosk    TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    opening  BYTEA NOT NULL,
    UNIQUE (kiosk, sequence)
);

CREATE TABLE waiting (
    id      TEXT PRIMARY KEY CHECK (length(id) = 32),
    kiosk   TEXT NOT NULL,
    site    TEXT NOT NULL,
    event   TEXT NOT NULL,
    payload BYTEA NOT NULL
);

CREATE TABLE audit (
    number        BIGINT PRIMARY KEY,
    when_ms       BIGINT NOT NULL,
    who           TEXT NOT NULL CHECK (who <> ''),
    what          TEXT NOT NULL CHECK (what <> ''),
    detail        TEXT NOT NULL,
    previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
    hash          TEXT NOT NULL CHECK (length(hash) = 64)
);

CREATE TABLE review (
    response   TEXT NOT NULL CHECK (length(response) = 32),
    question   TEXT NOT NULL,
    state      TEXT NOT NULL DEFAULT 'pending'
               CHECK (state IN ('pending', 'approved', 'redacted', 'withheld')),
    original   BYTEA,
    decided_ms BIGINT,
    PRIMARY KEY (response, question)
);
CREATE TABLE review_tag (
    response TEXT NOT NULL,
    question TEXT NOT NULL,
    tag      TEXT NOT NULL CHECK (tag <> ''),
    PRIMARY KEY (response, question, tag)
);

CREATE TABLE released (
    writer TEXT NOT NULL,
    number BIGINT NOT NULL CHECK (number >= 1),
    ids    TEXT NOT NULL,
    PRIMARY KEY (writer, number)
);
CREATE TABLE checkpoint (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    generation BIGINT NOT NULL,
    counts     BYTEA NOT NULL
);
INSERT INTO checkpoint (one, generation, counts) VALUES (1, 0, '');

CREATE TABLE account (
    name          TEXT PRIMARY KEY CHECK (name <> ''),
    role          TEXT NOT NULL CHECK (role IN ('staff', 'evaluator', 'administrator')),
    password      TEXT NOT NULL,
    totp_key      BYTEA NOT NULL,
    totp_step     BIGINT NOT NULL,
    invitation    TEXT NOT NULL,
    invited_until_ms BIGINT NOT NULL,
    disabled      BIGINT NOT NULL CHECK (disabled IN (0, 1)),
    failures      BIGINT NOT NULL,
    locked_until_ms BIGINT NOT NULL,
    created_ms    BIGINT NOT NULL,
    last_login_ms BIGINT
);
CREATE TABLE session (
    token_hash   TEXT PRIMARY KEY CHECK (length(token_hash) = 64),
    account      TEXT NOT NULL,
    form_token   TEXT NOT NULL,
    started_ms   BIGINT NOT NULL,
    last_used_ms BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account);

CREATE TABLE publication (
    one        BIGINT PRIMARY KEY CHECK (one = 1),
    generation BIGINT NOT NULL,
    pack_hash  TEXT NOT NULL,
    responses  BIGINT NOT NULL,
    counts     BYTEA NOT NULL
);
INSERT INTO publication (one, generation, pack_hash, responses, counts) VALUES (1, 0, '', 0, '');

CREATE TABLE access_key (
    key_hash     TEXT PRIMARY KEY CHECK (length(key_hash) = 64),
    account      TEXT NOT NULL,
    label        TEXT NOT NULL,
    created_ms   BIGINT NOT NULL,
    last_used_ms BIGINT
);
CREATE INDEX access_key_account ON access_key (account);
)sql"},
};

}  // namespace machikoe
