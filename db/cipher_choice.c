/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/cipher.h"

#include <string.h>

bool
cipher_known(const char *name)
{
	return strcmp(name, "aegis-256") == 0 || strcmp(name, "chacha20") == 0;
}

static bool
has_aes(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_cpu_init();
	return __builtin_cpu_supports("aes") && __builtin_cpu_supports("avx");
#else
	return false;
#endif
}

const char *
cipher_choose(void)
{
	return has_aes() ? "aegis-256" : "chacha20";
}

bool
cipher_is_fast(const char *name)
{
	return strcmp(name, "aegis-256") != 0 || has_aes();
}
