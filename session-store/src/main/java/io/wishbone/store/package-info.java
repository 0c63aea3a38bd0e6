/// Sessions, entity-tags, streams and the node registry, kept in Infinispan.
@NullMarked
package io.wishbone.store;

import org.jspecify.annotations.NullMarked;
