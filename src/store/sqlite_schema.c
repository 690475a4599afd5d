/*
 * sqlite_schema.c - the tables and views of a record, version 3; docs/format/record.md.
 *
 * Method  ground truth (document, decision) cannot be changed: triggers refuse it. All
 * else is derived and hangs on its document by foreign keys that delete with it. Texts
 * are BLOBs, so that SQL's substr counts bytes as every span here does. The views use
 * nothing but plain SQL and open in any SQLite browser.
 */
#include "store_private.h"

const char *const rap_sqlite_schema[] = {
    /* ---- ground truth ---- */
    "CREATE TABLE document ("
    " id INTEGER PRIMARY KEY,"
    " sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),"
    " bytes BLOB NOT NULL,"
    " path TEXT NOT NULL, media_type TEXT NOT NULL, charset TEXT,"
    " given_title TEXT, given_author TEXT, given_outlet TEXT, given_url TEXT,"
    " given_date TEXT, added_at TEXT NOT NULL,"
    /* a purged document keeps its number and digest; one from which a person was purged
     * has other bytes than those of `sha256`, which goes on naming it */
    " redacted_sha256 TEXT, purged_at TEXT, seal TEXT NOT NULL DEFAULT '') STRICT;",
    "CREATE TRIGGER document_is_kept BEFORE DELETE ON document BEGIN"
    " SELECT raise(ABORT, 'documents are ground truth: never deleted'); END;",
    "CREATE TRIGGER document_is_fixed BEFORE UPDATE ON document BEGIN"
    " SELECT raise(ABORT, 'documents are ground truth: never changed'); END;",
    "CREATE TABLE decision ("
    " id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL,"
    " final INTEGER NOT NULL, target INTEGER," /* undo: which decision */
    " reason TEXT, payload TEXT, salt TEXT,"   /* NULL once they are purged */
    " seal TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL UNIQUE)"
    " STRICT;",
    "CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision BEGIN"
    " SELECT raise(ABORT, 'the log of decisions only grows'); END;",
    "CREATE TRIGGER decision_is_fixed BEFORE UPDATE ON decision BEGIN"
    " SELECT raise(ABORT, 'the log of decisions only grows'); END;",
    /* the words a decision is about: n = 0 is what it decides on */
    "CREATE TABLE decision_anchor ("
    " decision INTEGER NOT NULL, n INTEGER NOT NULL, document_sha256 TEXT NOT NULL,"
    " entry_kind TEXT NOT NULL, span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL,"
    " quote TEXT, prefix TEXT, suffix TEXT, facet TEXT, salt TEXT," /* NULL: purged */
    " seal TEXT NOT NULL, PRIMARY KEY (decision, n)) STRICT, WITHOUT ROWID;",
    "CREATE INDEX decision_anchor_document ON decision_anchor (document_sha256);",
    "CREATE TRIGGER decision_anchor_is_kept BEFORE DELETE ON decision_anchor BEGIN"
    " SELECT raise(ABORT, 'the log of decisions only grows'); END;",
    "CREATE TRIGGER decision_anchor_is_fixed BEFORE UPDATE ON decision_anchor BEGIN"
    " SELECT raise(ABORT, 'the log of decisions only grows'); END;",
    /* ---- kept: every id ever given, and when it came, changed and went ---- */
    "CREATE TABLE history ("
    " id TEXT PRIMARY KEY, kind TEXT NOT NULL, document INTEGER NOT NULL,"
    " span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL,"
    " added TEXT NOT NULL, changed TEXT, gone TEXT,"
    " decision INTEGER NOT NULL," /* the last in the log when it last came or changed */
    " fields TEXT, why TEXT, replaced_by TEXT) STRICT, WITHOUT ROWID;",
    "CREATE INDEX history_decision ON history (decision);",
    /* entries whose rows were written since `history` was, as they were before */
    "CREATE TABLE touched (id TEXT PRIMARY KEY, was TEXT) STRICT, WITHOUT ROWID;",
    /* ---- derived: what each document says ---- */
    "CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID;",
    "INSERT OR REPLACE INTO state VALUES ('joined', '1');",
    /* what people said of documents, from the log: it wins over what they say themselves */
    "CREATE TABLE given (document INTEGER PRIMARY KEY REFERENCES document,"
    " title TEXT, author TEXT, outlet TEXT, url TEXT, date TEXT,"
    " replaced_by INTEGER) STRICT;", /* the later version in its place */
    "CREATE TABLE article ("
    " document INTEGER PRIMARY KEY REFERENCES document,"
    " engine TEXT NOT NULL,"
    " text BLOB," /* NULL: the document's bytes are the text */
    " title TEXT, author TEXT, outlet TEXT, url TEXT, language TEXT, kind TEXT,"
    " published TEXT, published_earliest TEXT, published_latest TEXT,"
    " published_precision TEXT, published_basis TEXT,"
    " truncated INTEGER NOT NULL,"
    " joined INTEGER NOT NULL,"
    " sample INTEGER NOT NULL," /* rows of shingle */
    " voice INTEGER NOT NULL," /* the first document of which it is a copy, or itself */
    " error_code TEXT, error_at INTEGER, error_text TEXT,"
    " given TEXT NOT NULL) STRICT;", /* seal of what was said of it when it was read */
    "CREATE INDEX article_engine ON article (engine);",
    "CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;",
    "CREATE INDEX article_language ON article (language);",
    "CREATE INDEX article_unjoined ON article (document) WHERE joined = 0;",
    "CREATE TABLE shingle (" /* a sample of each text's runs of words, hashed */
    " hash INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES article ON DELETE"
    " CASCADE, PRIMARY KEY (hash, document)) STRICT, WITHOUT ROWID;",
    "CREATE INDEX shingle_document ON shingle (document);",
    "CREATE TABLE zone ("
    " document INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, n INTEGER NOT "
    "NULL,"
    " span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL,"
    " kind TEXT NOT NULL, sub TEXT, PRIMARY KEY (document, n)) STRICT, WITHOUT ROWID;",
    "CREATE TABLE time ("
    " document INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, n INTEGER NOT "
    "NULL,"
    " span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL,"
    " type TEXT NOT NULL, value TEXT NOT NULL, earliest TEXT, latest TEXT,"
    " PRIMARY KEY (document, n)) STRICT, WITHOUT ROWID;",
    "CREATE TABLE actor (" /* an actor as one document knows it; `key` joins them */
    " document INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, n INTEGER NOT "
    "NULL,"
    " key TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,"
    " country TEXT, code TEXT, sector TEXT,"
    " PRIMARY KEY (document, n)) STRICT, WITHOUT ROWID;",
    "CREATE INDEX actor_key ON actor (key);",
    "CREATE INDEX actor_name ON actor (name COLLATE NOCASE);",
    "CREATE TABLE actor_role ("
    " document INTEGER NOT NULL, actor INTEGER NOT NULL, n INTEGER NOT NULL,"
    " role TEXT NOT NULL, span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL,"
    " PRIMARY KEY (document, actor, n),"
    " FOREIGN KEY (document, actor) REFERENCES actor ON DELETE CASCADE)"
    " STRICT, WITHOUT ROWID;",
    "CREATE TABLE actor_alias ("
    " document INTEGER NOT NULL, actor INTEGER NOT NULL, n INTEGER NOT NULL,"
    " alias TEXT NOT NULL, PRIMARY KEY (document, actor, n),"
    " FOREIGN KEY (document, actor) REFERENCES actor ON DELETE CASCADE)"
    " STRICT, WITHOUT ROWID;",
    "CREATE INDEX actor_alias_alias ON actor_alias (alias COLLATE NOCASE);",
    "CREATE TABLE actor_member ("
    " document INTEGER NOT NULL, actor INTEGER NOT NULL, member INTEGER NOT NULL,"
    " PRIMARY KEY (document, actor, member),"
    " FOREIGN KEY (document, actor) REFERENCES actor ON DELETE CASCADE)"
    " STRICT, WITHOUT ROWID;",
    "CREATE TABLE mention ("
    " document INTEGER NOT NULL REFERENCES article ON DELETE CASCADE, n INTEGER NOT "
    "NULL,"
    " span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL,"
    " actor INTEGER, form TEXT NOT NULL, confidence REAL NOT NULL,"
    " PRIMARY KEY (document, n)) STRICT, WITHOUT ROWID;",
    "CREATE INDEX mention_actor ON mention (document, actor);",
    "CREATE TABLE reading (" /* a statement, meeting or event of one document */
    " number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE," /* document * 2^20 + n */
    " document INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,"
    " kind TEXT NOT NULL, span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL,"
    " what TEXT, said_by TEXT, place TEXT, venue TEXT, mode TEXT, act TEXT, status "
    "TEXT,"
    " type TEXT, cameo TEXT, date TEXT, date_basis TEXT, earliest TEXT, latest TEXT,"
    " name TEXT, stance TEXT, terms TEXT, due TEXT, due_basis TEXT, due_earliest TEXT,"
    " due_latest TEXT, low REAL, high REAL,"
    " confidence REAL NOT NULL) STRICT;",
    "CREATE INDEX reading_document ON reading (document, kind);",
    /* what a join compares: readings that share a block may be one entry */
    "CREATE TABLE reading_block ("
    " block INTEGER NOT NULL, reading INTEGER NOT NULL REFERENCES reading ON DELETE"
    " CASCADE, PRIMARY KEY (block, reading)) STRICT, WITHOUT ROWID;",
    "CREATE INDEX reading_block_reading ON reading_block (reading);",
    /* the same of documents not yet joined: each is joined to those before it only */
    "CREATE TABLE new_block ("
    " document INTEGER NOT NULL, reading INTEGER NOT NULL REFERENCES reading ON DELETE"
    " CASCADE, block INTEGER NOT NULL, PRIMARY KEY (document, reading, block)) STRICT,"
    " WITHOUT ROWID;",
    "CREATE INDEX new_block_reading ON new_block (reading);",
    "CREATE INDEX reading_meeting ON reading (kind) WHERE kind = 'meeting';",
    "CREATE TABLE reading_party (" /* role: who, whom, host */
    " reading INTEGER NOT NULL REFERENCES reading ON DELETE CASCADE,"
    " role TEXT NOT NULL, n INTEGER NOT NULL, document INTEGER NOT NULL,"
    " actor INTEGER NOT NULL, PRIMARY KEY (reading, role, n)) STRICT, WITHOUT ROWID;",
    "CREATE TABLE reading_span ("
    " reading INTEGER NOT NULL REFERENCES reading ON DELETE CASCADE, n INTEGER NOT "
    "NULL,"
    " role TEXT NOT NULL, span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL,"
    " quote TEXT," /* of evidence: the bytes there, so that verify can tell */
    " PRIMARY KEY (reading, n)) STRICT, WITHOUT ROWID;",
    /* ---- derived: the entries of the record ---- */
    "CREATE TABLE entry ("
    " number INTEGER PRIMARY KEY," /* number and id of the reading that founded it */
    " id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,"
    " what TEXT, said_by TEXT, place TEXT, venue TEXT, mode TEXT, act TEXT, status "
    "TEXT,"
    " type TEXT, cameo TEXT, date TEXT, date_basis TEXT, earliest TEXT, latest TEXT,"
    " name TEXT, stance TEXT, terms TEXT, due TEXT, due_basis TEXT, due_earliest TEXT,"
    " due_latest TEXT, low REAL, high REAL,"
    " confidence REAL NOT NULL, documents INTEGER NOT NULL,"
    " sources INTEGER NOT NULL, founder INTEGER NOT NULL REFERENCES reading ON DELETE"
    " CASCADE,"
    " day TEXT NOT NULL," /* earliest, else latest, else '~': the order of the timeline */
    " at INTEGER NOT NULL,"   /* document * 2^32 + where its founder begins */
    " members TEXT NOT NULL," /* digest of its readings: what changed is redone */
    " lead INTEGER NOT NULL," /* the reading that words it */
    " review TEXT NOT NULL DEFAULT 'suggested') STRICT;",
    "CREATE INDEX entry_day ON entry (earliest, latest);",
    "CREATE INDEX entry_order ON entry (day, latest, at, id);",
    "CREATE INDEX entry_kind ON entry (kind, day, latest, at, id);",
    "CREATE INDEX entry_founder ON entry (founder);",
    "CREATE INDEX entry_reviewed ON entry (review) WHERE review <> 'suggested';",
    "CREATE TABLE entry_reading ("
    " entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,"
    " reading INTEGER NOT NULL REFERENCES reading ON DELETE CASCADE,"
    " why TEXT NOT NULL, PRIMARY KEY (entry, reading)) STRICT, WITHOUT ROWID;",
    "CREATE INDEX entry_reading_reading ON entry_reading (reading, entry);",
    /* a side of a disagreement, a wording of an utterance */
    "CREATE TABLE entry_claim ("
    " entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE, n INTEGER NOT NULL,"
    " reading INTEGER NOT NULL REFERENCES reading ON DELETE CASCADE,"
    " value TEXT NOT NULL, span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL,"
    " quote TEXT NOT NULL, PRIMARY KEY (entry, n)) STRICT, WITHOUT ROWID;",
    "CREATE INDEX entry_claim_reading ON entry_claim (reading);",
    "CREATE TABLE entry_party ("
    " entry INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,"
    " role TEXT NOT NULL, n INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,"
    " kind TEXT NOT NULL, country TEXT, code TEXT,"
    " PRIMARY KEY (entry, role, n)) STRICT, WITHOUT ROWID;",
    "CREATE INDEX entry_party_key ON entry_party (key);",
    "CREATE VIRTUAL TABLE entry_fts USING fts5 (words, parties, place, title,"
    " tokenize = 'porter unicode61 remove_diacritics 2');",
    /* paragraphs of standfirst and body: rowid = document * 2^20 + zone */
    "CREATE VIRTUAL TABLE passage_fts USING fts5 (words,"
    " tokenize = 'porter unicode61 remove_diacritics 2');",
    /* ---- derived: what the decisions did ---- */
    /* `subject`: the reading, or claim entry, that a decision is about */
    "CREATE TABLE applied (decision INTEGER PRIMARY KEY, state TEXT NOT NULL,"
    " subject INTEGER, entry TEXT, why TEXT) STRICT;",
    "CREATE INDEX applied_subject ON applied (subject);",
    /* what the program itself reads where a person edited */
    "CREATE TABLE machine_value (entry INTEGER NOT NULL REFERENCES entry ON DELETE"
    " CASCADE, field TEXT NOT NULL, value TEXT, PRIMARY KEY (entry, field)) STRICT,"
    " WITHOUT ROWID;",
    /* entries as the program joined them, where a decision changed them */
    "CREATE TABLE machine_entry (number INTEGER PRIMARY KEY, lead INTEGER NOT NULL,"
    " members TEXT NOT NULL) STRICT;",
    "CREATE TABLE machine_reading (entry INTEGER NOT NULL, reading INTEGER NOT NULL,"
    " why TEXT NOT NULL, PRIMARY KEY (entry, reading)) STRICT, WITHOUT ROWID;",
    "CREATE INDEX machine_reading_reading ON machine_reading (reading);",
    "CREATE TABLE machine_actor (document INTEGER NOT NULL, n INTEGER NOT NULL,"
    " key TEXT NOT NULL, PRIMARY KEY (document, n)) STRICT, WITHOUT ROWID;",
    "CREATE TABLE machine_party (entry INTEGER PRIMARY KEY) STRICT;",
    /* ---- views for any SQLite browser ---- */
    "CREATE VIEW v_evidence AS SELECT e.id AS entry, e.kind AS entry_kind, s.role,"
    " d.id AS document, d.path, a.outlet, a.published, s.span_begin, s.span_end,"
    " CAST(substr(coalesce(a.text, d.bytes), s.span_begin + 1,"
    " s.span_end - s.span_begin) AS TEXT) AS quote, er.why"
    " FROM entry e JOIN entry_reading er ON er.entry = e.number"
    " JOIN reading r ON r.number = er.reading JOIN reading_span s ON s.reading = "
    "r.number"
    " JOIN document d ON d.id = r.document JOIN article a ON a.document = d.id"
    " ORDER BY e.number, d.id, s.span_begin;",
    "CREATE VIEW v_timeline AS SELECT e.id, e.kind, e.date, e.earliest, e.latest,"
    " e.date_basis, (SELECT group_concat(name, '; ') FROM (SELECT name FROM "
    "entry_party p"
    " WHERE p.entry = e.number AND p.role = 'who' ORDER BY n)) AS who,"
    " (SELECT group_concat(name, '; ') FROM (SELECT name FROM entry_party p"
    " WHERE p.entry = e.number AND p.role = 'whom' ORDER BY n)) AS whom,"
    " e.said_by, e.what, e.place, e.status, e.confidence, e.documents, e.review"
    " FROM entry e WHERE e.review <> 'rejected' ORDER BY e.day, e.latest, e.at, e.id;",
    "CREATE VIEW v_statements AS SELECT t.id, t.date, t.date_basis,"
    " coalesce(t.who, t.said_by) AS speaker, t.whom AS addressee, e.act, e.mode, "
    "e.venue,"
    " t.what AS words, t.confidence, d.id AS document, d.path"
    " FROM v_timeline t JOIN entry e ON e.id = t.id"
    " JOIN reading r ON r.number = e.number JOIN document d ON d.id = r.document"
    " WHERE t.kind = 'statement';",
    "CREATE VIEW v_meetings AS SELECT t.id, t.date, t.earliest, t.latest, t.date_basis,"
    " t.place, t.who AS participants, (SELECT name FROM entry_party p"
    " WHERE p.entry = e.number AND p.role = 'host') AS host, e.mode, t.status,"
    " t.confidence, t.documents"
    " FROM v_timeline t JOIN entry e ON e.id = t.id WHERE t.kind = 'meeting';",
    "CREATE VIEW v_events AS SELECT t.id, t.date, t.date_basis, e.type, e.mode, "
    "e.cameo,"
    " t.who AS sources, t.whom AS targets, t.what, t.place, t.status, t.confidence,"
    " t.documents FROM v_timeline t JOIN entry e ON e.id = t.id"
    " WHERE t.kind IN ('meeting', 'event');",
    "CREATE VIEW v_documents AS SELECT t.id, e.name, e.type, t.date, t.date_basis,"
    " t.who AS parties, t.status, t.confidence, t.documents, e.sources"
    " FROM v_timeline t JOIN entry e ON e.id = t.id WHERE t.kind = 'document';",
    "CREATE VIEW v_commitments AS SELECT t.id, t.who, t.what, e.due, e.due_basis,"
    " e.name AS document, t.status, t.date, t.confidence, t.documents, e.sources"
    " FROM v_timeline t JOIN entry e ON e.id = t.id WHERE t.kind = 'commitment';",
    "CREATE VIEW v_positions AS SELECT t.id, t.who AS actor, e.name AS issue, e.stance,"
    " t.date, t.what, (SELECT name FROM entry_party p WHERE p.entry = e.number"
    " AND p.role = 'according' AND p.n = 0) AS according_to, t.confidence, t.documents"
    " FROM v_timeline t JOIN entry e ON e.id = t.id WHERE t.kind = 'position';",
    "CREATE VIEW v_claims AS SELECT e.id AS entry, e.kind, e.what AS topic, c.n,"
    " c.value, d.id AS document, d.path, c.span_begin, c.span_end, c.quote"
    " FROM entry e JOIN entry_claim c ON c.entry = e.number"
    " JOIN reading r ON r.number = c.reading JOIN document d ON d.id = r.document"
    " ORDER BY e.number, c.n;",
    "CREATE VIEW v_sources AS SELECT d.id AS document, d.path, d.sha256, d.media_type,"
    " length(d.bytes) AS bytes, a.title, a.author, a.outlet, a.url, a.language, a.kind,"
    " a.published, a.published_basis, d.added_at, a.error_code, a.error_text,"
    " CASE WHEN a.voice <> d.id THEN a.voice END AS copy_of,"
    " g.replaced_by,"
    " (SELECT count(*) FROM reading r WHERE r.document = d.id AND r.kind = 'statement')"
    " AS statements,"
    " (SELECT count(*) FROM reading r WHERE r.document = d.id AND r.kind = 'meeting')"
    " AS meetings,"
    " (SELECT count(*) FROM reading r WHERE r.document = d.id AND r.kind = 'event')"
    " AS events"
    " FROM document d LEFT JOIN article a ON a.document = d.id"
    " LEFT JOIN given g ON g.document = d.id WHERE d.purged_at IS NULL ORDER BY d.id;",
    "CREATE VIEW v_actors AS SELECT a.key, a.name, a.kind, a.country, a.code, a.sector,"
    " count(DISTINCT a.document) AS documents, count(m.n) AS mentions"
    " FROM actor a LEFT JOIN mention m ON m.document = a.document AND m.actor = a.n"
    " GROUP BY a.key ORDER BY mentions DESC, a.key;",
    "CREATE VIEW v_zones AS SELECT d.id AS document, d.path, z.kind, z.sub, "
    "z.span_begin,"
    " z.span_end, CAST(substr(coalesce(a.text, d.bytes), z.span_begin + 1,"
    " z.span_end - z.span_begin) AS TEXT) AS words"
    " FROM zone z JOIN document d ON d.id = z.document"
    " JOIN article a ON a.document = d.id ORDER BY d.id, z.n;",
    "CREATE VIEW v_decisions AS SELECT d.id, d.at, d.who, d.kind, d.final, d.target,"
    " p.state, p.entry, p.why, a.entry_kind, a.quote, a.document_sha256, a.span_begin,"
    " a.span_end, d.reason, d.payload FROM decision d"
    " LEFT JOIN decision_anchor a ON a.decision = d.id AND a.n = 0"
    " LEFT JOIN applied p ON p.decision = d.id ORDER BY d.id;",
    "CREATE VIEW v_changes AS SELECT h.id, h.kind, h.added, h.changed, h.gone,"
    " h.decision, h.fields, h.why, h.replaced_by, 'rap:' || substr(d.sha256, 1, 12) ||"
    " '/' || h.span_begin || '-' || h.span_end AS address FROM history h"
    " JOIN document d ON d.id = h.document ORDER BY max(h.added,"
    " coalesce(h.changed, ''), coalesce(h.gone, '')), h.id;",
    NULL};
