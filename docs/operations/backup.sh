#!/bin/sh
# backup.sh FOLDER DAYS: writes one backup into FOLDER, reads it back, and only then removes those older than DAYS.
set -eu
folder=$1 days=$2
call="$(dirname "$(readlink -f "$0")")/../../lang-nghe"
file="$folder/lang-nghe-$(date -u +%Y%m%dT%H%M%SZ).lnb"
"$call" backup "$file"
"$call" verify "$file"
find "$folder" -maxdepth 1 -name 'lang-nghe-*.lnb' -mtime "+$days" -delete
# what a backup that was cut off has left
find "$folder" -maxdepth 1 -name 'lang-nghe-*.lnb.part-*' -mtime +1 -delete
