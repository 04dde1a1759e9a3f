-- Care: the weekly plan, goals, what was asked after a treatment, what was felt during it, what
-- sessions are made of, and weekly problem records.
--
-- The rows that complete a treatment or a session stand in tables of their own and go with it;
-- the program removes them first, so that the change log can put both back.

-- How often a week the client wants to do what. Without a row the house rule holds.
CREATE TABLE week_plan (
    client_id INTEGER PRIMARY KEY REFERENCES client (id),  -- whose
    smr       INTEGER NOT NULL CHECK (smr BETWEEN 0 AND 14),  -- times a week: rolling and pressing
    stretch   INTEGER NOT NULL CHECK (stretch BETWEEN 0 AND 14),  -- times a week
    strength  INTEGER NOT NULL CHECK (strength BETWEEN 0 AND 14)  -- times a week
) STRICT;

CREATE TABLE goal (
    id        INTEGER PRIMARY KEY,  -- short local number
    uid       BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    client_id INTEGER NOT NULL REFERENCES client (id),  -- whose
    kind      INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),  -- km_goal_kind: goal, event, visit
    name      TEXT NOT NULL CHECK (length(CAST(name AS BLOB)) BETWEEN 1 AND 120),  -- in the client's words
    day       INTEGER CHECK (day BETWEEN -25568 AND 2932897),  -- local day since 1970-01-01
    before    INTEGER CHECK (before BETWEEN 0 AND 10),  -- function at the start, 0 cannot .. 10 as well as ever
    after     INTEGER CHECK (after BETWEEN 0 AND 10),  -- function now
    done      INTEGER NOT NULL CHECK (done IN (0, 1)),  -- 1: reached, over
    note      TEXT CHECK (length(CAST(note AS BLOB)) <= 4000)  -- free text
) STRICT;
CREATE INDEX goal_by_client ON goal (client_id, day);

-- The answer 24, 48 or 72 h after a treatment.
CREATE TABLE aftercare (
    treatment_id INTEGER NOT NULL REFERENCES treatment (id),  -- the treatment
    hours        INTEGER NOT NULL CHECK (hours IN (24, 48, 72)),  -- which of the three questions
    at           INTEGER NOT NULL CHECK (at BETWEEN -2208988800 AND 253402300799),  -- when answered
    off_min      INTEGER NOT NULL CHECK (off_min BETWEEN -1440 AND 1440),  -- offset, minutes
    rating       INTEGER CHECK (rating BETWEEN 0 AND 10),  -- the place now, 0..10
    response     INTEGER NOT NULL CHECK (response BETWEEN 0 AND 6),  -- km_response, 0 not said
    energy       INTEGER CHECK (energy BETWEEN 0 AND 10),  -- 0 none .. 10 full
    note         TEXT CHECK (length(CAST(note AS BLOB)) <= 4000),  -- strength, motion, anything
    PRIMARY KEY (treatment_id, hours)
) STRICT, WITHOUT ROWID;

-- Pain asked at the start, the middle and the end of a hold.
CREATE TABLE hold (
    treatment_id INTEGER NOT NULL REFERENCES treatment (id),  -- the treatment it belongs to
    n            INTEGER NOT NULL CHECK (n BETWEEN 1 AND 999),  -- order
    beat         INTEGER NOT NULL CHECK (beat BETWEEN 0 AND 2),  -- km_hold_beat: start, middle, end
    rating       INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 10),  -- 0..10
    PRIMARY KEY (treatment_id, n)
) STRICT, WITHOUT ROWID;

-- What few treatments say.
CREATE TABLE treatment_more (
    treatment_id     INTEGER PRIMARY KEY REFERENCES treatment (id),  -- the treatment it completes
    stiffness_before INTEGER CHECK (stiffness_before BETWEEN 0 AND 10),  -- 0 none .. 10 worst
    stiffness_after  INTEGER CHECK (stiffness_after BETWEEN 0 AND 10),  -- 0 none .. 10 worst
    tension_before   INTEGER CHECK (tension_before BETWEEN 0 AND 10),  -- 0 none .. 10 worst
    tension_after    INTEGER CHECK (tension_after BETWEEN 0 AND 10),  -- 0 none .. 10 worst
    stopped          INTEGER CHECK (stopped BETWEEN 1 AND 4)  -- km_stop: why it was stopped; NULL it was not
) STRICT;

-- What few sessions say.
CREATE TABLE session_more (
    session_id   INTEGER PRIMARY KEY REFERENCES session (id),  -- the session it completes
    feel_before  INTEGER CHECK (feel_before BETWEEN 0 AND 10),  -- how it felt beforehand
    modality     INTEGER NOT NULL DEFAULT 0 CHECK (modality BETWEEN 0 AND 65535),  -- set, bit = km_modality
    service      INTEGER NOT NULL DEFAULT 0 CHECK (service BETWEEN 0 AND 65535),  -- set, bit = km_service
    checked      INTEGER NOT NULL DEFAULT 0 CHECK (checked BETWEEN 0 AND 7),  -- set, bit = km_page looked at
    skipped      INTEGER NOT NULL DEFAULT 0 CHECK (skipped BETWEEN 0 AND 7),  -- set, bit = km_page left out
    practitioner TEXT CHECK (length(CAST(practitioner AS BLOB)) <= 120),  -- name and credentials
    signed_at    INTEGER CHECK (signed_at BETWEEN -2208988800 AND 253402300799),  -- when signed; NULL not
    signed_off   INTEGER CHECK (signed_off BETWEEN -1440 AND 1440),  -- offset, minutes
    CHECK ((signed_at IS NULL) = (signed_off IS NULL))
) STRICT;

-- What was added to a session after it was signed.
CREATE TABLE amendment (
    id         INTEGER PRIMARY KEY,  -- local number
    uid        BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    session_id INTEGER NOT NULL REFERENCES session (id),  -- the signed session
    at         INTEGER NOT NULL CHECK (at BETWEEN -2208988800 AND 253402300799),  -- when
    off_min    INTEGER NOT NULL CHECK (off_min BETWEEN -1440 AND 1440),  -- offset, minutes
    field      TEXT NOT NULL,  -- what it amends: subjective, objective, assessment, plan, note
    text       TEXT NOT NULL CHECK (length(CAST(text AS BLOB)) BETWEEN 1 AND 4000)  -- what it says
) STRICT;
CREATE INDEX amendment_by_session ON amendment (session_id);

-- A problem of one body area in one week: the four questions of the OSTRC (Clarsen 2013).
CREATE TABLE problem (
    id          INTEGER PRIMARY KEY,  -- short local number
    uid         BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    client_id   INTEGER NOT NULL REFERENCES client (id),  -- whose
    week        INTEGER NOT NULL CHECK (week BETWEEN -25568 AND 2932897),  -- its Monday, day since 1970-01-01
    area        TEXT NOT NULL CHECK (length(CAST(area AS BLOB)) BETWEEN 1 AND 120),  -- region code or area word
    taking_part INTEGER NOT NULL CHECK (taking_part BETWEEN 0 AND 3),  -- 0 fully .. 3 not at all
    volume      INTEGER NOT NULL CHECK (volume BETWEEN 0 AND 4),  -- training reduced: 0 not .. 4 not at all possible
    performance INTEGER NOT NULL CHECK (performance BETWEEN 0 AND 4),  -- performance reduced, likewise
    symptoms    INTEGER NOT NULL CHECK (symptoms BETWEEN 0 AND 3),  -- 0 none .. 3 severe
    UNIQUE (client_id, week, area)
) STRICT;
