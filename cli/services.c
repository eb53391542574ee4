/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/faultlist.h"
#include "cli/host.h"
#include "cli/print.h"
#include "core/kinds.h"
#include "core/services.h"
#include "core/xalloc.h"
#include "exchange/directory.h"

static enum rc services_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_services = {
	.name = "services",
	.usage = "[WORDS] [--area A] [--kind K] [--json] | check FILE",
	.summary = "look up whom to refer to or ring, or check a directory",
	.help = "Lists the services to which a referral can go and that help "
	    "a young person: whom they take, how they are reached, and where "
	    "that stands. All WORDS have to be found in a service; capitals "
	    "and accents do not matter.\n\n"
	    "--area puts the services of that area first and leaves out "
	    "those of others. --kind is what a referral calls its service: "
	    "social-care, hub, police, health, lado, nrm, voluntary, "
	    "other.\n\n"
	    "check FILE reads one file of a directory and prints every fault "
	    "as file:line:column: message.\n\n"
	    "What is marked as not verified has to be looked up before it is "
	    "relied on. The directory is content: all files of "
	    "content/services. A board fills in local.yaml.",
	.options = (const struct option_def[]){
		{"area", "A", "only services for this area, or for all"},
		{"kind", "K", "only services of this kind"},
		{"json", NULL, "as a JSON array"},
		{NULL, NULL, NULL}
	},
	.min_args = 0,
	.max_args = 20,
	.paths = "-r-",
	.run = services_run,
};

/* ---- as text ---- */

#define INDENT "    "

static void
say_part(const char *label, const char *text)
{
	struct str line;

	if (text[0] == '\0')
		return;
	str_init(&line);
	str_add_fmt(&line, "%s%s", label, text);
	say_wrapped(INDENT, line.s);
	str_release(&line);
}

static void
say_service(const struct service *s)
{
	struct str words;

	str_init(&words);
	say("\n%s%s\n", s->name, s->verified ? "" : " (not verified)");
	service_areas(s, &words);
	say(INDENT "%s; for: %s\n", s->kind_label, words.s);
	say_wrapped(INDENT, s->takes);
	say_part("Telephone: ", s->telephone);
	say_part("Route: ", s->route);
	say_part("Address: ", s->address);
	say_part("Hours: ", s->hours);
	say_part("Note: ", s->note);
	say_part("Source: ", s->source);
	str_release(&words);
}

static void
say_list(const struct service *const *list, size_t n)
{
	if (n == 0)
		say("No service matches. Try fewer words, or leave --area or "
		    "--kind out.\n");
	else
		say("%zu service%s. In danger now: ring 999.\n", n,
		    n == 1 ? "" : "s");
	for (size_t i = 0; i < n; i++)
		say_service(list[i]);
}

/* ---- as JSON ---- */

static void
put(json_t *o, const char *key, const char *text)
{
	json_object_set_new(o, key, json_string(text));
}

static json_t *
service_json(const struct service *s)
{
	json_t *o = json_object(), *areas = json_array();

	if (s->everywhere)
		json_array_append_new(areas, json_string("everywhere"));
	for (size_t i = 0; i < s->nareas; i++)
		json_array_append_new(areas, json_string(s->areas[i]));
	put(o, "id", s->id);
	put(o, "name", s->name);
	put(o, "kind", s->kind);
	json_object_set_new(o, "areas", areas);
	put(o, "takes", s->takes);
	put(o, "telephone", s->telephone);
	put(o, "address", s->address);
	put(o, "route", s->route);
	put(o, "hours", s->hours);
	put(o, "source", s->source);
	json_object_set_new(o, "verified", json_boolean(s->verified));
	put(o, "note", s->note);
	return o;
}

static void
say_list_json(const struct service *const *list, size_t n)
{
	json_t *all = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(all, service_json(list[i]));
	say_json(all);
	json_decref(all);
}

/* ---- the command ---- */

static enum rc
check_file(const char *path, struct err *e)
{
	struct services *s = services_new();
	struct faults f;
	enum rc rc;

	faults_init(&f, path);
	rc = directory_add(s, path, &f, e);
	if (f.n > 0)
		rc = tell_faults(&f, e);
	else if (rc == RC_OK)
		say("%s: %zu service%s, no fault.\n", path, s->n,
		    s->n == 1 ? "" : "s");
	faults_release(&f);
	services_free(s);
	return rc;
}

static void
list_services(const struct call *c, const struct services *s,
    const struct services_query *q)
{
	const struct service **found = xcalloc(s->n + 1, sizeof(*found));
	size_t n = services_find(s, q, found);

	if (call_option(c, "json") != NULL)
		say_list_json(found, n);
	else
		say_list(found, n);
	free(found);
}

static enum rc
kind_given(const struct call *c, const char **kind, struct err *e)
{
	const char *text = call_option(c, "kind");
	const struct code *code = kind_field(kind_find("referral"),
	    "service")->codes;
	struct str known;

	*kind = text != NULL ? service_kind(text) : NULL;
	if (text == NULL || *kind != NULL)
		return RC_OK;
	str_init(&known);
	for (; code->id != NULL; code++)
		str_add_fmt(&known, " %s", code->id);
	(void)err_set(e, RC_USAGE, "there is no kind \"%.40s\"; there are:%s",
	    text, known.s);
	str_release(&known);
	return RC_USAGE;
}

static enum rc
services_run(const struct call *c, bool *attention, struct err *e)
{
	struct services_query q = {.area = call_option(c, "area")};
	struct services *s = NULL;
	struct str words;
	char *dir;
	enum rc rc;

	(void)attention;
	if (c->nargs > 0 && strcmp(c->args[0], "check") == 0)
		return c->nargs == 2 ? check_file(c->args[1], e) :
		    err_set(e, RC_USAGE, "expected `services check FILE'");
	rc = kind_given(c, &q.kind, e);
	if (rc != RC_OK)
		return rc;
	str_init(&words);
	for (size_t i = 0; i < c->nargs; i++)
		str_add_fmt(&words, "%s ", c->args[i]);
	q.words = words.s;
	q.near = q.area;
	dir = host_content_path(c->host, "services", "");
	rc = directory_load(dir, &s, e);
	/* Of a directory in part, what is there helps more than nothing. */
	if (rc == RC_OK || s->n > 0)
		list_services(c, s, &q);
	services_free(s);
	free(dir);
	str_release(&words);
	return rc;
}
