/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the mapping screen, for mapping*.c and dryrun.c only.
 */
#ifndef HEARKEN_TUI_MAPPINGSCREEN_IMPL_H
#define HEARKEN_TUI_MAPPINGSCREEN_IMPL_H

#include "core/str.h"
#include "tui/mappingscreen.h"

/* Lines before those of columns. */
enum map_line { LINE_AGENCY, LINE_NAME, LINE_FORM, MAP_LINES };

struct mappingscreen {
	struct pane base;
	struct mappingscreen_opts o;
	char *file;		/* owned */
	struct return_sheet sheet;
	struct return_trial trial;
	struct err fault;	/* of the file, or of the mapping */
	struct scroll scroll;	/* over the lines and the columns */
	struct str choice;	/* completion, borrowed by the prompt */
	struct str encoding;	/* as asked for; "": found */
	char *theirs;		/* of the code being said; owned, or NULL */
	char *draft;		/* as it was saved last; owned, or NULL */
	bool loaded, resumed;
	int w, h;
};

/* The header of the selected column; NULL on a line of the whole. */
const char *mapping_header(const struct mappingscreen *s, size_t line);
size_t mapping_column(const struct mappingscreen *s);
/* The first doubt about the column, or SIZE_MAX. */
size_t mapping_doubt(const struct mappingscreen *s, const char *header);
/*
 * A person has looked at the column: nothing of it is doubtful any more, but
 * for codes whose meaning nobody said.
 */
void mapping_settle(struct mappingscreen *s, const char *header);
/* Runs the first rows through the mapping as it is now. */
void mapping_attempt(struct mappingscreen *s);
/* The same after a change, which is kept as a draft. */
void mapping_changed(struct mappingscreen *s, struct app *app);
/* The mapping itself is kept: its draft is dropped. */
void mapping_draft_drop(struct mappingscreen *s);

/* mappingdraft.c */
/* Returns owned all that a person may have said. */
char *mapping_draft_text(const struct return_sheet *s);
/* Takes it over what was guessed; false when it is of another file. */
bool mapping_draft_take(struct return_sheet *s, const char *text);

/* mapping_edit.c: the columns of a mapping, one at a time */
enum column_is { COLUMN_UNSAID, COLUMN_IGNORED, COLUMN_FIELD, COLUMN_ITEM };
enum column_is mapping_column_is(const struct mapping *m, const char *header,
    enum map_field *field, const char **item);
/* "child", "B1", "ignored", "?".  Appends. */
void mapping_column_words(const struct mapping *m, const char *header,
    struct str *out);
/*
 * word: a field, an item of the instrument, "ignore" or "" for not said.  Who
 * was that field before is not said any longer.
 */
NODISCARD enum rc mapping_column_set(struct mapping *m, const char *header,
    const char *word, const struct instrument *in, struct err *e);
/* Says, or says anew, what a code of theirs is. */
void mapping_code_set(struct map_codes *c, const char *theirs,
    const char *ours);
void mapping_text_set(char **to, const char *text);
/*
 * What a value of a coded column is read as; NULL when nobody said, and a row
 * with it is not taken.
 */
const char *mapping_means(const struct mapping *m, enum map_field f,
    const struct instrument *in, const char *value);
/*
 * Ours as the mapping has it, for what was typed: "b12", "B12 Depression" and
 * "depression" are B12.  RC_INPUT when it is nothing that the field knows.
 */
NODISCARD enum rc mapping_code_word(enum map_field f,
    const struct instrument *in, const char *typed, struct str *out,
    struct err *e);
/*
 * The i-th item by whose id, or a word of whose label, text begins:
 * "B12 Depression".  Appends; false when there is none.
 */
bool mapping_item_choice(const struct instrument *in, const char *text,
    size_t i, struct str *out);
const char *mapping_dates_words(enum map_dates d);

/* mappingscreen_draw.c */
int mapping_top_rows(int h);
int mapping_foot_rows(int h);
void mapping_draw(const struct pane *p, const struct view *v, bool focused);

/* mappingcodes.c: the codes of the selected column */
void mapping_codes_open(struct mappingscreen *s, struct app *app);
/* dryrun.c: keeps the mapping and tries the whole file */
void mapping_dry_run(struct mappingscreen *s, struct app *app);

#endif
