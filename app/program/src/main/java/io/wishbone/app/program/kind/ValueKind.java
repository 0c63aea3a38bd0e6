package io.wishbone.app.program.kind;

/// What a setting may be.
public sealed interface ValueKind
    permits AddressList,
        Choice,
        ChoiceList,
        Flag,
        IceServerList,
        LocalAddress,
        Location,
        Name,
        NetworkList,
        OffOr,
        Secret,
        ServerList,
        Text,
        Time,
        WebAddress,
        WebBase,
        WholeNumber {

  /// Stands for the value in the help text.
  String label();

  /// Finishes the sentence "it has to be …".
  String allowed();

  boolean accepts(String value);
}
