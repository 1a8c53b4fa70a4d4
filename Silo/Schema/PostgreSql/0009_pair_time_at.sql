-- Times of all pairs in a period, for figures; with all that is added up, so that the rows themselves are not read.
CREATE INDEX pair_time_at ON pair_time (to_at, from_at) INCLUDE (community_id, kind, by_whom, reason, seconds);
