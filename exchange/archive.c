/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/pdf.h"

#include <string.h>
#include <time.h>
#include <zip.h>

#include "exchange/room.h"

/* Letters and digits that are not taken for one another. */
static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyz";
#define NLETTERS (sizeof(letters) - 1)
#define GROUPS 5
#define GROUP 5
#define MADE_LEN (GROUPS * (GROUP + 1) - 1)
#define OWN_LEAST 12
#define OWN_MOST 100

/* ---- the password ---- */

/* Each letter as likely as any other. */
static char
draw_letter(const struct rng *rng)
{
	unsigned char b;

	do
		rng_fill(rng, &b, 1);
	while (b >= 256 / NLETTERS * NLETTERS);
	return letters[b % NLETTERS];
}

enum rc
leaving_password(const struct rng *rng, struct secret *out, struct err *e)
{
	enum rc rc = secret_init(out, MADE_LEN + 1, e);
	char c;

	for (size_t i = 0; rc == RC_OK && i < MADE_LEN; i++) {
		c = i % (GROUP + 1) == GROUP ? '-' : draw_letter(rng);
		(void)secret_add(out, &c, 1);
	}
	if (rc == RC_OK)
		out->p[out->len] = '\0';
	return rc;
}

enum rc
leaving_password_check(const struct secret *password, struct err *e)
{
	for (size_t i = 0; i < password->len; i++)
		if (password->p[i] <= ' ' || password->p[i] > '~')
			return err_set(e, RC_INPUT, "the password has a space "
			    "or a character that another keyboard may not "
			    "have; use letters, digits and signs of ASCII");
	if (password->len < OWN_LEAST || password->len > OWN_MOST)
		return err_set(e, RC_INPUT, "the password has %zu characters; "
		    "it needs %d to %d. Or let Hearken make one",
		    password->len, OWN_LEAST, OWN_MOST);
	return RC_OK;
}

/* ---- the archive ---- */

static enum rc
zip_failed(zip_error_t *z, struct err *e)
{
	enum rc rc = zip_error_code_zip(z) == ZIP_ER_MEMORY ? RC_NOMEM :
	    RC_SYSTEM;

	return err_set(e, rc, "the archive could not be made: %s",
	    zip_error_strerror(z));
}

static enum rc
add_member(zip_t *z, const struct archive_member *m, const char *password,
    time_t when, struct err *e)
{
	zip_source_t *src = zip_source_buffer(z, m->bytes, m->n, 0);
	zip_int64_t at = -1;

	if (src != NULL)
		at = zip_file_add(z, m->name, src, ZIP_FL_ENC_UTF_8);
	if (src != NULL && at < 0)
		zip_source_free(src);
	if (at < 0 || zip_file_set_encryption(z, (zip_uint64_t)at,
	    ZIP_EM_AES_256, password) != 0 || zip_file_set_mtime(z,
	    (zip_uint64_t)at, when, 0) != 0)
		return zip_failed(zip_get_error(z), e);
	return RC_OK;
}

static enum rc
take_bytes(zip_source_t *src, struct str *out, struct err *e)
{
	const size_t had = out->len;
	zip_stat_t st;
	zip_int64_t n = -1;

	zip_stat_init(&st);
	if (zip_source_stat(src, &st) != 0 || zip_source_open(src) != 0)
		return zip_failed(zip_source_error(src), e);
	str_reserve(out, (size_t)st.size);
	n = zip_source_read(src, out->s + had, st.size);
	(void)zip_source_close(src);
	if (n < 0 || (zip_uint64_t)n != st.size) {
		out->s[had] = '\0';
		return zip_failed(zip_source_error(src), e);
	}
	out->len = had + (size_t)n;
	out->s[out->len] = '\0';
	return RC_OK;
}

/* Fills src; takes z, which gives up all changes when it fails. */
static enum rc
fill(zip_t *z, const struct archive_member *m, size_t n,
    const struct secret *password, int64_t now, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = add_member(z, &m[i], (const char *)password->p,
		    (time_t)(now / 1000), e);
	if (rc == RC_OK && zip_close(z) == 0)
		return RC_OK;
	if (rc == RC_OK)
		rc = zip_failed(zip_get_error(z), e);
	zip_discard(z);
	return rc;
}

/*
 * The library follows a pointer that it did not get when memory runs out
 * while it closes an archive.
 */
static enum rc
ask_for_room(const struct archive_member *m, size_t n, struct err *e)
{
	size_t size = 0;

	for (size_t i = 0; i < n; i++)
		size += 4 * m[i].n;
	return room_ask(size, "the archive", e);
}

enum rc
archive_seal(const struct archive_member *m, size_t n,
    const struct secret *password, int64_t now, struct str *out,
    struct err *e)
{
	zip_error_t ze;
	zip_source_t *src;
	zip_t *z;
	enum rc rc;

	if (password->len == 0 || password->len == password->cap ||
	    memchr(password->p, '\0', password->len) != NULL)
		return err_set(e, RC_INPUT, "there is no password to shut the "
		    "archive with");
	rc = ask_for_room(m, n, e);
	if (rc != RC_OK)
		return rc;
	password->p[password->len] = '\0';
	zip_error_init(&ze);
	src = zip_source_buffer_create(NULL, 0, 0, &ze);
	z = src != NULL ? zip_open_from_source(src, ZIP_CREATE | ZIP_TRUNCATE,
	    &ze) : NULL;
	if (z == NULL) {
		rc = zip_failed(&ze, e);
	} else {
		/* Closing the archive gives up one hold of two. */
		zip_source_keep(src);
		rc = fill(z, m, n, password, now, e);
		if (rc == RC_OK)
			rc = take_bytes(src, out, e);
	}
	if (src != NULL)
		zip_source_free(src);
	zip_error_fini(&ze);
	secret_wipe_stack();
	return rc;
}

const char *
archive_library(void)
{
	return zip_libzip_version();
}
