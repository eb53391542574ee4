/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/suppress.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

/* A count as an arc from one node to another. */
struct arc {
	uint32_t from, to;
	uint64_t count;
	enum cell_state state;
	bool published;		/* else nobody is told, and nothing follows */
	bool fixed;		/* known, whatever the table hides */
};

/* Nodes: the rows, the columns, and one on either side of the grand total. */
struct net {
	size_t rows, columns, nodes;
	struct arc *arcs;
	size_t narcs;
	size_t *first, *arcs_of;	/* arcs at each node, both ends */
	/* Of a search. */
	uint64_t *cost;
	size_t *via;
	bool *done;
};

static size_t
cell_arc(const struct net *n, size_t row, size_t column)
{
	return row * n->columns + column;
}

static size_t
row_arc(const struct net *n, size_t row)
{
	return n->rows * n->columns + row;
}

static size_t
column_arc(const struct net *n, size_t column)
{
	return n->rows * n->columns + n->rows + column;
}

static size_t
grand_arc(const struct net *n)
{
	return n->narcs - 1;
}

static void
set_arc(struct net *n, size_t i, size_t from, size_t to, uint64_t count,
    bool published)
{
	n->arcs[i] = (struct arc){(uint32_t)from, (uint32_t)to, count,
	    CELL_SHOWN, published, false};
}

static void
add_arcs(struct net *n, const struct count_table *t)
{
	size_t out = n->rows + n->columns, in = out + 1;
	uint64_t grand = 0;

	for (size_t r = 0; r < n->rows; r++) {
		uint64_t sum = 0;

		for (size_t c = 0; c < n->columns; c++) {
			uint64_t v = t->counts[r * n->columns + c];

			set_arc(n, cell_arc(n, r, c), r, n->rows + c, v, true);
			sum += v;
		}
		set_arc(n, row_arc(n, r), out, r, sum, t->row_totals);
		grand += sum;
	}
	for (size_t c = 0; c < n->columns; c++) {
		uint64_t sum = 0;

		for (size_t r = 0; r < n->rows; r++)
			sum += t->counts[r * n->columns + c];
		set_arc(n, column_arc(n, c), n->rows + c, in, sum,
		    t->column_totals);
		n->arcs[column_arc(n, c)].fixed = t->fixed;
	}
	set_arc(n, grand_arc(n), in, out, grand, t->grand_total);
	n->arcs[grand_arc(n)].fixed = t->fixed;
}

static void
list_arcs(struct net *n)
{
	size_t *at;

	n->first = xcalloc(n->nodes + 1, sizeof(*n->first));
	n->arcs_of = xcalloc(2 * n->narcs, sizeof(*n->arcs_of));
	for (size_t i = 0; i < n->narcs; i++) {
		n->first[n->arcs[i].from + 1]++;
		n->first[n->arcs[i].to + 1]++;
	}
	for (size_t i = 0; i < n->nodes; i++)
		n->first[i + 1] += n->first[i];
	at = xcalloc(n->nodes, sizeof(*at));
	for (size_t i = 0; i < n->narcs; i++) {
		const struct arc *a = &n->arcs[i];

		n->arcs_of[n->first[a->from] + at[a->from]++] = i;
		n->arcs_of[n->first[a->to] + at[a->to]++] = i;
	}
	free(at);
}

static void
net_init(struct net *n, const struct count_table *t)
{
	memset(n, 0, sizeof(*n));
	n->rows = t->rows;
	n->columns = t->columns;
	n->nodes = n->rows + n->columns + 2;
	n->narcs = n->rows * n->columns + n->rows + n->columns + 1;
	n->arcs = xcalloc(n->narcs, sizeof(*n->arcs));
	n->cost = xcalloc(n->nodes, sizeof(*n->cost));
	n->via = xcalloc(n->nodes, sizeof(*n->via));
	n->done = xcalloc(n->nodes, sizeof(*n->done));
	add_arcs(n, t);
	list_arcs(n);
}

static void
net_release(struct net *n)
{
	free(n->arcs);
	free(n->first);
	free(n->arcs_of);
	free(n->cost);
	free(n->via);
	free(n->done);
}

