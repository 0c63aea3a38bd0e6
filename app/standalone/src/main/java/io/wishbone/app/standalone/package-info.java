/// Signalling and media node assembled in one process, and the command line around them.
///
/// [io.wishbone.app.standalone.Wishbone] reads what is wanted (see `io.wishbone.app.program`), the
/// framework starts the rooms, [io.wishbone.app.standalone.Assembly] and
/// [io.wishbone.app.standalone.NodeRegistration] join them, and [io.wishbone.app.standalone.Server]
/// says where everything is.
///
/// Threads: all of it on the main thread.
///
/// Left out on purpose: settings that only a cluster has.
@NullMarked
package io.wishbone.app.standalone;

import org.jspecify.annotations.NullMarked;
