-- Every interaction. Its words are a column of their own: they are emptied when their time is over.
CREATE TABLE interaction (
    id text NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    community_id text NOT NULL,
    station_id text NOT NULL,
    kind text NOT NULL,
    pair_id text,
    incident_id text,
    participants INTEGER NOT NULL,
    minutes INTEGER,
    channel text,
    at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    lat REAL,
    lon REAL,
    withdrawn INTEGER NOT NULL,
    text text,
    terms text NOT NULL,
    person text,
    view text NOT NULL
);

CREATE INDEX interaction_community ON interaction (community_id, at, id);
CREATE INDEX interaction_station ON interaction (station_id, at, id);
CREATE INDEX interaction_at ON interaction (at, id);
CREATE INDEX interaction_pair ON interaction (pair_id, at) WHERE pair_id IS NOT NULL;
CREATE INDEX interaction_incident ON interaction (incident_id) WHERE incident_id IS NOT NULL;

-- What matters (concerns, problems, disputes and the like) are searched by; follows the journal in the same transaction.
CREATE TABLE matter (
    id text NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    number text NOT NULL,
    version INTEGER NOT NULL,
    community_id text NOT NULL,
    station_id text NOT NULL,
    status text NOT NULL,
    is_open INTEGER NOT NULL,
    category text,
    pair_id text,
    partner_id text,
    opened_at TEXT NOT NULL,
    due_at TEXT,
    closed_at TEXT,
    restricted INTEGER NOT NULL,
    refs text NOT NULL,
    facets text NOT NULL,
    first_due_at TEXT,
    first_met_at TEXT,
    terms text NOT NULL,
    view text NOT NULL,
    masked text NOT NULL
);

CREATE INDEX matter_community ON matter (community_id, kind, opened_at, id);
CREATE INDEX matter_community_open ON matter (community_id) WHERE is_open;
CREATE INDEX matter_community_closed ON matter (community_id, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX matter_station ON matter (station_id, kind, opened_at, id);
CREATE INDEX matter_kind ON matter (kind, opened_at, id);
CREATE INDEX matter_due ON matter (kind, due_at) WHERE is_open AND due_at IS NOT NULL;
CREATE INDEX matter_partner ON matter (partner_id, opened_at) WHERE partner_id IS NOT NULL;
