/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study as the text of its file.  Every text is a double-quoted scalar, the
 * one form of YAML that can say any text: it is folded only at a lone space
 * between two words, which a reader makes a space again, and after a line
 * break, by an escaped end of line.  Control characters, which no content
 * file may hold, become U+FFFD, and CR LF becomes LF.
 */
#include "config.h"

#include "core/study.h"

#include <string.h>

#include "core/utf8.h"

#define WIDTH 79

/* Where the text is put; column counts characters. */
struct pen {
	struct str *out;
	int indent;		/* of lines that go on */
	int column;
};

static void
put(struct pen *p, const char *s, size_t n)
{
	str_add_n(p->out, s, n);
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)s[i] & 0xc0u) != 0x80)
			p->column++;
}

static void
put_break(struct pen *p)
{
	str_add_char(p->out, '\n');
	for (p->column = 0; p->column < p->indent; p->column++)
		str_add_char(p->out, ' ');
}

static bool
is_control(uint32_t cp)
{
	return (cp < 0x20 && cp != '\t' && cp != '\n') ||
	    (cp >= 0x7f && cp < 0xa0);
}

/* What a reader of YAML refuses or takes for a line break when it is bare. */
static bool
needs_escape(uint32_t cp)
{
	return cp == '\t' || cp == 0xa0 || cp == 0x2028 || cp == 0x2029 ||
	    cp == 0xfeff || cp == 0xfffe || cp == 0xffff;
}

static void
put_escape(struct pen *p, uint32_t cp)
{
	size_t from = p->out->len;

	if (cp == '\t')
		str_add(p->out, "\\t");
	else if (cp <= 0xff)
		str_add_fmt(p->out, "\\x%02x", (unsigned)cp);
	else
		str_add_fmt(p->out, "\\u%04x", (unsigned)cp);
	p->column += (int)(p->out->len - from);
}

/*
 * Bytes, as written, to the next space or the end: what must stand in one
 * line.  Escapes make it longer; a line may stand over by those.
 */
static int
word_columns(const char *s)
{
	return utf8_columns(s, strcspn(s, " \n"));
}

/* A space that a reader makes anew of a line's end. */
static bool
may_fold(const char *text, const char *at)
{
	return *at == ' ' && at > text && strchr(" \t\n", at[-1]) == NULL &&
	    at[1] != '\0' && strchr(" \t\n", at[1]) == NULL;
}

/* After a line break the text goes on below, its first blank kept. */
static void
put_newline(struct pen *p, const char *next)
{
	put(p, "\\n", 2);
	if (*next == '\0')
		return;
	put(p, "\\", 1);
	put_break(p);
	if (*next == ' ')
		put(p, "\\", 1);
}

/* Writes one character; returns its bytes. */
static size_t
put_char(struct pen *p, const char *text, const char *at)
{
	uint32_t cp;
	size_t n = utf8_decode(at, strlen(at), &cp);

	if (cp == '\r' && at[1] == '\n')
		return 1;
	if (n == 0 || is_control(cp))
		put(p, "\xef\xbf\xbd", 3);
	else if (cp == '\n')
		put_newline(p, at + 1);
	else if (cp == '"' || cp == '\\') {
		put(p, "\\", 1);
		put(p, at, 1);
	} else if (needs_escape(cp))
		put_escape(p, cp);
	else if (may_fold(text, at) &&
	    p->column + 1 + word_columns(at + 1) > WIDTH)
		put_break(p);
	else
		put(p, at, n);
	return n == 0 ? 1 : n;
}

static void
put_quoted(struct pen *p, const char *text)
{
	const char *at = text;

	put(p, "\"", 1);
	while (*at != '\0')
		at += put_char(p, text, at);
	put(p, "\"", 1);
	str_add_char(p->out, '\n');
}

