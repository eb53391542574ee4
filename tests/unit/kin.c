/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/unit/kin.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/xalloc.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define NAME_MAX_LEN 48

struct lot {
	uint64_t x;
};

static uint64_t
draw(struct lot *l)
{
	uint64_t z = l->x += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static size_t
below(struct lot *l, size_t n)
{
	return (size_t)(draw(l) % n);
}

/* True per thousand. */
static bool
happens(struct lot *l, unsigned thousandth)
{
	return below(l, 1000) < thousandth;
}

/* Small numbers are many times as likely as large ones. */
static size_t
skewed(struct lot *l, size_t n)
{
	double u = (double)(draw(l) >> 11) / 9007199254740992.0;

	return (size_t)(u * sqrt(u) * (double)n);
}

/* ---- names ---- */

static const char *const boys[] = { "Oliver", "Muhammad", "George", "Harry",
    "Noah", "Jack", "Leo", "Arthur", "Thomas", "Oscar", "William", "Henry",
    "James", "Joshua", "Alexander", "Daniel", "Samuel", "Joseph", "Edward",
    "Benjamin", "Matthew", "Michael", "Adam", "Ethan", "Lucas", "Jayden",
    "Hayden", "Callum", "Connor", "Kieran", "Nathan", "Ryan", "Tyler", "Luke",
    "Robert", "David", "Anthony", "Andrew", "Christopher", "Nicholas", "Hassan",
    "Ahmed", "Ibrahim", "Yusuf", "Umar", "Bilal", "Hamza", "Ali", "Jakub",
    "Kacper", "Piotr", "Andrei", "Stefan", "Emeka", "Kwame", "Tunde", "Arjun",
    "Rohan", "Dev", "Jamal", "Aaron", "Elijah", "Isaac", "Reuben", "Rhys",
    "Gethin", "Dylan", "Evan", "Peter", "Philip", "Patrick", "Sean", "Liam",
    "Zachary", "Jonathan", "Toby", "Finley", "Frederick", "Theodore", "Max" };
static const char *const girls[] = { "Olivia", "Amelia", "Isla", "Ava",
    "Emily", "Sophia", "Grace", "Ella", "Chloe", "Jessica", "Charlotte",
    "Elizabeth", "Eleanor", "Ellie", "Megan", "Katherine", "Abigail", "Hannah",
    "Rebecca", "Sarah", "Zo\xc3\xab", "Isabella", "Isobel", "Lily", "Lucy",
    "Maria", "Anna", "Aisha", "Fatima", "Khadija", "Zainab", "Maryam", "Amina",
    "Safiya", "Hafsa", "Zofia", "Oliwia", "Wiktoria", "Natalia", "Elena",
    "Adaeze", "Ama", "Yetunde", "Priya", "Anjali", "Simran", "Jasmine", "Ruby",
    "Daisy", "Poppy", "Freya", "Florence", "Matilda", "Alice", "Evie", "Ruth",
    "Naomi", "Leah", "Niamh", "Siobhan", "Keira", "Caitlin", "Cerys", "Ffion",
    "Seren", "Bethany", "Jennifer", "Victoria", "Stephanie", "Natasha",
    "Samantha", "Alexandra", "Olga", "Irina", "Yasmin", "Layla", "Josephine",
    "Penelope", "Imogen", "Rosemary" };
static const char *const surnames[] = { "Smith", "Jones", "Taylor", "Brown",
    "Williams", "Wilson", "Johnson", "Davies", "Patel", "Khan", "Ahmed",
    "Hussain", "Ali", "Begley", "Singh", "Evans", "Thomas", "Roberts", "Walker",
    "Wright", "Thompson", "White", "Hughes", "Edwards", "Green", "Hall", "Wood",
    "Harris", "Clark", "Jackson", "Turner", "Hill", "Cooper", "Ward", "Morris",
    "Moore", "King", "Baker", "Harrison", "Morgan", "Allen", "Scott", "Watson",
    "Parker", "Bennett", "Young", "Chowdhury", "Rahman", "Nguyen", "Tran",
    "Kowalski", "Nowak", "O\xe2\x80\x99""Brien", "O'Neill", "MacDonald",
    "McCarthy", "van der Berg", "de la Cruz", "dos Santos", "Okafor", "Adeyemi",
    "Mensah", "Osei", "Ivanov", "Popescu", "Murphy", "Kelly", "Ryan", "Walsh",
    "Byrne", "Rees", "Price", "Lloyd", "Powell", "Bevan", "Sharma", "Kaur",
    "Islam", "Miah", "Uddin", "Malik", "Qureshi", "Mohamed", "Hassan", "Abdi",
    "Yilmaz", "Demir", "Silva", "Costa", "Rossi" };

/* As others spell or say it; the first is as the family does. */
static const char *const nicknames[][2] = { { "Thomas", "Tom" },
    { "William", "Will" }, { "James", "Jamie" }, { "Joshua", "Josh" },
    { "Daniel", "Dan" }, { "Joseph", "Joe" }, { "Edward", "Eddie" },
    { "Benjamin", "Ben" }, { "Matthew", "Matt" }, { "Michael", "Mike" },
    { "Robert", "Rob" }, { "David", "Dave" }, { "Andrew", "Andy" },
    { "Nicholas", "Nick" }, { "Peter", "Pete" }, { "Philip", "Phil" },
    { "Patrick", "Paddy" }, { "Zachary", "Zak" }, { "Oliver", "Ollie" },
    { "Frederick", "Freddie" }, { "Theodore", "Theo" }, { "Olivia", "Liv" },
    { "Jessica", "Jess" }, { "Elizabeth", "Lizzie" }, { "Eleanor", "Nora" },
    { "Katherine", "Kate" }, { "Abigail", "Abi" }, { "Rebecca", "Becky" },
    { "Florence", "Flo" }, { "Matilda", "Tilly" }, { "Jennifer", "Jen" },
    { "Victoria", "Vicky" }, { "Natasha", "Tasha" }, { "Samuel", "Sam" },
    { "Alexander", "Alex" }, { "Charlotte", "Charlie" },
    { "Stephanie", "Steph" }, { "Josephine", "Josie" },
    { "Penelope", "Penny" }, { "Imogen", "Immy" }, { "Rosemary", "Rosie" } };
static const char *const spellings[][2] = { { "Muhammad", "Mohammed" },
    { "Ahmed", "Ahmad" }, { "Hussain", "Hussein" }, { "Yusuf", "Yousef" },
    { "Umar", "Omar" }, { "Ibrahim", "Ebrahim" }, { "Hamza", "Hamzah" },
    { "Aisha", "Ayesha" }, { "Fatima", "Fatimah" }, { "Maryam", "Mariam" },
    { "Khadija", "Khadijah" }, { "Zainab", "Zaynab" }, { "Chloe", "Khloe" },
    { "Zo\xc3\xab", "Zoe" }, { "Sophia", "Sofia" }, { "Zofia", "Sofia" },
    { "Sarah", "Sara" }, { "Hannah", "Hanna" }, { "Lily", "Lilly" },
    { "Katherine", "Catherine" }, { "Isobel", "Isabel" },
    { "Elena", "Yelena" }, { "Niamh", "Neve" }, { "Keira", "Kiera" },
    { "Caitlin", "Kaitlyn" }, { "Matthew", "Mathew" },
    { "Philip", "Phillip" }, { "Nicholas", "Nicolas" }, { "Sean", "Shaun" },
    { "Connor", "Conor" }, { "Jayden", "Jaden" }, { "Callum", "Calum" },
    { "Kieran", "Ciaran" }, { "Lucas", "Lukas" }, { "Rhys", "Reece" },
    { "Jonathan", "Jonathon" }, { "Rebecca", "Rebekah" },
    { "Isabella", "Izabella" }, { "Abigail", "Abigale" },
    { "Smith", "Smyth" }, { "Clark", "Clarke" }, { "Brown", "Browne" },
    { "Davies", "Davis" }, { "Thompson", "Thomson" },
    { "Chowdhury", "Choudhury" }, { "Rahman", "Rehman" },
    { "Kowalski", "Kowalska" }, { "Nowak", "Novak" },
    { "Qureshi", "Quraishi" }, { "Mohamed", "Mohammed" },
    { "O\xe2\x80\x99""Brien", "O'Brien" }, { "O'Neill", "ONeill" },
    { "MacDonald", "Mc Donald" }, { "McCarthy", "Mac Carthy" },
    { "van der Berg", "Vanderberg" }, { "de la Cruz", "Cruz" },
    { "dos Santos", "Santos" } };

struct child {
	char fore[NAME_MAX_LEN], sur[NAME_MAX_LEN], second[NAME_MAX_LEN];
	char sex;
	int32_t birth;
	size_t house;
	uint32_t number, twins;
	unsigned tale;
};

static void
put(char out[NAME_MAX_LEN], const char *s)
{
	(void)snprintf(out, NAME_MAX_LEN, "%s", s);
}

/* A name of syllables: the long tail of names that few have. */
static void
compose(struct lot *l, char out[NAME_MAX_LEN], size_t kinds, const char *end)
{
	static const char *const heads[] = { "Ba", "Che", "Do", "Fai", "Gre",
	    "Ha", "Iv", "Jo", "Ke", "Lan", "Mor", "Ne", "Os", "Pel", "Quin",
	    "Ra", "Sto", "Tre", "Ul", "Wen" };
	static const char *const mids[] = { "ber", "cha", "dri", "fo", "gan",
	    "hol", "ki", "lam", "mi", "nor", "pe", "ro", "sha", "ti", "vel",
	    "wor", "zi", "bur", "dal", "ste" };
	static const char *const ends[] = { "ton", "ley", "man", "field", "ski",
	    "ova", "wu", "den", "by", "ford", "well", "combe", "ska", "ram",
	    "dor", "mont", "gate", "lin", "sen", "oba" };
	size_t k = skewed(l, kinds);

	(void)snprintf(out, NAME_MAX_LEN, "%s%s%s", heads[k % 20],
	    mids[k / 20 % 20], *end != '\0' ? end : ends[k / 400 % 20]);
}

static void
give_surname(struct lot *l, char out[NAME_MAX_LEN])
{
	if (happens(l, 450))
		put(out, surnames[skewed(l, COUNT(surnames))]);
	else
		compose(l, out, 8000, "");
}

static void
give_forename(struct lot *l, char sex, char out[NAME_MAX_LEN])
{
	if (happens(l, 150))
		compose(l, out, 400, sex == 'M' ? "on" : "ia");
	else if (sex == 'M')
		put(out, boys[skewed(l, COUNT(boys))]);
	else
		put(out, girls[skewed(l, COUNT(girls))]);
}

static const char *
other_form(const char *const (*list)[2], size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i][0], name) == 0)
			return list[i][1];
	return NULL;
}

