/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Included first by cppcheck alone, which does not read the headers of the
 * libraries and would not know these loops.
 */
#ifndef HEARKEN_TESTS_LINT_CPPCHECK_H
#define HEARKEN_TESTS_LINT_CPPCHECK_H

#define json_array_foreach(array, i, value) \
	for (i = 0; (value = json_array_get(array, i)) != NULL; i++)
#define json_object_foreach(object, key, value) \
	for (; (value = json_object_get(object, key)) != NULL;)

#endif
