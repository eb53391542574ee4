/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was decided on pairs and is not signed yet, as the text of a draft.
 */
#include "config.h"

#include <jansson.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/linkscreen_impl.h"

static json_t *
item_json(const struct linkscreen *ls, const struct linkitem *it)
{
	const struct link_pair *p = &ls->l->result.pairs[it->pair];
	char a[2 * CASE_ID_LEN + 1], b[2 * CASE_ID_LEN + 1];

	hex_format(ls->l->cases[p->a].id.b, CASE_ID_LEN, a);
	hex_format(ls->l->cases[p->b].id.b, CASE_ID_LEN, b);
	return json_pack("{s:s, s:s, s:b, s:I}", "a", a, "b", b, "same",
	    it->chose == CHOSE_SAME, "order", (json_int_t)it->order);
}

char *
link_draft_text(const struct linkscreen *ls)
{
	json_t *all;
	char *text;

	if (ls->decided == 0)
		return xstrdup("");
	all = json_array();
	for (size_t i = 0; i < ls->n; i++)
		if (ls->items[i].chose != CHOSE_NOTHING)
			(void)json_array_append_new(all, item_json(ls,
			    &ls->items[i]));
	text = json_dumps(all, JSON_COMPACT | JSON_ENSURE_ASCII);
	json_decref(all);
	return text != NULL ? text : xstrdup("");
}

static bool
is_pair(const struct linkscreen *ls, const struct linkitem *it,
    const struct case_id *a, const struct case_id *b)
{
	const struct link_pair *p = &ls->l->result.pairs[it->pair];
	const struct case_id *x = &ls->l->cases[p->a].id;
	const struct case_id *y = &ls->l->cases[p->b].id;

	return (case_id_equal(x, a) && case_id_equal(y, b)) ||
	    (case_id_equal(x, b) && case_id_equal(y, a));
}

/* A pair that nobody is asked about any more is passed over. */
static void
take(struct linkscreen *ls, json_t *j)
{
	const char *a, *b;
	struct case_id x, y;
	json_int_t order;
	int same;

	if (json_unpack(j, "{s:s, s:s, s:b, s:I}", "a", &a, "b", &b, "same",
	    &same, "order", &order) != 0 || order < 1 || order > 1000000 ||
	    !hex_parse(a, x.b, CASE_ID_LEN) ||
	    !hex_parse(b, y.b, CASE_ID_LEN))
		return;
	for (size_t i = 0; i < ls->n; i++) {
		struct linkitem *it = &ls->items[i];

		if (it->chose != CHOSE_NOTHING || !is_pair(ls, it, &x, &y))
			continue;
		it->chose = same ? CHOSE_SAME : CHOSE_APART;
		it->order = (unsigned)order;
		ls->decided++;
		if (it->order > ls->orders)
			ls->orders = it->order;
		return;
	}
}

void
link_draft_take(struct linkscreen *ls, const char *text)
{
	json_t *all = text != NULL ? json_loads(text, 0, NULL) : NULL;

	for (size_t i = 0; i < json_array_size(all); i++)
		take(ls, json_array_get(all, i));
	json_decref(all);
}
