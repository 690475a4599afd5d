/*
 * article_plain.c - give each block of a plain text its zone.
 *
 * Reads   described blocks (article_blocks.c).
 * Writes  their kinds and finer labels; the title; where the body begins and ends.
 * Method  the head ends at the first prose that no date line, byline or repeat of the
 * title follows closely; the title is the best-scored line of the head. From there a
 * small automaton: body until a cue opens another section, which is a one-way gate
 * unless prose of an article's length goes on. At last the lines left hanging at the
 * end of the body are looked at backwards: signatures, notes on the writer, headlines.
 * Cost    linear: every look ahead or back is bounded.
 */
#include "article_private.h"

enum {
    PROSE_WORDS = 8,     /* a sentence this long is prose */
    LONG_WORDS = 30,     /* so is a line this long without an end */
    HEAD_MOST = 40,      /* blocks among which the title is sought */
    HEAD_FIRST = 4,      /* of which so many at the very beginning */
    HEAD_REACH = 6,      /* blocks after prose where the head may still go on */
    LOOK_AHEAD = 40,     /* blocks */
    RESUME_BLOCKS = 3,   /* paragraphs on end that reopen the body, */
    RESUME_WORDS = 100,  /* of at least so many words, */
    RESUME_GAP = 6,      /* at most so many blocks after the gate */
    COMMENTED_PROSE = 1, /* paragraphs that stand before any comments */
    TAIL_NOTES = 24,     /* notes on the writer that are looked at from the end */
    LINE_COST = 10,      /* words of prose that a line of the page outweighs */
    FOOT_LINES = 12,     /* lines of the page after it */
    PAGE_LINES = 8       /* lines of the page before the report of a whole page */
};

typedef enum state { IN_BODY, IN_RELATED, IN_COMMENTS, IN_FORM, IN_TAIL } state;

static bool has(const rap_article_block *block, rap_cue cue)
{
    return block->cues & RAP_CUE_BIT(cue);
}

static bool looks(const rap_article_block *block, uint32_t look)
{
    return block->looks & look;
}

static void mark(rap_article_block *block, rap_zone_kind kind, const char *sub)
{
    block->kind = kind;
    block->sub = sub;
}

/* "By Jane Doe": a capital after the cue, and no sentence. */
static bool is_byline(rap_slice text, const rap_article_block *block)
{
    if (!has(block, RAP_CUE_BYLINE) || looks(block, RAP_LOOK_FULL_STOP)) return false;
    if (has(block, RAP_CUE_NO_AUTHOR) || looks(block, RAP_LOOK_DATELINE)) return true;
    const rap_slice line = rap_cut(text, block->span);
    uint32_t at = 0, capitals = 0, small = 0;
    bool fresh = true, first = true;
    while (at < line.len) {
        const uint32_t c = rap_utf8_next(line, &at);
        const bool letter = rap_is_letter(c);
        if (fresh && letter && !first) rap_is_upper(c) ? capitals++ : small++;
        if (fresh && letter) first = false;
        fresh = !letter && rap_quote_of(c) == RAP_QUOTE_NONE;
    }
    return capitals >= 1 && small <= capitals;
}

/* Lines of the page, not of the report, wherever they stand. */
static bool is_page_line(const rap_article_block *block)
{
    const uint32_t cues = RAP_CUE_BIT(RAP_CUE_SOCIAL) | RAP_CUE_BIT(RAP_CUE_NOTICE) |
                          RAP_CUE_BIT(RAP_CUE_AGE) | RAP_CUE_BIT(RAP_CUE_COPYRIGHT) |
                          RAP_CUE_BIT(RAP_CUE_POLICY) | RAP_CUE_BIT(RAP_CUE_COMMENTS) |
                          RAP_CUE_BIT(RAP_CUE_FORM) | RAP_CUE_BIT(RAP_CUE_RELATED) |
                          RAP_CUE_BIT(RAP_CUE_RELATED_LINE);
    return block->cues & cues ||
           looks(block, RAP_LOOK_RESIDUE | RAP_LOOK_NAV | RAP_LOOK_URL);
}

