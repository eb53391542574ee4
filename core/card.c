/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/card.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/fingerwords.h"
#include "core/xalloc.h"

#define GROUP (CARD_WORDS / 3)

void
card_release(struct card *c)
{
	free(c->name);
	free(c->agency);
	memset(c, 0, sizeof(*c));
}

void
card_copy(struct card *to, const struct card *from)
{
	*to = *from;
	to->name = xstrdup(from->name);
	to->agency = xstrdup(from->agency);
}

/* ---- the fingerprint ---- */

static void
hash_line(crypto_generichash_state *h, const char *s)
{
	size_t n = strlen(s);
	unsigned char len[2] = {
		(unsigned char)(n & 255u), (unsigned char)(n >> 8 & 255u)
	};

	crypto_generichash_update(h, len, sizeof(len));
	crypto_generichash_update(h, (const unsigned char *)s, n);
}

void
card_keys_put(const struct card *c, unsigned char out[CARD_KEY_BYTES])
{
	unsigned char *p = out;

	memcpy(p, c->key.b, AUTHOR_LEN);
	memcpy(p += AUTHOR_LEN, c->box, sizeof(c->box));
	memcpy(p += sizeof(c->box), c->store, GRANT_UUID_LEN);
	memcpy(p += GRANT_UUID_LEN, c->root, GRANT_KEY_LEN);
	memcpy(p + GRANT_KEY_LEN, c->founder.b, AUTHOR_LEN);
}

void
card_keys_take(struct card *c, const unsigned char keys[CARD_KEY_BYTES])
{
	const unsigned char *p = keys;

	memcpy(c->key.b, p, AUTHOR_LEN);
	memcpy(c->box, p += AUTHOR_LEN, sizeof(c->box));
	memcpy(c->store, p += sizeof(c->box), GRANT_UUID_LEN);
	memcpy(c->root, p += GRANT_UUID_LEN, GRANT_KEY_LEN);
	memcpy(c->founder.b, p + GRANT_KEY_LEN, AUTHOR_LEN);
}

static void
fingerprint(const struct card *c, unsigned char out[32])
{
	const char *role = role_name(c->role);
	unsigned char keys[CARD_KEY_BYTES];
	crypto_generichash_state h;

	card_keys_put(c, keys);
	crypto_generichash_init(&h, NULL, 0, 32);
	crypto_generichash_update(&h,
	    (const unsigned char *)"hearken.card.1", 15);
	hash_line(&h, c->name);
	hash_line(&h, c->agency);
	hash_line(&h, role != NULL ? role : "");
	crypto_generichash_update(&h, keys, sizeof(keys));
	crypto_generichash_final(&h, out, 32);
}

const char *
card_word(const struct card *c, size_t i)
{
	unsigned char print[32];

	fingerprint(c, print);
	return fingerword(print[i % CARD_WORDS]);
}

/* Between is what stands between two groups of four. */
static void
add_words(const struct card *c, const char *between, struct str *out)
{
	unsigned char print[32];

	fingerprint(c, print);
	for (size_t i = 0; i < CARD_WORDS; i++) {
		if (i > 0)
			str_add(out, i % GROUP == 0 ? between : " ");
		str_add(out, fingerword(print[i]));
	}
}

void
card_words(const struct card *c, struct str *out)
{
	add_words(c, "  ", out);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
same_word(const char *want, const char *s, size_t n)
{
	if (strlen(want) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((s[i] | 0x20) != want[i])
			return false;
	return true;
}

bool
card_words_match(const struct card *c, const char *text, size_t *wrong)
{
	unsigned char print[32];
	size_t i = 0, n;

	fingerprint(c, print);
	for (; *text != '\0'; text += n) {
		while (*text != '\0' && !is_letter(*text))
			text++;
		for (n = 0; is_letter(text[n]); )
			n++;
		if (n == 0)
			break;
		if (i == CARD_WORDS || !same_word(fingerword(print[i]), text,
		    n)) {
			*wrong = i + 1;
			return false;
		}
		i++;
	}
	*wrong = i < CARD_WORDS ? i + 1 : 0;
	return i == CARD_WORDS;
}

/* ---- as text ---- */

static void
add_keys(const struct card *c, struct str *out)
{
	unsigned char keys[CARD_KEY_BYTES];
	char text[sodium_base64_ENCODED_LEN(CARD_KEY_BYTES,
	    sodium_base64_VARIANT_ORIGINAL)];

	card_keys_put(c, keys);
	sodium_bin2base64(text, sizeof(text), keys, sizeof(keys),
	    sodium_base64_VARIANT_ORIGINAL);
	for (size_t i = 0; text[i] != '\0'; i += 48)
		str_add_fmt(out, "%s%.48s\n", i == 0 ? "Key: " : "     ",
		    text + i);
}

void
card_format(const struct card *c, struct str *out)
{
	const char *role = role_name(c->role);

	str_add_fmt(out, CARD_BEGIN "\nName: %s\nAgency: %s\nRole: %s\n",
	    c->name, c->agency, role != NULL ? role : "");
	add_keys(c, out);
	str_add(out, "Words: ");
	add_words(c, "\n       ", out);
	str_add(out, "\n" CARD_END "\n");
}

/* ---- as the body of an entry ---- */

static void
put_hex(json_t *body, const char *name, const unsigned char *p, size_t n)
{
	char hex[2 * 32 + 1];

	hex_format(p, n, hex);
	(void)json_object_set_new(body, name, json_string(hex));
}

json_t *
card_body(const struct card *c, const char *checked)
{
	json_t *body = json_pack("{s:s, s:s, s:s, s:s}", "name", c->name,
	    "agency", c->agency, "role", role_name(c->role), "checked",
	    checked);

	if (body == NULL)
		return NULL;
	put_hex(body, "key", c->key.b, AUTHOR_LEN);
	put_hex(body, "box", c->box, sizeof(c->box));
	put_hex(body, "store", c->store, GRANT_UUID_LEN);
	put_hex(body, "root", c->root, GRANT_KEY_LEN);
	put_hex(body, "founder", c->founder.b, AUTHOR_LEN);
	return body;
}

static bool
take_hex(const json_t *body, const char *name, unsigned char *p, size_t n)
{
	const char *hex = json_string_value(json_object_get(body, name));

	return hex != NULL && hex_parse(hex, p, n);
}

bool
card_role_fits(unsigned role)
{
	return role == ROLE_PRACTITIONER || role == ROLE_SUPERVISOR ||
	    role == ROLE_TRAINER;
}

bool
card_from_body(const json_t *body, struct card *out)
{
	const char *name = json_string_value(json_object_get(body, "name"));
	const char *agency = json_string_value(json_object_get(body,
	    "agency"));
	const char *role = json_string_value(json_object_get(body, "role"));
	unsigned bits = role != NULL ? role_from_name(role) : 0;

	memset(out, 0, sizeof(*out));
	if (name == NULL || agency == NULL || !card_role_fits(bits) ||
	    !take_hex(body, "key", out->key.b, AUTHOR_LEN) ||
	    !take_hex(body, "box", out->box, sizeof(out->box)) ||
	    !take_hex(body, "store", out->store, GRANT_UUID_LEN) ||
	    !take_hex(body, "root", out->root, GRANT_KEY_LEN) ||
	    !take_hex(body, "founder", out->founder.b, AUTHOR_LEN))
		return false;
	out->role = (enum role)bits;
	out->name = xstrdup(name);
	out->agency = xstrdup(agency);
	return true;
}
