/// Tests of the manifests: what `kubectl kustomize` makes of the overlays is valid, hardened, and
/// hangs together.
///
/// Read first: [io.wishbone.k8s.Overlay].
@NullMarked
package io.wishbone.k8s;

import org.jspecify.annotations.NullMarked;
