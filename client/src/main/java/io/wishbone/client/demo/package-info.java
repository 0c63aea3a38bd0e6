/// The built-in test picture: a loop of encoded sound and video, and a publisher that plays it.
///
/// [io.wishbone.client.demo.MediaLoop] is the class to read first. The loop was drawn and encoded
/// for this project by `TestPictureRecorder`, which lives with the tests of this room; nothing is
/// encoded at run time.
@NullMarked
package io.wishbone.client.demo;

import org.jspecify.annotations.NullMarked;
