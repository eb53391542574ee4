/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Little-endian integers in byte strings, for the parts of the file format
 * that are read and written field by field.
 */
#ifndef HEARKEN_DB_BYTES_H
#define HEARKEN_DB_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline unsigned char *
put_uint(unsigned char *p, uint64_t v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (unsigned char)(v >> (8 * i) & 0xffu);
	return p + n;
}

static inline unsigned char *
put_bytes(unsigned char *p, const void *from, size_t n)
{
	memcpy(p, from, n);
	return p + n;
}

static inline const unsigned char *
take_uint(const unsigned char *p, uint64_t *v, size_t n)
{
	*v = 0;
	for (size_t i = 0; i < n; i++)
		*v |= (uint64_t)p[i] << (8 * i);
	return p + n;
}

static inline const unsigned char *
take_bytes(const unsigned char *p, void *to, size_t n)
{
	memcpy(to, p, n);
	return p + n;
}

#endif
