-- Every change, keyed so that writing it again does nothing; readers of a stream go by its version.
CREATE TABLE journal (
    stream text NOT NULL,
    version bigint NOT NULL,
    at timestamptz NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    command_id text,
    kind text NOT NULL,
    data text NOT NULL,
    PRIMARY KEY (stream, version)
);

CREATE INDEX journal_at ON journal (at);

-- Every read of a protected field.
CREATE TABLE access_journal (
    id text NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL,
    subject text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    fields text NOT NULL,
    reason text NOT NULL
);

CREATE INDEX access_journal_subject ON access_journal (subject, at);

-- What incidents are searched by; follows the journal in the same transaction.
CREATE TABLE incident (
    id text NOT NULL PRIMARY KEY,
    number text NOT NULL,
    version bigint NOT NULL,
    status text NOT NULL,
    is_open boolean NOT NULL DEFAULT false,
    category text NOT NULL,
    priority integer NOT NULL,
    station_id text NOT NULL,
    community_id text NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    view text NOT NULL
);

CREATE INDEX incident_opened ON incident (opened_at, id);
CREATE INDEX incident_station ON incident (station_id, opened_at, id);
CREATE INDEX incident_community ON incident (community_id, opened_at, id);
