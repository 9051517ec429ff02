#!/bin/sh
# Debian packages that browser journeys and rendered documents need; the product itself needs none of them.
set -eu
PACKAGES="chromium fonts-noto-cjk libreoffice-writer-nogui poppler-utils"

command -v apt-get >/dev/null || { echo "apt-get is missing: make system knows Debian only. Install: $PACKAGES"; exit 1; }
missing=""
for package in $PACKAGES; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -n "$missing" ] || { echo "All system packages are there: $PACKAGES"; exit 0; }
[ "$(id -u)" = 0 ] || { echo "make system installs Debian packages and must run as root. Missing:$missing"; exit 1; }
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
# shellcheck disable=SC2086
apt-get install -y -q --no-install-recommends $missing
