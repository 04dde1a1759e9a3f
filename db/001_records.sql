-- The records people make, and the log that can take every change back.
--
-- Times are seconds since 1970-01-01T00:00:00Z with, beside them, the local offset in minutes
-- at the place of writing: the record's local day is (at + 60 * off_min) / 86400. Words of
-- small fixed sets are the numbers of the enums in model.h; they are never renumbered. What
-- was not said is NULL. Every record has a uid (UUID version 7) that survives export, import,
-- merge and restore, beside the short local id for people.

CREATE TABLE client (
    id       INTEGER PRIMARY KEY,  -- short local number
    uid      BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    name     TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 120),  -- unique, ignoring case
    born     INTEGER CHECK (born BETWEEN -25567 AND 2932896),  -- day since 1970-01-01, years 1900..9999
    sex      TEXT,  -- in the person's own words
    contact  TEXT,  -- telephone, mail, as written
    note     TEXT CHECK (length(CAST(note AS BLOB)) <= 4000),  -- free text
    conditions TEXT,  -- codes joined by ';'
    tools    INTEGER NOT NULL DEFAULT 0 CHECK (tools BETWEEN 0 AND 65535),  -- set of tools owned, bit = km_tool
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))  -- 1: left out of lists
) STRICT;

-- Places that records point to, each once. Only ever grows, holds nothing personal, and is
-- left alone by undo.
CREATE TABLE place (
    id     INTEGER PRIMARY KEY,  -- small key used by the records
    side   INTEGER NOT NULL CHECK (side BETWEEN 0 AND 2),  -- km_side: midline, left, right
    region TEXT NOT NULL,  -- region code, '' when only a muscle is known
    muscle TEXT NOT NULL,  -- muscle code, '' when none was named
    tp     INTEGER NOT NULL CHECK (tp BETWEEN 0 AND 99),  -- trigger point number, 0 when none
    CHECK (region <> '' OR muscle <> ''),
    CHECK (tp = 0 OR muscle <> ''),
    UNIQUE (side, region, muscle, tp)
) STRICT;

CREATE TABLE session (
    id          INTEGER PRIMARY KEY,  -- short local number
    uid         BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    client_id   INTEGER NOT NULL REFERENCES client (id),  -- whose
    kind        INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),  -- km_session_kind
    started_at  INTEGER NOT NULL CHECK (started_at BETWEEN -2208988800 AND 253402300799),  -- start
    started_off INTEGER NOT NULL CHECK (started_off BETWEEN -1440 AND 1440),  -- offset, minutes
    ended_at    INTEGER CHECK (ended_at BETWEEN -2208988800 AND 253402300799),  -- end; NULL: still open
    ended_off   INTEGER CHECK (ended_off BETWEEN -1440 AND 1440),  -- offset, minutes
    goal        TEXT,  -- what it is for
    muscles     TEXT,  -- muscle and group codes worked, joined by ';'
    rpe         INTEGER CHECK (rpe BETWEEN 0 AND 10),  -- session RPE after Foster
    minutes     INTEGER CHECK (minutes BETWEEN 0 AND 1440),  -- length as the person says
    feel        INTEGER CHECK (feel BETWEEN 0 AND 10),  -- how it felt afterwards
    note        TEXT CHECK (length(CAST(note AS BLOB)) <= 4000),  -- free text
    subjective  TEXT CHECK (length(CAST(subjective AS BLOB)) <= 4000),  -- SOAP: what the client says
    objective   TEXT CHECK (length(CAST(objective AS BLOB)) <= 4000),  -- SOAP: what was found
    assessment  TEXT CHECK (length(CAST(assessment AS BLOB)) <= 4000),  -- SOAP: what it may mean
    plan        TEXT CHECK (length(CAST(plan AS BLOB)) <= 4000),  -- SOAP: what to do
    CHECK ((ended_at IS NULL) = (ended_off IS NULL)),
    CHECK (ended_at >= started_at)
) STRICT;
CREATE INDEX session_by_client ON session (client_id, started_at);
-- A client has at most one open session.
CREATE UNIQUE INDEX session_open ON session (client_id) WHERE ended_at IS NULL;

