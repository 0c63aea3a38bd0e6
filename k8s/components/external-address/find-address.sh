#!/bin/sh
# Writes the external addresses of the machine $MACHINE as a setting. Fails, and is tried again, when there is none.
set -eu
addresses=$(kubectl get node "$MACHINE" \
  -o jsonpath='{range .status.addresses[?(@.type=="ExternalIP")]}{.address}{"\n"}{end}' | paste -sd, -)
if [ -z "$addresses" ]; then
  echo "machine $MACHINE has no external address" >&2
  exit 1
fi
echo "wishbone.advertise=$addresses" >/settings/node.properties
