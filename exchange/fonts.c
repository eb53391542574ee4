/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/fonts.h"

#include <fontconfig/fontconfig.h>
#include <glib.h>
#include <stdbool.h>

static const char *const folders[] = {
	"/usr/share/fonts", "/usr/local/share/fonts", "/var/cache/fontconfig",
};
#define NFOLDERS (sizeof(folders) / sizeof(folders[0]))

/*
 * In place of the machine's own settings, which name folders in homes and
 * caches to be written there.  Bitmap fonts cannot be printed well.
 */
static const char settings[] =
    "<fontconfig>"
    "<dir>/usr/share/fonts</dir>"
    "<dir>/usr/local/share/fonts</dir>"
    "<cachedir>/var/cache/fontconfig</cachedir>"
    "<selectfont><rejectfont><pattern><patelt name=\"scalable\">"
    "<bool>false</bool></patelt></pattern></rejectfont></selectfont>"
    "<config><rescan><int>0</int></rescan></config>"
    "</fontconfig>";

const char *
fonts_folder(size_t i)
{
	return i < NFOLDERS ? folders[i] : NULL;
}

/* A library's warning would be written across the screen. */
static void
keep_quiet(const gchar *domain, GLogLevelFlags level, const gchar *words,
    gpointer ctx)
{
	(void)domain;
	(void)level;
	(void)words;
	(void)ctx;
}

static GLogWriterOutput
write_nothing(GLogLevelFlags level, const GLogField *fields, gsize n,
    gpointer ctx)
{
	(void)level;
	(void)fields;
	(void)n;
	(void)ctx;
	return G_LOG_WRITER_HANDLED;
}

static FcConfig *
read_settings(void)
{
	FcConfig *c = FcConfigCreate();

	if (c != NULL && (!FcConfigParseAndLoadFromMemory(c,
	    (const FcChar8 *)settings, FcFalse) || !FcConfigBuildFonts(c))) {
		FcConfigDestroy(c);
		c = NULL;
	}
	return c;
}

enum rc
fonts_ready(struct err *e)
{
	static bool ready;
	const FcFontSet *found;
	FcConfig *c;
	bool any;

	if (ready)
		return RC_OK;
	c = read_settings();
	if (c == NULL)
		return err_set(e, RC_NOMEM, "no memory to look at the fonts");
	found = FcConfigGetFonts(c, FcSetSystem);
	any = found != NULL && found->nfont > 0 && FcConfigSetCurrent(c);
	FcConfigDestroy(c);
	if (!any)
		return err_set(e, RC_NOTFOUND, "there are no fonts in %s, so "
		    "that no pages can be made. Install them (in Debian "
		    "fonts-dejavu-core and fonts-droid-fallback), or take it "
		    "out as text", folders[0]);
	g_log_set_default_handler(keep_quiet, NULL);
	g_log_set_writer_func(write_nothing, NULL, NULL);
	ready = true;
	return RC_OK;
}