/* Anything but title, standfirst and body. */
static bool is_side_line(rap_slice text, const rap_article_block *block)
{
    const uint32_t cues = RAP_CUE_BIT(RAP_CUE_CREDIT) |
                          RAP_CUE_BIT(RAP_CUE_DISCLAIMER) | RAP_CUE_BIT(RAP_CUE_BIO) |
                          RAP_CUE_BIT(RAP_CUE_LABEL) | RAP_CUE_BIT(RAP_CUE_SOURCE);
    return block->cues & cues || block->caption || looks(block, RAP_LOOK_DATELINE) ||
           is_byline(text, block) || is_page_line(block);
}

static bool is_prose(rap_slice text, const rap_article_block *block)
{
    if (block->words < PROSE_WORDS || is_side_line(text, block)) return false;
    /* Questions and exclamations are titles as often as sentences. */
    return looks(block, RAP_LOOK_FULL_STOP | RAP_LOOK_OPEN) ||
           block->words >= LONG_WORDS ||
           (looks(block, RAP_LOOK_TERMINAL) && looks(block, RAP_LOOK_CLOSED));
}

/* ---- the head --------------------------------------------------------------- */

static uint32_t first_prose(rap_slice text, const rap_article_blocks *blocks)
{
    uint32_t i = 0;
    while (i < blocks->count) {
        const rap_article_block *block = &blocks->at[i];
        if (is_prose(text, block) && block->same == RAP_NONE) break;
        i++;
    }
    return i;
}

/* Lines that come with comments, whatever else stands around them. */
static bool is_comment_sign(const rap_article_block *block)
{
    return has(block, RAP_CUE_SAYS) || looks(block, RAP_LOOK_STAMPED) ||
           (looks(block, RAP_LOOK_DATELINE) && looks(block, RAP_LOOK_TIME));
}

/* The stretch with most words of prose, a line of the page weighing against it (the
 * largest sum of a run, Kadane). */
typedef struct stretch {
    uint32_t begin, end, prose, words;
    int64_t sum;
} stretch;

static stretch densest(rap_slice text, const rap_article_blocks *blocks)
{
    stretch best = {0}, run = {0};
    for (uint32_t i = 0; i < blocks->count; i++) {
        const rap_article_block *block = &blocks->at[i];
        const bool prose = is_prose(text, block) && block->same == RAP_NONE;
        if (run.sum <= 0) run = (stretch){.begin = i};
        run.sum +=
            prose ? (int64_t)(block->words < 80 ? block->words : 80) : -LINE_COST;
        run.prose += prose;
        run.words += prose ? block->words : 0;
        run.end = i + 1;
        if (run.sum > best.sum) best = run;
    }
    return best;
}

/* Where the report's prose begins. Mostly at the first prose; but where a whole page
 * was kept, its menus and notices come before: then the densest stretch, unless a
 * report is already under way before it or it looks like a thread of comments. */
static uint32_t prose_begin(rap_slice text, const rap_article_blocks *blocks)
{
    const uint32_t first = first_prose(text, blocks);
    const stretch main = densest(text, blocks);
    if (main.begin <= first || main.prose < 4 || main.words < 150) return first;
    uint32_t run = 0, words = 0, lines = 0, signs = 0;
    for (uint32_t i = first; i < main.begin; i++) {
        const bool prose = is_prose(text, &blocks->at[i]);
        run = prose ? run + 1 : 0;
        words = prose ? words + blocks->at[i].words : 0;
        lines += !prose;
        signs += is_comment_sign(&blocks->at[i]);
        if (run >= 3 && words >= RESUME_WORDS) return first;
    }
    for (uint32_t i = main.begin; i < main.end; i++)
        signs += is_comment_sign(&blocks->at[i]);
    return signs >= 2 || lines < PAGE_LINES ? first : main.begin;
}

/* A line that belongs above a report's text. */
static bool is_head_line(rap_slice text, const rap_article_block *block, uint32_t prose)
{
    if (looks(block, RAP_LOOK_DATELINE) || is_byline(text, block)) return true;
    return block->same != RAP_NONE && block->same < prose &&
           block->words >= 4; /* title or caption once more */
}

/* Dates alone between paragraphs are the subheads of a chronicle. */
static bool is_chronicle(rap_slice text, const rap_article_blocks *blocks, uint32_t i)
{
    bool prose = false;
    if (!looks(&blocks->at[i], RAP_LOOK_BARE)) return false;
    for (uint32_t j = i + 1; j < blocks->count && j <= i + HEAD_REACH; j++) {
        if (prose && looks(&blocks->at[j], RAP_LOOK_BARE)) return true;
        prose |= is_prose(text, &blocks->at[j]);
    }
    return false;
}

