# SPDX-License-Identifier: GPL-3.0-or-later
# What practitioners and boards may edit, installed as it is: one
# line each; `tests/lint/lists.sh --fix' adds the line of a new file.
nobase_dist_pkgdata_DATA += content/calendars/england-wales.yaml
nobase_dist_pkgdata_DATA += content/instruments/met-safeguard.yaml
nobase_dist_pkgdata_DATA += content/instruments/occ-csegg.yaml
nobase_dist_pkgdata_DATA += content/examples/checklist.csv
nobase_dist_pkgdata_DATA += content/examples/observations.csv
nobase_dist_pkgdata_DATA += content/deadlines/england.yaml
nobase_dist_pkgdata_DATA += content/population/example.yaml
nobase_dist_pkgdata_DATA += content/retention/england.yaml
nobase_dist_pkgdata_DATA += content/services/local.yaml
nobase_dist_pkgdata_DATA += content/linkage/diminutives.yaml
nobase_dist_pkgdata_DATA += content/linkage/model.yaml
nobase_dist_pkgdata_DATA += content/linkage/particles.yaml
nobase_dist_pkgdata_DATA += content/linkage/transliterations.yaml
nobase_dist_pkgdata_DATA += content/services/national.yaml
nobase_dist_pkgdata_DATA += content/standards/nine-foundations.yaml
nobase_dist_pkgdata_DATA += content/studies/drawn-in.yaml
nobase_dist_pkgdata_DATA += content/studies/four-small-things.yaml
nobase_dist_pkgdata_DATA += content/studies/her-brothers-name.yaml
nobase_dist_pkgdata_DATA += content/studies/never-missing.yaml
nobase_dist_pkgdata_DATA += content/studies/taught-to-agree.yaml
nobase_dist_pkgdata_DATA += content/studies/the-back-row.yaml
nobase_dist_pkgdata_DATA += content/studies/the-headset.yaml
nobase_dist_pkgdata_DATA += content/studies/the-house.yaml
nobase_dist_pkgdata_DATA += content/studies/the-new-pupil.yaml
nobase_dist_pkgdata_DATA += content/studies/tired-on-tuesdays.yaml
