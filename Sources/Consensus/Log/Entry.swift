/// One record of the replicated log.
public struct Entry: Hashable, Sendable {
    /// Where it stands.
    public let index: LogIndex
    /// The term of the leader that created it; entries never change their term.
    public let term: Term
    /// What it says.
    public let payload: Payload

    /// An entry as it was created or read back.
    public init(index: LogIndex, term: Term, payload: Payload) {
        self.index = index
        self.term = term
        self.payload = payload
    }

    /// What an entry says.
    public enum Payload: Hashable, Sendable {
        /// Nothing: a new leader's first entry, which lets it commit what came before (Raft, section 5.4.2).
        case empty
        /// A command for the state machine, opaque here.
        case command([UInt8])
        /// The whole configuration that counts from the moment this entry is applied.
        indirect case configuration(Configuration)
    }

    /// What this entry stands for where bytes are counted: its payload and the fixed cost of carrying it.
    package var cost: Int {
        switch payload {
        case .empty: Limits.entryOverhead
        case .command(let bytes): Limits.entryOverhead + bytes.count
        case .configuration: Limits.entryOverhead
        }
    }

    package var mark: LogMark { LogMark(index: index, term: term) }
}
