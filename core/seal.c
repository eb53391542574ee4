/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/seal.h"

#include <sodium.h>
#include <string.h>

void
seal_message(const struct author_id *author, uint64_t n,
    const struct entry_id *head, unsigned char out[SEAL_LEN])
{
	unsigned char *p = out;

	memcpy(p, "hearken.seal.1", 15);
	memcpy(p += 15, author->b, AUTHOR_LEN);
	p += AUTHOR_LEN;
	for (size_t i = 0; i < 8; i++)
		*p++ = (unsigned char)(n >> (8 * i) & 255u);
	memcpy(p, head->b, ENTRY_ID_LEN);
}

bool
seal_holds(const struct author_id *author, uint64_t n,
    const struct entry_id *head,
    const unsigned char signature[SEAL_SIGNATURE_LEN])
{
	unsigned char message[SEAL_LEN];

	seal_message(author, n, head, message);
	return crypto_sign_verify_detached(signature, message,
	    sizeof(message), author->b) == 0;
}
