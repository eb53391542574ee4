/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that tell a name from what is none. */
#include "config.h"

#include "core/deident_impl.h"

#include <stdlib.h>
#include <string.h>

static const char *const ordinary[] = {
#include "core/deident_words.def"
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
compare(const void *key, const void *word)
{
	return strcmp(key, *(const char *const *)word);
}

static bool
listed(const char *w)
{
	return bsearch(w, ordinary, COUNT(ordinary), sizeof(ordinary[0]),
	    compare) != NULL;
}

/* Takes the ending off, with what may have stood in its place. */
static bool
listed_without(const char *w, const char *ending, const char *instead)
{
	size_t n = strlen(w), m = strlen(ending);
	char stem[ASCII_WORD_MAX + 4];

	if (n < m + 3 || n > ASCII_WORD_MAX ||
	    strcmp(w + n - m, ending) != 0)
		return false;
	memcpy(stem, w, n - m);
	memcpy(stem + n - m, instead, strlen(instead) + 1);
	if (listed(stem))
		return true;
	/* "planned" is "plan" with its last letter twice. */
	if (instead[0] != '\0' || n - m < 4 || stem[n - m - 1] !=
	    stem[n - m - 2])
		return false;
	stem[n - m - 1] = '\0';
	return listed(stem);
}

bool
word_is_ordinary(const char *w)
{
	static const char *const endings[][2] = {
		{"s", ""}, {"es", ""}, {"ed", ""}, {"ed", "e"}, {"ing", ""},
		{"ing", "e"}, {"ly", ""}, {"er", ""}, {"er", "e"},
		{"ies", "y"}, {"ied", "y"}, {"ness", ""}, {"ful", ""}
	};

	if (*w == '\0')
		return false;
	if (listed(w))
		return true;
	for (size_t i = 0; i < COUNT(endings); i++)
		if (listed_without(w, endings[i][0], endings[i][1]))
			return true;
	return false;
}

static bool
among(const char *const *list, size_t n, const char *w)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], w) == 0)
			return true;
	return false;
}
#define AMONG(list, w) among(list, COUNT(list), w)

bool
word_is_kin(const char *w)
{
	static const char *const kin[] = {
		"uncle", "aunt", "auntie", "aunty", "mum", "dad", "mother",
		"father", "sister", "brother", "nan", "nana", "gran",
		"granny", "grandma", "grandad", "grandpa", "cousin",
		"stepdad", "stepmum"
	};

	return AMONG(kin, w);
}

bool
word_is_title(const char *w)
{
	static const char *const titles[] = {
		"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame",
		"pc", "dc", "ds", "di", "sgt", "rev", "cllr", "nurse",
		"teacher", "officer", "master", "madam"
	};

	return AMONG(titles, w) || word_is_kin(w);
}

bool
word_is_particle(const char *w)
{
	static const char *const particles[] = {
		"de", "la", "le", "van", "von", "der", "den", "al", "el",
		"bin", "bint", "ibn", "an", "st", "saint", "mc", "mac", "di",
		"da", "dos", "du", "ap", "abu", "jr", "junior", "senior"
	};

	return AMONG(particles, w);
}

bool
word_is_function(const char *w)
{
	static const char *const function[] = {
		"a", "i", "am", "an", "and", "any", "all", "are", "as", "at",
		"be", "but", "by", "can", "did", "do", "for", "from", "go",
		"had", "has", "have", "he", "her", "his", "how", "if", "in",
		"is", "it", "its", "me", "my", "no", "nor", "not", "of", "on",
		"or", "our", "out", "she", "so", "than", "that", "the",
		"their", "them", "then", "they", "this", "to", "too", "up",
		"us", "was", "we", "were", "what", "when", "who", "why",
		"with", "you", "your", "both", "none", "some", "somebody",
		"someone", "nobody", "unknown", "other", "another", "one",
		"two", "three", "same", "called", "known", "alone", "only"
	};

	return AMONG(function, w);
}

