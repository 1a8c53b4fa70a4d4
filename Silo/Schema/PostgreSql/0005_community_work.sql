-- Every interaction. Its words are a column of their own: they are emptied when their time is over.
CREATE TABLE interaction (
    id text NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    community_id text NOT NULL,
    station_id text NOT NULL,
    kind text NOT NULL,
    pair_id text,
    incident_id text,
    participants integer NOT NULL,
    minutes integer,
    channel text,
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    lat double precision,
    lon double precision,
    withdrawn boolean NOT NULL,
    text text,
    terms text NOT NULL,
    person text,
    view text NOT NULL,
    -- With the community among the terms, words are found in one community as fast as in a bureau of one.
    found_by tsvector GENERATED ALWAYS AS (array_to_tsvector(array_append(array_remove(string_to_array(terms, ' '), ''), '@' || community_id))) STORED
);

CREATE INDEX interaction_community ON interaction (community_id, at, id);
CREATE INDEX interaction_station ON interaction (station_id, at, id);
CREATE INDEX interaction_at ON interaction (at, id);
-- The last contact of a pair in its home community is one look.
CREATE INDEX interaction_pair ON interaction (pair_id, community_id, at) WHERE pair_id IS NOT NULL;
CREATE INDEX interaction_incident ON interaction (incident_id) WHERE incident_id IS NOT NULL;
CREATE INDEX interaction_found_by ON interaction USING gin (found_by);

-- What matters (concerns, problems, disputes and the like) are searched by; follows the journal in the same transaction.
CREATE TABLE matter (
    id text NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    number text NOT NULL,
    version bigint NOT NULL,
    community_id text NOT NULL,
    station_id text NOT NULL,
    status text NOT NULL,
    is_open boolean NOT NULL,
    category text,
    pair_id text,
    partner_id text,
    opened_at timestamptz NOT NULL,
    due_at timestamptz,
    closed_at timestamptz,
    restricted boolean NOT NULL,
    refs text NOT NULL,
    facets text NOT NULL,
    first_due_at timestamptz,
    first_met_at timestamptz,
    terms text NOT NULL,
    view text NOT NULL,
    masked text NOT NULL,
    has_to_do_with text[] GENERATED ALWAYS AS (array_remove(string_to_array(refs, ' '), '')) STORED,
    found_by tsvector GENERATED ALWAYS AS (array_to_tsvector(array_append(array_remove(string_to_array(terms, ' '), ''), '@' || community_id))) STORED
);

CREATE INDEX matter_community ON matter (community_id, kind, opened_at, id);
CREATE INDEX matter_community_open ON matter (community_id) WHERE is_open;
CREATE INDEX matter_community_closed ON matter (community_id, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX matter_station ON matter (station_id, kind, opened_at, id);
CREATE INDEX matter_kind ON matter (kind, opened_at, id);
CREATE INDEX matter_due ON matter (kind, due_at) WHERE is_open AND due_at IS NOT NULL;
CREATE INDEX matter_partner ON matter (partner_id, opened_at) WHERE partner_id IS NOT NULL;
CREATE INDEX matter_has_to_do_with ON matter USING gin (has_to_do_with);
CREATE INDEX matter_found_by ON matter USING gin (found_by);

-- Interactions counted by community, day at UTC+8 and kind, so that figures of a bureau's month read some thousand rows. Kept by the triggers below in the
-- transaction of each change, whoever writes it; one taken back counts no more.
CREATE TABLE interaction_day (
    community_id text NOT NULL,
    day date NOT NULL,
    kind text NOT NULL,
    count integer NOT NULL,
    participants bigint NOT NULL,
    minutes bigint NOT NULL,
    PRIMARY KEY (community_id, day, kind)
);

CREATE INDEX interaction_day_day ON interaction_day (day);

CREATE FUNCTION count_interaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn = NEW.withdrawn THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.withdrawn THEN
        RETURN NULL;
    END IF;
    INSERT INTO interaction_day AS d (community_id, day, kind, count, participants, minutes)
    VALUES (NEW.community_id, (NEW.at AT TIME ZONE 'Asia/Shanghai')::date, NEW.kind,
        CASE WHEN NEW.withdrawn THEN -1 ELSE 1 END,
        CASE WHEN NEW.withdrawn THEN -1 ELSE 1 END * NEW.participants,
        CASE WHEN NEW.withdrawn THEN -1 ELSE 1 END * COALESCE(NEW.minutes, 0))
    ON CONFLICT (community_id, day, kind) DO UPDATE
        SET count = d.count + excluded.count, participants = d.participants + excluded.participants, minutes = d.minutes + excluded.minutes;
    RETURN NULL;
END
$$;

CREATE TRIGGER interaction_counted AFTER INSERT OR UPDATE ON interaction FOR EACH ROW EXECUTE FUNCTION count_interaction();
