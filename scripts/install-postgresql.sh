#!/bin/sh
# Make sure that Debian's PostgreSQL is there for the tests, or say how to get it.
set -eu
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's PostgreSQL for the tests"
    apt-get update -qq
    # The tests start servers of their own: none is to be made by the package.
    mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/sourcebook.conf
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
    exit 0
fi
echo "No PostgreSQL here: the tests run on SQLite alone. On Debian: sudo apt-get install postgresql"
