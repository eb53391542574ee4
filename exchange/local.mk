# SPDX-License-Identifier: GPL-3.0-or-later
# The sources of exchange/, sorted; `tests/lint/lists.sh --fix' writes this list.
noinst_LIBRARIES += exchange/libexchange.a
exchange_libexchange_a_SOURCES = \
	exchange/alike.c \
	exchange/alike.h \
	exchange/archive.c \
	exchange/bundle.h \
	exchange/bundle_entry.c \
	exchange/bundle_entry.h \
	exchange/bundle_head.c \
	exchange/bundle_head.h \
	exchange/bundle_make.c \
	exchange/bundle_part.c \
	exchange/bundle_part.h \
	exchange/bundle_people.c \
	exchange/bundle_people.h \
	exchange/bundle_stream.c \
	exchange/bundle_stream.h \
	exchange/casecsv.c \
	exchange/casecsv.h \
	exchange/casejson.c \
	exchange/casejson.h \
	exchange/certificate.c \
	exchange/certificate.h \
	exchange/charset.c \
	exchange/charset.h \
	exchange/children.c \
	exchange/children.h \
	exchange/csv.c \
	exchange/csv.h \
	exchange/csv_header.c \
	exchange/csv_priv.h \
	exchange/csv_scan.c \
	exchange/directory.c \
	exchange/directory.h \
	exchange/file.c \
	exchange/file.h \
	exchange/fonts.c \
	exchange/fonts.h \
	exchange/hash.h \
	exchange/importrun.c \
	exchange/importrun.h \
	exchange/leave.c \
	exchange/leave.h \
	exchange/leave_make.c \
	exchange/obs_header.c \
	exchange/obs_header.h \
	exchange/observations.c \
	exchange/observations.h \
	exchange/out.c \
	exchange/out.h \
	exchange/pdf.c \
	exchange/pdf.h \
	exchange/pdf_seal.c \
	exchange/pdf_sheet.c \
	exchange/pdf_sheet.h \
	exchange/receiptclock.c \
	exchange/receiptclock.h \
	exchange/rejects.c \
	exchange/rejects.h \
	exchange/room.c \
	exchange/room.h \
	exchange/screenout.c \
	exchange/screenout.h \
	exchange/screenrun.c \
	exchange/screenrun.h \
	exchange/sealfile.h \
	exchange/sealfile_priv.h \
	exchange/sealfile_read.c \
	exchange/sealfile_write.c \
	exchange/source.c \
	exchange/source.h \
	exchange/validate.c \
	exchange/validate.h \
	$(END)
# The libraries of print and of sealing are for this folder alone.
exchange_libexchange_a_CPPFLAGS = $(AM_CPPFLAGS) $(PRINT_CFLAGS) $(SEAL_CFLAGS)
