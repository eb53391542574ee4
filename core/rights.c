/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/rights.h"

#include <stddef.h>

#include "core/kinds.h"
#include "core/str.h"

#define P ROLE_PRACTITIONER
#define S ROLE_SUPERVISOR
#define T ROLE_TRAINER
#define A ROLE_ADMINISTRATOR
#define U ROLE_AUDITOR

static const struct {
	const char *words;
	unsigned roles;
} rights[RIGHT_COUNT] = {
#define RIGHT(id, words, roles) [RIGHT_##id] = {words, roles},
#include "core/rights.def"
#undef RIGHT
};

#undef P
#undef S
#undef T
#undef A
#undef U

bool
right_held(unsigned roles, enum right right)
{
	return (roles & rights[right].roles) != 0;
}

/* Appends "practitioner, supervisor or auditor". */
static void
name_roles(struct str *out, unsigned roles)
{
	const char *name;

	for (unsigned bit = 1; bit <= roles; bit <<= 1) {
		name = (roles & bit) != 0 ? role_name((enum role)bit) : NULL;
		if (name == NULL)
			continue;
		if (out->len != 0)
			str_add(out, (roles & ~((bit << 1) - 1)) != 0 ? ", " :
			    " or ");
		str_add(out, name);
	}
}

enum rc
right_check(unsigned roles, enum right right, struct err *e)
{
	struct str who;

	if (right_held(roles, right))
		return RC_OK;
	str_init(&who);
	name_roles(&who, rights[right].roles);
	err_set(e, RC_REFUSED, "your role may not %s; ask a colleague who "
	    "is %s", rights[right].words, who.s);
	str_release(&who);
	return RC_REFUSED;
}