/* The head goes on past a standfirst as long as its lines follow closely. */
static uint32_t head_end(rap_slice text, const rap_article_blocks *blocks,
                         uint32_t prose)
{
    uint32_t end = prose, passed = 0;
    for (uint32_t i = prose; i < blocks->count && i < end + HEAD_REACH && passed <= 2;
         i++) {
        const rap_article_block *block = &blocks->at[i];
        if (is_prose(text, block)) passed++;
        if (is_chronicle(text, blocks, i)) break;
        if (!is_head_line(text, block, prose)) continue;
        end = i + 1;
        passed = 0;
    }
    /* Pictures right under the last line of the head belong to it. */
    while (end > prose && end < blocks->count &&
           (blocks->at[end].caption || has(&blocks->at[end], RAP_CUE_CREDIT)))
        end++;
    return end;
}

static bool may_be_title(rap_slice text, const rap_article_block *block)
{
    if (!block->words || block->words > 40 || is_side_line(text, block)) return false;
    if (looks(block, RAP_LOOK_BULLET | RAP_LOOK_OPEN)) return false;
    if (block->same != RAP_NONE) return false; /* the first of its kind is the title */
    return !looks(block, RAP_LOOK_FULL_STOP);
}

static bool is_repeated(const rap_article_blocks *blocks, uint32_t index, uint32_t end)
{
    for (uint32_t i = index + 1; i < end; i++)
        if (blocks->at[i].same == index) return true;
    return false;
}

static int title_score(const rap_article_blocks *blocks, uint32_t index, uint32_t end,
                       int earlier)
{
    const rap_article_block *block = &blocks->at[index];
    const bool name = looks(block, RAP_LOOK_NAME);
    int score = block->words > 24 || block->words < 2 ? 0 : 3;
    if (block->words == 2) score = name ? 0 : 2;
    if (block->words == 3) score = name ? 1 : 3;
    if (index && has(block - 1, RAP_CUE_LABEL)) score += 1;
    if (is_repeated(blocks, index, end)) score += 1;
    if (looks(block, RAP_LOOK_OUTLET | RAP_LOOK_PIECES)) score -= 3;
    return score * 2 - earlier;
}

/* `longer` is `shorter`, a separator and more: "Title - Outlet". */
static bool is_extended(rap_slice text, const rap_article_block *longer,
                        const rap_article_block *shorter)
{
    const rap_slice a = rap_cut(text, longer->span), b = rap_cut(text, shorter->span);
    if (a.len < b.len + 4 || shorter->words < 3 || memcmp(a.at, b.at, b.len) != 0)
        return false;
    uint32_t at = b.len;
    while (at < a.len && a.at[at] == ' ') at++;
    if (at == a.len) return false;
    const uint32_t c = rap_utf8_next(a, &at);
    return c == '|' || c == 0xB7 || c == 0xAB || rap_is_dash(c);
}

/* The best title among the blocks before `end`, or RAP_NONE: the first ones and the
 * last. */
static uint32_t find_title(rap_slice text, const rap_article_blocks *blocks,
                           uint32_t end)
{
    uint32_t best = RAP_NONE;
    int most = 0, earlier = 0;
    for (uint32_t i = 0; i < end; i++) {
        if (i == HEAD_FIRST && end > HEAD_MOST) i = end - HEAD_MOST + HEAD_FIRST;
        if (!may_be_title(text, &blocks->at[i])) continue;
        for (uint32_t j = 0; j < i && j < HEAD_FIRST; j++)
            if (is_extended(text, &blocks->at[j], &blocks->at[i])) return i;
        const int score = title_score(blocks, i, end, earlier);
        if (best == RAP_NONE || score > most) best = i, most = score;
        earlier++;
    }
    return best;
}