/* ---- slips ---- */

static void
mistype(struct lot *l, char *s)
{
	size_t n = strlen(s), at;

	if (n < 4)
		return;
	at = 1 + below(l, n - 2);
	if ((unsigned char)s[at] >= 0x80 || (unsigned char)s[at + 1] >= 0x80)
		return;
	switch (below(l, 3)) {
	case 0:
		memmove(s + at, s + at + 1, n - at);
		break;
	case 1: {
		char c = s[at];

		s[at] = s[at + 1];
		s[at + 1] = c;
		break;
	}
	default:
		s[at] = (char)('a' + below(l, 26));
	}
}

static void
place_name(size_t house, char out[12])
{
	static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ";
	size_t k = house / 12;		/* doors of one postcode */

	(void)snprintf(out, 12, "%c%c%zu %zu%c%c", 'Q',
	    letters[k / (40 * 9 * 90) % 20],
	    k / (40 * 9) % 90 + 1, k / 40 % 9 + 1, letters[k % 20],
	    letters[k / 20 % 2]);
}

static int32_t
slip_of_birth(struct lot *l, int32_t birth)
{
	struct civil c = day_to_civil(birth);

	if (happens(l, 8) && c.day <= 12) {
		int day = c.day;

		c.day = c.month;
		c.month = day;
	} else if (happens(l, 5)) {
		c.day = c.day % 10 < 8 && c.day + 1 < 28 ? c.day + 1 : 1;
	} else if (happens(l, 3)) {
		c.day = c.month = 1;
	}
	return day_from_civil(c);
}