/* A word that means itself without quotes in any reader of YAML. */
static bool
is_plain(const char *text)
{
	static const char *const others[] = { "null", "true", "false", "yes",
	    "no", "on", "off", "y", "n", NULL };

	if (text[0] < 'a' || text[0] > 'z' || text[strspn(text,
	    "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
		return false;
	for (size_t i = 0; others[i] != NULL; i++)
		if (strcmp(text, others[i]) == 0)
			return false;
	return true;
}

/* Indent of the key; the text goes on four columns further in. */
static struct pen
pen_at(struct str *out, int indent)
{
	return (struct pen){ .out = out, .indent = indent + 4, .column = 0 };
}

static void
put_lead(struct pen *p, int indent, const char *lead)
{
	for (int i = 0; i < indent; i++)
		put(p, " ", 1);
	put(p, lead, strlen(lead));
}

/* lead: "key: " or "- ". */
static void
write_text(struct str *out, int indent, const char *lead, const char *text)
{
	struct pen p = pen_at(out, indent);

	put_lead(&p, indent, lead);
	if (is_plain(text))
		str_add_fmt(out, "%s\n", text);
	else
		put_quoted(&p, text);
}

static void
write_given(struct str *out, int indent, const char *lead, const char *text)
{
	if (text[0] != '\0')
		write_text(out, indent, lead, text);
}

static void
write_lines(struct str *out, int indent, const char *key,
    const struct study_lines *l)
{
	struct pen p = pen_at(out, indent);

	put_lead(&p, indent, key);
	str_add_char(out, '\n');
	for (size_t i = 0; i < l->n; i++)
		write_text(out, indent + 2, "- ", l->list[i]);
}

/* ---- the parts of a stage ---- */

static void
write_questions(struct str *out, const struct study_stage *st)
{
	str_add(out, "    questions:\n");
	for (size_t i = 0; i < st->nquestions; i++) {
		write_text(out, 6, "- ask: ", st->questions[i].ask);
		write_lines(out, 8, "look-for:", &st->questions[i].look_for);
	}
}

static void
write_on(struct str *out, const struct study_answer *a, int32_t day)
{
	char text[SPAN_TEXT_MAX];

	if (span_is_none(&a->on) || (a->on.from == SPAN_DAY &&
	    a->on.to == SPAN_NONE && a->on.first == day))
		return;
	span_format(&a->on, text);
	str_add_fmt(out, "        on: \"%s\"\n", text);
}

static void
write_answers(struct str *out, const struct study_stage *st)
{
	str_add(out, st->nanswers == 0 ? "    answers: []\n" :
	    "    answers:\n");
	for (size_t i = 0; i < st->nanswers; i++) {
		const struct study_answer *a = &st->answers[i];

		write_text(out, 6, "- item: ", a->item);
		str_add_fmt(out, "        state: %s\n", answer_name(a->state));
		write_on(out, a, st->day);
		write_text(out, 8, "reason: ", a->reason);
		write_text(out, 8, "source: ", a->source);
	}
}

static const char *
next_id(const struct study *s, uint32_t next)
{
	return next == STUDY_END ? "end" : s->stages[next].id;
}

static void
write_ways(struct str *out, const struct study *s,
    const struct study_stage *st)
{
	if (st->nchoices == 0) {
		write_text(out, 4, "next: ", next_id(s, st->next));
		return;
	}
	str_add(out, "    choices:\n");
	for (size_t i = 0; i < st->nchoices; i++) {
		const struct study_choice *c = &st->choices[i];

		write_text(out, 6, "- id: ", c->id);
		write_text(out, 8, "words: ", c->words);
		write_text(out, 8, "reply: ", c->reply);
		write_given(out, 8, "discloses: ", c->discloses);
		write_text(out, 8, "next: ", next_id(s, c->next));
	}
}

static void
write_stage(struct str *out, const struct study *s, size_t at)
{
	const struct study_stage *st = &s->stages[at];
	char day[DAY_TEXT_MAX];

	day_format(st->day, day);
	write_text(out, 2, "- id: ", st->id);
	str_add_fmt(out, "    date: \"%s\"\n", day);
	write_text(out, 4, "agency: ", st->agency);
	write_text(out, 4, "known: ", st->known);
	if (at > 0 && st->age != s->stages[at - 1].age)
		str_add_fmt(out, "    age: %d\n", st->age);
	write_given(out, 4, "child-says: ", st->child_says);
	write_given(out, 4, "not-heard: ", st->not_heard);
	write_questions(out, st);
	write_answers(out, st);
	write_text(out, 4, "level: ", st->level);
	write_text(out, 4, "why: ", st->why);
	write_given(out, 4, "judgement: ", st->judgement);
	write_given(out, 4, "judgement-why: ", st->judgement_why);
	write_lines(out, 4, "note:", &st->note);
	write_ways(out, s, st);
}

static void
write_child(struct str *out, const struct study *s)
{
	str_add(out, "\nchild:\n");
	write_text(out, 2, "called: ", s->called);
	str_add_fmt(out, "  age: %d\n  sex: %c\n",
	    s->nstages > 0 ? s->stages[0].age : 0, s->sex);
	write_text(out, 2, "care: ", s->care);
}

void
study_write(const struct study *s, struct str *out)
{
	write_text(out, 0, "id: ", s->id);
	write_text(out, 0, "version: ", s->version);
	write_text(out, 0, "title: ", s->title);
	write_text(out, 0, "instrument: ", s->instrument);
	write_text(out, 0, "source: ", s->source);
	str_add(out, "covers: [");
	study_covers(s, out);
	str_add(out, "]\n");
	write_text(out, 0, "teaches: ", s->teaches);
	write_text(out, 0, "missed: ", s->missed);
	write_given(out, 0, "pair: ", s->pair);
	write_child(out, s);
	str_add(out, "\nstages:\n");
	for (size_t i = 0; i < s->nstages; i++) {
		if (i > 0)
			str_add_char(out, '\n');
		write_stage(out, s, i);
	}
}
