/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recovery code as a person types it.  What is taken is written in one
 * form, and that form is read as the same.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "db/recovery.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	unsigned char code[RECOVERY_BYTES], again[RECOVERY_BYTES];
	char *text, out[RECOVERY_TEXT_MAX];
	struct err e;

	if (n > 512 || sodium_init() < 0)
		return 0;
	/* Any code is written and read as itself. */
	if (n == RECOVERY_BYTES) {
		recovery_format(data, out);
		HOLDS(recovery_parse(out, strlen(out), code, &e) == RC_OK);
		HOLDS(memcmp(code, data, n) == 0);
	}
	text = fuzz_text(data, n);
	if (recovery_parse(text, n, code, &e) == RC_OK) {
		recovery_format(code, out);
		HOLDS(recovery_parse(out, strlen(out), again, &e) == RC_OK);
		HOLDS(memcmp(code, again, sizeof(code)) == 0);
	} else {
		HOLDS(e.rc == RC_INPUT);
		fuzz_message(&e, text);
	}
	free(text);
	return 0;
}
