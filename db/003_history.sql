-- History: lists asked for again and again, and an index that answers every question about a
-- client's marks over time.

-- A filter of marks under a name; it holds words, no records.
CREATE TABLE saved_filter (
    id    INTEGER PRIMARY KEY,  -- short local number
    name  TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(CAST(name AS BLOB)) BETWEEN 1 AND 120),  -- unique, ignoring case
    words TEXT NOT NULL CHECK (length(CAST(words AS BLOB)) <= 1000)  -- as typed: "side:left kind:knot since:4w"
) STRICT;

-- With the cause, so that what lasts, what is due and what it came from are known without the rows.
DROP INDEX mark_by_client;
CREATE INDEX mark_by_client ON mark (client_id, at, off_min, place_id, kind, intensity, cause);
