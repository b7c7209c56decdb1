/// Versions of what logs and states hold: of every command, of every state that commands make.
///
/// The registry holds the one in force. A program applies all versions up to its newest and proposes nothing above the one in
/// force; that rises when every member's program has announced that it knows the next. So nodes are replaced one at a time,
/// and no replica ever meets a command that it cannot apply.
public enum StateVersion {
    /// The newest that this program applies. Whoever adds a command, or changes what one does, adds one, and proposes it only
    /// where ``Registry/stateVersion`` says that it may be.
    public static let newest: UInt32 = 1
}