bool
word_is_trade(const char *w)
{
	static const char *const trades[] = {
		"social", "worker", "workers", "duty", "team", "school",
		"police", "nurse", "teacher", "head", "deputy", "year",
		"tutor", "form", "manager", "officer", "officers",
		"children", "childrens", "child", "services", "service",
		"mother", "father", "parent", "parents", "carer", "foster",
		"gp", "doctor", "health", "visitor", "youth", "safeguarding",
		"lead", "designated", "person", "staff", "receptionist",
		"home", "key", "support", "family", "care", "hub", "mash",
		"nhs", "trust", "hospital", "clinic", "surgery", "council",
		"county", "city", "borough", "local", "authority", "board",
		"reviewing", "independent", "specialist", "inspector",
		"sergeant", "constable", "detective", "unit", "missing",
		"persons", "desk", "line", "helpline", "charity",
		"voluntary", "project", "club", "college", "academy",
		"primary", "secondary", "high", "nursery", "centre",
		"advisor", "adviser", "counsellor", "psychologist",
		"paediatrician", "consultant", "ward", "emergency",
		"department", "camhs", "cafcass", "court", "guardian",
		"solicitor", "neighbour", "friend", "sister", "brother",
		"aunt", "uncle", "telephone", "email", "letter", "meeting",
		"central", "first", "second", "senior", "practitioner",
		"supervisor", "coach", "assistant", "pastoral", "sexual",
		"exploitation", "gang", "town", "area", "north", "south",
		"east", "west", "placement", "residential", "hotel",
		"reception", "security", "guard", "driver", "taxi", "bus",
		"shop", "street", "road", "park", "station", "flat", "house",
		"mr", "mrs", "ms", "miss", "dr", "pc", "dc", "ds", "sgt"
	};

	return AMONG(trades, w);
}

bool
word_is_capital(const char *w)
{
	static const char *const capitals[] = {
		"i", "im", "ive", "ill", "id", "january", "february",
		"march", "april", "may", "june", "july", "august",
		"september", "october", "november", "december", "monday",
		"tuesday", "wednesday", "thursday", "friday", "saturday",
		"sunday", "mon", "tue", "tues", "wed", "thu", "thurs", "fri",
		"sat", "sun", "police", "school", "schools", "health",
		"social", "care", "childrens", "services", "service", "nhs",
		"gp", "camhs", "mash", "nrm", "lado", "cse", "csa", "cce",
		"mace", "marac", "mappa", "cafcass", "iro", "dsl", "senco",
		"sen", "send", "ehcp", "cin", "cp", "la", "ae", "tv", "uk",
		"england", "english", "wales", "welsh", "scotland",
		"scottish", "ireland", "irish", "britain", "british", "ok",
		"dvd", "cctv", "gcse", "gcses", "maths", "pe", "id", "sms",
		"dna", "isva", "std", "sti", "am", "pm", "mr", "mrs", "ms",
		"miss", "dr", "pc", "dc", "ds", "sgt", "bb", "tb", "hiv",
		"adhd", "asd", "pshe", "rse", "ict", "isp", "usb", "sim",
		"gps", "pin", "met", "hub", "youth", "adhoc", "covid",
		"internet", "class", "year", "section", "stage"
	};

	return AMONG(capitals, w);
}

const char *
word_place(const char *w)
{
	static const char *const places[][2] = {
		{"school", "a school"}, {"primary", "a school"},
		{"academy", "a school"}, {"college", "a college"},
		{"nursery", "a nursery"}, {"hotel", "a hotel"},
		{"motel", "a hotel"}, {"inn", "a hotel"},
		{"lodge", "a hotel"}, {"park", "a park"},
		{"gardens", "a park"}, {"road", "a road"},
		{"street", "a road"}, {"rd", "a road"}, {"ave", "a road"}, {"avenue", "a road"},
		{"lane", "a road"}, {"close", "a road"}, {"drive", "a road"},
		{"crescent", "a road"}, {"terrace", "a road"},
		{"hospital", "a hospital"}, {"infirmary", "a hospital"},
		{"surgery", "a surgery"}, {"clinic", "a clinic"},
		{"station", "a station"}, {"church", "a church"},
		{"mosque", "a mosque"}, {"temple", "a temple"},
		{"centre", "a centre"}, {"library", "a library"},
		{"cafe", "a cafe"}, {"arms", "a pub"}, {"tavern", "a pub"},
		{"house", "a house"}, {"court", "a block of flats"},
		{"tower", "a block of flats"}, {"estate", "an estate"},
		{"square", "a square"}, {"market", "a market"},
		{"beach", "a beach"}, {"bridge", "a bridge"},
		{"farm", "a farm"}, {"takeaway", "a takeaway"},
		{"restaurant", "a restaurant"}, {"stadium", "a stadium"},
		{"arcade", "an arcade"}, {"garage", "a garage"},
		{"flats", "a block of flats"}, {"hall", "a hall"},
		{"club", "a club"}, {"trust", "a service"},
		{"council", "a council"}
	};

	for (size_t i = 0; i < COUNT(places); i++)
		if (strcmp(places[i][0], w) == 0)
			return places[i][1];
	return NULL;
}