static bool
is_hidden(const struct arc *a)
{
	return !a->fixed && (!a->published || a->state != CELL_SHOWN);
}

/* ---- how far a count could be another ---- */

/* What may still flow over an arc from a node, by what flows already. */
static uint64_t
room(const struct arc *a, uint32_t node, int64_t flow)
{
	if (a->from == node)
		return SUPPRESS_BELOW;
	return (uint64_t)((int64_t)a->count + flow);
}

/*
 * One unit more from one node to another, over hidden arcs other than one;
 * flow is what was sent before.  Depth first: the way is short.
 */
static bool
send_one(const struct net *n, int64_t *flow, size_t node, size_t to,
    size_t but, bool *seen)
{
	if (node == to)
		return true;
	seen[node] = true;
	for (size_t k = n->first[node]; k < n->first[node + 1]; k++) {
		size_t i = n->arcs_of[k];
		const struct arc *a = &n->arcs[i];
		bool forth = a->from == node;
		size_t next = forth ? a->to : a->from;

		if (i == but || seen[next] || !is_hidden(a) ||
		    room(a, (uint32_t)node, flow[i]) == 0)
			continue;
		flow[i] += forth ? 1 : -1;
		if (send_one(n, flow, next, to, but, seen))
			return true;
		flow[i] -= forth ? 1 : -1;
	}
	return false;
}

/* Units that can flow from one node to another, at most SUPPRESS_BELOW. */
static uint64_t
flow_between(const struct net *n, size_t from, size_t to, size_t but)
{
	int64_t *flow = xcalloc(n->narcs, sizeof(*flow));
	bool *seen = xcalloc(n->nodes, sizeof(*seen));
	uint64_t sent = 0;

	while (sent < SUPPRESS_BELOW &&
	    send_one(n, flow, from, to, but, seen)) {
		sent++;
		memset(seen, 0, n->nodes * sizeof(*seen));
	}
	free(flow);
	free(seen);
	return sent;
}

static void
bounds(const struct net *n, size_t i, uint64_t *least, uint64_t *most)
{
	const struct arc *a = &n->arcs[i];
	uint64_t down;

	*least = *most = a->count;
	if (!is_hidden(a))
		return;
	*most += flow_between(n, a->to, a->from, i);
	down = flow_between(n, a->from, a->to, i);
	*least -= down < a->count ? down : a->count;
}

/* ---- what else is suppressed ---- */

/*
 * What it costs to let units flow over an arc from a node: nothing where it
 * is hidden, else what would be hidden with it; UINT64_MAX: they cannot.
 */
static uint64_t
price(const struct arc *a, size_t node)
{
	if (a->fixed || (a->from != node && a->count < SUPPRESS_BELOW))
		return UINT64_MAX;
	return is_hidden(a) ? 0 : a->count + 1;
}

static size_t
nearest(const struct net *n)
{
	size_t best = n->nodes;

	for (size_t i = 0; i < n->nodes; i++)
		if (!n->done[i] && n->cost[i] != UINT64_MAX &&
		    (best == n->nodes || n->cost[i] < n->cost[best]))
			best = i;
	return best;
}

static void
relax(struct net *n, size_t node, size_t but)
{
	for (size_t k = n->first[node]; k < n->first[node + 1]; k++) {
		size_t i = n->arcs_of[k];
		const struct arc *a = &n->arcs[i];
		size_t next = a->from == node ? a->to : a->from;
		uint64_t p = i == but ? UINT64_MAX : price(a, node);

		if (p != UINT64_MAX && n->cost[node] + p < n->cost[next]) {
			n->cost[next] = n->cost[node] + p;
			n->via[next] = i;
		}
	}
}

/* Then each count may be anything up to the total that is known. */
static void
hide_all(struct net *n)
{
	for (size_t i = 0; i < n->narcs; i++)
		if (!n->arcs[i].fixed && n->arcs[i].state == CELL_SHOWN)
			n->arcs[i].state = CELL_SECONDARY;
}

