-- Reconciling: decisions with their reports and who made them (nothing wrote any before), and what it keeps.

DROP TABLE decision;

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
