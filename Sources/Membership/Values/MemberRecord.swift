/// What a member says about itself under one incarnation. Nobody else ever writes one.
public struct MemberRecord: Hashable, Sendable {
    /// Who it is.
    public let id: MemberID
    /// Where it is now.
    public internal(set) var address: PeerAddress
    /// The incarnation under which it says so.
    public internal(set) var incarnation: Incarnation
    /// A few bytes of the application's, at most ``Limits/applicationBytes``.
    public internal(set) var application: [UInt8]

    /// Throws ``MembershipError/applicationLength(_:)`` when there are more than ``Limits/applicationBytes``.
    public init(
        id: MemberID, address: PeerAddress, incarnation: Incarnation = .first, application: [UInt8] = []
    ) throws(MembershipError) {
        guard application.count <= Limits.applicationBytes else { throw .applicationLength(application.count) }
        self.id = id
        self.address = address
        self.incarnation = incarnation
        self.application = application
    }

    /// Whether `other` takes this record's place: a later incarnation does. Under one incarnation two contents can
    /// exist only after a restart that forgot its incarnation; until the owner has refuted, the greater content
    /// stands, so that all views agree whatever the order of arrival.
    func yields(to other: MemberRecord) -> Bool {
        if other.incarnation != incarnation { return other.incarnation > incarnation }
        if other.address != address { return other.address > address }
        return application.lexicographicallyPrecedes(other.application)
    }
}
