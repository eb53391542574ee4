/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sealed container of a bundle, apart from what it holds: plain bytes go
 * in, chunk by chunk, and come out for whoever has a key that one of its
 * slots was sealed to.  The form stands in exchange/bundle.h.  Knows no
 * stores: a function that is handed down opens a slot.  Memory is two chunks,
 * whatever the size.
 *
 *	what is read	where it is bounded
 *	slots		a multiple of 8, at most 48; before any is read
 *	chunks		64 KiB, read into memory that is there already
 *	plain bytes	at least one full chunk, and a length that
 *			sealfile_padded() gives; a file of another size was
 *			cut or added to
 */
#ifndef HEARKEN_EXCHANGE_SEALFILE_H
#define HEARKEN_EXCHANGE_SEALFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define SEALFILE_VERSION 1
#define SEALFILE_KEY 32
#define SEALFILE_SLOT 80		/* the file key in crypto_box_seal */
#define SEALFILE_SLOTS 48
#define SEALFILE_SLOT_STEP 8
#define SEALFILE_CHUNK (64u << 10)	/* plain bytes */

/* The least length >= n to which plain bytes are filled up with zeros. */
uint64_t sealfile_padded(uint64_t n);

/* ---- writing ---- */

struct sealfile_out;

/*
 * A new file beside path, mode 0600, that is sealed to n X25519 keys (1 to
 * 48).  RC_EXISTS when there is something at path.  *out is ended by
 * sealfile_publish or sealfile_drop.
 */
NODISCARD enum rc sealfile_create(const char *path,
    const unsigned char (*keys)[32], size_t n, struct sealfile_out **out,
    struct err *e);
NODISCARD enum rc sealfile_add(struct sealfile_out *f, const void *p,
    size_t n, struct err *e);
/* Fills up, ends and syncs the file, which has no name yet. */
NODISCARD enum rc sealfile_finish(struct sealfile_out *f, struct err *e);
/*
 * Finishes it unless that was done, and gives it its name, never over
 * another; *bytes is its size.  f is freed; after a failure there is no file.
 */
NODISCARD enum rc sealfile_publish(struct sealfile_out *f, uint64_t *bytes,
    struct err *e);
/* Takes the file away; NULL is harmless. */
void sealfile_drop(struct sealfile_out *f);

/* ---- reading ---- */

/* What can be told without a key. */
struct sealfile_front {
	unsigned version;
	unsigned slots;
	uint64_t bytes;
	bool whole;	/* its size is one that a whole file has */
};

struct sealfile_in;

/*
 * Opens a regular file and reads its front.  Each fault has its own message:
 * RC_INPUT for a link, a folder, a pipe or device, what is no bundle, and a
 * front that claims what cannot be; RC_NEWER; RC_DAMAGED when it ends within
 * the front.  *out is ended by sealfile_close.
 */
NODISCARD enum rc sealfile_open(const char *path, struct sealfile_in **out,
    struct err *e);
const struct sealfile_front *sealfile_front(const struct sealfile_in *f);

/*
 * Opens a box of SEALFILE_SLOT bytes into SEALFILE_KEY; RC_NOTFOUND when it
 * is not for these eyes.
 */
typedef enum rc (*sealfile_unseal_fn)(const unsigned char *box, size_t n,
    unsigned char *key, void *ctx, struct err *e);
/* RC_NOTFOUND when no slot can be opened. */
NODISCARD enum rc sealfile_unseal(struct sealfile_in *f,
    sealfile_unseal_fn fn, void *ctx, struct err *e);
/*
 * The next plain bytes, borrowed until the next call; *n is 0 behind the
 * last.  RC_DAMAGED when the file ends too soon; RC_TAMPERED when bytes were
 * changed, stand in another order, or were added.
 */
NODISCARD enum rc sealfile_next(struct sealfile_in *f,
    const unsigned char **p, size_t *n, struct err *e);
void sealfile_close(struct sealfile_in *f);

#endif
