#!/bin/sh
# Make sure that wrk, which the benchmarks drive servers with, is there, or say how to get it.
set -eu
if command -v wrk >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's wrk for the benchmarks"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends wrk >/dev/null
    exit 0
fi
echo "No wrk here: the six companies cannot be measured. On Debian: sudo apt-get install wrk"
