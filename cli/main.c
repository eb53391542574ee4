/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <sodium.h>
#include <stdio.h>

#include "cli/harden.h"
#include "cli/host.h"
#include "cli/run.h"

int
main(int argc, char **argv)
{
	static struct host host;
	struct err e;

	err_clear(&e);
	if (harden_process(&e) != RC_OK) {
		(void)fprintf(stderr, "hearken: %s\n", e.text);
		return err_exit_code(e.rc);
	}
	(void)setlocale(LC_ALL, "");
	if (sodium_init() < 0) {
		(void)fprintf(stderr, "hearken: the cryptographic library "
		    "could not start\n");
		return err_exit_code(RC_SYSTEM);
	}
	host_init(&host);
	return cli_run(argc, argv, &host);
}