/* Lines that say what they are, in the head or below; false: they do not. */
static bool mark_by_cue(rap_slice text, rap_article_block *block)
{
    if (looks(block, RAP_LOOK_RESIDUE))
        mark(block, RAP_ZONE_BOILERPLATE, "markup-residue");
    else if (looks(block, RAP_LOOK_URL))
        mark(block, RAP_ZONE_BOILERPLATE, "url");
    else if (looks(block, RAP_LOOK_DATELINE))
        mark(block, RAP_ZONE_DATELINE, NULL);
    else if (is_byline(text, block))
        mark(block, RAP_ZONE_BYLINE, NULL);
    else if (block->caption)
        mark(block, RAP_ZONE_CAPTION, NULL);
    else if (has(block, RAP_CUE_CREDIT))
        mark(block, RAP_ZONE_CREDIT, "image-credit");
    else if (has(block, RAP_CUE_COPYRIGHT))
        mark(block, RAP_ZONE_CREDIT, "copyright"); /* above the text: of a picture */
    else if (has(block, RAP_CUE_SOCIAL))
        mark(block, RAP_ZONE_BOILERPLATE, "social-widget");
    else if (has(block, RAP_CUE_NOTICE) || has(block, RAP_CUE_AGE))
        mark(block, RAP_ZONE_BOILERPLATE, "notice");
    else if (looks(block, RAP_LOOK_NAV))
        mark(block, RAP_ZONE_BOILERPLATE, "breadcrumb");
    else
        return false;
    return true;
}

static void mark_head_line(rap_slice text, rap_article_blocks *blocks, uint32_t i)
{
    rap_article_block *block = &blocks->at[i];
    const bool below = blocks->title != RAP_NONE && i > blocks->title;
    if (i == blocks->title) {
        mark(block, RAP_ZONE_TITLE, NULL);
        return;
    }
    if (block->same != RAP_NONE && block->words >= 3) {
        mark(block, RAP_ZONE_DUPLICATE, NULL);
        rap_article_block *first = &blocks->at[block->same];
        /* What stands twice in a head and is not the title goes with a picture. */
        if (first->kind == RAP_ZONE_STANDFIRST && !is_prose(text, first))
            mark(first, RAP_ZONE_CAPTION, NULL);
        return;
    }
    if (blocks->title != RAP_NONE && i < blocks->title &&
        is_extended(text, block, &blocks->at[blocks->title])) {
        mark(block, RAP_ZONE_DUPLICATE, "page-title");
        return;
    }
    if (mark_by_cue(text, block)) return;
    if (has(block, RAP_CUE_DISCLAIMER))
        mark(block, RAP_ZONE_DISCLAIMER, NULL);
    else if (has(block, RAP_CUE_BIO))
        mark(block, RAP_ZONE_BIO, NULL);
    else if (has(block, RAP_CUE_SOURCE))
        mark(block, RAP_ZONE_BYLINE, "outlet-name");
    else if (looks(block, RAP_LOOK_OUTLET) && !has(block, RAP_CUE_LABEL))
        mark(block, RAP_ZONE_BOILERPLATE, "outlet-name");
    else if (looks(block, RAP_LOOK_PIECES) && below && !has(block, RAP_CUE_LABEL))
        mark(block, RAP_ZONE_BYLINE, NULL);
    else if (has(block, RAP_CUE_LABEL) || is_page_line(block) || !below)
        mark(block, RAP_ZONE_BOILERPLATE, "section-label");
    else if (looks(block, RAP_LOOK_NAME))
        mark(block, RAP_ZONE_BYLINE, "name");
    else if (looks(block, RAP_LOOK_SIGNED))
        mark(block, RAP_ZONE_BYLINE, "signature");
    else if (has(block, RAP_CUE_NO_AUTHOR) && block->words <= 6)
        mark(block, RAP_ZONE_BYLINE, "post");
    else if (block->words >= 4)
        mark(block, RAP_ZONE_STANDFIRST, NULL);
    else
        mark(block, RAP_ZONE_BOILERPLATE, "section-label");
}

/* Finds and marks the head; a text of one block has none. */
static void mark_head(rap_slice text, rap_article_blocks *blocks)
{
    const uint32_t prose = prose_begin(text, blocks);
    uint32_t end = 0;
    if (prose < blocks->count) {
        end = head_end(text, blocks, prose);
        blocks->title = find_title(text, blocks, prose);
        if (blocks->title == RAP_NONE) blocks->title = find_title(text, blocks, end);
    } else if (blocks->count > 1) {
        blocks->title = find_title(text, blocks, 2);
        end = blocks->title == RAP_NONE ? 0 : blocks->title + 1;
    }
    for (uint32_t i = 0; i < end; i++) mark_head_line(text, blocks, i);
    blocks->body = end;
}

/* ---- the body and what follows ---------------------------------------------- */

typedef struct reader {
    rap_slice text;
    rap_article_blocks *blocks;
    state now;
    uint32_t gate;  /* block that closed the body */
    uint32_t prose; /* paragraphs of body so far */
    uint32_t words; /* in them */
} reader;

