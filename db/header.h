/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The header: the part of a store file that can be read without a key.  It
 * stands twice at the front of the file, and the encrypted database follows.
 *
 *	0	copy A, 65536 bytes
 *	65536	copy B, 65536 bytes
 *	131072	the database
 *
 * One copy (integers little-endian, unused bytes zero):
 *
 *	     0	  8	magic "HEARKEN\n"
 *	     8	  4	version of the format, 2; 1 is read as well
 *	    12	  4	zero
 *	    16	  8	generation, one more with each change
 *	    24	 16	file uuid
 *	    40	 16	cipher name, padded with zeros
 *	    56	 32	root public key (Ed25519): who may grant
 *	    88	 32	founder's public key (Ed25519)
 *	   120	392	zero
 *	   512	48 x 1024	slots
 *	 65472	 32	MAC: BLAKE2b under a key made from the master key
 *	 65504	 32	checksum: BLAKE2b of all bytes before it
 *
 * A slot:
 *
 *	  0	  1	type: 0 free, 1 passphrase, 2 recovery code, 3 pair of codes
 *	  1	  1	1 if the root seed is sealed to this slot
 *	  2	  1	1 if the passphrase was given by somebody else
 *	  3	  1	1 until the register is known to name the slot's key
 *	  4	  4	roles granted (bits of enum role)
 *	  8	  4	epoch of the grant
 *	 12	  4	zero
 *	 16	  8	Argon2id passes
 *	 24	  8	Argon2id bytes
 *	 32	 16	login tag
 *	 48	 16	salt
 *	 64	 24	nonce
 *	 88	 32	Ed25519 public key
 *	120	 32	X25519 public key
 *	152	112	identity, wrapped by the key from the passphrase
 *	264	 80	master key, sealed to the X25519 key
 *	344	 80	root seed, sealed to the X25519 key; or zeros
 *	424	 64	the root key's signature over the grant: file, founder,
 *		and what of the slot only its holder may give
 *	488	536	zero
 *
 * Version 1 had passphrase slots only and zeros in bytes 2 and 3 of a slot.
 * Magic, version and checksum keep their places in every later version, so
 * that an older program can tell a newer file from a damaged one.  The
 * checksum tells tearing, the MAC tells tampering.  A change is written to
 * one copy, synced, then to the other: at every instant one copy is whole.
 */
#ifndef HEARKEN_DB_HEADER_H
#define HEARKEN_DB_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define HEADER_COPY 65536u
#define HEADER_SIZE (2u * HEADER_COPY)
#define HEADER_VERSION 2u
#define SLOTS 48u
#define UUID_LEN 16
#define CIPHER_NAME_MAX 16

enum slot_type {
	SLOT_FREE = 0,
	SLOT_PASSPHRASE = 1,
	SLOT_RECOVERY = 2,	/* opened with the code on paper */
	SLOT_PAIR = 3		/* opened with two people's codes */
};

struct slot {
	uint8_t type;
	bool has_root;
	bool must_change;	/* the passphrase, by whose slot it is */
	bool pending;		/* not yet known to be in the register */
	uint32_t role, epoch;
	uint64_t ops, mem;
	unsigned char tag[16], salt[16], nonce[24];
	unsigned char ed_pk[32], x_pk[32];
	unsigned char identity[112];
	unsigned char master[80], root[80];
	unsigned char grant[64];
};

struct header {
	uint32_t version;
	uint64_t generation;
	unsigned char uuid[UUID_LEN];
	char cipher[CIPHER_NAME_MAX];
	unsigned char root_pk[32];
	unsigned char founder[32];
	struct slot slots[SLOTS];
};

enum header_state {
	HEADER_SOUND,
	HEADER_FOREIGN,	/* no magic: not a copy of a header */
	HEADER_BAD,	/* magic, but the checksum does not fit */
	HEADER_NEWER	/* sound, from a later version */
};

/* Where header bytes are read from and written to: a file, or SQLite's own. */
struct header_io {
	enum rc (*read)(void *ctx, uint64_t at, void *buf, size_t n,
	    struct err *e);
	enum rc (*write)(void *ctx, uint64_t at, const void *buf, size_t n,
	    struct err *e);
	enum rc (*sync)(void *ctx, struct err *e);
	void *ctx;
};

/* Writes a whole copy, MAC and checksum included. */
void header_format(const struct header *h, const unsigned char mac_key[32],
    unsigned char out[HEADER_COPY]);
/* True if a copy begins as one of any version does, sound or not. */
bool header_has_magic(const unsigned char bytes[HEADER_COPY]);
/* Reads one copy; *out is set only when it is sound. */
enum header_state header_parse(const unsigned char bytes[HEADER_COPY],
    struct header *out);
/* True if the copy's MAC is the one that this key gives. */
bool header_mac_holds(const unsigned char bytes[HEADER_COPY],
    const unsigned char mac_key[32]);

/*
 * Writes h over both copies, the one numbered `first` (0 or 1) before the
 * other, each synced, so that a failure leaves at least one whole copy.
 */
NODISCARD enum rc header_save(const struct header_io *io,
    const struct header *h, const unsigned char mac_key[32], unsigned first,
    struct err *e);

/* People who have a passphrase: codes are not counted. */
size_t header_slots(const struct header *h);

#endif
