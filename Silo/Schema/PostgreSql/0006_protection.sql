-- One data key for each matter with protected fields; destroying it (wrapped null) erases them wherever they are stored.
CREATE TABLE protection_key (
    id text NOT NULL PRIMARY KEY,
    subject text NOT NULL,
    retention_class text NOT NULL,
    fields text NOT NULL,
    wrapped text,
    made_at timestamptz NOT NULL,
    expires_at timestamptz,
    hold_until timestamptz,
    hold_reason text,
    erased_at timestamptz
);

CREATE UNIQUE INDEX protection_key_subject ON protection_key (subject) WHERE erased_at IS NULL;
CREATE INDEX protection_key_expires ON protection_key (expires_at) WHERE erased_at IS NULL;

-- What was erased and why, without what it said.
CREATE TABLE erasure_log (
    id text NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL,
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
ALTER TABLE access_journal ADD COLUMN seq bigint;
ALTER TABLE access_journal ADD COLUMN mac text;

CREATE UNIQUE INDEX access_journal_chain ON access_journal (writer, seq) WHERE writer IS NOT NULL;
CREATE INDEX access_journal_at ON access_journal (at, id);
CREATE INDEX access_journal_actor ON access_journal (actor_id, at);

CREATE FUNCTION refuse_change_of_access_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The access journal is append-only.';
END
$$;

CREATE TRIGGER access_journal_append_only BEFORE UPDATE OR DELETE ON access_journal
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_access_journal();

CREATE TRIGGER access_journal_no_truncate BEFORE TRUNCATE ON access_journal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_access_journal();

-- Where each chain ends, so that rows that are cut off its end are missed, too.
CREATE TABLE access_chain (
    writer text NOT NULL PRIMARY KEY,
    seq bigint NOT NULL,
    mac text NOT NULL
);