/* ---- numbers that check ---- */

static void
make_nhs(uint32_t child, char out[16])
{
	unsigned long long v = 400000000ULL + child * 7ULL % 399999999ULL;
	unsigned sum = 0, check;
	char s[16];

	for (;; v++) {
		(void)snprintf(s, sizeof(s), "%09llu", v);
		sum = 0;
		for (unsigned i = 0; i < 9; i++)
			sum += (10 - i) * (unsigned)(s[i] - '0');
		check = 11 - sum % 11;
		if (check != 10)
			break;
	}
	(void)snprintf(out, 16, "%.9s%u", s, check == 11 ? 0 : check);
}

static void
make_upn(uint32_t child, char out[16])
{
	static const char letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
	unsigned sum = 0;
	char s[16];

	(void)snprintf(s, sizeof(s), "999%09u", child % 1000000000u);
	for (unsigned i = 0; i < 12; i++)
		sum += (unsigned)(s[i] - '0') * (i + 2);
	(void)snprintf(out, 16, "%c%.12s", letters[sum % 23], s);
}

/* ---- what an agency writes ---- */

struct written {
	char fore[2 * NAME_MAX_LEN], sur[2 * NAME_MAX_LEN + 2];
	char postcode[12], nhs[16], upn[16];
	struct kin_record r;
};

