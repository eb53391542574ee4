# SPDX-License-Identifier: GPL-3.0-or-later
# Topics of the help screens, installed as they are: one line for each,
#   nobase_dist_pkgdata_DATA += help/NAME
# and the man page:
#   dist_man_MANS += help/hearken.1
