package io.wishbone.store.remote;

import org.infinispan.protostream.GeneratedSchema;
import org.infinispan.protostream.annotations.ProtoSchema;
import org.infinispan.protostream.annotations.ProtoSyntax;

/// All records as Protocol Buffers, so that programs of two versions, and people with the tools of
/// Infinispan, can read what is stored. Fields that a version does not know are passed over, words
/// that it does not know are read as something that it leaves alone
/// ([io.wishbone.store.SessionState#UNKNOWN]), and an entry that it cannot read at all hides no
/// other one.
@ProtoSchema(
    className = "GeneratedStoreSchema",
    includeClasses = {
      SessionRecordAdapter.class,
      StreamRecordAdapter.class,
      NodeRecordAdapter.class,
      RevocationRecordAdapter.class,
      EventStreamRecordAdapter.class,
      EventStreamsRecordAdapter.class,
      EdgeAdapter.class,
      EdgesRecordAdapter.class
    },
    schemaFileName = "wishbone.proto",
    schemaFilePath = "io/wishbone/store",
    schemaPackageName = "io.wishbone.store",
    syntax = ProtoSyntax.PROTO2)
interface StoreSchema extends GeneratedSchema {}