static void
write_forename(struct lot *l, const struct child *c, struct written *w)
{
	const char *other = NULL;

	(void)snprintf(w->fore, sizeof(w->fore), "%s", c->fore);
	if (happens(l, 125))
		other = other_form(nicknames, COUNT(nicknames), c->fore);
	else if (happens(l, 90))
		other = other_form(spellings, COUNT(spellings), c->fore);
	if (other != NULL)
		(void)snprintf(w->fore, sizeof(w->fore), "%s", other);
	else if (happens(l, 10))
		(void)snprintf(w->fore, sizeof(w->fore), "%s %s", c->fore,
		    c->second);
	else if (happens(l, 5))
		mistype(l, w->fore);
	else if (happens(l, 4))
		(void)snprintf(w->fore, sizeof(w->fore), "%s", c->second);
}

static void
write_surname(struct lot *l, const struct child *c, struct written *w)
{
	const char *other = other_form(spellings, COUNT(spellings), c->sur);
	char name[NAME_MAX_LEN];

	(void)snprintf(w->sur, sizeof(w->sur), "%s", c->sur);
	if (other != NULL && happens(l, 200)) {
		(void)snprintf(w->sur, sizeof(w->sur), "%s", other);
	} else if (happens(l, 40)) {
		give_surname(l, name);
		(void)snprintf(w->sur, sizeof(w->sur), "%s", name);
	} else if (happens(l, 20)) {
		give_surname(l, name);
		(void)snprintf(w->sur, sizeof(w->sur), "%s-%s", c->sur, name);
	} else if (happens(l, 10)) {
		mistype(l, w->sur);
	}
}

static void
swap_names(struct written *w)
{
	char fore[sizeof(w->fore)];

	memcpy(fore, w->fore, sizeof(fore));
	(void)snprintf(w->fore, sizeof(w->fore), "%.*s",
	    (int)sizeof(w->fore) - 1, w->sur);
	(void)snprintf(w->sur, sizeof(w->sur), "%s", fore);
}

static void
write_place(struct lot *l, const struct child *c, size_t houses,
    struct written *w)
{
	unsigned moved = c->tale & KIN_CARE ? 400 : 35;

	place_name(c->house, w->postcode);
	if (happens(l, moved))
		place_name(below(l, houses), w->postcode);
	else if (happens(l, 8))
		mistype(l, w->postcode);
	if (happens(l, 20))
		w->postcode[0] = '\0';
}

static void
write_numbers(struct lot *l, const struct child *c, uint32_t agency,
    struct written *w)
{
	w->nhs[0] = w->upn[0] = '\0';
	if (agency == 0 && happens(l, 950))
		make_nhs(c->number, w->nhs);
	if (agency == 1 && happens(l, 950))
		make_upn(c->number, w->upn);
	if (agency == 2 && happens(l, 500))
		make_nhs(c->number, w->nhs);
	if (agency == 2 && happens(l, 500))
		make_upn(c->number, w->upn);
}

static void
write_record(struct lot *l, const struct child *c, uint32_t agency,
    const struct kin_opts *o, struct written *w)
{
	size_t houses = o->records / 3 + 50;

	(void)snprintf(w->fore, sizeof(w->fore), "%s", c->fore);
	(void)snprintf(w->sur, sizeof(w->sur), "%s", c->sur);
	place_name(c->house, w->postcode);
	w->nhs[0] = w->upn[0] = '\0';
	w->r.raw.birth = c->birth;
	w->r.raw.sex = c->sex;
	if (!o->clean) {
		write_forename(l, c, w);
		write_surname(l, c, w);
		if (happens(l, 5))
			swap_names(w);
		write_place(l, c, houses, w);
		w->r.raw.birth = slip_of_birth(l, c->birth);
		if (happens(l, 30))
			w->r.raw.sex = 'U';
		else if (happens(l, 2))
			w->r.raw.sex = c->sex == 'M' ? 'F' : 'M';
	}
	if (o->numbers)
		write_numbers(l, c, agency, w);
	w->r.raw.agency = agency;
	w->r.child = c->number;
	w->r.twins = c->twins;
	w->r.tale = c->tale;
}

