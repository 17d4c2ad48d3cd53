-- The pages that could not be read, kept so that they can be tried again.

-- the pages themselves that could not be read, to be tried again; not there where no page was got or none is to be kept
CREATE TABLE failed_page (
    origin TEXT PRIMARY KEY,      -- as in failure
    digest TEXT NOT NULL,         -- of the page as found
    engine TEXT NOT NULL,         -- the kronik that failed on it
    given TEXT NOT NULL,          -- JSON: all of the page but its body
    body BLOB                     -- UTF-8, compressed with zlib; NULL where it was too large
);
