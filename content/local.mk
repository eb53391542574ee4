# SPDX-License-Identifier: GPL-3.0-or-later
# What practitioners and boards may edit, installed as it is: one
# line each; `tests/lint/lists.sh --fix' adds the line of a new file.
nobase_dist_pkgdata_DATA += content/calendars/england-wales.yaml
nobase_dist_pkgdata_DATA += content/instruments/met-safeguard.yaml
nobase_dist_pkgdata_DATA += content/instruments/occ-csegg.yaml
nobase_dist_pkgdata_DATA += content/examples/checklist.csv
nobase_dist_pkgdata_DATA += content/examples/observations.csv
nobase_dist_pkgdata_DATA += content/deadlines/england.yaml
nobase_dist_pkgdata_DATA += content/retention/england.yaml
nobase_dist_pkgdata_DATA += content/services/local.yaml
nobase_dist_pkgdata_DATA += content/services/national.yaml
