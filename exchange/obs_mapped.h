/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The header of an agency's return, read by a mapping: every column is
 * mapped, ignored or a fault.
 */
#ifndef HEARKEN_EXCHANGE_OBS_MAPPED_H
#define HEARKEN_EXCHANGE_OBS_MAPPED_H

#include "core/mapping.h"
#include "exchange/obs_header.h"

NODISCARD enum rc obs_mapped_header(const struct csv *c,
    const struct obs_opts *opts, struct obs_header *h, struct err *e);
/* OBS_FIELDS for what only the form of the file says. */
enum obs_field obs_field_of(enum map_field f);
/* MAP_FIELDS when there is none. */
enum map_field map_field_of(enum obs_field f);
/* Whose a row is: the cell's, the mapping's, or that of the whole file. */
struct slice obs_agency(const struct obs_opts *opts, struct slice cell);
/*
 * Puts "Invented School/" into a buffer of at least REFERENCE_MAX bytes, and
 * returns its length; 0 if there is no name, or it leaves no room.
 */
size_t obs_prefix(struct slice agency, char *reference);

#endif
