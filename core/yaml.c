/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/yaml.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "core/str.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define TEXT_MAX ((size_t)1 << 20)
#define DEPTH_MAX 16
#define NODES_MAX 20000

enum shape { SHAPE_TEXT, SHAPE_LIST, SHAPE_MAP };

/* A map keeps key, value, key, value in kids, in the order of the file. */
struct yaml_node {
	enum shape shape;
	unsigned line, column;
	/* Where byte 0 of the text stands; 0 when bytes do not map to columns. */
	unsigned text_column;
	char *text;
	size_t len;
	struct yaml_node **kids;
	size_t nkids, capkids;
};

struct yaml {
	struct yaml_node *root;
	size_t nodes;
};

struct reader {
	yaml_parser_t parser;
	const char *text;
	struct yaml *doc;
	struct faults *faults;
	struct yaml_node *open[DEPTH_MAX];
	size_t depth;
	bool done;
};

void
faults_init(struct faults *f, const char *name)
{
	*f = (struct faults){ .name = name };
}

void
faults_release(struct faults *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->list[i].text);
	free(f->list);
	faults_init(f, f->name);
}

void
faults_add(struct faults *f, unsigned line, unsigned column, const char *fmt,
    ...)
{
	struct fault one = { .line = line, .column = column };
	struct err e;
	va_list ap;

	va_start(ap, fmt);
	err_setv(&e, RC_INPUT, fmt, ap);
	va_end(ap);
	one.text = xstrdup(e.text);
	f->list = vec_room(f->list, f->n, &f->cap, sizeof(*f->list));
	f->list[f->n++] = one;
}

static bool
fault_after(const struct fault *a, const struct fault *b)
{
	if (a->line != b->line)
		return a->line > b->line;
	return a->column > b->column;
}

/* Insertion keeps faults of one place in the order they were found. */
void
faults_sort(struct faults *f)
{
	for (size_t i = 1; i < f->n; i++) {
		struct fault one = f->list[i];
		size_t at = i;

		for (; at > 0 && fault_after(&f->list[at - 1], &one); at--)
			f->list[at] = f->list[at - 1];
		f->list[at] = one;
	}
}

void
fault_words(const struct faults *f, size_t i, struct str *out)
{
	const struct fault *one = &f->list[i];

	str_add(out, f->name);
	if (one->line != 0)
		str_add_fmt(out, ":%u:%u", one->line, one->column);
	str_add_fmt(out, ": %s", one->text);
}

void
faults_lines(const struct faults *f, struct str *out)
{
	for (size_t i = 0; i < f->n; i++) {
		fault_words(f, i, out);
		str_add_char(out, '\n');
	}
}

enum rc
faults_result(const struct faults *f, struct err *e)
{
	struct str first;

	if (f->n == 0)
		return RC_OK;
	str_init(&first);
	fault_words(f, 0, &first);
	if (f->n > 1)
		str_add_fmt(&first, " (and %zu more)", f->n - 1);
	err_set(e, RC_INPUT, "%s", first.s);
	str_release(&first);
	return RC_INPUT;
}

static void
node_free(struct yaml_node *n)
{
	if (n == NULL)
		return;
	for (size_t i = 0; i < n->nkids; i++)
		node_free(n->kids[i]);
	free(n->kids);
	free(n->text);
	free(n);
}

void
yaml_doc_free(struct yaml *y)
{
	if (y == NULL)
		return;
	node_free(y->root);
	free(y);
}

static unsigned
mark_line(const yaml_mark_t *m)
{
	return (unsigned)m->line + 1;
}

static unsigned
mark_column(const yaml_mark_t *m)
{
	return (unsigned)m->column + 1;
}

static bool
refuse(struct reader *r, const yaml_event_t *ev, const char *why)
{
	faults_add(r->faults, mark_line(&ev->start_mark),
	    mark_column(&ev->start_mark), "%s", why);
	return false;
}

