/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model's file. */
#include "config.h"

#include "core/link_impl.h"

#include <math.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

#define LEVELS 4		/* that have a chance; missing has none */
#define BITS_MAX 1000
#define PLACES 12

static void
fault(struct faults *f, const struct yaml_node *n, const char *text)
{
	faults_add(f, yaml_line(n), yaml_column(n), "%s", text);
}

/* "12.5" or "-3", whatever the locale; false for anything else. */
static bool
read_decimal(const char *s, double *out)
{
	bool minus = *s == '-';
	double v = 0, unit = 1;
	int digits = 0;

	for (s += minus; *s >= '0' && *s <= '9'; s++, digits++)
		v = v * 10 + (*s - '0');
	if (digits == 0 || digits > 9)
		return false;
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9' && digits < 24; s++, digits++)
			v += (*s - '0') * (unit /= 10);
	*out = minus ? -v : v;
	return *s == '\0';
}

static void
take_number(const struct yaml_node *map, const char *key, double max,
    double *out, struct faults *f)
{
	const char *text = yaml_want_text(map, key, true, f);

	if (text == NULL)
		return;
	if (!read_decimal(text, out) || *out > max || *out < -max)
		fault(f, yaml_get(map, key), "expected a number such as 24.5");
}

static void
take_chances(const struct yaml_node *map, const char *key,
    double out[LINK_LEVELS], struct faults *f)
{
	const struct yaml_node *list = yaml_want_list(map, key, true, f);
	double sum = 0;

	if (list == NULL)
		return;
	if (yaml_size(list) != LEVELS) {
		fault(f, list, "expected four chances: of the same, close, "
		    "in part, different");
		return;
	}
	for (size_t i = 0; i < LEVELS; i++) {
		const char *text = yaml_text(yaml_at(list, i));

		if (text == NULL || !read_decimal(text, &out[i]) ||
		    out[i] < 0 || out[i] > 1)
			fault(f, yaml_at(list, i),
			    "expected a chance from 0 to 1");
		else
			sum += out[i];
	}
	if (sum < 0.99 || sum > 1.01)
		fault(f, list, "the four chances make 1 together");
}

static int
field_of(const char *name)
{
	for (int i = 0; i < LINK_FIELDS; i++)
		if (strcmp(link_field_name((enum link_field)i), name) == 0)
			return i;
	return -1;
}

/* A level that only one of the two can have would weigh without end. */
static void
check_pairs(const struct link_model *m, int field,
    const struct yaml_node *map, struct faults *f)
{
	for (int l = 0; l < LEVELS; l++)
		if ((m->m[field][l] > 0) != (m->u[field][l] > 0)) {
			fault(f, map, "a level is 0 in both m and u or in "
			    "neither");
			return;
		}
}

static void
take_field(struct link_model *m, const struct yaml_node *map,
    unsigned *seen, struct faults *f)
{
	static const char *const keys[] = { "field", "m", "u", NULL };
	const char *name = yaml_want_text(map, "field", true, f);
	size_t before = f->n;
	int field;

	yaml_only_keys(map, keys, f);
	field = name == NULL ? -1 : field_of(name);
	if (field < 0 || *seen >> field & 1) {
		fault(f, map, "expected one of forename, surname, birth, sex, "
		    "postcode, nhs, upn, each once");
		return;
	}
	*seen |= 1u << field;
	take_chances(map, "m", m->m[field], f);
	take_chances(map, "u", m->u[field], f);
	if (f->n == before)
		check_pairs(m, field, map, f);
}

static void
take_fields(struct link_model *m, const struct yaml_node *root,
    struct faults *f)
{
	const struct yaml_node *list = yaml_want_list(root, "fields", true, f);
	unsigned seen = 0;

	if (list == NULL)
		return;
	for (size_t i = 0; i < yaml_size(list); i++) {
		const struct yaml_node *n = yaml_at(list, i);

		if (yaml_is_map(n))
			take_field(m, n, &seen, f);
		else
			fault(f, n, "expected a map with field, m and u");
	}
	if (seen != (1u << LINK_FIELDS) - 1)
		fault(f, list, "expected all of forename, surname, birth, "
		    "sex, postcode, nhs, upn");
}

static void
take_word(const struct yaml_node *root, const char *key, char out[65],
    struct faults *f)
{
	const char *text = yaml_want_text(root, key, true, f);

