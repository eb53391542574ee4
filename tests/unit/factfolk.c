/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/unit/factfolk.h"

#include <string.h>

#include "core/vec.h"
#include "tests/unit/loaded.h"

static void
see(struct facts *f, struct case_facts *row, const char *item,
    const char *agency)
{
	struct joined_part *p = &row->part;
	unsigned i = item_of(f->in, item);

	answers_set(&p->answers, i, ANSWER_PRESENT);
	if (p->nvoices == 0) {
		p->voices = vec_room(p->voices, 0, &p->capvoices,
		    sizeof(*p->voices));
		p->voices[p->nvoices++].agency = joined_agency(&f->names,
		    agency);
	}
	itemset_add(&p->voices[0].present, i);
}

struct case_facts *
folk_add(struct facts *f, const struct folk *who)
{
	static const char *const items[] = {"B1", "B2", "B3"};
	static const size_t counts[] = {
		[CLASS_VICTIM] = 1, [CLASS_HIGH] = 3, [CLASS_POTENTIAL] = 1,
		[CLASS_NONE] = 0
	};
	const char *agency = who->agency != NULL ? who->agency :
	    "Invented School";
	struct case_facts *row;
	unsigned could_be;

	f->cases = vec_room(f->cases, f->n, &f->cap, sizeof(*f->cases));
	row = &f->cases[f->n];
	memset(row, 0, sizeof(*row));
	row->child_lower = row->child_upper = (uint32_t)f->n++;
	f->nlower = f->nupper = f->n;
	row->sex = 'U';
	answers_init(&row->part.answers);
	row->age = row->part.answers.age = 14;
	for (size_t i = 0; i < counts[who->class]; i++)
		see(f, row, items[i], agency);
	row->present = row->part.answers.present;
	row->known_victim = who->class == CLASS_VICTIM;
	row->area = fact_word(&f->words, who->area);
	row->school = fact_word(&f->words, who->school);
	row->agency = fact_word(&f->words, agency);
	row->first_seen = row->part.latest = who->class == CLASS_NONE ?
	    DAY_NONE : who->day;
	row->screened_on = row->opened = DAY_NONE;
	screen_levels(f->in, &row->part.answers, &row->level, &could_be);
	row->held = row->level;
	return row;
}