static bool opens_other(const rap_article_block *block)
{
    return has(block, RAP_CUE_COMMENTS) || has(block, RAP_CUE_POLICY) ||
           has(block, RAP_CUE_FORM);
}

/* Lines that may stand between two paragraphs of one report. */
static bool is_filler(const rap_article_block *block)
{
    return block->caption || looks(block, RAP_LOOK_BULLET) ||
           has(block, RAP_CUE_NOTICE) || has(block, RAP_CUE_SOCIAL) ||
           has(block, RAP_CUE_CREDIT);
}

/* Prose on end from `from`, before comments begin. */
static bool prose_runs(const reader *r, uint32_t from, uint32_t least_blocks,
                       uint32_t least_words, bool from_here)
{
    uint32_t run = 0, words = 0;
    for (uint32_t i = from; i < r->blocks->count && i < from + LOOK_AHEAD; i++) {
        const rap_article_block *block = &r->blocks->at[i];
        if (opens_other(block) || has(block, RAP_CUE_SAYS) ||
            looks(block, RAP_LOOK_STAMPED))
            return false;
        if (is_prose(r->text, block) && !has(block, RAP_CUE_MAYBE_BIO) &&
            block->same == RAP_NONE) {
            run++, words += block->words;
            if (run >= least_blocks && words >= least_words) return true;
        } else if (!is_filler(block)) {
            if (from_here) return false;
            run = words = 0;
        }
    }
    return false;
}

/* A name, a time and words: "Name said:", "name, 20 March, 14:07: ...". */
static bool opens_comment(const reader *r, uint32_t i)
{
    const rap_article_block *block = &r->blocks->at[i];
    const bool marked = looks(block, RAP_LOOK_NUMBERED | RAP_LOOK_BULLET);
    if (marked && has(block, RAP_CUE_SAYS)) return true;
    /* A numbered list of headlines belongs to its section. */
    const bool headline =
        r->now == IN_RELATED && block->words < 16 && !looks(block, RAP_LOOK_TERMINAL);
    if (r->now != IN_BODY && looks(block, RAP_LOOK_NUMBERED) && block->number == 1)
        return !headline;
    if (r->prose < RESUME_BLOCKS) return false;
    if (looks(block, RAP_LOOK_STAMPED) && !looks(block, RAP_LOOK_DATELINE)) return true;
    const rap_article_block *next = i + 1 < r->blocks->count ? block + 1 : NULL;
    const bool dated =
        next && looks(next, RAP_LOOK_DATELINE) && looks(next, RAP_LOOK_TIME);
    return dated && block->words <= 5 && !looks(block, RAP_LOOK_TERMINAL);
}

static void close_body(reader *r, uint32_t i, state next)
{
    if (r->now == IN_BODY) r->gate = i;
    r->now = next;
}

/* A link to comments or a button above or between the paragraphs: no section begins. */
static bool is_button(const reader *r, uint32_t i)
{
    const rap_article_block *block = &r->blocks->at[i];
    if (r->now != IN_BODY) return false;
    if (has(block, RAP_CUE_FORM) && block->words == 1) return true;
    if (!has(block, RAP_CUE_COMMENTS) && !has(block, RAP_CUE_FORM)) return false;
    return r->words < RESUME_WORDS &&
           prose_runs(r, i + 1, RESUME_BLOCKS, RESUME_WORDS, false);
}

/* Sections that any state but their own gives way to; true: the block was marked. */
static bool mark_section(reader *r, uint32_t i)
{
    rap_article_block *block = &r->blocks->at[i];
    if (r->prose < COMMENTED_PROSE && r->now == IN_BODY) return false;
    if (is_button(r, i)) {
        mark(block, RAP_ZONE_BOILERPLATE, "comment-link");
    } else if (has(block, RAP_CUE_POLICY)) {
        mark(block, RAP_ZONE_BOILERPLATE, "comment-policy");
        close_body(r, i, IN_COMMENTS);
    } else if (has(block, RAP_CUE_FORM)) {
        mark(block, RAP_ZONE_BOILERPLATE, "comment-form");
        close_body(r, i, IN_FORM);
    } else if (has(block, RAP_CUE_COMMENTS)) {
        mark(block, RAP_ZONE_COMMENTS, "heading");
        close_body(r, i, IN_COMMENTS);
    } else if (opens_comment(r, i)) {
        mark(block, RAP_ZONE_COMMENTS,
             has(block, RAP_CUE_SAYS) ? "comment-author" : NULL);
        close_body(r, i, IN_COMMENTS);
    } else if (has(block, RAP_CUE_RELATED)) {
        const bool boxed = r->now == IN_BODY &&
                           prose_runs(r, i + 1, RESUME_BLOCKS, RESUME_WORDS, true);
        mark(block, RAP_ZONE_RELATED, "heading");
        if (!boxed) close_body(r, i, IN_RELATED);
    } else {
        return false;
    }
    return true;
}

