/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/services.h"

#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "core/yaml_want.h"

#define EVERYWHERE "everywhere"
#define ID_MAX 64

static const char *const yes_no[] = { "no", "yes", NULL };

static const struct code *
kinds(void)
{
	return kind_field(kind_find("referral"), "service")->codes;
}

static const struct code *
find_kind(const char *code)
{
	for (const struct code *c = kinds(); c->id != NULL; c++)
		if (strcmp(c->id, code) == 0)
			return c;
	return NULL;
}

const char *
service_kind(const char *code)
{
	const struct code *c = find_kind(code);

	return c != NULL ? c->id : NULL;
}

struct services *
services_new(void)
{
	return xcalloc(1, sizeof(struct services));
}

static void
service_release(struct service *s)
{
	for (size_t i = 0; i < s->nareas; i++)
		free(s->areas[i]);
	free(s->areas);
	free(s->id);
	free(s->name);
	free(s->takes);
	free(s->source);
	free(s->telephone);
	free(s->address);
	free(s->route);
	free(s->hours);
	free(s->note);
	free(s->key);
}

static void
drop_from(struct services *s, size_t first)
{
	while (s->n > first)
		service_release(&s->list[--s->n]);
}

void
services_free(struct services *s)
{
	if (s == NULL)
		return;
	drop_from(s, 0);
	free(s->list);
	free(s);
}

/* ---- reading ---- */

static bool
is_taken(const struct services *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->list[i].id, id) == 0)
			return true;
	return false;
}

static void
check_id(const struct services *s, const struct yaml_node *map,
    const char *id, struct faults *f)
{
	size_t good = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");

	if (id[good] != '\0')
		yaml_fault_of(map, "id", f, "may have lower-case letters, "
		    "digits and hyphens only");
	else if (strlen(id) > ID_MAX)
		yaml_fault_of(map, "id", f, "may have 64 letters at most");
	else if (id[0] != '\0' && is_taken(s, id))
		yaml_fault_of(map, "id", f, "is that of a service above, or "
		    "in another file");
}

static void
take_kind(struct service *sv, const struct yaml_node *map, struct faults *f)
{
	const char *code = yaml_want_text(map, "kind", true, f);
	const struct code *c;
	struct str why;

	if (code == NULL)
		return;
	c = find_kind(code);
	if (c != NULL) {
		sv->kind = c->id;
		sv->kind_label = c->label;
		return;
	}
	str_init(&why);
	str_add(&why, "is none of");
	for (c = kinds(); c->id != NULL; c++)
		str_add_fmt(&why, "%s %s", c == kinds() ? "" : ",", c->id);
	yaml_fault_of(map, "kind", f, why.s);
	str_release(&why);
}

static void
take_area(struct service *sv, const struct yaml_node *n, struct faults *f)
{
	const char *text = yaml_text(n);
	struct str key;

	str_init(&key);
	if (text != NULL)
		utf8_fold(&key, text, strlen(text));
	if (key.len == 0) {
		faults_add(f, yaml_line(n), yaml_column(n),
		    "an area is a name, or \"" EVERYWHERE "\"");
	} else if (strcmp(key.s, EVERYWHERE) == 0) {
		sv->everywhere = true;
	} else {
		sv->areas = vec_room(sv->areas, sv->nareas, &sv->capareas,
		    sizeof(*sv->areas));
		sv->areas[sv->nareas++] = xstrdup(text);
	}
	str_release(&key);
}

static void
take_areas(struct service *sv, const struct yaml_node *map, struct faults *f)
{
	const struct yaml_node *list = yaml_want_list(map, "areas", true, f);

	if (list == NULL)
		return;
	if (yaml_size(list) == 0)
		yaml_fault_of(map, "areas", f, "names none; write "
		    "[" EVERYWHERE "] for all");
	for (size_t i = 0; i < yaml_size(list); i++)
		take_area(sv, yaml_at(list, i), f);
}

static void
take_reach(struct service *sv, const struct yaml_node *map, struct faults *f)
{
	int verified = 0;

	sv->telephone = yaml_copy_text(map, "telephone", false, f);
	sv->address = yaml_copy_text(map, "address", false, f);
	sv->route = yaml_copy_text(map, "route", false, f);
	sv->hours = yaml_copy_text(map, "hours", false, f);
	sv->note = yaml_copy_text(map, "note", false, f);
	if (!yaml_want_word(map, "verified", yes_no, &verified, f))
		return;
	sv->verified = verified == 1;
	if (!sv->verified && sv->note[0] == '\0')
		yaml_fault_of(map, "verified", f, "is no: say in \"note\" "
		    "what has to be checked or filled in");
	if (sv->verified && sv->telephone[0] == '\0' &&
	    sv->address[0] == '\0' && sv->route[0] == '\0')
		yaml_fault_of(map, "verified", f, "is yes, but nothing says "
		    "how to reach it: telephone, address or route");
}

/* What words are looked for in: all that a person would type. */
static char *
make_key(const struct service *sv)
{
	struct str out;

	str_init(&out);
	utf8_fold(&out, sv->name, strlen(sv->name));
	str_add_char(&out, ' ');
	utf8_fold(&out, sv->takes, strlen(sv->takes));
	str_add_char(&out, ' ');
	utf8_fold(&out, sv->id, strlen(sv->id));
	if (sv->kind != NULL) {
		str_add_char(&out, ' ');
		utf8_fold(&out, sv->kind_label, strlen(sv->kind_label));
		str_add_char(&out, ' ');
		utf8_fold(&out, sv->kind, strlen(sv->kind));
	}
	for (size_t i = 0; i < sv->nareas; i++) {
		str_add_char(&out, ' ');
		utf8_fold(&out, sv->areas[i], strlen(sv->areas[i]));
	}
	return str_take(&out);
}

