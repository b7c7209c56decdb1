/// One unreliable message between two members: a header, one ``Message``, and as many rumors as fit.
public struct Datagram: Hashable, Sendable {
    /// Who sends it.
    public let source: MemberID
    /// The version of the registry that the sender holds.
    public let registryVersion: UInt64
    /// What it asks or answers.
    public let message: Message
    /// What rides along.
    public let rumors: [Rumor]

    /// For whoever builds one from received bytes. Throws ``MembershipError/datagramSize(_:)`` when it could not have
    /// been sent by a member that keeps the bound, and what ``Rumor/validate()`` throws.
    public init(source: MemberID, registryVersion: UInt64, message: Message, rumors: [Rumor]) throws(MembershipError) {
        self.init(packed: source, registryVersion, message, rumors)
        let size = encodedSize
        guard size <= Limits.plainBytes else { throw .datagramSize(size) }
        for rumor in rumors { try rumor.validate() }
    }

    /// Of parts that were packed by size already.
    init(packed source: MemberID, _ registryVersion: UInt64, _ message: Message, _ rumors: [Rumor]) {
        self.source = source
        self.registryVersion = registryVersion
        self.message = message
        self.rumors = rumors
    }
}
