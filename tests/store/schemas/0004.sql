-- The ledger, version 4: every reading whole, and tables that follow from it for asking.
--
-- `report.reading` is the truth: one JSON object as `kronik read --json` prints it, never altered. The tables event,
-- participant, item, quote, entity, report_words and event_words are made from the current readings and can be made again.
-- A report whose page changed, or that a newer engine read otherwise, gets a further row; the older one stays and says
-- since when it is superseded.

CREATE TABLE report (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,             -- the name that people use; one current row each
    version INTEGER NOT NULL,     -- of the page, from 1
    digest TEXT NOT NULL,         -- of the page as found
    engine TEXT NOT NULL,         -- the kronik that read it
    origin TEXT NOT NULL,         -- where the page was found
    page_url TEXT,                -- the address given with the page
    added_at TEXT NOT NULL,       -- UTC
    superseded_at TEXT,           -- UTC; NULL while current
    language TEXT NOT NULL,
    title TEXT,
    publisher TEXT,
    published TEXT,
    url TEXT,
    reading TEXT NOT NULL
);
CREATE UNIQUE INDEX report_current ON report (id) WHERE superseded_at IS NULL;
CREATE INDEX report_current_page_url ON report (page_url) WHERE superseded_at IS NULL;
CREATE INDEX report_versions ON report (id, key);

CREATE TABLE event (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,      -- in its report, from 1
    id TEXT NOT NULL UNIQUE,      -- REPORT#NUMBER
    type TEXT NOT NULL,
    mode TEXT,
    status TEXT NOT NULL,
    confidence REAL NOT NULL,
    trigger_words TEXT NOT NULL,
    evidence TEXT NOT NULL,
    place_name TEXT,
    place_text TEXT,
    place_country TEXT,
    latitude REAL,
    longitude REAL,
    start_date TEXT,              -- as told: 2023, 2023-11 or 2023-11-05
    end_date TEXT,
    first_day TEXT,               -- the same as whole days, to sort and compare by; see dates.py
    last_day TEXT,
    told TEXT NOT NULL            -- the event's JSON object in the reading
);
CREATE INDEX event_report ON event (report, number);
CREATE INDEX event_day ON event (first_day);
CREATE INDEX event_type ON event (type);

CREATE TABLE participant (
    event INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('actor', 'recipient', 'source')),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    wikidata TEXT,
    PRIMARY KEY (event, role, position)
) WITHOUT ROWID;
CREATE INDEX participant_country ON participant (country);

CREATE TABLE item (
    event INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    quantity REAL,
    unit TEXT,
    PRIMARY KEY (event, position)
) WITHOUT ROWID;

CREATE TABLE quote (
    report INTEGER NOT NULL REFERENCES report (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    direct INTEGER NOT NULL,
    speaker_name TEXT,
    speaker_text TEXT,
    speaker_kind TEXT,
    speaker_country TEXT,
    cue TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (report, number)
) WITHOUT ROWID;

CREATE TABLE entity (
    report INTEGER NOT NULL REFERENCES report (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    wikidata TEXT,
    office TEXT,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (report, number)
) WITHOUT ROWID;

-- rowid is report.key
CREATE VIRTUAL TABLE report_words USING fts5 (title, text, tokenize = "unicode61 remove_diacritics 2");
-- rowid is event.key; words are the evidence and every name of the event, English and as written
CREATE VIRTUAL TABLE event_words USING fts5 (words, tokenize = "unicode61 remove_diacritics 2");

-- Who or what decided that two reports or events belong together or not: never altered, only withdrawn.
CREATE TABLE decision (
    key INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    left_id TEXT NOT NULL,        -- of a report or an event; where the two are alike, left_id < right_id
    right_id TEXT NOT NULL,       -- of a report or an event; the name of an outlet in a credit
    made_by TEXT NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,        -- JSON array
    made_at TEXT NOT NULL,        -- UTC
    withdrawn_at TEXT,            -- UTC; NULL while it stands
    left_report TEXT NOT NULL DEFAULT '',
    right_report TEXT NOT NULL DEFAULT '',
    by_person INTEGER NOT NULL DEFAULT 0,
    left_words TEXT,              -- the evidence of the events that a person judged, to know them again
    right_words TEXT,
    withdrawn_because TEXT
);
CREATE INDEX decision_left ON decision (left_id);
CREATE INDEX decision_right ON decision (right_id);
CREATE UNIQUE INDEX decision_standing ON decision (left_id, right_id, kind) WHERE withdrawn_at IS NULL;
CREATE INDEX decision_left_report ON decision (left_report) WHERE withdrawn_at IS NULL;
CREATE INDEX decision_right_report ON decision (right_report) WHERE withdrawn_at IS NULL;

-- what is compared of a report, and the keys by which others find it: present where it has been reconciled
CREATE TABLE profile (
    report INTEGER PRIMARY KEY REFERENCES report (key) ON DELETE CASCADE,
    method TEXT NOT NULL,         -- the kronik that compares
    about TEXT NOT NULL,          -- JSON
    figures BLOB NOT NULL         -- arrays, see reconcile/profiles.py
);

CREATE TABLE report_key (
    key INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES report (key) ON DELETE CASCADE,
    PRIMARY KEY (key, report)
) WITHOUT ROWID;
CREATE INDEX report_key_report ON report_key (report);

CREATE TABLE event_key (
    key INTEGER NOT NULL,
    event INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    PRIMARY KEY (key, event)
) WITHOUT ROWID;
CREATE INDEX event_key_event ON event_key (event);

-- the view that follows from the decisions that stand; a report or event without a row is a story or entry by itself
CREATE TABLE story (
    report TEXT PRIMARY KEY,
    id TEXT NOT NULL              -- the id of its first report
) WITHOUT ROWID;
CREATE INDEX story_id ON story (id);

CREATE TABLE entry (
    id TEXT PRIMARY KEY,          -- the id of the event that told it first
    told TEXT NOT NULL            -- JSON: how many reports, how many independent, who first, what differs
) WITHOUT ROWID;

CREATE TABLE entry_event (
    event TEXT PRIMARY KEY,
    entry TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX entry_event_entry ON entry_event (entry);

-- the pages as they were found, one a version of its report; not there where it was too large or not to be kept
CREATE TABLE page (
    report TEXT NOT NULL,         -- its id
    version INTEGER NOT NULL,
    format TEXT NOT NULL,         -- html or text
    body BLOB NOT NULL,           -- UTF-8, compressed with zlib
    PRIMARY KEY (report, version)
);

-- the pages that could not be read, until they can
CREATE TABLE failure (
    origin TEXT PRIMARY KEY,
    id TEXT,
    reason TEXT NOT NULL,
    failed_at TEXT NOT NULL
);

-- the pages themselves that could not be read, to be tried again; not there where no page was got or none is to be kept
CREATE TABLE failed_page (
    origin TEXT PRIMARY KEY,      -- as in failure
    digest TEXT NOT NULL,         -- of the page as found
    engine TEXT NOT NULL,         -- the kronik that failed on it
    given TEXT NOT NULL,          -- JSON: all of the page but its body
    body BLOB                     -- UTF-8, compressed with zlib; NULL where it was too large
);