-- One row of about 60 bytes a mark. What few marks have stands in the tables below it; `more`
-- tells a reader whether to look there.
CREATE TABLE mark (
    id         INTEGER PRIMARY KEY,  -- short local number
    uid        BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    client_id  INTEGER NOT NULL REFERENCES client (id),  -- whose
    at         INTEGER NOT NULL CHECK (at BETWEEN -2208988800 AND 253402300799),  -- when it was so
    off_min    INTEGER NOT NULL CHECK (off_min BETWEEN -1440 AND 1440),  -- offset, minutes
    kind       INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),  -- km_kind
    place_id   INTEGER NOT NULL REFERENCES place (id),  -- side, region, muscle, trigger point
    view       INTEGER NOT NULL CHECK (view BETWEEN 0 AND 4),  -- km_view of x and y
    x          INTEGER NOT NULL CHECK (x BETWEEN -20000 AND 20000),  -- body coordinate, tenths of a unit
    y          INTEGER NOT NULL CHECK (y BETWEEN -20000 AND 20000),  -- body coordinate, tenths of a unit
    intensity  INTEGER CHECK (intensity BETWEEN 0 AND 10),  -- numeric rating scale 0..10
    state      INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),  -- km_state
    cause      INTEGER NOT NULL CHECK (cause BETWEEN 0 AND 7),  -- km_cause, 0 not said
    session_id INTEGER REFERENCES session (id),  -- session it belongs to
    more       INTEGER NOT NULL CHECK (more BETWEEN 0 AND 7)  -- 1: mark_more, 2: mark_ppt, 4: mark_felt
) STRICT;
-- Covers lists, trends and charts of one client without touching the rows.
CREATE INDEX mark_by_client ON mark (client_id, at, off_min, place_id, kind, intensity);
CREATE INDEX mark_by_session ON mark (session_id) WHERE session_id IS NOT NULL;

CREATE TABLE mark_more (
    mark_id   INTEGER PRIMARY KEY REFERENCES mark (id),  -- the mark it completes
    qualities INTEGER NOT NULL DEFAULT 0 CHECK (qualities BETWEEN 0 AND 65535),  -- set, bit = km_quality
    taut_band INTEGER NOT NULL DEFAULT 0 CHECK (taut_band BETWEEN 0 AND 2),  -- km_tri
    twitch    INTEGER NOT NULL DEFAULT 0 CHECK (twitch BETWEEN 0 AND 2),  -- km_tri
    tissue    INTEGER NOT NULL DEFAULT 0 CHECK (tissue BETWEEN 0 AND 6),  -- km_tissue, 0 not said
    ppt_area  REAL CHECK (ppt_area BETWEEN 0.1 AND 20),  -- probe area, cm2
    onset_at  INTEGER CHECK (onset_at BETWEEN -2208988800 AND 253402300799),  -- when it began
    onset_off INTEGER CHECK (onset_off BETWEEN -1440 AND 1440),  -- offset, minutes
    note      TEXT CHECK (length(CAST(note AS BLOB)) <= 4000),  -- free text
    CHECK ((onset_at IS NULL) = (onset_off IS NULL))
) STRICT;

