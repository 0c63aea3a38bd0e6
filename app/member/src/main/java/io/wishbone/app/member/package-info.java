/// What the members of a cluster have in common: how they reach Kafka, and how they say whether
/// they are ready.
@NullMarked
package io.wishbone.app.member;

import org.jspecify.annotations.NullMarked;
