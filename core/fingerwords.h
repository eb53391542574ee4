/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words that stand for the bytes of a fingerprint, to be read over the
 * telephone.  Knows nothing of what the bytes are.
 */
#ifndef HEARKEN_CORE_FINGERWORDS_H
#define HEARKEN_CORE_FINGERWORDS_H

#define FINGERWORDS 256

/* Lower-case letters of ASCII; borrowed. */
const char *fingerword(unsigned char byte);

#endif