	if (text == NULL)
		return;
	if (text[0] == '\0' || strlen(text) > 64 ||
	    text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")] != '\0')
		fault(f, yaml_get(root, key), "expected 1 to 64 letters, "
		    "digits, points and hyphens");
	else
		memcpy(out, text, strlen(text) + 1);
}

static void
check_thresholds(const struct link_model *m, const struct yaml_node *root,
    struct faults *f)
{
	if (m->prior <= 0 || m->prior >= 1)
		fault(f, yaml_get(root, "prior"),
		    "the prior is more than 0 and less than 1");
	if (m->upper <= m->lower)
		fault(f, yaml_get(root, "upper"),
		    "the upper threshold lies above the lower one");
	if (m->margin < 0 || m->margin > m->upper - m->lower)
		fault(f, yaml_get(root, "margin"), "the lead is from 0 to the "
		    "upper less the lower threshold: rivals further back are "
		    "not looked at");
}

static void
take_all(struct link_model *m, const struct yaml_node *root, struct faults *f)
{
	static const char *const keys[] = { "id", "title", "version", "source",
	    "prior", "upper", "lower", "margin", "fields", NULL };
	size_t before = f->n;

	yaml_only_keys(root, keys, f);
	take_word(root, "id", m->id, f);
	take_word(root, "version", m->version, f);
	(void)yaml_want_text(root, "title", true, f);
	(void)yaml_want_text(root, "source", true, f);
	take_number(root, "prior", 1, &m->prior, f);
	take_number(root, "upper", BITS_MAX, &m->upper, f);
	take_number(root, "lower", BITS_MAX, &m->lower, f);
	take_number(root, "margin", BITS_MAX, &m->margin, f);
	if (f->n == before)
		check_thresholds(m, root, f);
	take_fields(m, root, f);
}

static void
hash_text(const char *text, size_t n, char out[65])
{
	unsigned char h[32];

	crypto_generichash(h, sizeof(h), (const unsigned char *)text, n, NULL,
	    0);
	sodium_bin2hex(out, 65, h, sizeof(h));
}

struct link_model *
link_model_parse(const char *text, size_t n, struct faults *f)
{
	size_t before = f->n;
	struct yaml *doc = yaml_parse(text, n, f);
	struct link_model *m;

	if (doc == NULL)
		return NULL;
	m = xcalloc(1, sizeof(*m));
	if (yaml_root(doc) != NULL && yaml_is_map(yaml_root(doc)))
		take_all(m, yaml_root(doc), f);
	else
		faults_add(f, 1, 1, "a model is a map with id, version, "
		    "thresholds and fields");
	yaml_doc_free(doc);
	faults_sort(f);
	if (f->n == before) {
		hash_text(text, n, m->hash);
		return m;
	}
	free(m);
	return NULL;
}

void
link_model_free(struct link_model *m)
{
	free(m);
}

double
link_model_weight(const struct link_model *m, enum link_field f,
    enum link_level l)
{
	if (l >= LEVEL_MISSING || m->m[f][l] <= 0 || m->u[f][l] <= 0)
		return 0;
	return log2(m->m[f][l] / m->u[f][l]);
}

/* ---- writing ---- */

/* With a point whatever the locale, 12 places, zeros at the end left out. */
static void
put_decimal(double v, struct str *out)
{
	char frac[PLACES + 1];
	unsigned long long all = (unsigned long long)llround(fabs(v) * 1e12);
	unsigned long long part = all % 1000000000000ULL;
	int n = PLACES;

	for (int i = PLACES - 1; i >= 0; i--, part /= 10)
		frac[i] = (char)('0' + part % 10);
	while (n > 1 && frac[n - 1] == '0')
		n--;
	str_add_fmt(out, "%s%llu.", v < 0 ? "-" : "", all / 1000000000000ULL);
	str_add_n(out, frac, (size_t)n);
}

static void
put_line(const char *key, double v, struct str *out)
{
	str_add_fmt(out, "%s: ", key);
	put_decimal(v, out);
	str_add_char(out, '\n');
}

static void
put_chances(const char *key, const double v[LINK_LEVELS], struct str *out)
{
	str_add_fmt(out, "    %s: [", key);
	for (int i = 0; i < LEVELS; i++) {
		str_add(out, i == 0 ? "" : ", ");
		put_decimal(v[i], out);
	}
	str_add(out, "]\n");
}

static void
put_quoted(const char *text, struct str *out)
{
	str_add_char(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			str_add_char(out, '\\');
		if ((unsigned char)*text >= ' ')
			str_add_char(out, *text);
	}
	str_add(out, "\"\n");
}

void
link_model_write(const struct link_model *m, const char *source,
    struct str *out)
{
	str_add_fmt(out, "id: %s\ntitle: Which records speak of one child\n"
	    "version: \"%s\"\nsource: ", m->id, m->version);
	put_quoted(source, out);
	str_add(out, "\n# The chance that two records are of one child, "
	    "before they are compared.\n");
	put_line("prior", m->prior, out);
	str_add(out, "\n# In bits.  From upper on a pair may be linked without "
	    "a person, if it leads\n# the next candidate by the margin; "
	    "below lower nobody is asked.\n");
	put_line("upper", m->upper, out);
	put_line("lower", m->lower, out);
	put_line("margin", m->margin, out);
	str_add(out, "\n# The chances of each level - the same, close, in "
	    "part, different - among\n# records of one child (m) and of two "
	    "(u).\nfields:\n");
	for (int f = 0; f < LINK_FIELDS; f++) {
		str_add_fmt(out, "  - field: %s\n",
		    link_field_name((enum link_field)f));
		put_chances("m", m->m[f], out);
		put_chances("u", m->u[f], out);
	}
}
