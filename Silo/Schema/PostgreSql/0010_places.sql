-- Public places by which a call is located: schools, markets, buildings, crossings. Never who lives there.
CREATE TABLE place (
    id text NOT NULL PRIMARY KEY,
    name text NOT NULL,
    name_en text,
    address text,
    kind text NOT NULL,
    lat double precision NOT NULL,
    lon double precision NOT NULL,
    illustrative boolean NOT NULL,
    keys text NOT NULL,
    terms text NOT NULL,
    found_by tsvector GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(terms, ' '), ''))) STORED
);

CREATE INDEX place_found_by ON place USING gin (found_by);
