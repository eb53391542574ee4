/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The numbers that writer and reader of the sealed container share.
 */
#ifndef HEARKEN_EXCHANGE_SEALFILE_PRIV_H
#define HEARKEN_EXCHANGE_SEALFILE_PRIV_H

#include <sodium.h>

#include "exchange/sealfile.h"

#define SEAL_MAGIC "hearken bundle\0"	/* 15 bytes and the NUL */
#define SEAL_MAGIC_LEN 15		/* the version follows */
#define SEAL_FRONT 18			/* and the number of slots */
#define SEAL_TAG crypto_secretstream_xchacha20poly1305_ABYTES
#define SEAL_HEADER crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define SEAL_FINAL crypto_secretstream_xchacha20poly1305_TAG_FINAL
#define SEAL_MESSAGE crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
/* All before the first chunk, at most. */
#define SEAL_START_MAX (SEAL_FRONT + SEALFILE_SLOTS * SEALFILE_SLOT + \
	SEAL_HEADER)

#endif
