/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file that remembers heads.  A first byte of 's' seals the rest with
 * the right key, so that what lies behind the seal is reached; else the rest
 * is the file.  Without the key nothing is taken.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/impl.h"
#include "db/remember.h"
#include "db/state.h"

#define FRONT 56

static char folder[512];
static struct store s;
static char name[128];

static void
leave(void)
{
	struct err e;

	if (state_remove(folder, name, &e) == RC_OK)
		(void)rmdir(folder);
}

/* As derive() in db/heads_file.c does. */
static void
derive(const char *purpose, unsigned char out[32])
{
	crypto_generichash_state h;

	crypto_generichash_init(&h, s.keys->ed_sk, 32, 32);
	crypto_generichash_update(&h, (const unsigned char *)purpose,
	    strlen(purpose) + 1);
	crypto_generichash_update(&h, s.header.uuid, UUID_LEN);
	crypto_generichash_final(&h, out, 32);
}

static void
begin(void)
{
	const char *tmp = getenv("TMPDIR");
	unsigned char tag[32];

	if (s.keys != NULL)
		return;
	HOLDS(sodium_init() >= 0);
	(void)snprintf(folder, sizeof(folder), "%s/heads.XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	HOLDS(mkdtemp(folder) != NULL);
	s.keys = keys_new();
	HOLDS(s.keys != NULL);
	s.keys->ed_sk[0] = 9;
	s.header.uuid[0] = 5;
	s.state_dir = folder;
	s.path = folder;
	derive("hearken.heads.name.1", tag);
	hex_format(s.header.uuid, UUID_LEN, name);
	name[2 * UUID_LEN] = '-';
	hex_format(tag, 8, name + 2 * UUID_LEN + 1);
	memcpy(name + 2 * UUID_LEN + 17, ".heads", sizeof(".heads"));
	(void)atexit(leave);
}

static size_t
seal(const uint8_t *data, size_t n, unsigned char *out)
{
	unsigned char key[32];
	unsigned long long len;

	memset(out, 0, FRONT);
	memcpy(out, "HRKHEADS\1", 9);
	memcpy(out + 16, s.header.uuid, UUID_LEN);
	derive("hearken.heads.key.1", key);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + FRONT, &len, data,
	    n, out, FRONT, NULL, out + 32, key);
	return FRONT + (size_t)len;
}

static void
check_heads(const struct heads *h, size_t n)
{
	uint64_t all = 0;

	HOLDS(h->n <= HEADS_MAX && h->n * 72 <= n);
	/* Every one of them can be read. */
	for (size_t i = 0; i < h->n; i++)
		all |= h->list[i].n;
	HOLDS(h->n > 0 || all == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	unsigned char file[8192];
	struct heads h;
	struct err e;
	size_t len;

	if (n < 2 || n > 4096)
		return 0;
	begin();
	if (data[0] == 's') {
		len = seal(data + 1, n - 1, file);
	} else {
		len = n - 1;
		memcpy(file, data + 1, len);
	}
	HOLDS(state_write(folder, name, file, len, &e) == RC_OK);
	if (heads_load(&s, &h, &e) == RC_OK) {
		HOLDS(data[0] == 's');
		check_heads(&h, n);
		heads_release(&h);
	} else {
		fuzz_message(&e, "");
	}
	return 0;
}