/* Place of a byte: the reader of libyaml gives only an offset. */
static void
place_of(const char *text, size_t offset, unsigned *line, unsigned *column)
{
	*line = 1;
	*column = 1;
	for (size_t i = 0; i < offset; i++) {
		if (text[i] == '\n') {
			(*line)++;
			*column = 1;
		} else if (((unsigned char)text[i] & 0xC0u) != 0x80u) {
			(*column)++;
		}
	}
}

static void
syntax_fault(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	unsigned line, column;

	if (p->error == YAML_READER_ERROR) {
		place_of(r->text, p->problem_offset, &line, &column);
		faults_add(r->faults, line, column,
		    "the text cannot be read: %s; save the file as UTF-8 "
		    "without control characters", p->problem);
		return;
	}
	faults_add(r->faults, mark_line(&p->problem_mark),
	    mark_column(&p->problem_mark), "not valid YAML: %s%s%s",
	    p->problem != NULL ? p->problem : "unknown problem",
	    p->context != NULL ? " " : "",
	    p->context != NULL ? p->context : "");
}

/* Escapes such as "\x1b" get past libyaml's own check of the bytes. */
static bool
has_control(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
			return true;
		if (c == 0xC2 && i + 1 < n && (unsigned char)s[i + 1] < 0xA0)
			return true;
	}
	return false;
}

static bool
is_key(const struct yaml_node *map)
{
	return map->shape == SHAPE_MAP && map->nkids % 2 == 0;
}

static bool
key_is_new(const struct yaml_node *map, const char *key, size_t len)
{
	for (size_t i = 0; i < map->nkids; i += 2)
		if (map->kids[i]->len == len &&
		    memcmp(map->kids[i]->text, key, len) == 0)
			return false;
	return true;
}

static bool
check_key(struct reader *r, const yaml_event_t *ev)
{
	const struct yaml_node *map;

	if (r->depth == 0 || !is_key(r->open[r->depth - 1]))
		return true;
	map = r->open[r->depth - 1];
	if (ev->type != YAML_SCALAR_EVENT)
		return refuse(r, ev, "a key must be plain text");
	if (key_is_new(map, (const char *)ev->data.scalar.value,
	    ev->data.scalar.length))
		return true;
	faults_add(r->faults, mark_line(&ev->start_mark),
	    mark_column(&ev->start_mark),
	    "the key \"%s\" is given twice; keep one",
	    (const char *)ev->data.scalar.value);
	return false;
}

static struct yaml_node *
node_new(struct reader *r, const yaml_event_t *ev, enum shape shape)
{
	struct yaml_node *n, *parent;

	if (r->doc->nodes >= NODES_MAX) {
		refuse(r, ev, "the file has more than 20,000 values");
		return NULL;
	}
	r->doc->nodes++;
	n = xcalloc(1, sizeof(*n));
	n->shape = shape;
	n->line = mark_line(&ev->start_mark);
	n->column = mark_column(&ev->start_mark);
	if (r->depth == 0) {
		r->doc->root = n;
		return n;
	}
	parent = r->open[r->depth - 1];
	parent->kids = vec_room(parent->kids, parent->nkids, &parent->capkids,
	    sizeof(struct yaml_node *));
	parent->kids[parent->nkids++] = n;
	return n;
}

/* Bytes map to columns in an ASCII scalar on one line without escapes. */
static unsigned
text_column(const yaml_event_t *ev)
{
	const yaml_mark_t *from = &ev->start_mark, *to = &ev->end_mark;
	size_t len = ev->data.scalar.length;
	size_t quotes = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE ? 0 : 2;

	if (from->line != to->line || to->index - from->index != len + quotes)
		return 0;
	return mark_column(from) + (unsigned)(quotes / 2);
}

