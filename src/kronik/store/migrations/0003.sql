-- The pages themselves, kept beside what was read from them.

-- the pages as they were found, one a version of its report; not there where it was too large or not to be kept
CREATE TABLE page (
    report TEXT NOT NULL,         -- its id
    version INTEGER NOT NULL,
    format TEXT NOT NULL,         -- html or text
    body BLOB NOT NULL,           -- UTF-8, compressed with zlib
    PRIMARY KEY (report, version)
);
