/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text in any encoding.  The first byte chooses one; what comes out is UTF-8
 * without NUL, the same however it is cut, and can be written for a terminal
 * of another charset.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/charset.h"
#include "tests/unit/memsource.h"

static const char *const encodings[] = {
	NULL, "UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE", "UTF-32LE",
	"SHIFT_JIS", "ISO-2022-JP"
};

static enum rc
read_all(const uint8_t *data, size_t n, size_t step, struct str *out)
{
	struct charset_in_opts opts = {encodings[data[0] & 7], step,
	    (data[0] & 8) != 0};
	struct memsource src;
	struct charset_in *in;
	char buf[64];
	size_t got = 1;
	struct err e;
	enum rc rc;

	memsource_init(&src, (const char *)data + 1, n - 1, step);
	rc = charset_in_open(&src.src, &opts, &in, &e);
	if (rc != RC_OK)
		return rc;
	while (rc == RC_OK && got > 0) {
		rc = charset_in_read(in, buf, step != 0 ?
		    CHARSET_ROOM_MIN : sizeof(buf), &got, &e);
		if (rc == RC_OK)
			str_add_n(out, buf, got);
	}
	HOLDS(rc == RC_OK || rc == RC_INPUT);
	charset_in_free(in);
	return rc;
}

static void
check_written(const struct str *s)
{
	static const char *const to[] = {
		"UTF-8", "ISO-8859-1", "ANSI_X3.4-1968", "no such thing"
	};
	struct str out;

	str_init(&out);
	for (size_t i = 0; i < sizeof(to) / sizeof(to[0]); i++) {
		str_clear(&out);
		charset_encode(&out, to[i], s->s, s->len);
		if (i == 0)
			HOLDS(fuzz_is_utf8(out.s, out.len));
		for (size_t k = 0; k < out.len && i > 1; k++)
			HOLDS((unsigned char)out.s[k] < 0x80);
	}
	str_release(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str whole, bytes;
	enum rc rc;

	if (n == 0 || n > 8192)
		return 0;
	str_init(&whole);
	str_init(&bytes);
	rc = read_all(data, n, 0, &whole);
	HOLDS(read_all(data, n, 1 + data[0] / 16 % 4, &bytes) == rc);
	HOLDS(whole.len == bytes.len);
	HOLDS(memcmp(whole.s, bytes.s, whole.len) == 0);
	HOLDS(fuzz_is_utf8(whole.s, whole.len));
	HOLDS(memchr(whole.s, '\0', whole.len) == NULL);
	check_written(&whole);
	str_release(&whole);
	str_release(&bytes);
	return 0;
}
