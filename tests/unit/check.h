/* check.h - what every unit test includes: cmocka and the headers it needs before it. */
#ifndef RAP_CHECK_H
#define RAP_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Runs `call` with allocation 1, 2, 3, … of `arena` refused, until it succeeds: every
 * failure must be RAP_E_NOMEM. `arena` is a fresh rap_arena lvalue each time. */
#define CHECK_EVERY_LOST_ALLOCATION(arena, limit_, most, call)                         \
    do {                                                                               \
        rap_status status_ = RAP_E_NOMEM;                                              \
        uint64_t n_ = 0;                                                               \
        while (status_ != RAP_OK && n_ < (most)) {                                     \
            (arena) = (rap_arena){.limit = (limit_), .fail_at = ++n_};                 \
            status_ = (call);                                                          \
            assert_true(status_ == RAP_OK || status_ == RAP_E_NOMEM);                  \
            rap_arena_free(&(arena));                                                  \
        }                                                                              \
        assert_int_equal(status_, RAP_OK);                                             \
    } while (0)

#endif
