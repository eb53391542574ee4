/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/mapfile.h"

#include <stdlib.h>

#include "exchange/file.h"

enum rc
mapfile_read(const char *path, struct mapping **out, struct faults *f,
    struct err *e)
{
	char *text = NULL;
	size_t n = 0;
	enum rc rc = file_read(path, MAPPING_BYTES_MAX, &text, &n, e);

	*out = NULL;
	if (rc == RC_OK) {
		*out = mapping_parse(text, n, f);
		if (*out == NULL)
			rc = faults_result(f, e);
	}
	free(text);
	return rc;
}
