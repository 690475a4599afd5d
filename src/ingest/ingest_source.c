/*
 * ingest_source.c - a stream of bytes behind one growing buffer.
 *
 * Reads   a descriptor, or whatever `read` reads.
 * Cost    linear: bytes move only when half of the buffer is taken; at most twice the
 *         memory of what is held at once.
 */
#include "ingest_private.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static bool source_room(rap_source *source)
{
    if (source->end < source->capacity) return true;
    const size_t held = source->end - source->begin;
    if (source->capacity && held <= source->capacity / 2) {
        if (held) memmove(source->at, source->at + source->begin, held);
        source->begin = 0;
        source->end = held;
        return true;
    }
    const size_t wider = source->capacity ? source->capacity * 2 : RAP_PEEK_BYTES;
    char *moved = realloc(source->at, wider);
    if (!moved) return false;
    source->at = moved;
    source->capacity = wider;
    return true;
}

/* One more read, however little it brings. */
static rap_status source_read(rap_source *source)
{
    if (!source_room(source))
        return rap_fail(&source->failed, RAP_E_NOMEM, source->offset,
                        "no memory to read on");
    const int64_t count = source->read(source->state, source->at + source->end,
                                       source->capacity - source->end, &source->failed);
    if (count < 0) return source->failed.status;
    source->ended = count == 0;
    source->end += (size_t)count;
    return RAP_OK;
}

rap_status rap_source_fill(rap_source *source, size_t want, rap_error *err)
{
    rap_status status = source->failed.status;
    while (!status && !source->ended && source->end - source->begin < want)
        status = source_read(source);
    if (source->end - source->begin >= want) return RAP_OK;
    if (status) *err = source->failed;
    return status;
}

rap_slice rap_source_peek(const rap_source *source)
{
    const size_t held = source->end - source->begin;
    if (!held) return (rap_slice){"", 0};
    return (rap_slice){source->at + source->begin,
                       held < UINT32_MAX ? (uint32_t)held : UINT32_MAX};
}

void rap_source_take(rap_source *source, size_t count)
{
    assert(count <= source->end - source->begin);
    source->begin += count;
    source->offset += count;
    if (source->begin == source->end) source->begin = source->end = 0;
}

void rap_source_reuse(rap_source *source)
{
    source->begin = source->end = 0;
    source->offset = 0;
    source->ended = false;
}

void rap_source_free(rap_source *source)
{
    free(source->at);
    source->at = NULL;
    source->begin = source->end = source->capacity = 0;
}

static int64_t read_descriptor(void *state, char *at, size_t size, rap_error *err)
{
    ssize_t count;
    do count = read(*(const int *)state, at, size);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        rap_error_set(err, RAP_E_IO, NULL, 0, "cannot be read: %s", strerror(errno));
    return count;
}

rap_source rap_source_of_file(int *descriptor)
{
    const bool seeks = lseek(*descriptor, 0, SEEK_CUR) == 0;
    return (rap_source){
        .read = read_descriptor, .state = descriptor, .file = seeks ? *descriptor : -1};
}