static void
take_service(struct services *s, const struct yaml_node *map,
    struct faults *f)
{
	static const char *const keys[] = { "id", "name", "kind", "areas",
	    "takes", "telephone", "address", "route", "hours", "source",
	    "verified", "note", NULL };
	struct service sv = { .kind = NULL };

	yaml_only_keys(map, keys, f);
	sv.id = yaml_copy_text(map, "id", true, f);
	check_id(s, map, sv.id, f);
	sv.name = yaml_copy_text(map, "name", true, f);
	take_kind(&sv, map, f);
	take_areas(&sv, map, f);
	sv.takes = yaml_copy_text(map, "takes", true, f);
	sv.source = yaml_copy_text(map, "source", true, f);
	take_reach(&sv, map, f);
	sv.key = make_key(&sv);
	s->list = vec_room(s->list, s->n, &s->cap, sizeof(*s->list));
	s->list[s->n++] = sv;
}

static void
take_all(struct services *s, const struct yaml_node *root, struct faults *f)
{
	static const char *const keys[] = { "id", "title", "services", NULL };
	const struct yaml_node *list;

	yaml_only_keys(root, keys, f);
	(void)yaml_want_text(root, "id", true, f);
	(void)yaml_want_text(root, "title", true, f);
	list = yaml_want_list(root, "services", true, f);
	for (size_t i = 0; list != NULL && i < yaml_size(list); i++) {
		const struct yaml_node *n = yaml_at(list, i);

		if (yaml_is_map(n))
			take_service(s, n, f);
		else
			faults_add(f, yaml_line(n), yaml_column(n),
			    "a service is a map; expected \"id\" and the "
			    "rest");
	}
}

bool
services_add(struct services *s, const char *text, size_t n,
    struct faults *f)
{
	size_t faults = f->n, first = s->n;
	struct yaml *doc = yaml_parse(text, n, f);
	const struct yaml_node *root = doc == NULL ? NULL : yaml_root(doc);

	if (doc == NULL)
		return false;
	if (root != NULL && yaml_is_map(root))
		take_all(s, root, f);
	else
		faults_add(f, 1, 1, "a directory of services is a map with "
		    "id, title and services");
	yaml_doc_free(doc);
	if (f->n == faults)
		return true;
	faults_sort(f);
	drop_from(s, first);
	return false;
}

/* ---- looking ---- */

/*
 * An area in a postcode field or with a county behind it is the same: one of
 * the two names holds the other.  A name of one or two letters holds nothing.
 */
static bool
same_area(const char *a, const char *b)
{
	struct str x, y;
	bool same;

	str_init(&x);
	str_init(&y);
	utf8_fold(&x, a, strlen(a));
	utf8_fold(&y, b, strlen(b));
	same = x.len > 0 && strcmp(x.s, y.s) == 0;
	if (!same && x.len > 2 && y.len > 2)
		same = strstr(x.s, y.s) != NULL || strstr(y.s, x.s) != NULL;
	str_release(&x);
	str_release(&y);
	return same;
}

bool
service_names(const struct service *s, const char *area)
{
	for (size_t i = 0; i < s->nareas; i++)
		if (same_area(s->areas[i], area))
			return true;
	return false;
}

bool
service_serves(const struct service *s, const char *area)
{
	return s->everywhere || service_names(s, area);
}

static bool
has_words(const struct service *s, const char *words)
{
	while (*words != '\0') {
		size_t n = strcspn(words, " \t");
		struct str key;
		bool has;

		str_init(&key);
		utf8_fold(&key, words, n);
		has = strstr(s->key, key.s) != NULL;
		str_release(&key);
		if (!has)
			return false;
		words += n + strspn(words + n, " \t");
	}
	return true;
}

static bool
is_set(const char *text)
{
	return text != NULL && *text != '\0';
}

static bool
matches(const struct service *s, const struct services_query *q)
{
	if (is_set(q->kind) && strcmp(s->kind, q->kind) != 0)
		return false;
	if (is_set(q->area) && !service_serves(s, q->area))
		return false;
	return !is_set(q->words) || has_words(s, q->words);
}

/* 0: near; 1: everywhere; 2: elsewhere. */
static int
distance(const struct service *s, const char *near)
{
	if (is_set(near) && service_names(s, near))
		return 0;
	return s->everywhere || !is_set(near) ? 1 : 2;
}

size_t
services_find(const struct services *s, const struct services_query *q,
    const struct service **out)
{
	size_t n = 0;

	for (int far = 0; far <= 2; far++)
		for (size_t i = 0; i < s->n; i++)
			if (distance(&s->list[i], q->near) == far &&
			    matches(&s->list[i], q))
				out[n++] = &s->list[i];
	return n;
}

static void
add_part(struct str *out, const char *label, const char *text)
{
	if (*text != '\0')
		str_add_fmt(out, "%s%s%s", out->len > 0 ? "; " : "", label,
		    text);
}

void
service_reach(const struct service *s, struct str *out)
{
	struct str all;

	str_init(&all);
	add_part(&all, "telephone ", s->telephone);
	add_part(&all, "", s->route);
	add_part(&all, "", s->address);
	str_add(out, all.s);
	str_release(&all);
}

void
service_areas(const struct service *s, struct str *out)
{
	if (s->everywhere)
		str_add(out, EVERYWHERE);
	for (size_t i = 0; i < s->nareas; i++)
		str_add_fmt(out, "%s%s", i > 0 || s->everywhere ? ", " : "",
		    s->areas[i]);
}
