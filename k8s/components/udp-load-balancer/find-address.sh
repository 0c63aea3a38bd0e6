#!/bin/sh
# Writes the address of the load balancer of this pod, $POD, as a setting. It may take minutes until there is one.
set -eu
for _ in $(seq 120); do
  addresses=$(kubectl get service "$POD" \
    -o jsonpath='{range .status.loadBalancer.ingress[*]}{.ip}{.hostname}{"\n"}{end}' | paste -sd, -)
  if [ -n "$addresses" ]; then
    echo "wishbone.advertise=$addresses" >/settings/node.properties
    exit 0
  fi
  sleep 5
done
echo "load balancer $POD has no address" >&2
exit 1
