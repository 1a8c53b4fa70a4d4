-- Times of all pairs in a period, for figures.
CREATE INDEX pair_time_at ON pair_time (to_at);
