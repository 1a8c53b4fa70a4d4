-- One data key for each matter with protected fields; destroying it (wrapped null) erases them wherever they are stored.
CREATE TABLE protection_key (
    id text NOT NULL PRIMARY KEY,
    subject text NOT NULL,
    retention_class text NOT NULL,
    fields text NOT NULL,
    wrapped text,
    made_at TEXT NOT NULL,
    expires_at TEXT,
    hold_until TEXT,
    hold_reason text,
    erased_at TEXT
);

CREATE UNIQUE INDEX protection_key_subject ON protection_key (subject) WHERE erased_at IS NULL;
CREATE INDEX protection_key_expires ON protection_key (expires_at) WHERE erased_at IS NULL;

-- What was erased and why, without what it said.
CREATE TABLE erasure_log (
    id text NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    subject text NOT NULL,
    retention_class text NOT NULL,
    fields text NOT NULL,
    because text NOT NULL
);

CREATE INDEX erasure_log_at ON erasure_log (at, id);

-- Secrets of the installation, wrapped by the master keys.
CREATE TABLE protection_secret (
    name text NOT NULL PRIMARY KEY,
    wrapped text NOT NULL
);

-- Reads of protected fields are chained for each process that writes them: a row that is changed, or taken out, breaks its chain.
ALTER TABLE access_journal ADD COLUMN writer text;
ALTER TABLE access_journal ADD COLUMN seq INTEGER;
ALTER TABLE access_journal ADD COLUMN mac text;

CREATE UNIQUE INDEX access_journal_chain ON access_journal (writer, seq) WHERE writer IS NOT NULL;
CREATE INDEX access_journal_at ON access_journal (at, id);
CREATE INDEX access_journal_actor ON access_journal (actor_id, at);

CREATE TRIGGER access_journal_no_update BEFORE UPDATE ON access_journal
BEGIN
    SELECT RAISE(ABORT, 'The access journal is append-only.');
END;

CREATE TRIGGER access_journal_no_delete BEFORE DELETE ON access_journal
BEGIN
    SELECT RAISE(ABORT, 'The access journal is append-only.');
END;

-- Where each chain ends, so that rows that are cut off its end are missed, too.
CREATE TABLE access_chain (
    writer text NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL,
    mac text NOT NULL
);
