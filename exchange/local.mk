# SPDX-License-Identifier: GPL-3.0-or-later
# The sources of exchange/: one name per line, sorted, .c and .h alike.
noinst_LIBRARIES += exchange/libexchange.a
exchange_libexchange_a_SOURCES = \
	exchange/file.c \
	exchange/file.h
