import Checks

/// Everything that changes the registry.
enum RegistryCommand: Hashable, Sendable {
    /// The first registry; a no-op once there is one.
    case found(Registry)
    /// Creates the service or changes the settings named.
    case putService(ServiceName, ServiceChange)
    case setServiceState(ServiceName, Service.State)
    case putSettings(ClusterSettings)
    case createInvite(digest: [UInt8], uses: Int, expiresAt: Timestamp)
    /// Counts a use of the invite by the client, once.
    case useInvite(digest: [UInt8], ClientID)
    /// A member that came, or whose addresses changed.
    case putMember(Registry.Member)
}

/// What a registry command came to.
enum RegistryOutcome: Hashable, Sendable {
    case done
    case service(Service, created: Bool)
    case refused(RegistryRefusal)
    /// A read: the registry as of now has been applied.
    case current
}

/// Why a registry command was refused.
enum RegistryRefusal: Error, Hashable, Sendable {
    case unknownService
    case otherSchema
    case revoked
    case tooManyServices
    case tooManyInvites
    /// Unknown, expired or used up: one answer for all.
    case noInvite

    /// What a caller is told.
    var refusal: Refusal {
        switch self {
        case .unknownService: .notFound("no such service")
        case .otherSchema: .conflict("the service has another schema")
        case .revoked: .conflict("the service is revoked")
        case .tooManyServices: .conflict("there are already \(Limits.services) services")
        case .tooManyInvites: .conflict("there are already \(Limits.invites) open invites")
        case .noInvite: .inviteRequired
        }
    }
}
