-- Pairs: a mark and the flexibility test its place is held against, strength beside energy in the
-- answer after a treatment, and what kind of person a client is.

ALTER TABLE mark_more ADD COLUMN test TEXT;  -- code of a flexibility test of measures.csv; NULL none
ALTER TABLE mark_more ADD COLUMN test_side INTEGER  -- km_side of the test, 0 when it has none
    CHECK (test_side BETWEEN 0 AND 2) CHECK ((test IS NULL) = (test_side IS NULL));
CREATE INDEX mark_by_test ON mark_more (test) WHERE test IS NOT NULL;

ALTER TABLE aftercare ADD COLUMN strength INTEGER CHECK (strength BETWEEN 1 AND 3);  -- km_after_strength: weaker, same, stronger; NULL not said

ALTER TABLE client ADD COLUMN profile TEXT;  -- word of a profile: athlete, desk worker, ...; NULL not said

-- With the state, so that what a person's points were is known without the rows; and the few
-- marks with readings of pressure by themselves.
DROP INDEX mark_by_client;
CREATE INDEX mark_by_client ON mark (client_id, at, off_min, place_id, kind, intensity, cause, state);
CREATE INDEX mark_with_ppt ON mark (client_id, at) WHERE more & 2;
