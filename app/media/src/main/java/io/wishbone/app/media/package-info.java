/// A media node of a cluster: the media node assembled with Kafka.
///
/// Read first: [io.wishbone.app.media.Assembly].
@NullMarked
package io.wishbone.app.media;

import org.jspecify.annotations.NullMarked;
