#!/bin/sh
# Before a deploy, in any CI system or by hand: goes on only where no request will be answered 502.
#
# An old estate starts at zero with a baseline, which is then added to the call below:
#   npx --yes no502@0.1.0 --root deploy/root --baseline no502-baseline.json --update-baseline
set -eu

npx --yes no502@0.1.0 --root deploy/root --memory 4G

echo 'deploy/root may be deployed'
