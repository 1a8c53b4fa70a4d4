-- What pairs' time on duty was spent on: in their community, elsewhere on an incident, taken away by whom and why. Keyed so that writing it again does nothing.
CREATE TABLE pair_time (
    pair_id text NOT NULL,
    version bigint NOT NULL,
    community_id text NOT NULL,
    officer_ids text NOT NULL,
    kind text NOT NULL,
    by_whom text,
    reason text,
    from_at timestamptz NOT NULL,
    to_at timestamptz NOT NULL,
    seconds double precision NOT NULL,
    incident_id text,
    PRIMARY KEY (pair_id, version)
);

CREATE INDEX pair_time_pair ON pair_time (pair_id, to_at);
CREATE INDEX pair_time_taken ON pair_time (to_at) WHERE kind IN ('activity', 'borrowed');

-- What handover sheets are listed by; follows the journal in the same transaction. The view is masked.
CREATE TABLE handover_sheet (
    id text NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    pair_id text NOT NULL,
    community_id text NOT NULL,
    station_id text NOT NULL,
    opened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    closed_at timestamptz,
    view text NOT NULL
);

CREATE INDEX handover_sheet_pair ON handover_sheet (pair_id, opened_at);
CREATE INDEX handover_sheet_open ON handover_sheet (community_id) WHERE closed_at IS NULL;