/* Disclaimers, copyright lines and notes on the writer close the body if it does not go
 * on. */
static void mark_closing(reader *r, uint32_t i, rap_zone_kind kind, const char *sub)
{
    mark(&r->blocks->at[i], kind, sub);
    if (r->now != IN_BODY) return;
    if (!prose_runs(r, i + 1, 2, 60, false))
        close_body(r, i, IN_TAIL);
    else if (kind == RAP_ZONE_BOILERPLATE)
        mark(&r->blocks->at[i], RAP_ZONE_CREDIT, sub); /* of a picture in the text */
}

static bool mark_end_line(reader *r, uint32_t i)
{
    rap_article_block *block = &r->blocks->at[i];
    if (has(block, RAP_CUE_DISCLAIMER))
        mark_closing(r, i, RAP_ZONE_DISCLAIMER, NULL);
    else if (has(block, RAP_CUE_COPYRIGHT))
        mark_closing(r, i, RAP_ZONE_BOILERPLATE, "copyright");
    else if (has(block, RAP_CUE_BIO))
        mark_closing(r, i, RAP_ZONE_BIO, NULL);
    else
        return false;
    return true;
}

static void keep_body(reader *r, rap_article_block *block)
{
    mark(block, RAP_ZONE_BODY, NULL);
    const bool prose = is_prose(r->text, block);
    r->prose += prose;
    r->words += prose ? block->words : 0;
    const uint32_t markers = RAP_LOOK_BULLET | RAP_LOOK_NUMBERED | RAP_LOOK_TERMINAL |
                             RAP_LOOK_CLOSED | RAP_LOOK_OPEN;
    if (block->words <= 14 && !looks(block, markers)) block->sub = "subhead";
}

static bool is_body_repeat(const rap_article_blocks *blocks,
                           const rap_article_block *block)
{
    if (block->same == RAP_NONE || block->words < 4) return false;
    const rap_zone_kind first = blocks->at[block->same].kind;
    if (first == RAP_ZONE_STANDFIRST)
        return false; /* the report begins with its own words */
    return first == RAP_ZONE_TITLE || first == RAP_ZONE_CAPTION ||
           first == RAP_ZONE_DUPLICATE || block->words >= 6;
}

static void read_body(reader *r, uint32_t i)
{
    rap_article_block *block = &r->blocks->at[i];
    const bool bracket = r->text.at[block->span.begin] == '(';
    if (is_body_repeat(r->blocks, block))
        mark(block, RAP_ZONE_DUPLICATE, NULL);
    else if (mark_end_line(r, i))
        return;
    else if (has(block, RAP_CUE_REPORTING) &&
             (bracket || !looks(block, RAP_LOOK_FULL_STOP)))
        mark(block, RAP_ZONE_CREDIT, "reporting");
    else if (has(block, RAP_CUE_CREDIT_END) && looks(block, RAP_LOOK_PAREN) &&
             block->words <= 6)
        mark(block, RAP_ZONE_CREDIT, "source"); /* "ab/cd (Agency)" */
    else if (has(block, RAP_CUE_SOURCE) && block->words <= 10 &&
             !looks(block, RAP_LOOK_FULL_STOP))
        mark(block, RAP_ZONE_CREDIT, "source");
    else if (has(block, RAP_CUE_RELATED_LINE))
        mark(block, RAP_ZONE_RELATED, NULL);
    else if (looks(block, RAP_LOOK_DATELINE) && looks(block, RAP_LOOK_BARE) &&
             prose_runs(r, i + 1, 1, PROSE_WORDS, true))
        keep_body(r, block); /* the subhead of a chronicle */
    else if (looks(block, RAP_LOOK_BULLET | RAP_LOOK_NUMBERED))
        keep_body(r, block);
    else if (!mark_by_cue(r->text, block))
        keep_body(r, block);
}

