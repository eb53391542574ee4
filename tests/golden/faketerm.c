/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/golden/faketerm.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

void
faketerm_init(struct faketerm *ft, int w, int h)
{
	memset(ft, 0, sizeof(*ft));
	ft->w = w;
	ft->h = h;
	cellbuf_init(&ft->screen, w, h);
}

static void
drop_text(struct input *in)
{
	char *text;

	memcpy(&text, &in->text, sizeof(text));
	free(text);
	in->text = NULL;
}

void
faketerm_release(struct faketerm *ft)
{
	for (size_t i = 0; i < ft->n; i++)
		drop_text(&ft->queue[i]);
	free(ft->queue);
	cellbuf_release(&ft->screen);
}

static enum rc
fake_start(void *ctx, struct err *e)
{
	struct faketerm *ft = ctx;

	(void)e;
	ft->running = true;
	ft->starts++;
	return RC_OK;
}

static void
fake_stop(void *ctx)
{
	struct faketerm *ft = ctx;

	ft->running = false;
	ft->stops++;
	cellbuf_wipe(&ft->screen);
}

static void
fake_size(void *ctx, int *w, int *h)
{
	const struct faketerm *ft = ctx;

	*w = ft->w;
	*h = ft->h;
}

static int
fake_fd(void *ctx)
{
	(void)ctx;
	return -1;
}

static void
fake_read(void *ctx, struct input *in)
{
	struct faketerm *ft = ctx;

	in->type = INPUT_NONE;
	if (ft->at == ft->n)
		return;
	if (ft->before != NULL)
		ft->before(ft->before_ctx);
	*in = ft->queue[ft->at++];
}

static void
take_run(void *ctx, const struct cellbuf *now, int y, int x, int n)
{
	struct faketerm *ft = ctx;
	struct view v = view_of(&ft->screen);

	ft->cells += (size_t)n;
	for (int i = x; i < x + n; i++) {
		const struct cell *c = cellbuf_at(now, i, y);
		struct pen p = {&v, i, y};
		size_t len;
		const char *s = cellbuf_bytes(now, c, &len);

		if (c->width > 0)
			pen_put_n(&p, (enum style)c->style, s, len);
	}
}

static void
fake_paint(void *ctx, const struct cellbuf *old, const struct cellbuf *now)
{
	struct faketerm *ft = ctx;

	if (ft->screen.w != now->w || ft->screen.h != now->h)
		cellbuf_resize(&ft->screen, now->w, now->h);
	ft->cells = 0;
	ft->paints++;
	ft->full_paints += old == NULL;
	cellbuf_diff(old, now, take_run, ft);
	ft->screen.cursor_on = now->cursor_on;
	ft->screen.cursor_x = now->cursor_x;
	ft->screen.cursor_y = now->cursor_y;
}

static void
fake_theme(void *ctx, enum theme t)
{
	((struct faketerm *)ctx)->theme = t;
}

static void
fake_bell(void *ctx)
{
	(void)ctx;
}

static const struct term_ops fake_ops = {
	.start = fake_start,
	.stop = fake_stop,
	.size = fake_size,
	.fd = fake_fd,
	.read = fake_read,
	.paint = fake_paint,
	.set_theme = fake_theme,
	.bell = fake_bell,
};

struct term
faketerm_term(struct faketerm *ft)
{
	return (struct term){&fake_ops, ft};
}

static void
enqueue(struct faketerm *ft, enum input_type type, keycode k,
    const char *text)
{
	ft->queue = vec_room(ft->queue, ft->n, &ft->cap, sizeof(*ft->queue));
	ft->queue[ft->n++] = (struct input){type, k,
	    text != NULL ? xstrdup(text) : NULL,
	    text != NULL ? strlen(text) : 0};
}

void
faketerm_key(struct faketerm *ft, keycode k)
{
	enqueue(ft, INPUT_KEY, k, NULL);
}

void
faketerm_paste(struct faketerm *ft, const char *text)
{
	enqueue(ft, INPUT_PASTE, KC_NONE, text);
}

void
faketerm_close(struct faketerm *ft)
{
	enqueue(ft, INPUT_CLOSED, KC_NONE, NULL);
}

void
faketerm_resize(struct faketerm *ft, int w, int h)
{
	ft->w = w;
	ft->h = h;
	enqueue(ft, INPUT_RESIZE, KC_NONE, NULL);
}