static bool
take_scalar(struct reader *r, const yaml_event_t *ev)
{
	const char *s = (const char *)ev->data.scalar.value;
	struct yaml_node *n;

	if (ev->data.scalar.anchor != NULL)
		return refuse(r, ev, "anchors are not used here");
	if (ev->data.scalar.tag != NULL)
		return refuse(r, ev, "tags are not used here");
	if (has_control(s, ev->data.scalar.length))
		return refuse(r, ev, "the text holds a control character");
	if (!check_key(r, ev))
		return false;
	n = node_new(r, ev, SHAPE_TEXT);
	if (n == NULL)
		return false;
	n->text = xstrndup(s, ev->data.scalar.length);
	n->len = ev->data.scalar.length;
	n->text_column = text_column(ev);
	return true;
}

static bool
take_open(struct reader *r, const yaml_event_t *ev, enum shape shape,
    const yaml_char_t *anchor, const yaml_char_t *tag)
{
	struct yaml_node *n;

	if (anchor != NULL)
		return refuse(r, ev, "anchors are not used here");
	if (tag != NULL)
		return refuse(r, ev, "tags are not used here");
	if (!check_key(r, ev))
		return false;
	if (r->depth == DEPTH_MAX)
		return refuse(r, ev, "nested more than 16 deep");
	n = node_new(r, ev, shape);
	if (n == NULL)
		return false;
	r->open[r->depth++] = n;
	return true;
}

static bool
take_document(struct reader *r, const yaml_event_t *ev)
{
	if (r->doc->root != NULL)
		return refuse(r, ev, "a second document begins here; a "
		    "content file holds one");
	if (ev->data.document_start.tag_directives.start !=
	    ev->data.document_start.tag_directives.end)
		return refuse(r, ev, "tags are not used here");
	return true;
}

static bool
take_event(struct reader *r, const yaml_event_t *ev)
{
	switch (ev->type) {
	case YAML_DOCUMENT_START_EVENT:
		return take_document(r, ev);
	case YAML_ALIAS_EVENT:
		return refuse(r, ev, "aliases are not used here");
	case YAML_SCALAR_EVENT:
		return take_scalar(r, ev);
	case YAML_SEQUENCE_START_EVENT:
		return take_open(r, ev, SHAPE_LIST,
		    ev->data.sequence_start.anchor, ev->data.sequence_start.tag);
	case YAML_MAPPING_START_EVENT:
		return take_open(r, ev, SHAPE_MAP,
		    ev->data.mapping_start.anchor, ev->data.mapping_start.tag);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		r->depth--;
		return true;
	case YAML_STREAM_END_EVENT:
		r->done = true;
		return true;
	default:
		return true;
	}
}

static bool
read_events(struct reader *r)
{
	while (!r->done) {
		yaml_event_t ev;
		bool good;

		if (!yaml_parser_parse(&r->parser, &ev)) {
			syntax_fault(r);
			return false;
		}
		good = take_event(r, &ev);
		yaml_event_delete(&ev);
		if (!good)
			return false;
	}
	if (r->doc->root == NULL)
		faults_add(r->faults, 0, 0, "the file is empty");
	return r->doc->root != NULL;
}

struct yaml *
yaml_parse(const char *text, size_t n, struct faults *f)
{
	struct reader r = { .text = text, .faults = f };
	bool good;

	if (n > TEXT_MAX) {
		faults_add(f, 0, 0, "the file is larger than 1 MiB");
		return NULL;
	}
	if (!yaml_parser_initialize(&r.parser)) {
		faults_add(f, 0, 0, "no memory to read the file");
		return NULL;
	}
	r.doc = xcalloc(1, sizeof(*r.doc));
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, n);
	good = read_events(&r);
	yaml_parser_delete(&r.parser);
	if (good)
		return r.doc;
	yaml_doc_free(r.doc);
	return NULL;
}

const struct yaml_node *
yaml_root(const struct yaml *y)
{
	return y->root;
}

bool
yaml_is_map(const struct yaml_node *n)
{
	return n != NULL && n->shape == SHAPE_MAP;
}

bool
yaml_is_list(const struct yaml_node *n)
{
	return n != NULL && n->shape == SHAPE_LIST;
}