static bool resumes(const reader *r, uint32_t i)
{
    const bool near = i - r->gate <= RESUME_GAP || r->words < RESUME_WORDS;
    return near && is_prose(r->text, &r->blocks->at[i]) &&
           prose_runs(r, i, RESUME_BLOCKS, RESUME_WORDS, true);
}

static void read_after(reader *r, uint32_t i)
{
    rap_article_block *block = &r->blocks->at[i];
    if (r->now == IN_COMMENTS) {
        if (has(block, RAP_CUE_COPYRIGHT))
            mark(block, RAP_ZONE_BOILERPLATE, "copyright");
        else
            mark(block, RAP_ZONE_COMMENTS,
                 has(block, RAP_CUE_SAYS) ? "comment-author" : NULL);
        return;
    }
    if (r->now == IN_FORM) {
        const bool comment = block->words > 5 && !is_page_line(block);
        if (comment)
            mark(block, RAP_ZONE_COMMENTS, NULL);
        else
            mark(block, RAP_ZONE_BOILERPLATE, "comment-form");
        return;
    }
    if (resumes(r, i)) {
        r->now = IN_BODY;
        read_body(r, i);
        return;
    }
    if (mark_end_line(r, i)) return;
    if (r->now == IN_RELATED)
        mark(block, RAP_ZONE_RELATED, NULL);
    else if (has(block, RAP_CUE_RELATED_LINE))
        mark(block, RAP_ZONE_RELATED, NULL);
    else if (mark_by_cue(r->text, block))
        return;
    else if (has(block, RAP_CUE_MAYBE_BIO) || r->blocks->at[i - 1].kind == RAP_ZONE_BIO)
        mark(block, RAP_ZONE_BIO, NULL);
    else
        mark(block, RAP_ZONE_BOILERPLATE, NULL);
}

/* ---- what hangs at the end of the body -------------------------------------- */

static bool is_open_line(const rap_article_block *block)
{
    return !looks(block, RAP_LOOK_TERMINAL | RAP_LOOK_CLOSED | RAP_LOOK_OPEN |
                             RAP_LOOK_BULLET | RAP_LOOK_NUMBERED) &&
           block->words < LONG_WORDS && looks(block, RAP_LOOK_UPPER);
}

/* The words at the head of a note on its writer: "Jane Doe" of "Jane Doe is ...". */
static uint32_t shared_head(rap_slice text, rap_span a, rap_span b)
{
    uint32_t n = 0;
    while (a.begin + n < a.end && b.begin + n < b.end &&
           text.at[a.begin + n] == text.at[b.begin + n])
        n++;
    return n;
}

/* A byline or a name alone in the head or near `i` opens the note. */
static bool is_signed(rap_slice text, const rap_article_blocks *blocks, uint32_t i)
{
    const rap_span note = blocks->at[i].span;
    const uint32_t from = i > 4 ? i - 4 : 0;
    for (uint32_t j = 0; j < i + 5 && j < blocks->count; j++) {
        if (j >= blocks->body && j < from) j = from;
        const rap_article_block *other = &blocks->at[j];
        if (j == i || !looks(other, RAP_LOOK_NAME)) continue;
        if (shared_head(text, other->span, note) == other->span.end - other->span.begin)
            return true;
    }
    return false;
}

/* The second word of the note (a family name) stands nowhere in the body before it. */
static bool is_stranger(rap_slice text, const rap_article_blocks *blocks, uint32_t i)
{
    const rap_span note = blocks->at[i].span;
    const rap_slice s = rap_cut(text, note);
    uint32_t at = rap_slice_find(s, RAP_LIT(" "), 0);
    if (at + 2 >= s.len || !rap_is_upper((uint8_t)s.at[0])) return false;
    uint32_t next = ++at;
    if (!rap_is_upper(rap_utf8_next(s, &next))) return false;
    while (next < s.len && s.at[next] != ' ' && s.at[next] != ',') next++;
    const rap_slice name = rap_slice_sub(s, at, next);
    if (name.len < 3 || blocks->body >= blocks->count) return false;
    const uint32_t begin = blocks->at[blocks->body].span.begin;
    const rap_slice before =
        rap_slice_sub(text, begin < note.begin ? begin : note.begin, note.begin);
    return rap_slice_find(before, name, 0) == before.len;
}

