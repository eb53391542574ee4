/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/door.h"

#include <stdlib.h>

enum rc
door_find(struct store *s, const char *word, struct case_id *id,
    struct err *e)
{
	enum rc rc = store_case_by_reference(s, word, id, e);
	enum door door;

	if (rc != RC_NOTFOUND || !hex_parse(word, id->b, CASE_ID_LEN) ||
	    store_door(s, id, &door, NULL) != RC_OK)
		return rc;
	err_clear(e);
	return RC_OK;
}

static enum rc
break_or_ask(struct store *s, const struct look_note *n, struct err *e)
{
	struct err why;
	enum rc rc;

	if (n->reason != NULL)
		return store_break_glass(s, n->case_id, n->reason, e);
	rc = store_look(s, n, e);
	if (rc != RC_REFUSED)
		return rc;
	why = *e;
	return err_set(e, rc, "%s: --reason TEXT", why.text);
}

enum rc
door_open(struct store *s, const struct case_id *id, enum look what,
    const char *reason, struct err *e)
{
	struct look_note n = {.what = what, .case_id = id, .reason = reason};
	enum door door;
	enum rc rc = store_door(s, id, &door, e);

	if (rc == RC_OK && door == DOOR_RESTRICTED)
		rc = break_or_ask(s, &n, e);
	n.reason = NULL;
	return rc == RC_OK ? store_look(s, &n, e) : rc;
}

void
door_whom(struct store *s, const struct case_id *id, struct str *out)
{
	char hex[2 * CASE_ID_LEN + 1];
	char *names = NULL;

	hex_format(id->b, CASE_ID_LEN, hex);
	if (store_named(s, id, &names, NULL) != RC_OK || names == NULL ||
	    names[0] == '\0')
		str_add(out, "a supervisor");
	else
		str_add(out, names);
	str_add_fmt(out, "; %s", hex);
	free(names);
}
