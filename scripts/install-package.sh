#!/bin/sh
# Make sure that a program of Debian is there, or say how to get it.
# Usage: install-package.sh PROGRAM PACKAGE PURPOSE WITHOUT
set -eu
program=$1 package=$2 purpose=$3 without=$4
if command -v "$program" >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's $package for $purpose"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
    exit 0
fi
echo "No $package here: $without. On Debian: sudo apt-get install $package"
