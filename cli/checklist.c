/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/checklist.h"

#include <stdlib.h>
#include <string.h>

#include "cli/host.h"
#include "core/str.h"
#include "core/xalloc.h"
#include "core/yaml.h"
#include "exchange/file.h"

#define CHECKLIST_BYTES_MAX (500u << 10)

/* A path, as opposed to an id: "own.yaml", "./own". */
static bool
is_path(const char *id)
{
	size_t n = strlen(id);

	return strchr(id, '/') != NULL ||
	    (n > 5 && strcmp(id + n - 5, ".yaml") == 0);
}

static bool
add_id(const char *name, void *ctx)
{
	struct str *ids = ctx;

	if (ids->len != 0)
		str_add(ids, ", ");
	str_add_n(ids, name, strlen(name) - strlen(".yaml"));
	return true;
}

static enum rc
unknown(const struct host *h, const char *id, struct err *e)
{
	char *dir = host_content_path(h, "instruments", "");
	struct str ids;
	enum rc rc;

	str_init(&ids);
	rc = file_each(dir, ".yaml", add_id, &ids, e);
	if (rc == RC_OK)
		rc = err_set(e, RC_NOTFOUND, "there is no checklist \"%s\"; "
		    "expected one of %s, or the path of a YAML file", id,
		    ids.s);
	str_release(&ids);
	free(dir);
	return rc;
}

static char *
path_of(const struct host *h, const char *id)
{
	struct str name;
	char *path;

	if (is_path(id))
		return xstrdup(id);
	str_init(&name);
	str_add_fmt(&name, "%s.yaml", id);
	path = host_content_path(h, "instruments", name.s);
	str_release(&name);
	return path;
}

enum rc
checklist_load(const struct host *h, const char *id, struct instrument **out,
    struct err *e)
{
	char *path = path_of(h, id != NULL ? id : CHECKLIST_DEFAULT);
	struct faults faults;
	char *text = NULL;
	size_t n = 0;
	enum rc rc;

	*out = NULL;
	faults_init(&faults, path);
	rc = file_read(path, CHECKLIST_BYTES_MAX, &text, &n, e);
	if (rc == RC_NOTFOUND && id != NULL && !is_path(id))
		rc = unknown(h, id, e);
	if (rc == RC_OK)
		rc = instrument_parse(text, n, path, out, &faults, e);
	faults_release(&faults);
	free(text);
	free(path);
	return rc;
}