/* ---- households ---- */

#define HELD 4096		/* records that are mixed before they go out */

struct maker {
	const struct kin_opts *o;
	struct lot lot;
	kin_fn fn;
	void *ctx;
	struct written *held;
	size_t nheld, made;
	uint32_t children;
	size_t house;
};

static void
send(struct maker *m, size_t at)
{
	struct written *w = &m->held[at];

	w->r.raw.forename = w->fore;
	w->r.raw.surname = w->sur;
	w->r.raw.name = "";
	w->r.raw.postcode = w->postcode;
	w->r.raw.nhs = w->nhs;
	w->r.raw.upn = w->upn;
	m->fn(m->ctx, &w->r);
	m->made++;
}

static void
record_child(struct maker *m, const struct child *c)
{
	size_t first = below(&m->lot, KIN_AGENCIES);
	size_t n = 1 + below(&m->lot, 3);

	for (size_t i = 0; i < n; i++) {
		size_t at = m->nheld;

		if (at < HELD) {
			m->nheld++;
		} else {
			at = below(&m->lot, HELD);
			send(m, at);
		}
		m->held[at] = (struct written){ .fore = "" };
		write_record(&m->lot, c,
		    (uint32_t)((first + i) % KIN_AGENCIES), m->o,
		    &m->held[at]);
	}
}

static int32_t
some_birth(struct maker *m, unsigned *tale)
{
	struct civil c = { 2008 + (int)below(&m->lot, 17),
	    1 + (int)below(&m->lot, 12), 1 };

	c.day = 1 + (int)below(&m->lot, (size_t)month_days(c.year, c.month));
	if (happens(&m->lot, 10)) {
		c.day = c.month = 1;
		*tale |= KIN_NEW_YEAR;
	}
	return day_from_civil(c);
}

/* No two of one house have names that one could be the other's. */
static bool
name_is_free(const struct child *kids, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(kids[i].fore, name) == 0 ||
		    strcmp(kids[i].second, name) == 0)
			return false;
	return true;
}

static void
make_child(struct maker *m, struct child *kids, size_t n, const char *family)
{
	struct child *c = &kids[n];
	char second[NAME_MAX_LEN];

	*c = (struct child){ .sex = happens(&m->lot, 487) ? 'F' : 'M' };
	do
		give_forename(&m->lot, c->sex, c->fore);
	while (!name_is_free(kids, n, c->fore));
	do
		give_forename(&m->lot, c->sex, second);
	while (!name_is_free(kids, n + 1, second));
	put(c->second, second);
	put(c->sur, family);
	c->house = m->house;
	c->number = ++m->children;
	c->birth = some_birth(m, &c->tale);
	if (n > 0)
		c->tale |= KIN_SIBLING;
	if (happens(&m->lot, 15))
		c->tale |= KIN_CARE;
}

static void
make_house(struct maker *m)
{
	struct child kids[4];
	char family[NAME_MAX_LEN];
	size_t n = 1 + below(&m->lot, 3), i;

	m->house++;
	give_surname(&m->lot, family);
	for (i = 0; i < n; i++)
		make_child(m, kids, i, family);
	if (happens(&m->lot, 30)) {
		make_child(m, kids, n, family);
		kids[n].birth = kids[n - 1].birth;
		kids[n].twins = kids[n - 1].twins = kids[n].number;
		kids[n].tale |= KIN_TWIN;
		kids[n - 1].tale |= KIN_TWIN;
		n++;
	}
	for (i = 0; i < n; i++)
		record_child(m, &kids[i]);
}

size_t
kin_make(const struct kin_opts *o, kin_fn fn, void *ctx)
{
	struct maker m = { .o = o, .lot = { o->seed }, .fn = fn, .ctx = ctx };

	m.held = xcalloc(HELD, sizeof(*m.held));
	while (m.made + m.nheld < o->records)
		make_house(&m);
	for (size_t i = 0; i < m.nheld; i++)
		send(&m, i);
	free(m.held);
	return m.made;
}