/*
 * Hides the cheapest way back round an arc, over which so much can flow that
 * its count could be SUPPRESS_BELOW more.  There always is one: forwards over
 * the totals; but where these are fixed, it may take several ways.
 */
static void
hide_way(struct net *n, size_t but)
{
	size_t from = n->arcs[but].to, to = n->arcs[but].from, at;

	for (size_t i = 0; i < n->nodes; i++) {
		n->cost[i] = UINT64_MAX;
		n->done[i] = false;
	}
	n->cost[from] = 0;
	while ((at = nearest(n)) != n->nodes && at != to) {
		n->done[at] = true;
		relax(n, at, but);
	}
	if (at != to) {
		hide_all(n);
		return;
	}
	for (at = to; at != from;) {
		struct arc *a = &n->arcs[n->via[at]];

		if (a->state == CELL_SHOWN)
			a->state = CELL_SECONDARY;
		at = a->from == at ? a->to : a->from;
	}
}

static bool
is_small(const struct arc *a)
{
	return a->published && !a->fixed && a->count > 0 &&
	    a->count < SUPPRESS_BELOW;
}

static void
protect(struct net *n)
{
	uint64_t least, most;

	for (size_t i = 0; i < n->narcs; i++)
		if (is_small(&n->arcs[i]))
			n->arcs[i].state = CELL_SMALL;
	for (size_t i = 0; i < n->narcs; i++) {
		if (!is_small(&n->arcs[i]))
			continue;
		bounds(n, i, &least, &most);
		if (most - least < SUPPRESS_BELOW)
			hide_way(n, i);
	}
}

/*
 * The search goes by the square of the sides: a larger table with totals
 * shows all of its counts or none.
 */
static void
protect_large(struct net *n)
{
	bool totals = false, any = false;

	for (size_t i = n->rows * n->columns; i < n->narcs; i++)
		totals = totals || n->arcs[i].published;
	for (size_t i = 0; i < n->narcs; i++)
		if (is_small(&n->arcs[i])) {
			n->arcs[i].state = CELL_SMALL;
			any = true;
		}
	if (totals && any)
		hide_all(n);
}

void
suppress(const struct count_table *t, struct suppressed *out)
{
	struct net n;

	net_init(&n, t);
	if (t->rows > SUPPRESS_SIDE_MAX || t->columns > SUPPRESS_SIDE_MAX)
		protect_large(&n);
	else
		protect(&n);
	out->cells = xcalloc(n.rows * n.columns, sizeof(*out->cells));
	out->row_total = xcalloc(n.rows, sizeof(*out->row_total));
	out->column_total = xcalloc(n.columns, sizeof(*out->column_total));
	for (size_t i = 0; i < n.rows * n.columns; i++)
		out->cells[i] = n.arcs[i].state;
	for (size_t r = 0; r < n.rows; r++)
		out->row_total[r] = n.arcs[row_arc(&n, r)].state;
	for (size_t c = 0; c < n.columns; c++)
		out->column_total[c] = n.arcs[column_arc(&n, c)].state;
	out->grand_total = n.arcs[grand_arc(&n)].state;
	net_release(&n);
}

void
suppressed_release(struct suppressed *s)
{
	free(s->cells);
	free(s->row_total);
	free(s->column_total);
	memset(s, 0, sizeof(*s));
}

void
suppress_bounds(const struct count_table *t, const struct suppressed *s,
    size_t row, size_t column, uint64_t *least, uint64_t *most)
{
	struct net n;

	net_init(&n, t);
	for (size_t i = 0; i < n.rows * n.columns; i++)
		n.arcs[i].state = s->cells[i];
	for (size_t r = 0; r < n.rows; r++)
		n.arcs[row_arc(&n, r)].state = s->row_total[r];
	for (size_t c = 0; c < n.columns; c++)
		n.arcs[column_arc(&n, c)].state = s->column_total[c];
	n.arcs[grand_arc(&n)].state = s->grand_total;
	bounds(&n, cell_arc(&n, row, column), least, most);
	net_release(&n);
}