static bool is_note_on_writer(rap_slice text, const rap_article_blocks *blocks,
                              uint32_t i)
{
    const rap_article_block *block = &blocks->at[i];
    if (!has(block, RAP_CUE_MAYBE_BIO) || looks(block, RAP_LOOK_QUOTES)) return false;
    return is_signed(text, blocks, i) || is_stranger(text, blocks, i);
}

/* Where the body's last prose ends: index after it. */
static uint32_t last_prose(rap_slice text, const rap_article_blocks *blocks,
                           uint32_t *note)
{
    *note = RAP_NONE;
    uint32_t i = blocks->body_end, seen = 0;
    while (i > blocks->body) {
        const rap_article_block *block = &blocks->at[i - 1];
        if (block->kind == RAP_ZONE_BODY) {
            const bool maybe = has(block, RAP_CUE_MAYBE_BIO) && seen++ < TAIL_NOTES;
            if (maybe && is_note_on_writer(text, blocks, i - 1))
                *note = i - 1;
            else if (!is_open_line(block))
                break;
        }
        i--;
    }
    return i;
}

/* Where a whole page was kept, its foot follows the body: many short lines and now and
 * then a sentence. The body ends where prose outweighs lines most. */
static void cut_foot(rap_slice text, rap_article_blocks *blocks)
{
    int64_t sum = 0, most = 0;
    uint32_t end = blocks->body, lines = 0;
    for (uint32_t i = blocks->body; i < blocks->body_end; i++) {
        const rap_article_block *block = &blocks->at[i];
        if (block->kind != RAP_ZONE_BODY) continue;
        const bool prose = is_prose(text, block);
        const bool line = !prose && is_open_line(block);
        sum += prose ? (int64_t)(block->words < 80 ? block->words : 80)
                     : -(int64_t)(line ? LINE_COST : 0);
        lines += line;
        if (sum <= most) continue;
        most = sum, end = i + 1, lines = 0;
    }
    if (lines < FOOT_LINES) return;
    for (uint32_t i = end; i < blocks->body_end; i++)
        if (blocks->at[i].kind == RAP_ZONE_BODY)
            mark(&blocks->at[i], RAP_ZONE_RELATED, NULL);
    blocks->body_end = end;
}

static void mark_hanging(rap_slice text, rap_article_blocks *blocks)
{
    uint32_t note, i = last_prose(text, blocks, &note);
    if (i == blocks->body && note == RAP_NONE) return; /* nothing but open lines */
    uint32_t lines = 0, names = 0;
    for (uint32_t j = i; j < blocks->body_end; j++) {
        if (blocks->at[j].kind != RAP_ZONE_BODY) continue;
        lines++;
        names += looks(&blocks->at[j], RAP_LOOK_NAME) != 0;
    }
    for (uint32_t j = i; j < blocks->body_end; j++) {
        rap_article_block *block = &blocks->at[j];
        if (block->kind != RAP_ZONE_BODY) continue;
        if (note != RAP_NONE && j >= note)
            mark(block, RAP_ZONE_BIO, j == note ? NULL : "social-widget");
        else if (looks(block, RAP_LOOK_NAME))
            mark(block, RAP_ZONE_BIO, "byline");
        else if (block->words <= 3 && j &&
                 blocks->at[j - 1].kind == RAP_ZONE_BOILERPLATE)
            mark(block, RAP_ZONE_BOILERPLATE, NULL); /* tags, buttons */
        else if (lines - names >= 3 && note == RAP_NONE)
            mark(block, RAP_ZONE_RELATED, NULL);
    }
    while (blocks->body_end > blocks->body &&
           blocks->at[blocks->body_end - 1].kind != RAP_ZONE_BODY)
        blocks->body_end--;
}

/* ---- all of it -------------------------------------------------------------- */

void rap_article_mark_zones(const rap_article_knowledge *knowledge, rap_slice text,
                            rap_article_blocks *blocks)
{
    (void)knowledge;
    mark_head(text, blocks);
    reader r = {.text = text, .blocks = blocks};
    uint32_t last = blocks->body;
    for (uint32_t i = blocks->body; i < blocks->count; i++) {
        if (!mark_section(&r, i)) {
            if (r.now == IN_BODY)
                read_body(&r, i);
            else
                read_after(&r, i);
        }
        if (blocks->at[i].kind == RAP_ZONE_BODY || r.now == IN_BODY) last = i + 1;
    }
    blocks->body_end = last;
    cut_foot(text, blocks);
    mark_hanging(text, blocks);
}
