-- Public places by which a call is located: schools, markets, buildings, crossings. Never who lives there.
CREATE TABLE place (
    id text NOT NULL PRIMARY KEY,
    name text NOT NULL,
    name_en text,
    address text,
    kind text NOT NULL,
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    illustrative INTEGER NOT NULL,
    keys text NOT NULL,
    terms text NOT NULL
);
