/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/casepages.h"

#include <string.h>

#include "tui/chronopage.h"
#include "tui/recordpane.h"

#define STRIP_HEIGHT 12		/* a lower window has no row for it */
#define STRIP_WIDTH 72		/* a narrower one names the page alone */

static const struct page {
	enum action act;
	const char *title;
	case_page_fn make;
	void (*refresh)(struct pane *p);
} pages[CASE_PAGES] = {
	{ACT_PAGE_WORK, "Work", NULL, NULL},
#define PAGE(id, title, make, refresh) {ACT_PAGE_##id, title, make, refresh},
#include "tui/casepages.def"
#undef PAGE
};

void
case_pages_init(struct case_pages *p, struct pane *work, struct casework *w,
    const struct case_host *host)
{
	memset(p, 0, sizeof(*p));
	p->panes[CASE_PAGE_WORK] = work;
	for (size_t i = 1; i < CASE_PAGES; i++)
		p->panes[i] = pages[i].make(w, host);
}

void
case_pages_release(struct case_pages *p)
{
	for (size_t i = 0; i < CASE_PAGES; i++)
		pane_destroy(p->panes[i]);
}

struct pane *
case_pages_now(const struct case_pages *p)
{
	return p->panes[p->at];
}

void
case_pages_refresh(struct case_pages *p)
{
	if (pages[p->at].refresh != NULL)
		pages[p->at].refresh(p->panes[p->at]);
}

bool
case_pages_act(struct case_pages *p, enum action a)
{
	if (p->at != CASE_PAGE_WORK && a == ACT_NEXT_PANE) {
		p->at = (p->at + 1) % CASE_PAGES;
		return true;
	}
	if (p->at != CASE_PAGE_WORK && a == ACT_PREV_PANE) {
		p->at--;
		return true;
	}
	for (size_t i = 0; i < CASE_PAGES; i++) {
		if (pages[i].act != a)
			continue;
		p->at = (enum case_page)i;
		return true;
	}
	return false;
}

/* ---- drawing ---- */

static int
strip_rows(int h)
{
	return h >= STRIP_HEIGHT ? 1 : 0;
}

void
case_pages_resize(struct case_pages *p, int w, int h)
{
	for (size_t i = 0; i < CASE_PAGES; i++)
		pane_resize(p->panes[i], w, h - strip_rows(h));
}

static void
put_tab(struct pen *pen, size_t i, bool on)
{
	enum style s = on ? STYLE_TAB_FOCUS : STYLE_TAB;
	char key[KEY_NAME_MAX];

	key_label(key_of(CONTEXT_CASE, pages[i].act), key);
	pen_put(pen, s, on ? "[" : " ");
	pen_put(pen, s, key);
	pen_put(pen, s, " ");
	pen_put(pen, s, pages[i].title);
	pen_put(pen, s, on ? "]" : " ");
}

static void
draw_strip(const struct case_pages *p, const struct view *v)
{
	struct view line = view_sub(v, (struct rect){0, 0, view_w(v), 1});
	struct pen pen = {&line, 0, 0};

	view_fill(&line, (struct rect){0, 0, view_w(&line), 1}, STYLE_TAB);
	for (size_t i = 0; i < CASE_PAGES; i++)
		if (view_w(v) >= STRIP_WIDTH || i == p->at)
			put_tab(&pen, i, i == p->at);
	if (view_w(v) < STRIP_WIDTH)
		pen_put(&pen, STYLE_TAB, " other pages: their numbers");
}

void
case_pages_draw(const struct case_pages *p, const struct view *v,
    bool focused)
{
	int top = strip_rows(view_h(v));
	struct view body = view_sub(v, (struct rect){0, top, view_w(v),
	    view_h(v) - top});

	if (top > 0)
		draw_strip(p, v);
	pane_draw(case_pages_now(p), &body, focused);
}

const char *
case_pages_title(const struct case_pages *p)
{
	return p->at != CASE_PAGE_WORK ? pages[p->at].title : "";
}
