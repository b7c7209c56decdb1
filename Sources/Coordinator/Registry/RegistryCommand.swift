import Checks
import Consensus
import HashRing

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
    /// A member whose addresses changed.
    case putMember(Registry.Member)
    /// Changes the settings named; two at once lose nothing.
    case patchSettings(SettingsChange)
    /// How the cluster begins; a no-op once it has.
    case layOut(Layout)
    /// A node comes, with the digest of a join token.
    case join(Registry.Member, digest: [UInt8])
    case setMemberState(NodeID, ClusterView.MemberState, leaving: Bool)
    /// A node goes for good; gossip is sealed with the key from then on.
    case removeMember(NodeID, gossipKey: [UInt8])
    /// A node is to hold a replica of the group.
    case addReplica(GroupKey, NodeID)
    /// A replica is in no configuration any more: whoever holds it drops it.
    case removeReplica(GroupKey, ReplicaID)
    case createJoinToken(Registry.JoinToken)
    /// An operator wants the shard led by the node.
    case pin(ShardID, NodeID)
    /// A new key, which opens gossip from now on.
    case rotateGossipKey([UInt8])
    /// Every live member has the key of that number: it seals from now on.
    case promoteGossipKey(UInt32)
    /// Every member can apply commands of that version: they may be proposed from now on.
    case raiseStateVersion(UInt32)
}

/// What a registry command came to.
public enum RegistryOutcome: Hashable, Sendable {
    /// Done, or a no-op that needs no answer of its own.
    case done
    case service(Service, created: Bool)
    case refused(RegistryRefusal)
    /// A read: the registry as of now has been applied.
    case current
}

/// Why a registry command was refused.
public enum RegistryRefusal: String, Error, Hashable, Sendable {
    case unknownService
    case otherSchema
    case revoked
    case tooManyServices
    case tooManyInvites
    /// Unknown, expired or used up: one answer for all.
    case noInvite
    /// Unknown, expired or used up: one answer for all.
    case noJoinToken
    case removedNode
    /// Its program is older than the commands that it would have to apply.
    case tooOld
    case nameTaken
    case tooManyMembers
    case tooManyJoinTokens
    case unknownMember
    case lastMember
    /// Another node is being emptied, and those that are left are too few for the replicas of both.
    case nowhereToGo
    /// The node holds replicas.
    case stillHolding

    /// What a caller is told.
    var refusal: Refusal {
        switch self {
        case .unknownService: .notFound("no such service")
        case .otherSchema: .conflict("the service has another schema")
        case .revoked: .conflict("the service is revoked")
        case .tooManyServices: .conflict("there are already \(Limits.services) services")
        case .tooManyInvites: .conflict("there are already \(Limits.invites) open invites")
        case .noInvite: .inviteRequired
        case .noJoinToken: .forbidden("the join token is unknown, expired or used up")
        case .removedNode: .forbidden("this node was removed from the cluster; start it with an empty folder")
        case .tooOld: .conflict("this node's program is older than what the cluster's members apply: install theirs")
        case .nameTaken: .conflict("a member has that name")
        case .tooManyMembers: .conflict("there are already \(Limits.members) members")
        case .tooManyJoinTokens: .conflict("there are already \(Limits.joinTokens) open join tokens")
        case .unknownMember: .notFound("no such node")
        case .lastMember: .conflict("it is the last active node: its data would be lost")
        case .nowhereToGo:
            .conflict(
                "another node is drained already, and the nodes that are left are too few for the replicas of both: "
                    + "remove that one first, or add a node")
        case .stillHolding: .conflict("the node still holds replicas")
        }
    }
}
