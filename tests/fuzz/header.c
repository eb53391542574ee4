/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The header of a store.  A first byte of 's' makes the checksum right, so
 * that what lies behind it is reached; the rest is laid over a copy, in
 * records of offset (2 bytes), length (1 byte) and bytes.  A copy that is
 * taken is written and read again as the same.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "db/header.h"

#define CHECKSUM (HEADER_COPY - 32u)

static void
lay(unsigned char copy[HEADER_COPY], const uint8_t *data, size_t n)
{
	while (n > 3) {
		size_t at = (size_t)data[0] | (size_t)data[1] << 8;
		size_t len = data[2];

		data += 3;
		n -= 3;
		len = len < n ? len : n;
		if (len > HEADER_COPY - at)
			len = HEADER_COPY - at;
		memcpy(copy + at, data, len);
		data += len;
		n -= len;
	}
}

static void
check_sound(const struct header *h)
{
	static unsigned char copy[HEADER_COPY];
	static const unsigned char key[32] = {1}, other[32] = {2};
	static struct header again;

	HOLDS(header_slots(h) <= SLOTS);
	HOLDS(memchr(h->cipher, '\0', sizeof(h->cipher)) != NULL);
	header_format(h, key, copy);
	HOLDS(header_parse(copy, &again) == HEADER_SOUND);
	HOLDS(header_mac_holds(copy, key) && !header_mac_holds(copy, other));
	HOLDS(again.version == h->version);
	HOLDS(again.generation == h->generation);
	HOLDS(memcmp(again.uuid, h->uuid, sizeof(h->uuid)) == 0);
	HOLDS(memcmp(again.slots, h->slots, sizeof(h->slots)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const unsigned char front[16] = "HEARKEN\n\1";
	static unsigned char copy[HEADER_COPY];
	static struct header h;
	enum header_state state;

	if (n == 0 || sodium_init() < 0)
		return 0;
	memset(copy, 0, sizeof(copy));
	memset(&h, 0, sizeof(h));
	memcpy(copy, front, sizeof(front));
	lay(copy, data + 1, n - 1);
	if (data[0] == 's')
		(void)crypto_generichash(copy + CHECKSUM, 32, copy, CHECKSUM,
		    NULL, 0);
	state = header_parse(copy, &h);
	HOLDS((state == HEADER_FOREIGN) == !header_has_magic(copy));
	if (state == HEADER_SOUND)
		check_sound(&h);
	return 0;
}
