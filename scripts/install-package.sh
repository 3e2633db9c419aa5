#!/bin/sh
# Make sure that a program of Debian is there, or say how to get it and go on without.
# Usage: install-package.sh PROGRAM PACKAGE PURPOSE WITHOUT
set -eu
program=$1 package=$2 purpose=$3 without=$4
tries=3   # Some of apt's locks it waits for itself, the others are tried again.
wait=120  # Seconds that apt waits for another one to release the lock of dpkg.

apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o "DPkg::Lock::Timeout=$wait" "$@" >/dev/null
}

install() {
    while [ "$tries" -gt 0 ]; do
        apt update || true  # What is known already may do.
        if apt install -y --no-install-recommends "$package"; then
            return 0
        fi
        tries=$((tries - 1))
        sleep "${PAUSE:-10}"
    done
    return 1
}

if command -v "$program" >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's $package for $purpose"
    if install; then
        exit 0
    fi
fi
echo "No $package here: $without. On Debian: sudo apt-get install $package"