CREATE TABLE mark_ppt (
    mark_id INTEGER NOT NULL REFERENCES mark (id),  -- the mark
    n       INTEGER NOT NULL CHECK (n BETWEEN 1 AND 8),  -- number of the reading
    kpa     REAL NOT NULL CHECK (kpa BETWEEN 1 AND 3000),  -- pressure pain threshold, kPa
    PRIMARY KEY (mark_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark_felt (
    mark_id  INTEGER NOT NULL REFERENCES mark (id),  -- the knot that was pressed
    n        INTEGER NOT NULL CHECK (n BETWEEN 1 AND 8),  -- order as written
    place_id INTEGER NOT NULL REFERENCES place (id),  -- where pressing it was felt
    PRIMARY KEY (mark_id, n)
) STRICT, WITHOUT ROWID;

-- The latest mark of each place and kind, kept by the triggers below, so that what is open is
-- known without reading the history.
CREATE TABLE latest (
    client_id INTEGER NOT NULL,  -- whose
    place_id  INTEGER NOT NULL,  -- place
    kind      INTEGER NOT NULL,  -- km_kind
    mark_id   INTEGER NOT NULL,  -- the mark
    at        INTEGER NOT NULL,  -- its time
    intensity INTEGER,  -- its intensity; open unless 0
    PRIMARY KEY (client_id, place_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER mark_added AFTER INSERT ON mark BEGIN
    INSERT INTO latest (client_id, place_id, kind, mark_id, at, intensity)
    VALUES (new.client_id, new.place_id, new.kind, new.id, new.at, new.intensity)
    ON CONFLICT (client_id, place_id, kind) DO UPDATE
    SET mark_id = excluded.mark_id, at = excluded.at, intensity = excluded.intensity
    WHERE (excluded.at, excluded.mark_id) > (latest.at, latest.mark_id);
END;

CREATE TRIGGER mark_changed
AFTER UPDATE OF id, client_id, place_id, kind, at, intensity ON mark BEGIN
    DELETE FROM latest
    WHERE client_id = old.client_id AND place_id = old.place_id AND kind = old.kind
      AND mark_id = old.id;
    INSERT INTO latest (client_id, place_id, kind, mark_id, at, intensity)
    SELECT client_id, place_id, kind, id, at, intensity FROM mark
    WHERE client_id = old.client_id AND place_id = old.place_id AND kind = old.kind
    ORDER BY at DESC, id DESC LIMIT 1
    ON CONFLICT (client_id, place_id, kind) DO NOTHING;
    INSERT INTO latest (client_id, place_id, kind, mark_id, at, intensity)
    VALUES (new.client_id, new.place_id, new.kind, new.id, new.at, new.intensity)
    ON CONFLICT (client_id, place_id, kind) DO UPDATE
    SET mark_id = excluded.mark_id, at = excluded.at, intensity = excluded.intensity
    WHERE (excluded.at, excluded.mark_id) > (latest.at, latest.mark_id);
END;

CREATE TRIGGER mark_removed AFTER DELETE ON mark
WHEN EXISTS (SELECT 1 FROM latest
             WHERE client_id = old.client_id AND place_id = old.place_id AND kind = old.kind
               AND mark_id = old.id) BEGIN
    DELETE FROM latest
    WHERE client_id = old.client_id AND place_id = old.place_id AND kind = old.kind;
    INSERT INTO latest (client_id, place_id, kind, mark_id, at, intensity)
    SELECT client_id, place_id, kind, id, at, intensity FROM mark
    WHERE client_id = old.client_id AND place_id = old.place_id AND kind = old.kind
    ORDER BY at DESC, id DESC LIMIT 1;
END;

-- A press test that found nothing: no mark, and out of every trend.
CREATE TABLE finding (
    id         INTEGER PRIMARY KEY,  -- short local number
    uid        BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    client_id  INTEGER NOT NULL REFERENCES client (id),  -- whose
    session_id INTEGER REFERENCES session (id),  -- session it belongs to
    at         INTEGER NOT NULL CHECK (at BETWEEN -2208988800 AND 253402300799),  -- when pressed
    off_min    INTEGER NOT NULL CHECK (off_min BETWEEN -1440 AND 1440),  -- offset, minutes
    place_id   INTEGER NOT NULL REFERENCES place (id),  -- where pressed
    result     INTEGER NOT NULL CHECK (result = 0)  -- 0: not tender
) STRICT;
CREATE INDEX finding_by_client ON finding (client_id, at);
CREATE INDEX finding_by_session ON finding (session_id) WHERE session_id IS NOT NULL;

-- A routine the client saved, and its steps.
CREATE TABLE routine (
    id        INTEGER PRIMARY KEY,  -- short local number
    uid       BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    client_id INTEGER NOT NULL REFERENCES client (id),  -- whose
    name      TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),  -- what the client calls it
    at        INTEGER NOT NULL CHECK (at BETWEEN -2208988800 AND 253402300799),  -- when saved
    off_min   INTEGER NOT NULL CHECK (off_min BETWEEN -1440 AND 1440)  -- offset, minutes
) STRICT;
CREATE INDEX routine_by_client ON routine (client_id, at);

CREATE TABLE routine_step (
    id         INTEGER PRIMARY KEY,  -- local number
    uid        BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    routine_id INTEGER NOT NULL REFERENCES routine (id),  -- of which routine
    step       INTEGER NOT NULL CHECK (step BETWEEN 1 AND 999),  -- order, from 1
    muscle     TEXT,  -- muscle code; NULL for warm up and full range
    tp         INTEGER NOT NULL CHECK (tp BETWEEN 0 AND 99),  -- trigger point number, 0 none
    side       INTEGER NOT NULL CHECK (side BETWEEN 0 AND 2),  -- km_side
    kind       TEXT NOT NULL,  -- technique, or warm_up, motion, range
    tool       TEXT,  -- tool word
    position   TEXT,  -- how to stand, sit or lie
    action     TEXT NOT NULL,  -- what to do
    seconds    INTEGER NOT NULL CHECK (seconds BETWEEN 0 AND 86400),  -- a set, one side
    sets       INTEGER NOT NULL CHECK (sets BETWEEN 1 AND 99),  -- how often
    pressure   INTEGER NOT NULL CHECK (pressure BETWEEN 0 AND 7),  -- target 0..10, never above 7
    cue        TEXT,  -- movement to make meanwhile
    cue_count  INTEGER NOT NULL CHECK (cue_count BETWEEN 0 AND 999),  -- movements a set
    caution    TEXT,  -- what to beware of
    source     TEXT,  -- where it comes from
    UNIQUE (routine_id, step)
) STRICT;

CREATE TABLE treatment (
    id           INTEGER PRIMARY KEY,  -- short local number
    uid          BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    client_id    INTEGER NOT NULL REFERENCES client (id),  -- whose
    session_id   INTEGER REFERENCES session (id),  -- session it belongs to
    routine_id   INTEGER REFERENCES routine (id),  -- saved routine that was followed
    routine_step INTEGER CHECK (routine_step BETWEEN 1 AND 999),  -- step of it; NULL: the whole
    at           INTEGER NOT NULL CHECK (at BETWEEN -2208988800 AND 253402300799),  -- when done
    off_min      INTEGER NOT NULL CHECK (off_min BETWEEN -1440 AND 1440),  -- offset, minutes
    place_id     INTEGER REFERENCES place (id),  -- where; NULL for a whole routine
    technique    INTEGER CHECK (technique BETWEEN 0 AND 5),  -- km_technique
    tool         TEXT,  -- tool word
    seconds      INTEGER CHECK (seconds BETWEEN 0 AND 86400),  -- how long
    before       INTEGER CHECK (before BETWEEN 0 AND 10),  -- rating before, 0..10
    after        INTEGER CHECK (after BETWEEN 0 AND 10),  -- rating after, 0..10
    response     INTEGER NOT NULL CHECK (response BETWEEN 0 AND 6),  -- km_response, 0 not said
    note         TEXT CHECK (length(CAST(note AS BLOB)) <= 4000)  -- free text
) STRICT;
CREATE INDEX treatment_by_client ON treatment (client_id, at);
CREATE INDEX treatment_by_session ON treatment (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX treatment_by_routine ON treatment (routine_id) WHERE routine_id IS NOT NULL;

-- The daily self-report, one a client and local day.
CREATE TABLE checkin (
    id        INTEGER PRIMARY KEY,  -- short local number
    uid       BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    client_id INTEGER NOT NULL REFERENCES client (id),  -- whose
    day       INTEGER NOT NULL CHECK (day BETWEEN -25568 AND 2932897),  -- local day since 1970-01-01
    at        INTEGER NOT NULL CHECK (at BETWEEN -2208988800 AND 253402300799),  -- when
    off_min   INTEGER NOT NULL CHECK (off_min BETWEEN -1440 AND 1440),  -- offset, minutes
    sleep     INTEGER CHECK (sleep BETWEEN 1 AND 7),  -- Hooper: 1 very good .. 7 very bad
    stress    INTEGER CHECK (stress BETWEEN 1 AND 7),  -- Hooper
    fatigue   INTEGER CHECK (fatigue BETWEEN 1 AND 7),  -- Hooper
    soreness  INTEGER CHECK (soreness BETWEEN 1 AND 7),  -- Hooper
    energy    INTEGER CHECK (energy BETWEEN 0 AND 10),  -- 0 none .. 10 full
    mood      INTEGER CHECK (mood BETWEEN 0 AND 10),  -- 0 worst .. 10 best
    did       INTEGER NOT NULL CHECK (did BETWEEN 0 AND 65535),  -- set of habits, bit = km_habit
    UNIQUE (client_id, day)
) STRICT;

CREATE TABLE flexibility (
    checkin_id INTEGER NOT NULL REFERENCES checkin (id),  -- the check-in
    test       TEXT NOT NULL CHECK (test <> ''),  -- code of the test
    side       INTEGER NOT NULL CHECK (side BETWEEN 0 AND 2),  -- km_side
    value      REAL NOT NULL CHECK (value BETWEEN -400 AND 400),  -- in the unit of the test
    PRIMARY KEY (checkin_id, test, side)
) STRICT, WITHOUT ROWID;

-- Answers about red flags. A log of its own: undo leaves it alone.
CREATE TABLE flag_answer (
    id        INTEGER PRIMARY KEY,  -- local number
    uid       BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- the same on every machine
    client_id INTEGER NOT NULL REFERENCES client (id) ON DELETE CASCADE,  -- whose
    at        INTEGER NOT NULL CHECK (at BETWEEN -2208988800 AND 253402300799),  -- when answered
    off_min   INTEGER NOT NULL CHECK (off_min BETWEEN -1440 AND 1440),  -- offset, minutes
    asked     TEXT NOT NULL,  -- codes asked about, joined by ';'
    present   TEXT NOT NULL  -- codes said to be present, joined by ';'; '' none
) STRICT;
CREATE INDEX flag_answer_by_client ON flag_answer (client_id, at);

-- One row a transaction, in order. Undo takes back the last row that is not undone, redo the
-- first that is; a new change drops the undone ones.
CREATE TABLE change (
    id        INTEGER PRIMARY KEY,  -- order of the changes
    at        INTEGER NOT NULL,  -- when
    off_min   INTEGER NOT NULL,  -- offset, minutes
    who       TEXT NOT NULL,  -- the front end
    what      TEXT NOT NULL,  -- in words, for people
    client_id INTEGER,  -- whose records it holds; NULL: see change_client
    record_id INTEGER NOT NULL,  -- local id of the record it is about, 0 when several
    undone    INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),  -- 1: taken back
    changeset BLOB NOT NULL  -- SQLite session changeset: applying its inverse takes it back
) STRICT;

-- The clients of a change that holds records of several.
CREATE TABLE change_client (
    change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,  -- the change
    client_id INTEGER NOT NULL,  -- one of its clients
    PRIMARY KEY (change_id, client_id)
) STRICT, WITHOUT ROWID;
