#!/bin/sh
# Make sure that Debian's PostgreSQL is there for the tests, or say how to get it.
set -eu
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ]; then
    # The tests start servers of their own: none is to be made by the package.
    mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/sourcebook.conf
fi
exec sh "$(dirname "$0")/install-package.sh" \
    initdb postgresql "the tests" "the tests run on SQLite alone"