unsigned
yaml_line(const struct yaml_node *n)
{
	return n != NULL ? n->line : 0;
}

unsigned
yaml_column(const struct yaml_node *n)
{
	return n != NULL ? n->column : 0;
}

unsigned
yaml_column_of(const struct yaml_node *n, size_t at)
{
	if (n == NULL || n->text_column == 0 || at > n->len)
		return 0;
	return n->text_column + (unsigned)at;
}

const char *
yaml_text(const struct yaml_node *n)
{
	return n != NULL ? n->text : NULL;
}

size_t
yaml_size(const struct yaml_node *n)
{
	if (n == NULL)
		return 0;
	return n->shape == SHAPE_MAP ? n->nkids / 2 : n->nkids;
}

const struct yaml_node *
yaml_at(const struct yaml_node *n, size_t i)
{
	assert(yaml_is_list(n) && i < n->nkids);
	return n->kids[i];
}

const struct yaml_node *
yaml_key_at(const struct yaml_node *n, size_t i)
{
	assert(yaml_is_map(n) && i < n->nkids / 2);
	return n->kids[2 * i];
}

const struct yaml_node *
yaml_value_at(const struct yaml_node *n, size_t i)
{
	assert(yaml_is_map(n) && i < n->nkids / 2);
	return n->kids[2 * i + 1];
}

const struct yaml_node *
yaml_get(const struct yaml_node *map, const char *key)
{
	if (!yaml_is_map(map))
		return NULL;
	for (size_t i = 0; i < map->nkids; i += 2)
		if (strcmp(map->kids[i]->text, key) == 0)
			return map->kids[i + 1];
	return NULL;
}

/* The value of key if it has the shape; a fault when it has not. */
static const struct yaml_node *
want(const struct yaml_node *map, const char *key, enum shape shape,
    bool required, struct faults *f)
{
	static const char *const what[] = { "text", "a list", "a map" };
	const struct yaml_node *n = yaml_get(map, key);

	if (n == NULL && required)
		faults_add(f, yaml_line(map), yaml_column(map),
		    "\"%s\" is missing; expected %s", key, what[shape]);
	if (n == NULL)
		return NULL;
	if (n->shape == shape)
		return n;
	faults_add(f, n->line, n->column, "\"%s\" is %s; expected %s", key,
	    what[n->shape], what[shape]);
	return NULL;
}

const char *
yaml_want_text(const struct yaml_node *map, const char *key, bool required,
    struct faults *f)
{
	const struct yaml_node *n = want(map, key, SHAPE_TEXT, required, f);

	if (n == NULL)
		return NULL;
	if (n->len != 0)
		return n->text;
	if (required)
		faults_add(f, n->line, n->column,
		    "\"%s\" is empty; expected text", key);
	return NULL;
}

const struct yaml_node *
yaml_want_list(const struct yaml_node *map, const char *key, bool required,
    struct faults *f)
{
	return want(map, key, SHAPE_LIST, required, f);
}

const struct yaml_node *
yaml_want_map(const struct yaml_node *map, const char *key, bool required,
    struct faults *f)
{
	return want(map, key, SHAPE_MAP, required, f);
}

static bool
key_known(const char *key, const char *const *keys)
{
	for (; *keys != NULL; keys++)
		if (strcmp(key, *keys) == 0)
			return true;
	return false;
}

void
yaml_only_keys(const struct yaml_node *map, const char *const *keys,
    struct faults *f)
{
	struct str known;

	if (!yaml_is_map(map))
		return;
	str_init(&known);
	for (const char *const *k = keys; *k != NULL; k++)
		str_add_fmt(&known, "%s%s", k == keys ? "" : ", ", *k);
	for (size_t i = 0; i < map->nkids; i += 2)
		if (!key_known(map->kids[i]->text, keys))
			faults_add(f, map->kids[i]->line, map->kids[i]->column,
			    "unknown key \"%s\"; expected one of %s",
			    map->kids[i]->text, known.s);
	str_release(&known);
}
