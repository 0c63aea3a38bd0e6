/// What settings may be: each kind says what it accepts, and how to say so to whoever typed
/// something else. Read first: [io.wishbone.app.program.kind.ValueKind].
@NullMarked
package io.wishbone.app.program.kind;

import org.jspecify.annotations.NullMarked;
