/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/hashed.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)1 << 18)

static enum rc
read_through(void *ctx, char *buf, size_t n, size_t *got, struct err *e)
{
	struct hashed *h = ctx;
	enum rc rc = source_read(h->inner, buf, n, got, e);

	if (rc == RC_OK)
		(void)crypto_generichash_update(&h->state,
		    (const unsigned char *)buf, *got);
	return rc;
}

void
hashed_init(struct hashed *h, struct source *inner)
{
	memset(h, 0, sizeof(*h));
	h->src.name = inner->name;
	h->src.size = inner->size;
	h->src.read = read_through;
	h->src.ctx = h;
	h->inner = inner;
	(void)crypto_generichash_init(&h->state, NULL, 0, HASHED_LEN);
}

void
hashed_end(struct hashed *h, char hex[HASHED_HEX])
{
	unsigned char hash[HASHED_LEN];

	(void)crypto_generichash_final(&h->state, hash, sizeof(hash));
	(void)sodium_bin2hex(hex, HASHED_HEX, hash, sizeof(hash));
}

enum rc
hashed_all(struct source *src, char hex[HASHED_HEX], struct err *e)
{
	struct hashed h;
	char *buf = malloc(BLOCK);
	size_t got = 1;
	enum rc rc = RC_OK;

	if (buf == NULL)
		return err_set(e, RC_NOMEM, "no memory to read %s",
		    src->name);
	hashed_init(&h, src);
	while (rc == RC_OK && got != 0)
		rc = source_read(&h.src, buf, BLOCK, &got, e);
	hashed_end(&h, hex);
	free(buf);
	return rc;
}

enum rc
hashed_file(const char *path, char hex[HASHED_HEX], struct err *e)
{
	struct source src;
	enum rc rc = source_open(&src, path, e);

	if (rc != RC_OK)
		return rc;
	rc = hashed_all(&src, hex, e);
	source_close(&src);
	return rc;
}
