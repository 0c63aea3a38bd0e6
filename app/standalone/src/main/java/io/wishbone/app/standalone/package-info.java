/// Signalling and media node assembled in one process, and the command line around them.
///
/// A start goes this way: [io.wishbone.app.standalone.Wishbone] reads the
/// [io.wishbone.app.standalone.CommandLine], gathers [io.wishbone.app.standalone.Settings] from
/// everywhere and tries the ports, all before the framework is there, so that a mistake costs one
/// line and no time. What can be set is one table, [io.wishbone.app.standalone.Setting]: the class
/// to read first. Then the framework starts the rooms, [io.wishbone.app.standalone.Assembly] and
/// [io.wishbone.app.standalone.NodeRegistration] join them, and [io.wishbone.app.standalone.Server]
/// says where everything is.
///
/// Threads: all of it on the main thread.
///
/// Left out on purpose: TLS (a proxy in front, or the framework's own settings), and settings that
/// only a cluster has.
@NullMarked
package io.wishbone.app.standalone;

import org.jspecify.annotations.NullMarked;
