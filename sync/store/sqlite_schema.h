// The schema of server.db.  Append-only: a step that was ever released is never edited.
#pragma once

#include "app/base/database.h"

namespace machikoe {

/// Of step 6: moves what lies in the old tables into the new ones and drops those.
void pack_old_rows(SQLite::Database& database);

inline constexpr Migration kServerMigrations[] = {
    R"sql(
-- Only hashes of codes and credentials are kept: a stolen file opens no door.
CREATE TABLE enrolment_code (
    code_hash  TEXT PRIMARY KEY CHECK (length(code_hash) = 64),
    name       TEXT NOT NULL,
    site       TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_ms    INTEGER               -- NULL: not spent; spent codes stay, so that none comes twice
) STRICT, WITHOUT ROWID;

CREATE TABLE kiosk (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    site         TEXT NOT NULL,
    token_hash   TEXT UNIQUE CHECK (length(token_hash) = 64),  -- NULL: never enrolled
    revoked      INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
    enrolled_ms  INTEGER NOT NULL,
    last_seen_ms INTEGER,
    -- Rows of this kiosk in the ledger.  Kept here because every batch asks for the kiosk,
    -- and counting its ledger then would grow dearer with every answer.
    held_count   INTEGER NOT NULL DEFAULT 0 CHECK (held_count >= 0)
) STRICT, WITHOUT ROWID;

-- What was ever taken in, by number.  One row for each envelope, for ever: it is what
-- makes delivery at least once into storage exactly once.
CREATE TABLE ledger (
    kiosk         TEXT NOT NULL,
    sequence      INTEGER NOT NULL CHECK (sequence >= 1),
    previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
    hash          TEXT NOT NULL CHECK (length(hash) = 64),
    outcome       TEXT NOT NULL CHECK (outcome IN ('stored', 'quarantined')),
    PRIMARY KEY (kiosk, sequence)
) STRICT, WITHOUT ROWID;

-- The answers.  No kiosk, no number, no time of arrival, and no reference to a table that
-- has them.  WITHOUT ROWID because a rowid counts up: it would be the order of arrival.
CREATE TABLE response (
    id        TEXT PRIMARY KEY CHECK (length(id) = 32),  -- 128 random bits
    pack_hash TEXT NOT NULL CHECK (length(pack_hash) = 64),
    day       TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    hour      INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    site      TEXT NOT NULL,
    event     TEXT NOT NULL,
    universe  TEXT NOT NULL
              CHECK (universe IN ('resident', 'parent', 'community-organisation', 'participant')),
    record    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Held, but it fits no pack that is known here: a person decides.
CREATE TABLE quarantine (
    kiosk    TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    payload  BLOB NOT NULL,
    reason   TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (kiosk, sequence)
) STRICT, WITHOUT ROWID;

-- Other bytes under a number that was taken.  The first stays; these are kept aside, once
-- each however often they are sent.
CREATE TABLE conflict (
    kiosk    TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    hash     TEXT NOT NULL CHECK (length(hash) = 64),
    payload  BLOB NOT NULL,
    noted_ms INTEGER NOT NULL,
    UNIQUE (kiosk, sequence, hash)
) STRICT;

-- Every version of the content that an answer may refer to, file by file.
CREATE TABLE pack (
    hash      TEXT NOT NULL CHECK (length(hash) = 64),
    id        TEXT NOT NULL,
    file_name TEXT NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (hash, file_name)
) STRICT;
)sql",
    R"sql(
-- Sealed and signed.  Keys of kiosks: public ones, and the set-up key as it was locked with
-- the staff's passphrase.
ALTER TABLE kiosk ADD COLUMN signing_key TEXT NOT NULL DEFAULT '';
ALTER TABLE kiosk ADD COLUMN set_up_key TEXT NOT NULL DEFAULT '';
ALTER TABLE kiosk ADD COLUMN locked_set_up_key TEXT NOT NULL DEFAULT '';
-- Who spent it and for which credential: the same may ask again, nobody else.
ALTER TABLE enrolment_code ADD COLUMN kiosk TEXT;
ALTER TABLE enrolment_code ADD COLUMN token_hash TEXT;

-- The openings of epochs: what their records are opened with, by whoever has the key.
CREATE TABLE epoch (
    id       TEXT PRIMARY KEY CHECK (length(id) = 32),
    kiosk    TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    opening  BLOB NOT NULL,
    UNIQUE (kiosk, sequence)
) STRICT, WITHOUT ROWID;

-- Sealed, until enough of one site and event wait together.  The id is random: no number,
-- no time.
CREATE TABLE waiting (
    id      TEXT PRIMARY KEY CHECK (length(id) = 32),
    kiosk   TEXT NOT NULL,
    site    TEXT NOT NULL,
    event   TEXT NOT NULL,
    payload BLOB NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE quarantine ADD COLUMN cause TEXT NOT NULL DEFAULT 'unfit'
    CHECK (cause IN ('unknown-epoch', 'unknown-key', 'unknown-pack', 'unfit'));
UPDATE quarantine SET cause = 'unknown-pack' WHERE reason = 'unknown pack version';

-- Day and hour may be blurred (sync/server/mix.h): a month, or nothing; -1 for no hour.
CREATE TABLE blurred (
    id        TEXT PRIMARY KEY CHECK (length(id) = 32),  -- 128 random bits
    pack_hash TEXT NOT NULL CHECK (length(pack_hash) = 64),
    day       TEXT NOT NULL CHECK (day = '' OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'
                  OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    hour      INTEGER NOT NULL CHECK (hour BETWEEN -1 AND 23),
    site      TEXT NOT NULL,
    event     TEXT NOT NULL,
    universe  TEXT NOT NULL
              CHECK (universe IN ('resident', 'parent', 'community-organisation', 'participant')),
    record    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO blurred SELECT * FROM response ORDER BY id;
DROP TABLE response;
ALTER TABLE blurred RENAME TO response;
)sql",
    R"sql(
-- Who did what that others must be able to ask about.  Each row's hash covers the one before, so
-- that none can be taken out or changed unseen; the triggers are for mistakes, the chain is for
-- intent.
CREATE TABLE audit (
    number        INTEGER PRIMARY KEY,
    when_ms       INTEGER NOT NULL,
    who           TEXT NOT NULL CHECK (who <> ''),
    what          TEXT NOT NULL CHECK (what <> ''),
    detail        TEXT NOT NULL,
    previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
    hash          TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Free texts wait here for somebody to look at them.  When: the day, nothing finer.
CREATE TABLE review (
    response   TEXT NOT NULL CHECK (length(response) = 32),
    question   TEXT NOT NULL,
    state      TEXT NOT NULL DEFAULT 'pending'
               CHECK (state IN ('pending', 'approved', 'redacted', 'withheld')),
    original   BLOB,     -- sealed; what was there before something was taken out
    decided_ms INTEGER,
    PRIMARY KEY (response, question)
) STRICT, WITHOUT ROWID;
CREATE TABLE review_tag (
    response TEXT NOT NULL,
    question TEXT NOT NULL,
    tag      TEXT NOT NULL CHECK (tag <> ''),
    PRIMARY KEY (response, question, tag)
) STRICT, WITHOUT ROWID;
INSERT INTO review (response, question)
    SELECT response.id, answer.key FROM response, json_each(record, '$.answers') AS answer
    WHERE json_extract(answer.value, '$.text') IS NOT NULL;
)sql",
    R"sql(
ALTER TABLE kiosk ADD COLUMN health TEXT NOT NULL DEFAULT '';

-- Groups that came out since the counts of the checkpoint were taken: the ids of their responses,
-- in the order of those.  Emptied by the next checkpoint, so that it never says more than that
-- they came out since.
CREATE TABLE released (
    writer TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    ids    TEXT NOT NULL,
    PRIMARY KEY (writer, number)
) STRICT, WITHOUT ROWID;
-- One row.  '' for the counts: there are none that are true.
CREATE TABLE checkpoint (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL,
    counts     BLOB NOT NULL
) STRICT;
INSERT INTO checkpoint (one, generation, counts) VALUES (1, 0, x'');

CREATE TABLE account (
    name          TEXT PRIMARY KEY CHECK (name <> ''),
    role          TEXT NOT NULL CHECK (role IN ('staff', 'evaluator', 'administrator')),
    password      TEXT NOT NULL,
    totp_key      BLOB NOT NULL,
    totp_step     INTEGER NOT NULL,
    invitation    TEXT NOT NULL,
    invited_until_ms INTEGER NOT NULL,
    disabled      INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    failures      INTEGER NOT NULL,
    locked_until_ms INTEGER NOT NULL,
    created_ms    INTEGER NOT NULL,
    last_login_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
    token_hash   TEXT PRIMARY KEY CHECK (length(token_hash) = 64),
    account      TEXT NOT NULL,
    form_token   TEXT NOT NULL,
    started_ms   INTEGER NOT NULL,
    last_used_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account);
)sql",
    R"sql(
-- What everybody was shown last, as the counts it was computed from: the same for all servers on
-- this database, and after a restart.  One row.
CREATE TABLE publication (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL,
    pack_hash  TEXT NOT NULL,           -- '': nothing yet
    responses  INTEGER NOT NULL,
    counts     BLOB NOT NULL
) STRICT;
INSERT INTO publication (one, generation, pack_hash, responses, counts) VALUES (1, 0, '', 0, x'');

-- Keys by which a program (a spreadsheet, a script) reads figures in the name of an account.
CREATE TABLE access_key (
    key_hash     TEXT PRIMARY KEY CHECK (length(key_hash) = 64),
    account      TEXT NOT NULL,
    label        TEXT NOT NULL,
    created_ms   INTEGER NOT NULL,
    last_used_ms INTEGER                -- the day: NULL: never
) STRICT, WITHOUT ROWID;
CREATE INDEX access_key_account ON access_key (account);
)sql",
    {R"sql(
-- Responses that came out together, in one row (response_group.h).  No kiosk, no number, no time of
-- arrival, and no reference to a table that has them.  WITHOUT ROWID because a rowid counts up: it
-- would be the order of arrival.
CREATE TABLE response_group (
    id        TEXT PRIMARY KEY CHECK (length(id) = 32),  -- 128 random bits
    size      INTEGER NOT NULL CHECK (size >= 1),
    first_day TEXT NOT NULL CHECK (first_day = '' OR first_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'
                  OR first_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    records   BLOB NOT NULL
) STRICT, WITHOUT ROWID;
-- The texts of a group beside each other: one page for all of them, and not one for each.
CREATE TABLE review_by_group (
    response_group TEXT NOT NULL CHECK (length(response_group) = 32),
    response       TEXT NOT NULL CHECK (length(response) = 32),
    question       TEXT NOT NULL,
    state          TEXT NOT NULL DEFAULT 'pending'
                   CHECK (state IN ('pending', 'approved', 'redacted', 'withheld')),
    original       BLOB,     -- sealed; what was there before something was taken out
    decided_ms     INTEGER,
    PRIMARY KEY (response_group, response, question)
) STRICT, WITHOUT ROWID;

-- What one kiosk brought at once of one site and event, sealed, until enough of those wait together
-- (waiting_row.h).  The id is random: no number, no time.
CREATE TABLE waiting_together (
    id       TEXT PRIMARY KEY CHECK (length(id) = 32),
    kiosk    TEXT NOT NULL,
    site     TEXT NOT NULL,
    event    TEXT NOT NULL,
    size     INTEGER NOT NULL CHECK (size >= 1),
    payloads BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What was ever taken in, for ever: neighbours in a kiosk's chain are one row (ledger_run.h), with 32
-- bytes and a letter for each.  A hash covers the one before.
CREATE TABLE ledger_run (
    kiosk    TEXT NOT NULL,
    first    INTEGER NOT NULL CHECK (first >= 1),
    size     INTEGER NOT NULL CHECK (size >= 1),
    hashes   BLOB NOT NULL CHECK (length(hashes) = 32 * size),
    outcomes TEXT NOT NULL CHECK (length(outcomes) = size),
    PRIMARY KEY (kiosk, first)
) STRICT, WITHOUT ROWID;

-- By the ids of their rows now.  Which those are is not known of older ones: count anew.
DELETE FROM released;
ALTER TABLE released RENAME COLUMN ids TO response_groups;
UPDATE checkpoint SET generation = generation + 1, counts = x'' WHERE counts <> x'';
)sql",
     &pack_old_rows},
};

}  // namespace machikoe
