/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/setting.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/impl.h"

/* An entry whose value is not one is as if it were not there. */
static void
take_entry(struct store *s, const struct entry *en, enum store_setting which,
    int64_t *value)
{
	const char *name, *text;
	int64_t given;
	json_t *body;

	if (en->body == NULL || !roster_allows(&s->roster, en))
		return;
	body = json_loads(en->body, JSON_REJECT_DUPLICATES, NULL);
	name = json_string_value(json_object_get(body, "name"));
	text = json_string_value(json_object_get(body, "value"));
	if (name != NULL && text != NULL &&
	    strcmp(name, setting_def(which)->name) == 0 &&
	    setting_parse(which, text, &given, NULL) == RC_OK)
		*value = given;
	json_decref(body);
}

enum rc
store_setting_int(struct store *s, enum store_setting which, int64_t *value,
    struct err *e)
{
	struct entry_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_OF_REGISTER, e, "tzzzzzz",
	    "setting");

	*value = setting_def(which)->usual;
	while (rc == RC_OK && stmt_next(&rows)) {
		rc = entry_row_read(s, rows.st, &r, e);
		if (rc == RC_OK)
			take_entry(s, &r.entry, which, value);
	}
	return stmt_close(&rows, rc, "read the settings", e);
}

int64_t
store_setting_or_usual(struct store *s, enum store_setting which)
{
	int64_t value;

	return store_setting_int(s, which, &value, NULL) == RC_OK ? value :
	    setting_def(which)->usual;
}

enum rc
settings_load(struct store *s, struct err *e)
{
	int64_t value;
	enum rc rc = store_setting_int(s, SETTING_SECOND_LOOK, &value, e);

	if (rc == RC_OK)
		s->second_look = (unsigned)value;
	return rc;
}

enum rc
store_setting_set(struct store *s, enum store_setting which, int64_t value,
    struct err *e)
{
	struct entry_draft d = {
		case_id_register(), "setting", span_none(), NULL
	};
	char text[32];
	int64_t same;
	enum rc rc;

	(void)snprintf(text, sizeof(text), "%" PRId64, value);
	rc = setting_parse(which, text, &same, e);
	if (rc != RC_OK)
		return rc;
	if ((store_role(s) & kind_find("setting")->roles) == 0)
		return err_set(e, RC_REFUSED, "your role may not change a "
		    "setting that holds for everyone; ask a supervisor or an "
		    "administrator");
	d.body = json_pack("{s:s, s:s}", "name", setting_def(which)->name,
	    "value", text);
	if (d.body == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to set %s",
		    setting_def(which)->name);
	s->may_register = true;
	rc = store_append(s, &d, 1, NULL, e);
	s->may_register = false;
	entry_draft_release(&d);
	return rc;
}
