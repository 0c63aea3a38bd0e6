/// SRTP by libraries of the machine, through the foreign function interface: the only package that
/// calls native code.
///
/// [io.wishbone.webrtc.srtp.backend.SrtpBackends] is the class to read first: it chooses the
/// quickest back end that is there and passes its test. All of them make the same bytes.
///
/// **Threads.** A provider and its ciphers belong to one thread. What they hold natively is freed
/// when nothing refers to it any more, so that no address is ever used after that; closing a cipher
/// wipes its keys at once.
///
/// **Safety.** Nothing that a peer sends reaches a library before its place in memory was checked;
/// a cipher that is given a place outside of its buffer does nothing and says so.
///
/// **Left out on purpose.** AES counter mode in intel-ipsec-mb, whose quick way to it takes many
/// packets at a time: that profile goes to OpenSSL.
@NullMarked
package io.wishbone.webrtc.srtp.backend;

import org.jspecify.annotations.NullMarked;
