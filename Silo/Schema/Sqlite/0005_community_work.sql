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
-- The last contact of a pair in its home community is one look.
CREATE INDEX interaction_pair ON interaction (pair_id, community_id, at) WHERE pair_id IS NOT NULL;
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

-- Interactions counted by community, day at UTC+8 and kind, so that figures of a bureau's month read some thousand rows. Kept by the triggers below in the
-- transaction of each change, whoever writes it; one taken back counts no more.
CREATE TABLE interaction_day (
    community_id text NOT NULL,
    day TEXT NOT NULL,
    kind text NOT NULL,
    count INTEGER NOT NULL,
    participants INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    PRIMARY KEY (community_id, day, kind)
);

CREATE INDEX interaction_day_day ON interaction_day (day);

CREATE TRIGGER interaction_counted AFTER INSERT ON interaction WHEN NOT NEW.withdrawn
BEGIN
    INSERT INTO interaction_day (community_id, day, kind, count, participants, minutes)
    VALUES (NEW.community_id, date(NEW.at, '+8 hours'), NEW.kind, 1, NEW.participants, COALESCE(NEW.minutes, 0))
    ON CONFLICT (community_id, day, kind) DO UPDATE
        SET count = count + 1, participants = participants + excluded.participants, minutes = minutes + excluded.minutes;
END;

CREATE TRIGGER interaction_counted_back AFTER UPDATE ON interaction WHEN NEW.withdrawn AND NOT OLD.withdrawn
BEGIN
    UPDATE interaction_day SET count = count - 1, participants = participants - NEW.participants, minutes = minutes - COALESCE(NEW.minutes, 0)
    WHERE community_id = NEW.community_id AND day = date(NEW.at, '+8 hours') AND kind = NEW.kind;
END;
